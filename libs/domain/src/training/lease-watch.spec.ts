import { keepWatch, mayReap, type LeaseWatch } from './lease-watch.ts';

const LEASE_SECONDS = 15;
const at = (second: number): Date => new Date(Date.UTC(2026, 0, 1) + second * 1000);
const NEVER: LeaseWatch = { since: new Date(0), last: new Date(0) };
const noted = (seconds: number[]): LeaseWatch => seconds.reduce((watch, second) => keepWatch(watch, at(second), LEASE_SECONDS), NEVER);

describe('who finds a lease that has run out', () => {
  it.each<[string, number[], number, boolean]>([
    ['not before any api has answered', [], 0, false],
    ['not at the start of the first', [0], 0, false],
    ['not before it has answered for a whole lease', [0, 5, 10, 14], 14, false],
    ['after a whole lease', [0, 5, 10, 15], 15, true],
    ['however long ago they looked themselves', [0, 5, 10, 15], 22, true],
    ['still after a pause in which nobody could miss a renewal', [0, 5, 10, 17.5], 17.5, true],
    ['not while the api is away', [0, 5, 10, 15], 22.6, false],
    ['not when it is back after more than half a lease', [0, 5, 10, 15, 22.6], 22.6, false],
    ['not after a pause as long as many leases', [0, 5, 10, 15, 3600], 3600, false],
    ['again when it has answered for a whole lease since the pause', [0, 5, 10, 15, 3600, 3605, 3610, 3615], 3616, true],
    ['not when the clock was put back', [0, 5, 10, 15], 14, false],
  ])('reaps %s', (_, notes, now, reaps) => {
    expect(mayReap(noted(notes), at(now), LEASE_SECONDS)).toBe(reaps);
  });
});

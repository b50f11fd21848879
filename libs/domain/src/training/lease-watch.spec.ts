import { keepWatch, mayReap, type LeaseWatch } from './lease-watch.ts';

const LEASE_SECONDS = 15;
const at = (second: number): Date => new Date(Date.UTC(2026, 0, 1) + second * 1000);
const watched = (seconds: number[]): LeaseWatch => {
  let watch: LeaseWatch | null = null;
  for (const second of seconds) watch = keepWatch(watch, at(second), LEASE_SECONDS);
  return watch as unknown as LeaseWatch;
};

describe('who reaps', () => {
  it.each<[string, number[], boolean]>([
    ['not at its start', [0], false],
    ['not before it has watched for a whole lease', [0, 5, 10, 14], false],
    ['after a whole lease', [0, 5, 10, 15], true],
    ['still after a pause in which nobody could miss a renewal', [0, 5, 10, 17.5], true],
    ['not after a pause of more than half a lease', [0, 5, 10, 15, 22.6], false],
    ['not after a pause as long as many leases', [0, 5, 10, 15, 3600], false],
    ['again when a whole lease has passed since the pause', [0, 5, 10, 15, 3600, 3605, 3610, 3615], true],
    ['not when the clock was put back', [0, 5, 10, 15, 14], false],
  ])('reaps %s', (_, looks, reaps) => {
    expect(mayReap(watched(looks), LEASE_SECONDS)).toBe(reaps);
  });
});

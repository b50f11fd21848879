import { afterFailure, secondsBlocked, signInLimits } from './throttle.ts';

const now = new Date('2026-11-22T10:00:00Z');
const ago = (seconds: number): Date => new Date(now.getTime() - seconds * 1000);

describe('throttle', () => {
  it.each([
    ['the first failure', null, 1, 0],
    ['the fourth', { failures: 3, lastFailureAt: ago(1) }, 4, 0],
    ['the fifth', { failures: 4, lastFailureAt: ago(1) }, 5, 15],
    ['the sixth', { failures: 5, lastFailureAt: ago(20) }, 6, 30],
    ['the fiftieth', { failures: 49, lastFailureAt: ago(20) }, 50, 900],
    ['one after an hour to the second', { failures: 49, lastFailureAt: ago(3600) }, 50, 900],
    ['one after a quiet hour', { failures: 49, lastFailureAt: ago(3601) }, 1, 0],
  ])('%s', (_, before, failures, wait) => {
    const after = afterFailure(before, now);
    expect(after.failures).toBe(failures);
    expect(secondsBlocked(after.blockedUntil, now)).toBe(wait);
  });

  it('lets a try through once the wait is over', () => {
    expect(secondsBlocked(now, now)).toBe(0);
    expect(secondsBlocked(new Date(now.getTime() + 1), now)).toBe(1);
  });

  it('counts a stranger by account and address, and a known browser by its address alone', () => {
    const told = (known: boolean) => signInLimits(known).map(({ by, free, startsAnew }) => [by, free, startsAnew]);
    expect(told(false)).toEqual([
      ['PAIR', 5, true],
      ['ADDRESS', 30, false],
      ['ACCOUNT', 50, false],
    ]);
    expect(told(true)).toEqual([['ADDRESS', 30, false]]);
  });
});

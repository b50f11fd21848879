import fc from 'fast-check';
import { backtest } from './backtest.ts';
import { Chance } from './chance.ts';
import {
  FORECAST_DAYS_MAX,
  FORECAST_TRIALS,
  forecastCount,
  forecastingCount,
  forecastDay,
  presenceAgainst,
  type ForecastInput,
  type FutureDay,
} from './forecast.ts';
import { forecastHistory, type DayCount } from './forecast-history.ts';

const dayOf = (index: number): string => new Date(Date.UTC(2026, 0, 5 + index)).toISOString().slice(0, 10);
/** Six weeks of a team that works from Monday to Friday and did 34 tickets: none on 10 days, 1 on 10, 2 on 6, 3 on 4. */
const WEEKDAYS = [0, 1, 2, 0, 3, 1, 0, 1, 2, 1, 0, 3, 1, 0, 2, 1, 0, 2, 1, 3, 0, 1, 0, 2, 1, 0, 1, 3, 2, 0];
const past: DayCount[] = Array.from({ length: 42 }, (_, index) => {
  const isWorking = index % 7 < 5;
  return { day: dayOf(index), isWorking, count: isWorking ? (WEEKDAYS[Math.floor(index / 7) * 5 + (index % 7)] as number) : 0 };
});
const ahead = (count: number, changed: Partial<FutureDay> = {}): FutureDay[] =>
  Array.from({ length: count }, (_, index) => ({ day: dayOf(43 + index), isWorking: (42 + index) % 7 < 5, ...changed }));
const input: ForecastInput = { projectId: 'p', today: dayOf(42), past, ahead: ahead(14) };
const answer = <T>(forecast: { ok: boolean; answer?: T }): T => {
  if (!forecast.ok) throw new Error(JSON.stringify(forecast));
  return forecast.answer as T;
};

/** The chance of each sum of several independent draws: no simulation. */
function sumOf(draws: readonly (readonly number[])[]): number[] {
  return draws.reduce<number[]>(
    (sums, values) => {
      const next: number[] = Array.from({ length: sums.length + Math.max(...values) }, () => 0);
      for (const [sum, chance] of sums.entries()) for (const value of values) next[sum + value]! += chance / values.length;
      return next;
    },
    [1],
  );
}
/** The largest sum that is reached with that chance. */
function reached(chances: readonly number[], share: number): number {
  let chance = 1;
  let least = 0;
  while (chance >= share && least < chances.length) chance -= chances[least++] as number;
  return least - 1;
}
const repeat = <T>(value: T, times: number): T[] => Array.from({ length: times }, () => value);

describe('how many by a day', () => {
  it('is what each way of drawing says, and ours draws working days from working days', () => {
    expect(WEEKDAYS.reduce((sum, count) => sum + count)).toBe(34);
    const all = past.map(({ count }) => count);
    expect(reached(sumOf(repeat(WEEKDAYS, 10)), 0.85)).toBe(8);
    expect(reached(sumOf(repeat(all, 14)), 0.85)).toBe(7);
    expect(
      reached(
        sumOf(
          repeat(
            all.filter((count) => count > 0),
            14,
          ),
        ),
        0.85,
      ),
    ).toBe(21);
    expect(reached(sumOf(repeat(WEEKDAYS, 14)), 0.85)).toBe(12);
    expect(answer(forecastCount(input)).p85).toBe(8);
  });

  it('promises nothing for days on which nobody works', () => {
    const weekend = past.slice(-2).map((_, index) => ({ day: dayOf(47 + index), isWorking: false }));
    expect(answer(forecastCount({ ...input, ahead: weekend }))).toEqual({ p50: 0, p85: 0, p95: 0 });
  });

  it('says what it rests on', () => {
    expect(forecastCount(input)).toMatchObject({
      basis: { from: dayOf(0), to: dayOf(41), days: 42, workingDays: 30, zeros: 22, completed: 34 },
      trials: FORECAST_TRIALS,
      assumptions: { isFreeDayIdle: false, isThinnedByAbsence: false, isThinnedByRuns: false },
    });
  });

  it('leaves out today, and all before twelve weeks ago', () => {
    const long = Array.from({ length: 100 }, (_, index) => ({ day: dayOf(index), isWorking: true, count: index }));
    const { basis } = forecastHistory(long, dayOf(99));
    expect(basis).toMatchObject({ from: dayOf(15), to: dayOf(98), days: 84 });
  });

  it.each<[why: string, days: DayCount[]]>([
    ['TOO_FEW_DAYS', past.slice(0, 11)],
    ['TOO_FEW_DAYS', []],
    ['NOTHING_DONE', past.map((day) => ({ ...day, count: 0 }))],
    ['TOO_FEW_DONE', past.map((day, index) => ({ ...day, count: index < 4 ? 1 : 0 }))],
  ])('says nothing: %s', (why, days) => {
    expect(forecastCount({ ...input, past: days })).toMatchObject({ ok: false, why });
    expect(forecastDay({ ...input, past: days }, 3)).toMatchObject({ ok: false, why });
  });

  it('is what the chances of all sums say, of any past', () => {
    const counts = fc.array(fc.nat(4), { minLength: 12, maxLength: 40 }).filter((all) => all.reduce((sum, count) => sum + count, 0) >= 5);
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 20 }), (all, length) => {
        const days = all.map((count, index) => ({ day: dayOf(index), isWorking: true, count }));
        const { p50, p85, p95 } = answer(forecastCount({ ...input, today: dayOf(300), past: days, ahead: ahead(length, { isWorking: true }) }));
        const chances = sumOf(repeat(all, length));
        for (const [found, share] of [
          [p50, 0.5],
          [p85, 0.85],
          [p95, 0.95],
        ] as const) {
          // 10,000 trials are off by less than two of a hundred.
          expect(found).toBeGreaterThanOrEqual(reached(chances, share + 0.02));
          expect(found).toBeLessThanOrEqual(reached(chances, share - 0.02));
        }
      }),
      { numRuns: 15 },
    );
  });
});

describe('when some are done', () => {
  it('agrees with how many are done by then', () => {
    const { p85 } = answer(forecastDay({ ...input, ahead: ahead(60) }, 8));
    expect(p85! <= input.ahead.at(-1)!.day).toBe(true);
    expect(answer(forecastDay({ ...input, ahead: ahead(60) }, 9)).p85! > p85!).toBe(true);
  });

  it('has the same answer each time, and another for another project', () => {
    const asked = { ...input, ahead: ahead(60) };
    expect(forecastDay(asked, 12)).toEqual(forecastDay(asked, 12));
    const totals = (projectId: string) => JSON.stringify(Array.from({ length: 20 }, (_, n) => forecastDay({ ...asked, projectId }, n + 1)));
    expect(totals('p')).not.toBe(totals('q'));
  });

  it('is later than two years where it is, and ends', () => {
    const begun = performance.now();
    const { p50, p95 } = answer(forecastDay({ ...input, ahead: ahead(2_000) }, 10_000));
    expect([p50, p95]).toEqual([null, null]);
    expect(answer(forecastDay({ ...input, ahead: ahead(2_000) }, 500)).p50! < dayOf(43 + FORECAST_DAYS_MAX)).toBe(true);
    // Two questions of two years each; the bench says how long one takes.
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  it.each([0, -1, 1.5, Number.NaN])('of %p tickets is no question', (n) => {
    expect(() => forecastDay(input, n)).toThrow(RangeError);
  });

  it('is never later where there are fewer, nor where fewer people are away', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 10 }), (n, tenths) => {
        const by = (count: number, presence: number) => answer(forecastDay({ ...input, ahead: ahead(200, { presence }) }, count)).p85 ?? '9999';
        expect(by(n, 1) <= by(n + 3, 1)).toBe(true);
        expect(by(n, 1) <= by(n, tenths / 10)).toBe(true);
      }),
      { numRuns: 10 },
    );
  });
});

describe('a forecast that knows people and machines', () => {
  const by = (changed: Partial<FutureDay>, runs?: ForecastInput['runs']) =>
    forecastDay({ ...input, ahead: ahead(400, changed), ...(runs ? { runs } : {}) }, 20);
  const runs = { lengths: [10, 20, 30], share: 1 };

  it('is later where somebody is away, and says that it knows', () => {
    const [all, fewer] = [by({}), by({ presence: 0.75 })];
    expect(answer(fewer).p85! > answer(all).p85!).toBe(true);
    expect(fewer.assumptions).toEqual({ isFreeDayIdle: false, isThinnedByAbsence: true, isThinnedByRuns: false });
    expect(answer(by({ presence: 0 })).p50).toBeNull();
  });

  it('is later where runs wait for runners, by as much as they take', () => {
    // 20 tickets of 20 hours each need 400 hours; a day has 8.
    const { p50 } = answer(by({ runHours: 8 }, runs));
    const index = ahead(400).findIndex(({ day }) => day === p50);
    expect(index).toBeGreaterThan(45);
    expect(index).toBeLessThan(56);
    expect(answer(by({ runHours: 24_000 }, runs))).toEqual(answer(by({ runHours: 24_000 }, { ...runs, lengths: [0.001] })));
    expect(by({ runHours: 8 }, runs).assumptions.isThinnedByRuns).toBe(true);
  });

  it('asks nothing of runners for tickets without runs', () => {
    const { p85 } = answer(by({ runHours: 0 }, { ...runs, share: 0 }));
    expect(p85).not.toBeNull();
    expect(answer(by({ runHours: 0 }, runs)).p50).toBeNull();
  });
});

describe('the backtest', () => {
  it('finds that forecasts of a steady team come true', () => {
    const chance = new Chance(7);
    const days = Array.from({ length: 800 }, (_, index) => {
      const isWorking = index % 7 < 5;
      return { day: new Date(Date.UTC(2020, 0, 6 + index)).toISOString().slice(0, 10), isWorking, count: isWorking ? chance.below(4) : 0 };
    });
    const { rows, cameTrue, refused } = backtest('p', days);
    expect(rows.length + refused).toBe(Math.ceil((days.length - 1 - 14) / 7));
    expect(refused).toBeLessThan(4);
    expect(cameTrue.p85 / rows.length).toBeGreaterThan(0.75);
    expect(cameTrue.p85 / rows.length).toBeLessThan(0.95);
    expect(cameTrue.p50).toBeLessThan(cameTrue.p85);
    expect(cameTrue.p95).toBeGreaterThanOrEqual(cameTrue.p85);
  });

  it('finds that those of a team that stopped did not, and knows nothing of what came later', () => {
    const days = [...past, ...ahead(14).map(({ day, isWorking }) => ({ day, isWorking, count: 0 }))];
    const { rows } = backtest('p', days.slice(1));
    expect(rows.at(-1)).toMatchObject({ actual: 0 });
    expect(rows.at(-1)!.p85).toBeGreaterThan(0);
  });

  it('has nothing to say of a short past', () => {
    expect(backtest('p', past.slice(0, 14))).toEqual({ rows: [], cameTrue: { p50: 0, p85: 0, p95: 0 }, refused: 0 });
  });
});

it.each([
  ['all who were there are there', [1, 1], 1, 1],
  ['three of four who were there', [1], 0.75, 0.75],
  ['as many as were there, though some are away as they were before', [0.8, 0.8], 0.8, 1],
  ['more than were there bring no more than was seen', [0.5], 1, 1],
  ['nothing is known of the past', [], 0.5, 1],
])('the presence on a day to come: %s', (_, past, ahead, presence) => {
  expect(presenceAgainst(past, ahead)).toBe(presence);
});

describe('a forecast leaves room for others', () => {
  const days = (first: string, length: number): string[] =>
    Array.from({ length }, (_, i) => new Date(Date.parse(first) + i * 86_400_000).toISOString().slice(0, 10));
  const pastWith = (most: number): DayCount[] => days('2026-01-01', 60).map((day, i) => ({ day, isWorking: true, count: i === 30 ? most : 1 }));

  it('by steps of some trials each', () => {
    const steps = forecastingCount({ projectId: 'p', today: '2026-03-02', past: pastWith(1), ahead: [{ day: '2026-03-03', isWorking: true }] });
    let taken = 0;
    while (!steps.next().done) taken += 1;
    expect(taken).toBeGreaterThan(300);
  });

  it('where very much was done on one day, and another part of the people is there on each day to come', () => {
    const most = 20_000;
    const past = pastWith(most).map((one) => ({ ...one, count: most }));
    const ahead = days('2026-03-03', 200).map((day, i) => ({ day, isWorking: true, presence: (i + 1) / 201 }));
    const began = performance.now();
    const found = forecastCount({ projectId: 'p', today: '2026-03-02', past, ahead });
    // Chance by chance of each number it would be hours.
    expect(performance.now() - began).toBeLessThan(20_000);
    // Half of the people on the whole; of so many each day is close to its mean.
    expect(found.ok && found.answer.p50 / (most * 100)).toBeCloseTo(1, 3);
  });
});

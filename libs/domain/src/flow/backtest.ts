import { atOnce } from '../steps.ts';
import { forecastingCount } from './forecast.ts';
import type { DayCount } from './forecast-history.ts';
import type { Percentiles } from './percentiles.ts';

/** A forecast as it would have been made on a past day, and what came. */
export interface BacktestRow extends Percentiles {
  /** The day on which it would have been made. */
  day: string;
  /** The last day it speaks of. */
  until: string;
  actual: number;
}

/** How often at least as many were done as was forecast: 50, 85 and 95 of 100 where forecasts are right. */
export interface Backtest {
  rows: BacktestRow[];
  cameTrue: Percentiles;
  /** Days on which none could have been made. */
  refused: number;
}

/**
 * Makes "how many by" for the days that follow each of several past days, of what was known then, and compares.
 * @param days the past, in order, up to yesterday
 * @param horizon days that each forecast speaks of
 * @param every days between one forecast and the next
 */
export function* backtesting(projectId: string, days: readonly DayCount[], horizon = 14, every = 7): Generator<void, Backtest> {
  const found: BacktestRow[] = [];
  let refused = 0;
  for (let at = days.length - 1 - horizon; at > 0; at -= every) {
    const today = days[at] as DayCount;
    const ahead = days.slice(at + 1, at + 1 + horizon);
    const forecast = yield* forecastingCount({ projectId, today: today.day, past: days.slice(0, at), ahead });
    if (!forecast.ok) {
      refused += 1;
      continue;
    }
    const actual = ahead.reduce((sum, { count }) => sum + count, 0);
    found.push({ day: today.day, until: (ahead.at(-1) as DayCount).day, ...forecast.answer, actual });
  }
  const trueOf = (level: keyof Percentiles): number => found.filter((row) => row.actual >= row[level]).length;
  return { rows: found.reverse(), cameTrue: { p50: trueOf('p50'), p85: trueOf('p85'), p95: trueOf('p95') }, refused };
}

export const backtest = (...asked: Parameters<typeof backtesting>): Backtest => atOnce(backtesting(...asked));

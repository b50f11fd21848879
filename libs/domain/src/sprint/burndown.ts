import type { ReportDay } from '../flow/days.ts';
import { idealLine, reaimedLine } from './ideal-line.ts';
import { replayScope, type BurnPoint, type ScopeInput, type ScopeStep } from './scope.ts';

export interface BurndownInput extends ScopeInput {
  /** Local days that follow each other: from that of the start to the last one planned, or to that of the end where it is later. */
  days: readonly ReportDay[];
  /** The last day that was planned. */
  lastDay: string;
}

export interface BurnDay {
  day: string;
  isWorking: boolean;
  /** At the end of the day, or of the sprint where that was sooner; null before the start, behind the end and in what is to come. */
  burn: BurnPoint | null;
  /** Null where no day is worked on. */
  ideal: number | null;
  /** The ideal line aimed anew at each change of the scope; null where there was none. */
  reaimed: number | null;
}

export interface Burndown {
  /** What was committed to at the start. */
  baseline: number;
  days: BurnDay[];
  points: BurnPoint[];
  steps: ScopeStep[];
}

/** Burndown (`remaining`) and burnup (`scope` and `done`) are two drawings of this. */
export function burndown(input: BurndownInput): Burndown {
  const { days, lastDay } = input;
  const { points, steps, end } = replayScope(input);
  const baseline = points[0]?.scope ?? 0;
  const deltas = days.map(() => 0);
  let of = 0;
  for (const { at, delta } of steps) {
    while (of < days.length - 1 && (days[of] as ReportDay).end <= at) of += 1;
    if (deltas[of] !== undefined) deltas[of]! += delta;
  }
  const ideal = end === null ? null : idealLine(days, lastDay, baseline);
  const reaimed = end !== null && deltas.some((delta) => delta !== 0) ? reaimedLine(days, lastDay, baseline, deltas) : null;
  let next = 0;
  return {
    baseline,
    points,
    steps,
    days: days.map(({ day, isWorking, start, end: dayEnd }, index) => {
      const at = Math.min(dayEnd, end ?? -Infinity);
      while (next < points.length && (points[next] as BurnPoint).at < at) next += 1;
      const burn = end !== null && start < end ? (points[next - 1] ?? null) : null;
      return { day, isWorking, burn, ideal: ideal?.[index] ?? null, reaimed: reaimed?.[index] ?? null };
    }),
  };
}

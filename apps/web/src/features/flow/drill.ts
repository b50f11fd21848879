import type { Counted, Measure } from '@trainyard/domain';

/** A ticket that a number counts, and what it adds to it. */
export interface DrillLine {
  ticketId: string;
  /** In words; left out: it counts as one. */
  amount?: string;
}

/** What else a number is made of: a sprint, which has a report, or a forecast, whose tickets are counted by a drill of its own. */
export interface NamedLine {
  key: string;
  name: string;
  /** What it adds, in words. */
  amount: string;
  opens: { sprintId: string } | { drill: Drill };
}

/** Which tickets a number counts. */
export type Drill = { title: string } & (
  | { kind: 'LINES'; lines: readonly DrillLine[]; total?: number }
  /** Between two lines of the cumulative flow. */
  | { kind: 'STAGE'; day: string; stage: 'OPEN' | 'IN_PROGRESS' | 'DONE' | 'OUT'; asOf: string | null; known: 'THEN' | 'NOW' }
  /** In the scope of a sprint at a moment; null: now. */
  | { kind: 'SPRINT'; sprintId: string; at: string | null; measure: Measure; counted: Counted; part: 'SCOPE' | 'DONE' | 'LEFT' | 'UNESTIMATED' | 'COMMITTED' }
  /** Sprints or forecasts. */
  | { kind: 'NAMED'; lines: readonly NamedLine[] }
  /** Done in the days of a picture. */
  | { kind: 'CYCLES'; days: number; asOf: string | null; known: 'THEN' | 'NOW' }
  /** Done on days that follow each other, as it is known now. */
  | { kind: 'DONE'; from: string; until: string }
);

export const linesOf = (ids: readonly string[]): DrillLine[] => ids.map((ticketId) => ({ ticketId }));

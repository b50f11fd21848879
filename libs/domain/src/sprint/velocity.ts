import { exact } from './scope.ts';

export const VELOCITY_SPRINTS_MIN = 3;
export const VELOCITY_SPRINTS_MAX = 8;

/** Why a sprint says nothing about how fast a team is. ABANDONED: people gave it up. EMPTY: nothing was in it. */
export const SPRINT_MARKS = ['SHORTENED', 'ABANDONED', 'EMPTY'] as const;
export type SprintMark = (typeof SPRINT_MARKS)[number];

/** A sprint as it was closed: its numbers change no more. */
export interface ClosedSprint {
  id: string;
  committed: number;
  completed: number;
  /** No ticket was ever in its scope. */
  isEmpty: boolean;
  /** Working days that were planned, and those that had begun when it was closed. */
  plannedDays: number;
  workedDays: number;
  abandoned: boolean;
}

export interface VelocitySprint extends ClosedSprint {
  mark: SprintMark | null;
  /** Whether it is in the mean. */
  isUsed: boolean;
}

export interface Spread {
  mean: number;
  min: number;
  max: number;
}

export interface Velocity {
  /** The oldest first. */
  sprints: VelocitySprint[];
  /** How many the spread is made of. */
  used: number;
  /** Of what was completed in a sprint; null: of fewer than three nothing is said. */
  spread: Spread | null;
  /** For each working day, where the sprints were not all as long. */
  perDay: Spread | null;
}

/** A sprint closed late is none of these: what was done in it was done. */
export function markOf({ abandoned, isEmpty, plannedDays, workedDays }: ClosedSprint): SprintMark | null {
  if (abandoned) return 'ABANDONED';
  if (isEmpty) return 'EMPTY';
  return workedDays < plannedDays ? 'SHORTENED' : null;
}

/**
 * How much a team completes in a sprint, of its last `n` (3 to 8) that say something.
 * @param closed in the order in which they were closed
 */
export function velocity(closed: readonly ClosedSprint[], n: number): Velocity {
  const wanted = Math.min(VELOCITY_SPRINTS_MAX, Math.max(VELOCITY_SPRINTS_MIN, Math.trunc(n)));
  const marked = closed.map((sprint) => ({ ...sprint, mark: markOf(sprint) }));
  const used = new Set(marked.filter(({ mark }) => mark === null).slice(-wanted));
  const of = [...used];
  const isUneven = new Set(of.map(({ workedDays }) => workedDays)).size > 1;
  const isEnough = of.length >= VELOCITY_SPRINTS_MIN;
  const first = marked.findIndex((sprint) => used.has(sprint));
  return {
    sprints: marked.slice(Math.max(0, first)).map((sprint) => ({ ...sprint, isUsed: used.has(sprint) })),
    used: of.length,
    spread: isEnough ? spreadOf(of.map(({ completed }) => completed)) : null,
    perDay: isEnough && isUneven ? spreadOf(of.map(({ completed, workedDays }) => completed / Math.max(1, workedDays))) : null,
  };
}

function spreadOf(values: readonly number[]): Spread {
  const sum = values.reduce((total, value) => total + value, 0);
  return { mean: exact(sum / values.length), min: exact(Math.min(...values)), max: exact(Math.max(...values)) };
}

import { exact } from './scope.ts';
import { VELOCITY_SPRINTS_MAX, VELOCITY_SPRINTS_MIN } from './velocity.ts';

/** What a closed sprint completed, and the minutes that its team had in it. */
export interface PastSprint {
  points: number;
  minutes: number;
}

/** What was completed in the minutes of some closed sprints, all together. */
export interface CapacityRatio extends PastSprint {
  /** How many sprints. */
  sprints: number;
}

/** What a person has in a sprint, and what is theirs to do in it. Null: nobody's yet. */
export interface PersonPlan {
  personId: string | null;
  minutes: number;
  points: number;
  /** Without an estimate. */
  unestimated: number;
}

export interface PersonCapacity extends PersonPlan {
  /** What their minutes come to; null: there is no history to tell it by. */
  capacity: number | null;
  /** More is theirs than they have time for. Without history only who has no time at all is told from others. */
  isOver: boolean;
}

export interface PlanCapacity {
  ratio: CapacityRatio | null;
  people: PersonCapacity[];
  minutes: number;
  points: number;
  unestimated: number;
  capacity: number | null;
  isOver: boolean;
}

/** Points for minutes, by the last closed sprints that had any (the newest last): of fewer than three nothing is said, and no more than eight count. */
export function capacityRatio(closed: readonly PastSprint[]): CapacityRatio | null {
  const used = closed.filter(({ minutes }) => minutes > 0).slice(-VELOCITY_SPRINTS_MAX);
  if (used.length < VELOCITY_SPRINTS_MIN) return null;
  return {
    sprints: used.length,
    points: exact(used.reduce((sum, { points }) => sum + points, 0)),
    minutes: used.reduce((sum, { minutes }) => sum + minutes, 0),
  };
}

/** What is committed in a sprint against what its people have time for, each and all together. What is nobody's counts for the whole. */
export function planCapacity(people: readonly PersonPlan[], ratio: CapacityRatio | null): PlanCapacity {
  const inPoints = (minutes: number): number | null => ratio && exact(Math.round((10 * minutes * ratio.points) / ratio.minutes) / 10);
  const isOver = (points: number, minutes: number): boolean => points > 0 && (minutes === 0 || points > (inPoints(minutes) ?? Number.POSITIVE_INFINITY));
  const sum = (of: 'minutes' | 'points' | 'unestimated'): number => people.reduce((total, one) => total + one[of], 0);
  const [minutes, points] = [sum('minutes'), exact(sum('points'))];
  return {
    ratio,
    people: people.map((one) => ({
      ...one,
      capacity: one.personId === null ? null : inPoints(one.minutes),
      isOver: one.personId !== null && isOver(one.points, one.minutes),
    })),
    minutes,
    points,
    unestimated: sum('unestimated'),
    capacity: inPoints(minutes),
    isOver: isOver(points, minutes),
  };
}

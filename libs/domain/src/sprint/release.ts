import { refuse, type Result } from '../result.ts';
import { isDay } from '../time/days.ts';

export const RELEASE_NAME_MAX = 80;
export const RELEASE_TEXT_MAX = 2_000;
/** Releases of a project: more are no marks on a timeline that anybody tells apart. */
export const RELEASES_EACH = 200;

/** When something is given out: by plan, and in fact; null: not yet. ISO days of the project. */
export interface ReleaseDays {
  plannedOn: string;
  releasedOn: string | null;
}

export const RELEASE_STANDINGS = ['PLANNED', 'OVERDUE', 'RELEASED'] as const;
export type ReleaseStanding = (typeof RELEASE_STANDINGS)[number];

/** Where it stands on `today`, the day of the project: its planned day is not over before that day is. */
export function releaseStanding({ plannedOn, releasedOn }: ReleaseDays, today: string): ReleaseStanding {
  if (releasedOn !== null) return 'RELEASED';
  return plannedOn < today ? 'OVERDUE' : 'PLANNED';
}

/** The day it is marked at: once it is out, the day on which it came. */
export const releaseDay = ({ plannedOn, releasedOn }: ReleaseDays): string => releasedOn ?? plannedOn;

/** Both are days, and nothing was released on a day that has not come. */
export function releaseDays({ plannedOn, releasedOn }: ReleaseDays, today: string): Result<object> {
  if (!isDay(plannedOn)) return refuse('BAD_INPUT', { field: 'plannedOn', reason: 'NOT_A_DAY' });
  if (releasedOn === null) return { ok: true };
  if (!isDay(releasedOn)) return refuse('BAD_INPUT', { field: 'releasedOn', reason: 'NOT_A_DAY' });
  return releasedOn > today ? refuse('BAD_INPUT', { field: 'releasedOn', reason: 'NOT_YET' }) : { ok: true };
}

import { shiftedDay, type Action, type EntityKind } from '@trainyard/domain';
import type { Variables } from './ask.ts';
import type { Case, ExpectedRow, MutationCase, Place } from './case.ts';
import { buildThing, WEEK } from './things.ts';

const logged = (at: Place, entity: EntityKind, action: Action, changes: unknown, entityId?: unknown): ExpectedRow => ({
  scope: at.organisationId,
  entity,
  action,
  ...(typeof entityId === 'string' && { entityId }),
  changes,
});
const set = (to: unknown, from: unknown = null): { from: unknown; to: unknown } => ({ from, to });
const WEEKDAYS = '00000000-0000-4000-8000-000000000381';
let serial = 0;
/** Days that nobody has taken off yet. */
const freshDay = (): string => shiftedDay('2030-01-01', serial++);

/** Whoever leads a team has this right on those who are in it: the maker is not in each place. */
const alsoOutside: Case['also'] = ({ actor }, at) => {
  const isInside = Object.hasOwn(at.maker.actor?.teams ?? {}, at.project.teamId);
  const isAdmin = actor?.orgRole === 'OWNER' || actor?.orgRole === 'ADMIN';
  return isInside || isAdmin || actor?.userId === at.maker.userId ? null : { code: 'FORBIDDEN', params: { permission: 'workTime.manage' } };
};

/** When people work. The time that is asked about is the maker's. */
export const WORK_TIME_MUTATIONS: Record<string, MutationCase | MutationCase[]> = {
  setWorkingPattern: {
    demands: ['workTime.manage'],
    on: 'TEAM',
    also: alsoOutside,
    unversioned: 'what was said before is kept, and whoever speaks last is right',
    try: async (at) => {
      await at.trainyard.database.direct.query('DELETE FROM working_pattern WHERE user_id = $1', [at.maker.userId]);
      return { input: { userId: at.maker.userId, since: '2026-12-01', minutes: WEEK, calendarId: WEEKDAYS } };
    },
    logs: (_, at) => [
      logged(at, 'WORKING_PATTERN', 'CREATED', {
        userId: set(at.maker.userId),
        minutes: set(WEEK),
        calendarId: set(WEEKDAYS),
        fromDate: set('2026-12-01'),
      }),
    ],
  },
  removeWorkingPattern: {
    demands: ['workTime.manage'],
    on: 'TEAM',
    also: alsoOutside,
    try: async (at) => ({ id: await buildThing.workingPattern(at), version: 1 }),
    logs: (asked, at) => [logged(at, 'WORKING_PATTERN', 'DELETED', { userId: set(null, at.maker.userId) }, asked['id'])],
  },
  addTimeOff: {
    demands: ['workTime.manage'],
    on: 'TEAM',
    also: alsoOutside,
    unversioned: 'it makes something new',
    try: (at) => {
      const fromDate = freshDay();
      return { input: { userId: at.maker.userId, fromDate, toDate: fromDate, untilNoon: true } };
    },
    logs: (asked, at) => {
      const { fromDate } = asked['input'] as Variables;
      return [
        logged(at, 'TIME_OFF', 'CREATED', {
          userId: set(at.maker.userId),
          fromDate: set(fromDate),
          toDate: set(fromDate),
          fromNoon: set(false),
          untilNoon: set(true),
        }),
      ];
    },
  },
  removeTimeOff: {
    demands: ['workTime.manage'],
    on: 'TEAM',
    also: alsoOutside,
    try: async (at) => ({ id: await buildThing.timeOff(at, freshDay()), version: 1 }),
    logs: (asked, at) => [
      logged(
        at,
        'TIME_OFF',
        'DELETED',
        {
          ...{ userId: set(null, at.maker.userId), fromDate: set(null, expect.any(String)), toDate: set(null, expect.any(String)) },
          ...{ fromNoon: set(null, false), untilNoon: set(null, false) },
        },
        asked['id'],
      ),
    ],
  },
};

import { Injectable } from '@nestjs/common';
import { changesBetween, DAY_MINUTES_MAX, dayBefore, goesOn, holdsOn, type Actor, type Changes } from '@trainyard/domain';
import { organisation } from '../access/organisation.ts';
import { DomainError } from '../platform/domain-error.ts';
import { day } from '../platform/input.ts';
import { ActivityLog } from '../platform/log/activity-log.ts';
import { brokenConstraint, Database, type Tx } from '../platform/sql/database.ts';
import { EffectiveRows } from '../platform/sql/effective-rows.ts';
import { sameVersion } from '../platform/sql/version.ts';
import { demandWorkTime } from './work-time.rights.ts';
import type { SetWorkingPatternInput, WorkingPatternType } from './work-time.types.ts';

export const PATTERNS = new EffectiveRows<WorkingPatternType>('working_pattern', { userId: 'user_id', minutes: 'minutes', calendarId: 'calendar_id' });

interface Entry {
  id: string;
  action: 'CREATED' | 'UPDATED' | 'DELETED';
  changes: Changes;
}

/** How long people work on each day of the week, and by which calendar. */
@Injectable()
export class WorkingPatternService {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
  ) {}

  async set(actor: Actor, input: SetWorkingPatternInput): Promise<WorkingPatternType> {
    const since = day('since', input.since);
    const minutes = checkedMinutes(input.minutes);
    const calendarId = input.calendarId.toLowerCase();
    return this.database.transaction(async (tx) => {
      const userId = await demandWorkTime(tx, actor, input.userId);
      await PATTERNS.hold(tx, userId);
      const known = await ofUser(tx, userId);
      const before = known.find((one) => holdsOn(one, since));
      if (!before) {
        const next = known.find((one) => one.fromDate !== null && one.fromDate > since);
        const fields = { userId, minutes, calendarId, fromDate: since, toDate: next ? dayBefore(next.fromDate!) : null };
        const made = await ofKnownCalendar(() => PATTERNS.insert(tx, fields));
        await this.append(tx, actor, [{ id: made.id, action: 'CREATED', changes: changesBetween({}, fields) }]);
        return made;
      }
      const changes = changesBetween(before, { minutes, calendarId });
      if (Object.keys(changes).length === 0) return before;
      const { kept, changed } = await ofKnownCalendar(() => PATTERNS.change(tx, before, since, { minutes, calendarId }));
      const { id, version: _, ...fields } = changed;
      await this.append(
        tx,
        actor,
        kept
          ? [
              { id: before.id, action: 'UPDATED', changes: changesBetween(before, { toDate: kept.toDate }) },
              { id, action: 'CREATED', changes: changesBetween({}, fields) },
            ]
          : [{ id, action: 'UPDATED', changes }],
      );
      return changed;
    });
  }

  /** It never was so: what held before it goes on in its place. */
  async remove(actor: Actor, id: string, version: number): Promise<void> {
    await this.database.transaction(async (tx) => {
      const [found] = await PATTERNS.known(tx, 'r.id = $1', [id]);
      if (!found) throw new DomainError('NOT_FOUND');
      await demandWorkTime(tx, actor, found.userId);
      await PATTERNS.hold(tx, found.userId);
      const known = await ofUser(tx, found.userId);
      const before = known.find((one) => one.id === found.id);
      if (!before) throw new DomainError('NOT_FOUND');
      sameVersion(before, version);
      await PATTERNS.remove(tx, [before.id]);
      const entries: Entry[] = [{ id: before.id, action: 'DELETED', changes: { userId: { from: before.userId, to: null } } }];
      const earlier = known.find((one) => goesOn(one, before));
      if (earlier) {
        await PATTERNS.correct(tx, earlier, { toDate: before.toDate });
        entries.push({ id: earlier.id, action: 'UPDATED', changes: changesBetween(earlier, { toDate: before.toDate }) });
      }
      await this.append(tx, actor, entries);
    });
  }

  private async append(tx: Tx, actor: Actor, entries: readonly Entry[]): Promise<void> {
    const { id: scope } = await organisation(tx);
    await this.activity.append(
      tx,
      scope,
      actor.userId,
      entries.map(({ id, action, changes }) => ({ entity: 'WORKING_PATTERN', entityId: id, action, changes })),
    );
  }
}

const ofUser = (tx: Tx, userId: string): Promise<WorkingPatternType[]> => PATTERNS.known(tx, 'r.user_id = $1 ORDER BY r.from_date NULLS FIRST', [userId]);

function checkedMinutes(minutes: readonly number[]): number[] {
  if (minutes.length !== 7 || minutes.some((one) => one < 0 || one > DAY_MINUTES_MAX))
    throw new DomainError('BAD_INPUT', { field: 'minutes', reason: 'NOT_A_WEEK', max: DAY_MINUTES_MAX });
  return [...minutes];
}

async function ofKnownCalendar<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (brokenConstraint(error) === 'working_pattern_calendar_id_fkey') throw new DomainError('BAD_INPUT', { field: 'calendarId', reason: 'UNKNOWN' });
    throw error;
  }
}

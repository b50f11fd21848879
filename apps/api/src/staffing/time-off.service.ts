import { Injectable } from '@nestjs/common';
import { changesBetween, daysBetween, TIME_OFF_DAYS_MAX, type Actor } from '@trainyard/domain';
import { organisation } from '../access/organisation.ts';
import { DomainError } from '../platform/domain-error.ts';
import { day } from '../platform/input.ts';
import { ActivityLog } from '../platform/log/activity-log.ts';
import { Creation } from '../platform/sql/create-once.ts';
import { brokenConstraint, Database, row, type Tx } from '../platform/sql/database.ts';
import { sameVersion } from '../platform/sql/version.ts';
import { demandWorkTime } from './work-time.rights.ts';
import type { AddTimeOffInput, TimeOffType } from './work-time.types.ts';

export const TIME_OFF = /* sql */ `o.id, o.user_id AS "userId", o.from_date::text AS "fromDate", o.to_date::text AS "toDate", o.from_noon AS "fromNoon",
  o.until_noon AS "untilNoon", o.version`;

/** Days on which people do not work. Nothing says why. */
@Injectable()
export class TimeOffService {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
  ) {}

  async add(actor: Actor, input: AddTimeOffInput): Promise<TimeOffType> {
    const days = checkedDays(input);
    return this.database.transaction(async (tx) => {
      const creation = new Creation(tx, actor, 'TIME_OFF', input.id);
      const userId = await demandWorkTime(tx, actor, input.userId);
      const { id, before } = await creation.find({ userId, ...days }, (one) => load(tx, one));
      if (before) return before;
      await apart(() =>
        tx.query('INSERT INTO time_off (id, user_id, from_date, to_date, from_noon, until_noon) VALUES ($1, $2, $3, $4, $5, $6)', [
          id,
          userId,
          days.fromDate,
          days.toDate,
          days.fromNoon,
          days.untilNoon,
        ]),
      );
      const { id: scope } = await organisation(tx);
      await this.activity.append(tx, scope, actor.userId, [
        { entity: 'TIME_OFF', entityId: id, action: 'CREATED', changes: changesBetween({}, { userId, ...days }) },
      ]);
      return { id, userId, ...days, version: 1 };
    });
  }

  async remove(actor: Actor, id: string, version: number): Promise<void> {
    await this.database.transaction(async (tx) => {
      const before = await row<TimeOffType>(tx, `SELECT ${TIME_OFF} FROM time_off o WHERE o.id = $1 FOR UPDATE`, [id]);
      if (!before) throw new DomainError('NOT_FOUND');
      await demandWorkTime(tx, actor, before.userId);
      sameVersion(before, version);
      await tx.query('DELETE FROM time_off WHERE id = $1', [id]);
      const { userId, fromDate, toDate, fromNoon, untilNoon } = before;
      const { id: scope } = await organisation(tx);
      await this.activity.append(tx, scope, actor.userId, [
        {
          entity: 'TIME_OFF',
          entityId: before.id,
          action: 'DELETED',
          changes: Object.fromEntries(Object.entries({ userId, fromDate, toDate, fromNoon, untilNoon }).map(([field, from]) => [field, { from, to: null }])),
        },
      ]);
    });
  }
}

const load = (tx: Tx, id: string): Promise<TimeOffType | null> => row(tx, `SELECT ${TIME_OFF} FROM time_off o WHERE o.id = $1`, [id]);

function checkedDays(input: Pick<AddTimeOffInput, 'fromDate' | 'toDate' | 'fromNoon' | 'untilNoon'>): Omit<TimeOffType, 'id' | 'userId' | 'version'> {
  const [fromDate, toDate] = [day('fromDate', input.fromDate), day('toDate', input.toDate)];
  if (toDate < fromDate) throw new DomainError('BAD_INPUT', { field: 'toDate', reason: 'BEFORE_START' });
  if (daysBetween(fromDate, toDate) >= TIME_OFF_DAYS_MAX) throw new DomainError('BAD_INPUT', { field: 'toDate', reason: 'TOO_FAR', max: TIME_OFF_DAYS_MAX });
  const [fromNoon, untilNoon] = [input.fromNoon ?? false, input.untilNoon ?? false];
  // From noon until noon of one day is no time.
  if (fromDate === toDate && fromNoon && untilNoon) throw new DomainError('BAD_INPUT', { field: 'untilNoon', reason: 'NO_TIME' });
  return { fromDate, toDate, fromNoon, untilNoon };
}

async function apart<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (brokenConstraint(error) === 'time_off_overlap') throw new DomainError('CONFLICT', { field: 'fromDate', reason: 'OVERLAPS' });
    throw error;
  }
}

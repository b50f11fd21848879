import { Injectable } from '@nestjs/common';
import { CAPACITY_DAYS_MAX, capacityMinutes, daysBetween, workingCalendar, type Allocation, type PersonTime, type WorkingCalendar } from '@trainyard/domain';
import { DomainError } from '../platform/domain-error.ts';
import { day } from '../platform/input.ts';
import { Database, rows, type Tx } from '../platform/sql/database.ts';
import { CalendarReader, FIRST_CALENDAR } from './calendar.reader.ts';
import { TIME_OFF } from './time-off.service.ts';
import type { TimeOffType, WorkingPatternType } from './work-time.types.ts';
import { PATTERNS } from './working-pattern.service.ts';

/** When people work, and how much of it there is for a team. */
@Injectable()
export class CapacityReader {
  constructor(
    private readonly database: Database,
    private readonly calendars: CalendarReader,
  ) {}

  /** By person and day, as known now. */
  patternsOf(userIds: readonly string[], tx: Tx = this.database.direct): Promise<WorkingPatternType[]> {
    return PATTERNS.known(tx, 'r.user_id = ANY ($1::uuid[]) ORDER BY r.from_date NULLS FIRST', [userIds]);
  }

  /** What touches these days, by day. */
  timeOffOf(userIds: readonly string[], from: string, to: string, tx: Tx = this.database.direct): Promise<TimeOffType[]> {
    return rows(
      tx,
      `SELECT ${TIME_OFF} FROM time_off o WHERE o.user_id = ANY ($1::uuid[]) AND o.from_date <= $3::date AND o.to_date >= $2::date ORDER BY o.from_date, o.id`,
      [userIds, from, to],
    );
  }

  /**
   * Minutes of each person from one day to another, both included.
   * @param teamId what they have for this team; null: for all teams they are in
   */
  async minutesOf(userIds: readonly string[], teamId: string | null, from: string, to: string): Promise<Map<string, number>> {
    const times = await this.timesOf(userIds, teamId, from, to);
    return new Map([...times].map(([userId, time]) => [userId, capacityMinutes(time, from, to)]));
  }

  /** When each of these people works, from one day to another, both included. */
  async timesOf(userIds: readonly string[], teamId: string | null, from: string, to: string, tx: Tx = this.database.direct): Promise<Map<string, PersonTime>> {
    const [patterns, timeOff, allocations] = await Promise.all([
      this.patternsOf(userIds, tx),
      this.timeOffOf(userIds, from, to, tx),
      rows<Allocation & { userId: string }>(
        tx,
        /* sql */ `SELECT m.user_id AS "userId", m.allocation, m.from_date::text AS "fromDate", m.to_date::text AS "toDate" FROM membership m
          WHERE m.user_id = ANY ($1::uuid[]) AND ($2::uuid IS NULL OR m.team_id = $2)
            AND (m.from_date IS NULL OR m.from_date <= $4::date) AND (m.to_date IS NULL OR m.to_date >= $3::date)`,
        [userIds, teamId, from, to],
      ),
    ]);
    const byId = await this.workingCalendars([FIRST_CALENDAR, ...patterns.map(({ calendarId }) => calendarId)], from, to, tx);
    const of = <T extends { userId: string }>(all: readonly T[], userId: string): T[] => all.filter((one) => one.userId === userId);
    return new Map(
      userIds.map((userId) => [
        userId,
        {
          patterns: of(patterns, userId).map((one) => ({ ...one, calendar: byId.get(one.calendarId)! })),
          calendar: byId.get(FIRST_CALENDAR)!,
          timeOff: of(timeOff, userId),
          allocations: of(allocations, userId),
        },
      ]),
    );
  }

  /** Calendars with the days they name between two days. */
  async workingCalendars(ids: readonly string[], from: string, to: string, tx: Tx = this.database.direct): Promise<Map<string, WorkingCalendar>> {
    const unique = [...new Set(ids)];
    const [calendars, days] = await Promise.all([this.calendars.calendarsByIds(unique, tx), this.calendars.daysOf(unique, from, to, tx)]);
    return new Map(calendars.map((one) => [one.id, workingCalendar({ ...one, days: days.filter(({ calendarId }) => calendarId === one.id) })]));
  }
}

/** Two days, in their order and not too far apart. */
export function checkedStretch(from: string, to: string): { from: string; to: string } {
  const stretch = { from: day('from', from), to: day('to', to) };
  if (stretch.to < stretch.from) throw new DomainError('BAD_INPUT', { field: 'to', reason: 'BEFORE_START' });
  if (daysBetween(stretch.from, stretch.to) >= CAPACITY_DAYS_MAX)
    throw new DomainError('BAD_INPUT', { field: 'to', reason: 'TOO_FAR', max: CAPACITY_DAYS_MAX });
  return stretch;
}

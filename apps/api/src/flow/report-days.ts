import { Injectable } from '@nestjs/common';
import { dayAfter, dayAt, isWorkingDay, shiftedDay, startOfDay, type ReportDay } from '@trainyard/domain';
import { CalendarReader } from '../staffing/calendar.reader.ts';
import { Database, row } from '../platform/sql/database.ts';

/** The days of a project as a report counts them. */
export interface ReportTime {
  timeZone: string;
  /** Whether people work on a day. */
  isWorking: (day: string) => boolean;
}

/** Tells the days of projects, by the zone and the calendar that they had. */
@Injectable()
export class ReportDays {
  constructor(
    private readonly database: Database,
    private readonly calendars: CalendarReader,
  ) {}

  /**
   * How the project counted days at an instant: what was chosen later rewrites no report of before.
   * @param from the first and the last day that will be asked about
   */
  async timeOf(projectId: string, at: Date, from: string, to: string): Promise<ReportTime> {
    const { direct } = this.database;
    const found = await row<{ timeZone: string; calendarId: string }>(
      direct,
      /* sql */ `SELECT COALESCE(${BEFORE('timeZone')}, p.time_zone) AS "timeZone", COALESCE(${BEFORE('calendarId')}, p.calendar_id::text) AS "calendarId" FROM project p WHERE p.id = $1`,
      [projectId, at],
    );
    if (!found) throw new Error(`project ${projectId} vanished`);
    const known = await this.calendars.workingAt(found.calendarId, from, to, at);
    return { timeZone: found.timeZone, isWorking: (day) => isWorkingDay(known, day) };
  }
}

/** What a field of the project was before the first change of it after $2; null: there was none. */
const BEFORE = (field: string): string => /* sql */ `(
  SELECT a.changes #>> '{${field},from}' FROM activity a
  WHERE a.entity_id = $1 AND a.entity = 'PROJECT' AND a.at > $2 AND a.changes ? '${field}' AND a.changes #>> '{${field},from}' IS NOT NULL ORDER BY a.seq LIMIT 1)`;

/** Days from one to another, both included. */
export function daysFrom({ timeZone, isWorking }: ReportTime, from: string, to: string): ReportDay[] {
  const days: ReportDay[] = [];
  let start = startOfDay(from, timeZone).getTime();
  for (let day = from; day <= to; day = dayAfter(day) ?? '~') {
    const end = startOfDay(shiftedDay(day, 1), timeZone).getTime();
    // A zone that crosses the date line leaves a day out.
    if (start < end) days.push({ day, start, end, isWorking: isWorking(day) });
    start = end;
  }
  return days;
}

export const dayOfInstant = (at: number, timeZone: string): string => dayAt(new Date(at), timeZone);

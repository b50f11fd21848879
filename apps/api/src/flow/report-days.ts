import { Injectable } from '@nestjs/common';
import { dayAfter, dayAt, isWorkingDay, shiftedDay, startOfDay, type ReportDay, type WorkingCalendar } from '@trainyard/domain';
import { CalendarReader } from '../staffing/calendar.reader.ts';
import { Database, row, rows } from '../platform/sql/database.ts';
import { MS } from '../platform/sql/instants.ts';

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
    return (await this.timesOf(projectId, [at], from, to))[0]!;
  }

  /** The same at several instants. */
  async timesOf(projectId: string, instants: readonly Date[], from: string, to: string): Promise<ReportTime[]> {
    const { direct } = this.database;
    const [project, later] = await Promise.all([
      row<Chosen>(direct, 'SELECT p.time_zone AS "timeZone", p.calendar_id::text AS "calendarId" FROM project p WHERE p.id = $1', [projectId]),
      rows<Chosen & { at: number }>(
        direct,
        /* sql */ `SELECT ${MS('at')} AS at, changes #>> '{timeZone,from}' AS "timeZone", changes #>> '{calendarId,from}' AS "calendarId" FROM activity
          WHERE entity_id = $1 AND entity = 'PROJECT' AND at > $2 AND (changes ? 'timeZone' OR changes ? 'calendarId') ORDER BY seq`,
        [projectId, new Date(Math.min(...instants.map(Number)))],
      ),
    ]);
    if (!project) throw new Error(`project ${projectId} vanished`);
    // What it was before the first change that came later; none did: what it is.
    const then = (field: keyof Chosen, instant: Date): string =>
      later.find((one) => one.at > instant.getTime() && one[field] !== null)?.[field] ?? (project[field] as string);
    const asked = instants.map((instant) => ({ instant, timeZone: then('timeZone', instant), calendarId: then('calendarId', instant) }));
    const known = new Map<(typeof asked)[number], WorkingCalendar>();
    for (const [calendarId, of] of Map.groupBy(asked, (one) => one.calendarId)) {
      const calendars = await this.calendars.workingAt(
        calendarId,
        from,
        to,
        of.map(({ instant }) => instant),
      );
      for (const [place, one] of of.entries()) known.set(one, calendars[place]!);
    }
    return asked.map((one) => ({ timeZone: one.timeZone, isWorking: (day) => isWorkingDay(known.get(one)!, day) }));
  }
}

/** What days are counted by; null in the log: the entry is not of it. */
interface Chosen {
  timeZone: string | null;
  calendarId: string | null;
}

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

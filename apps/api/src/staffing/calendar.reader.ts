import { Injectable } from '@nestjs/common';
import { demand } from '../platform/authorize.ts';
import { Database, row, rows, type Tx } from '../platform/sql/database.ts';
import { MS } from '../platform/sql/instants.ts';
import { workingCalendar, type Actor, type NamedDay, type WorkingCalendar } from '@trainyard/domain';
import type { CalendarType } from './calendar.types.ts';
import { goneAt, type CalendarChanges } from './gone-calendar.ts';

/** New projects and people begin with it, and it cannot be deleted: the default of `project.calendar_id`. */
export const FIRST_CALENDAR = '00000000-0000-4000-8000-000000000381';

export const CALENDAR = /* sql */ `c.id, c.key, c.name, c.weekdays, c.known_until::text AS "knownUntil", c.version`;
const DAY = /* sql */ `d.day::text AS day, d.works, d.name`;

/** Calendars of the organisation. Everybody signed in sees them. */
@Injectable()
export class CalendarReader {
  constructor(private readonly database: Database) {}

  /** The first one first, then by name. */
  async calendars(actor: Actor): Promise<CalendarType[]> {
    demand(actor, 'organisation.read');
    return rows(this.database.direct, `SELECT ${CALENDAR} FROM calendar c ORDER BY (c.id = $1) DESC, c.name_key, c.id`, [FIRST_CALENDAR]);
  }

  async calendar(actor: Actor, id: string): Promise<CalendarType | null> {
    demand(actor, 'organisation.read');
    return row(this.database.direct, `SELECT ${CALENDAR} FROM calendar c WHERE c.id = $1`, [id]);
  }

  calendarsByIds(ids: readonly string[], tx: Tx = this.database.direct): Promise<CalendarType[]> {
    return rows(tx, `SELECT ${CALENDAR} FROM calendar c WHERE c.id = ANY ($1::uuid[])`, [ids]);
  }

  /** A calendar with the days it names between two days, as it is now (null) or was at each of these moments: later changes are taken back, by the log. */
  async workingAt(id: string, from: string, to: string, moments: readonly (Date | null)[]): Promise<WorkingCalendar[]> {
    const earliest = moments.reduce<Date | null>((first, at) => (first === null || (at !== null && at < first) ? at : first), null);
    const [[calendar], days, later] = await Promise.all([
      this.calendarsByIds([id]),
      this.daysOf([id], from, to),
      earliest === null
        ? []
        : rows<{ at: number; changes: CalendarChanges }>(
            this.database.direct,
            /* sql */ `SELECT ${MS('at')} AS at, changes FROM activity
              WHERE entity_id = $1 AND entity = 'CALENDAR' AND action = 'UPDATED' AND at > $2 ORDER BY seq DESC`,
            [id, earliest],
          ),
    ]);
    if (!calendar) return goneAt(this.database.direct, id, from, to, moments);
    return moments.map((moment) => {
      const named = new Map(days.map((one) => [one.day, one as NamedDay]));
      let { weekdays, knownUntil } = calendar;
      for (const { at, changes } of later) {
        if (moment === null || at <= moment.getTime()) continue;
        if (changes.weekdays) weekdays = changes.weekdays.from;
        if (changes.knownUntil) knownUntil = changes.knownUntil.from;
        for (const [day, before] of Object.entries(changes.days?.from ?? {})) {
          if (before === null) named.delete(day);
          else if (day >= from && day <= to) named.set(day, { day, ...before });
        }
      }
      return workingCalendar({ weekdays, days: [...named.values()], knownUntil });
    });
  }

  /** Named days of these calendars from one day to another, both included, by day. */
  daysOf(ids: readonly string[], from: string, to: string, tx: Tx = this.database.direct): Promise<(NamedDay & { calendarId: string })[]> {
    return rows(
      tx,
      `SELECT d.calendar_id AS "calendarId", ${DAY} FROM calendar_day d WHERE d.calendar_id = ANY ($1::uuid[]) AND d.day BETWEEN $2::date AND $3::date ORDER BY d.day`,
      [ids, from, to],
    );
  }
}

/** Those of these days that a calendar names. */
export const namedAmong = (tx: Tx, id: string, days: readonly string[]): Promise<NamedDay[]> =>
  rows(tx, `SELECT ${DAY} FROM calendar_day d WHERE d.calendar_id = $1 AND d.day = ANY ($2::date[]) ORDER BY d.day`, [id, days]);

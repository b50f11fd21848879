import { daysBetween, shiftedDay, workingCalendar, type NamedDay, type WorkingCalendar } from '@trainyard/domain';
import { CHINA_KNOWN_UNTIL, CHINA_OFF, CHINA_WORKED } from '../migrations/china-holidays.ts';
import { rows, type Tx } from '../platform/sql/database.ts';
import { MS } from '../platform/sql/instants.ts';

/** What the log says of a calendar that changed. */
export interface CalendarChanges {
  weekdays?: { from: number[]; to: number[] };
  knownUntil?: { from: string | null; to: string | null };
  days?: Record<'from' | 'to', Record<string, { works: boolean; name: string } | null>>;
}

interface Told {
  at: number;
  action: 'CREATED' | 'UPDATED';
  changes: CalendarChanges;
}
interface Calendar {
  weekdays: number[];
  knownUntil: string | null;
  named: Map<string, NamedDay>;
}

/** The one that is there from the start, without a row of the log, and that can be deleted. */
const CHINA = '00000000-0000-4000-8000-000000000382';

/**
 * A calendar that is gone, as it was at each of these moments (null: in the end), from all that the log says of it. Earlier versions deleted
 * calendars that reports of a project's past count days by.
 */
export async function goneAt(tx: Tx, id: string, from: string, to: string, moments: readonly (Date | null)[]): Promise<WorkingCalendar[]> {
  const told = await rows<Told>(
    tx,
    /* sql */ `SELECT ${MS('at')} AS at, action, changes FROM activity
      WHERE entity_id = $1 AND entity = 'CALENDAR' AND action IN ('CREATED', 'UPDATED') ORDER BY seq`,
    [id],
  );
  const isMade = told[0]?.action === 'CREATED';
  if (!isMade && id !== CHINA) throw new Error(`the log tells of no calendar ${id}`);
  return moments.map((moment) => {
    const calendar: Calendar = id === CHINA ? china() : { weekdays: [], knownUntil: null, named: new Map() };
    for (const { at, action, changes } of told) if (action === 'CREATED' || moment === null || at <= moment.getTime()) apply(calendar, changes);
    const { weekdays, knownUntil, named } = calendar;
    const days = [...named.values()].filter(({ day }) => day >= from && day <= to).toSorted((a, b) => (a.day < b.day ? -1 : 1));
    return workingCalendar({ weekdays, days, knownUntil });
  });
}

function apply(calendar: Calendar, { weekdays, knownUntil, days }: CalendarChanges): void {
  if (weekdays) calendar.weekdays = weekdays.to;
  if (knownUntil) calendar.knownUntil = knownUntil.to;
  for (const [day, now] of Object.entries(days?.to ?? {}))
    if (now === null) calendar.named.delete(day);
    else calendar.named.set(day, { day, ...now });
}

function china(): Calendar {
  const days = [
    [false, CHINA_OFF],
    [true, CHINA_WORKED],
  ] as const;
  const named = days.flatMap(([works, stretches]) =>
    stretches.flatMap(([name, from, to]) => Array.from({ length: daysBetween(from, to) + 1 }, (_, i) => ({ day: shiftedDay(from, i), works, name }))),
  );
  return { weekdays: [1, 2, 3, 4, 5], knownUntil: CHINA_KNOWN_UNTIL, named: new Map(named.map((one) => [one.day, one])) };
}

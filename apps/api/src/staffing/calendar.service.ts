import { Injectable } from '@nestjs/common';
import {
  CALENDAR_DAY_NAME_MAX,
  CALENDAR_DAYS_MAX,
  CALENDAR_NAME_MAX,
  CALENDARS_MAX,
  changesBetween,
  ICS_MAX,
  normalForm,
  readIcs,
  readInto,
  type Actor,
  type Changes,
  type NamedDay,
} from '@trainyard/domain';
import { organisation } from '../access/organisation.ts';
import { demand } from '../platform/authorize.ts';
import { decided, DomainError } from '../platform/domain-error.ts';
import { day, line } from '../platform/input.ts';
import { ActivityLog } from '../platform/log/activity-log.ts';
import { Creation } from '../platform/sql/create-once.ts';
import { brokenConstraint, Database, row, type Tx } from '../platform/sql/database.ts';
import { sameVersion } from '../platform/sql/version.ts';
import { CALENDAR, FIRST_CALENDAR, namedAmong } from './calendar.reader.ts';
import type { CalendarDaysInput, CalendarImport, CalendarType, CreateCalendarInput, UpdateCalendarInput } from './calendar.types.ts';

/** Which days are worked. Each change is a row of the organisation's log, with the days it names. */
@Injectable()
export class CalendarService {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
  ) {}

  async create(actor: Actor, input: CreateCalendarInput): Promise<CalendarType> {
    demand(actor, 'calendar.manage');
    const given = {
      name: line('name', input.name, CALENDAR_NAME_MAX),
      weekdays: checkedWeekdays(input.weekdays),
      knownUntil: input.knownUntil == null ? null : day('knownUntil', input.knownUntil),
    };
    return this.database.transaction(async (tx) => {
      const { id, before } = await new Creation(tx, actor, 'CALENDAR', input.id).find(given, (one) => load(tx, one));
      if (before) return before;
      const made = await row<{ count: number }>(tx, 'SELECT count(*)::int AS count FROM calendar');
      if (made!.count >= CALENDARS_MAX) throw new DomainError('BAD_INPUT', { field: 'name', reason: 'TOO_MANY', max: CALENDARS_MAX });
      await uniquely(() =>
        tx.query('INSERT INTO calendar (id, name, name_key, weekdays, known_until) VALUES ($1, $2, $3, $4, $5)', [
          id,
          given.name,
          normalForm(given.name),
          given.weekdays,
          given.knownUntil,
        ]),
      );
      await this.tell(tx, actor, id, 'CREATED', changesBetween({}, given));
      return mustLoad(tx, id);
    });
  }

  async update(actor: Actor, id: string, version: number, input: UpdateCalendarInput): Promise<CalendarType> {
    demand(actor, 'calendar.manage');
    return this.database.transaction(async (tx) => {
      const before = await lock(tx, id, version);
      const after = {
        name: input.name == null ? undefined : line('name', input.name, CALENDAR_NAME_MAX),
        weekdays: input.weekdays == null ? undefined : checkedWeekdays(input.weekdays),
        knownUntil: input.knownUntil == null ? input.knownUntil : day('knownUntil', input.knownUntil),
      };
      const changes = changesBetween(before, after);
      if (Object.keys(changes).length === 0) return before;
      const { name, weekdays, knownUntil } = { ...before, ...defined(after) };
      await uniquely(() =>
        tx.query(
          // Whoever renames it names it for all languages.
          `UPDATE calendar SET name = $2, name_key = $3, weekdays = $4, known_until = $5, version = version + 1, key = CASE WHEN name = $2 THEN key END WHERE id = $1`,
          [id, name, normalForm(name), weekdays, knownUntil],
        ),
      );
      await this.tell(tx, actor, id, 'UPDATED', changes);
      return mustLoad(tx, id);
    });
  }

  async changeDays(actor: Actor, id: string, version: number, { name, forget }: CalendarDaysInput): Promise<CalendarType> {
    demand(actor, 'calendar.manage');
    const named = (name ?? []).map((one) => ({ day: day('day', one.day), works: one.works, name: line('name', one.name, CALENDAR_DAY_NAME_MAX) }));
    const forgotten = (forget ?? []).map((one) => day('forget', one));
    refuseTwice([...named.map((one) => one.day), ...forgotten]);
    return this.database.transaction(async (tx) => {
      const before = await lock(tx, id, version);
      return (await this.write(tx, actor, before, named, forgotten)) ? mustLoad(tx, id) : before;
    });
  }

  /** Names the days of a file of holidays. @param dryRun says what it would do, by the same way, and does nothing */
  async importIcs(
    actor: Actor,
    id: string,
    version: number,
    ics: string,
    { knownUntil, dryRun }: { knownUntil?: string | null; dryRun: boolean },
  ): Promise<CalendarImport> {
    demand(actor, 'calendar.manage');
    if (ics.length > ICS_MAX) throw new DomainError('BAD_INPUT', { field: 'ics', reason: 'TOO_LONG', max: ICS_MAX });
    const file = decided(readIcs(ics));
    const until = knownUntil == null ? undefined : day('knownUntil', knownUntil);
    return this.database.transaction(async (tx) => {
      const before = await lock(tx, id, version);
      const days = file.days.map((one) => ({ ...one, name: one.name === '' ? before.name : line('ics', one.name, CALENDAR_DAY_NAME_MAX) }));
      const named = await namedAmong(
        tx,
        id,
        days.map((one) => one.day),
      );
      const { added, changed, unchanged } = readInto(named, days);
      const done = !dryRun && (await this.write(tx, actor, before, [...added, ...changed.map(({ to }) => to)], [], until));
      return {
        calendar: done ? await mustLoad(tx, id) : before,
        added,
        changed,
        unchangedCount: unchanged.length,
        leftOut: file.leftOut,
        leftOutCount: file.leftOutCount,
      };
    });
  }

  /** Refused with CALENDAR_IN_USE while a project or a person goes by it, or reports of a project's past do. */
  async delete(actor: Actor, id: string, version: number): Promise<void> {
    demand(actor, 'calendar.manage');
    await this.database.transaction(async (tx) => {
      const before = await lock(tx, id, version);
      if (id.toLowerCase() === FIRST_CALENDAR) throw new DomainError('CALENDAR_IN_USE', { reason: 'FIRST' });
      const used = await row<{ projects: number; people: number }>(
        tx,
        /* sql */ `SELECT (SELECT count(*)::int FROM project WHERE calendar_id = $1) AS projects,
          (SELECT count(DISTINCT user_id)::int FROM working_pattern WHERE calendar_id = $1) AS people`,
        [id],
      );
      if (used!.projects + used!.people > 0) throw new DomainError('CALENDAR_IN_USE', { ...used! });
      const went = await row(
        tx,
        /* sql */ `SELECT FROM project p JOIN activity a ON a.entity_id = p.id AND a.entity = 'PROJECT' AND a.changes #>> '{calendarId,from}' = $1 LIMIT 1`,
        [before.id],
      );
      if (went) throw new DomainError('CALENDAR_IN_USE', { reason: 'PAST' });
      await tx.query('DELETE FROM calendar WHERE id = $1', [id]);
      await this.tell(tx, actor, id, 'DELETED', { name: { from: before.name, to: null } });
    });
  }

  /** In `tx`, which holds the calendar. Answers whether anything changed. */
  private async write(
    tx: Tx,
    actor: Actor,
    before: CalendarType,
    named: readonly NamedDay[],
    forgotten: readonly string[],
    knownUntil?: string,
  ): Promise<boolean> {
    const { id } = before;
    const asked = [...named.map((one) => one.day), ...forgotten];
    const were = new Map((await namedAmong(tx, id, asked)).map((one) => [one.day, one]));
    const isNew = (one: NamedDay): boolean => JSON.stringify(changeOf(were.get(one.day))) !== JSON.stringify(changeOf(one));
    const written = named.filter(isNew);
    const gone = forgotten.filter((one) => were.has(one));
    const days = [...written.map((one) => one.day), ...gone];
    const until = changesBetween(before, { knownUntil });
    if (days.length === 0 && Object.keys(until).length === 0) return false;
    await tx.query('DELETE FROM calendar_day WHERE calendar_id = $1 AND day = ANY ($2::date[])', [id, days]);
    await tx.query(
      'INSERT INTO calendar_day (calendar_id, day, works, name) SELECT $1, d.* FROM unnest($2::date[], $3::boolean[], $4::text[]) AS d (day, works, name)',
      [id, written.map((one) => one.day), written.map((one) => one.works), written.map((one) => one.name)],
    );
    const kept = await row<{ count: number }>(tx, 'SELECT count(*)::int AS count FROM calendar_day WHERE calendar_id = $1', [id]);
    if (kept!.count > CALENDAR_DAYS_MAX) throw new DomainError('BAD_INPUT', { field: 'days', reason: 'CALENDAR_FULL', max: CALENDAR_DAYS_MAX });
    await tx.query('UPDATE calendar SET version = version + 1, known_until = COALESCE($2::date, known_until) WHERE id = $1', [id, knownUntil ?? null]);
    const be = new Map(written.map((one) => [one.day, one]));
    const told = (of: ReadonlyMap<string, NamedDay>): object => Object.fromEntries(days.toSorted().map((one) => [one, changeOf(of.get(one))]));
    await this.tell(tx, actor, id, 'UPDATED', { ...until, ...(days.length > 0 && { days: { from: told(were), to: told(be) } }) });
    return true;
  }

  private async tell(tx: Tx, actor: Actor, id: string, action: 'CREATED' | 'UPDATED' | 'DELETED', changes: Changes): Promise<void> {
    await this.activity.append(tx, (await organisation(tx)).id, actor.userId, [{ entity: 'CALENDAR', entityId: id, action, changes }]);
  }
}

/** A named day in the log; null: it is as its weekday says. */
const changeOf = (one: NamedDay | undefined): object | null => (one ? { works: one.works, name: one.name } : null);

const defined = <T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };

function checkedWeekdays(weekdays: readonly number[]): number[] {
  if (weekdays.length === 0) throw new DomainError('BAD_INPUT', { field: 'weekdays', reason: 'EMPTY' });
  if (weekdays.some((one) => one < 1 || one > 7)) throw new DomainError('BAD_INPUT', { field: 'weekdays', reason: 'NOT_A_WEEKDAY' });
  return [...new Set(weekdays)].toSorted((a, b) => a - b);
}

function refuseTwice(days: readonly string[]): void {
  const seen = new Set<string>();
  for (const one of days) {
    if (seen.has(one)) throw new DomainError('BAD_INPUT', { field: 'days', reason: 'TWICE_A_DAY', day: one });
    seen.add(one);
  }
}

const load = (tx: Tx, id: string): Promise<CalendarType | null> => row(tx, `SELECT ${CALENDAR} FROM calendar c WHERE c.id = $1`, [id]);

async function mustLoad(tx: Tx, id: string): Promise<CalendarType> {
  const found = await load(tx, id);
  if (!found) throw new DomainError('NOT_FOUND');
  return found;
}

/** Nobody else changes or deletes it, and no project comes to it, until `tx` ends. */
async function lock(tx: Tx, id: string, version: number): Promise<CalendarType> {
  const found = await row<CalendarType>(tx, `SELECT ${CALENDAR} FROM calendar c WHERE c.id = $1 FOR UPDATE`, [id]);
  if (!found) throw new DomainError('NOT_FOUND');
  sameVersion(found, version);
  return found;
}

async function uniquely<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (brokenConstraint(error) === 'calendar_name') throw new DomainError('CONFLICT', { field: 'name', reason: 'TAKEN' });
    throw error;
  }
}

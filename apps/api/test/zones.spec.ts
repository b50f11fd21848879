import { dayAfter, dayAt, shiftedDay, startOfDay } from '@trainyard/domain';
import fc from 'fast-check';
import type pg from 'pg';
import { onServer, serverUrl } from './test-database.ts';

/** Days of 23, 23.5, 24.5 and 25 hours, and days without midnight; one that was left out. */
const ODD: readonly [zone: string, day: string][] = [
  ['Europe/Berlin', '2026-10-25'],
  ['Europe/Berlin', '2026-03-29'],
  ['America/New_York', '2026-11-01'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['Australia/Lord_Howe', '2027-04-04'],
  ['America/Santiago', '2026-09-06'],
  ['America/Santiago', '2027-04-03'],
  ['Africa/Cairo', '2027-04-30'],
  ['Asia/Beirut', '2027-03-28'],
  ['America/Havana', '2026-11-01'],
  ['America/Sao_Paulo', '2018-02-18'],
  ['Asia/Shanghai', '1988-04-17'],
  ['Pacific/Apia', '2011-12-30'],
];
const ZONES = new Set(Intl.supportedValuesOf('timeZone'));

interface Start {
  zone: string;
  day: string;
  start: Date;
}

/** What PostgreSQL says of each start: the day it lies in, and the day of the millisecond before it. */
async function daysAround(client: pg.Client, starts: readonly Start[]): Promise<{ at: string; before: string }[]> {
  const { rows } = await client.query<{ at: string; before: string }>(
    /* sql */ `SELECT (start AT TIME ZONE zone)::date::text AS at, ((start - interval '1 millisecond') AT TIME ZONE zone)::date::text AS before
      FROM unnest($1::text[], $2::timestamptz[]) WITH ORDINALITY AS s (zone, start, place) ORDER BY place`,
    [starts.map(({ zone }) => zone), starts.map(({ start }) => start.toISOString())],
  );
  return rows;
}

const startsOf = (days: readonly (readonly [zone: string, day: string])[]): Start[] =>
  days.flatMap(([zone, day]) => [day, dayAfter(day)!].map((one) => ({ zone, day: one, start: startOfDay(one, zone) })));

/** A start that PostgreSQL does not call the first instant of its day. A day that was left out begins with the next. */
const wrongIn = (starts: readonly Start[], told: readonly { at: string; before: string }[]): unknown[] =>
  starts
    .map((start, i) => ({ ...start, ...told[i]! }))
    .filter(({ zone, day, at, before }) => before >= day || (at !== day && !(zone === 'Pacific/Apia' && at > day)));

it('days of a zone are those of PostgreSQL, at any instant and in any zone that both know', async () => {
  await onServer(serverUrl(), async (client) => {
    const { rows } = await client.query<{ name: string }>('SELECT name FROM pg_timezone_names ORDER BY name');
    const known = rows.map(({ name }) => name).filter((name) => ZONES.has(name));
    expect(known.length).toBeGreaterThan(300);
    // Their tables of zones are of different years: of what is long past, and of what was decided lately, these say different things.
    const instants = fc.date({ min: new Date('2015-01-01'), max: new Date('2025-06-01'), noInvalidDate: true });
    const property = fc.asyncProperty(fc.constantFrom(...known), instants, async (zone, instant) => {
      const told = await client.query<{ day: string }>('SELECT ($1::timestamptz AT TIME ZONE $2)::date::text AS day', [instant.toISOString(), zone]);
      const day = dayAt(instant, zone);
      expect(day).toBe(told.rows[0]?.day);
      const starts = startsOf([[zone, day]]);
      expect(wrongIn(starts, await daysAround(client, starts))).toEqual([]);
    });
    await fc.assert(property, { numRuns: 1_000 });
  });
});

it('days of odd lengths begin where PostgreSQL has them begin', async () => {
  await onServer(serverUrl(), async (client) => {
    const starts = startsOf(ODD.flatMap(([zone, day]) => [-1, 0, 1].map((by) => [zone, shiftedDay(day, by)] as const)));
    expect(wrongIn(starts, await daysAround(client, starts))).toEqual([]);
  });
});

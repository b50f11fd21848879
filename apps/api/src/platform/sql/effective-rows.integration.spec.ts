import fc from 'fast-check';
import { buildTeam, buildUser } from '../../../test/factories/people.ts';
import { momentBetween } from '../../../test/moment.ts';
import { TestTrainyard } from '../../../test/trainyard.ts';
import { MEMBERSHIPS } from '../../staffing/membership.reader.ts';
import type { MembershipType } from '../../staffing/staffing.types.ts';
import { row, rows, sqlState, type Tx } from './database.ts';

const DAY_MS = 86_400_000;
const FIRST = Date.UTC(2028, 1, 20);
/** Days around 29 February and the end of a month. */
const DAYS = Array.from({ length: 16 }, (_, i) => new Date(FIRST + i * DAY_MS).toISOString().slice(0, 10));
/** Where a row of the table of days begins and ends: -1 and DAYS.length are open. */
type Table = (number | null)[];

let trainyard: TestTrainyard;
let key: { teamId: string; userId: string; roleId: string };
beforeAll(async () => {
  trainyard = await TestTrainyard.start();
});
afterAll(() => trainyard.stop());

const freshKey = async (): Promise<typeof key> => ({
  teamId: (await buildTeam(trainyard)).id,
  userId: (await buildUser(trainyard)).id,
  roleId: (await row<{ id: string }>(trainyard.database.direct, 'SELECT id FROM role ORDER BY key LIMIT 1'))!.id,
});
beforeEach(async () => {
  key = await freshKey();
});

const write = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  trainyard.database.transaction(async (tx) => {
    await MEMBERSHIPS.hold(tx, key.teamId, key.userId);
    return work(tx);
  });
const insert = (allocation: number, fromDate: string | null, toDate: string | null): Promise<MembershipType> =>
  write((tx) => MEMBERSHIPS.insert(tx, { ...key, teamRole: 'MEMBER', allocation, fromDate, toDate }));
const now = (): Promise<Date> => momentBetween(trainyard);
const asOf = async (day: string, knownAt: Date | null = null): Promise<number[]> =>
  (await MEMBERSHIPS.asOf(trainyard.database.direct, day, knownAt, 'r.team_id = $1 ORDER BY r.allocation', [key.teamId])).map((one) => one.allocation);

describe('effective rows', () => {
  it('hold on their first and last day, and neither before nor after', async () => {
    await insert(40, '2028-02-29', '2028-02-29');
    expect(await Promise.all(['2028-02-28', '2028-02-29', '2028-03-01'].map((day) => asOf(day)))).toEqual([[], [40], []]);
  });

  it('are cut by a change from a day on, and both parts are known from one moment', async () => {
    const before = await insert(40, null, null);
    const { kept, changed } = await write((tx) => MEMBERSHIPS.change(tx, before, '2028-03-01', { allocation: 60 }));
    expect([kept, changed]).toMatchObject([
      { id: before.id, version: 2, allocation: 40, fromDate: null, toDate: '2028-02-29' },
      { version: 1, allocation: 60, fromDate: '2028-03-01', toDate: null },
    ]);
    const known = await rows<{ at: string }>(trainyard.database.direct, 'SELECT DISTINCT known_from::text AS at FROM membership WHERE team_id = $1', [
      key.teamId,
    ]);
    expect(known).toHaveLength(1);
  });

  it('keep what was known before a correction, a change and a removal', async () => {
    const never = await now();
    const made = await insert(40, '2028-01-01', null);
    const first = await now();
    const corrected = await write((tx) => MEMBERSHIPS.correct(tx, made, { allocation: 50 }));
    const second = await now();
    await write((tx) => MEMBERSHIPS.change(tx, corrected, '2028-03-01', { allocation: 60 }));
    const third = await now();
    await write((tx) => MEMBERSHIPS.remove(tx, [made.id]));
    const moments = [never, first, second, third, null];
    expect(await Promise.all(moments.map((moment) => asOf('2028-02-29', moment)))).toEqual([[], [40], [50], [50], []]);
    expect(await Promise.all(moments.map((moment) => asOf('2028-03-01', moment)))).toEqual([[], [40], [50], [60], [60]]);
  });

  it.each([
    ['the same day', '2028-02-29', '2028-02-29'],
    ['days open on both sides', null, null],
    ['the last day', '2028-03-31', null],
    ['the first day', null, '2028-02-01'],
  ])('refuse %s twice, whoever writes', async (_, from, to) => {
    await insert(40, '2028-02-01', '2028-03-31');
    const again = insert(10, from, to).catch(sqlState);
    expect(await again).toBe('23P01');
  });

  it('take the day after the last one, and the same days of another role', async () => {
    await insert(40, null, '2028-02-29');
    await insert(50, '2028-03-01', null);
    key.roleId = (await row<{ id: string }>(trainyard.database.direct, 'SELECT id FROM role ORDER BY key DESC LIMIT 1'))!.id;
    await insert(10, null, null);
    expect([await asOf('2028-02-29'), await asOf('2028-03-01')]).toEqual([
      [10, 40],
      [10, 50],
    ]);
  });

  it('refuse all but one of many who write the same days at once', async () => {
    const outcomes = await Promise.all(Array.from({ length: 8 }, (_, i) => insert(i, '2028-01-01', null).then(() => 'MADE', sqlState)));
    expect(outcomes.toSorted()).toEqual([...Array<string>(7).fill('23P01'), 'MADE']);
  });

  it('are known in the order in which they were written, also after a clock that was set back', async () => {
    const made = await insert(40, null, null);
    await trainyard.database.direct.query(`ALTER TABLE membership DISABLE TRIGGER USER`);
    await trainyard.database.direct.query(`UPDATE membership SET known_from = known_from + interval '1 hour' WHERE id = $1`, [made.id]);
    await trainyard.database.direct.query(`ALTER TABLE membership ENABLE TRIGGER USER`);
    await write((tx) => MEMBERSHIPS.correct(tx, made, { allocation: 50 }));
    const [kept] = await rows<{ ok: boolean }>(
      trainyard.database.direct,
      'SELECT s.known_from < s.known_to AND s.known_to = m.known_from AS ok FROM membership_superseded s JOIN membership m USING (id) WHERE id = $1',
      [made.id],
    );
    expect(kept).toEqual({ ok: true });
  });

  it('answer every day at every known moment as a table of days does, after any changes', async () => {
    const place = fc.integer({ min: 0, max: DAYS.length - 1 });
    const step = fc.record({
      kind: fc.constantFrom('INSERT', 'CORRECT', 'CHANGE', 'DATES', 'REMOVE'),
      at: place,
      to: place,
      open: fc.boolean(),
      share: fc.integer({ min: 1, max: 100 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        key = await freshKey();
        let table: Table = DAYS.map(() => null);
        const known: { moment: Date; table: Table }[] = [];
        for (const { kind, at, to, open, share } of steps) {
          const from = Math.min(at, to);
          const end = open ? DAYS.length - 1 : Math.max(at, to);
          const [current] = await MEMBERSHIPS.asOf(trainyard.database.direct, DAYS[at]!, null, 'r.team_id = $1', [key.teamId]);
          // what is open goes on behind the table, where it meets whatever else is open
          const toDate = open ? null : DAYS[end]!;
          const next = [...table];
          const fill = (first: number, last: number, value: number | null): void => void next.fill(value, first, last + 1);
          const first = current?.fromDate ? DAYS.indexOf(current.fromDate) : 0;
          const last = current?.toDate ? DAYS.indexOf(current.toDate) : DAYS.length - 1;
          const isFree = (but: MembershipType | null): boolean =>
            table.slice(from, end + 1).every((value, i) => value === null || (but !== null && from + i >= first && from + i <= last));
          const done = await (async () => {
            if (kind === 'INSERT') {
              fill(from, end, share);
              return insert(share, DAYS[from]!, toDate).then(() => isFree(null), sqlState);
            }
            if (!current) return true;
            if (kind === 'CORRECT') fill(first, last, share);
            if (kind === 'CHANGE') fill(at, last, share);
            if (kind === 'REMOVE') fill(first, last, null);
            if (kind === 'DATES') {
              fill(first, last, null);
              fill(from, end, current.allocation);
            }
            const work = {
              CORRECT: (tx: Tx) => MEMBERSHIPS.correct(tx, current, { allocation: share }),
              CHANGE: (tx: Tx) => MEMBERSHIPS.change(tx, current, DAYS[at]!, { allocation: share }),
              REMOVE: (tx: Tx) => MEMBERSHIPS.remove(tx, [current.id]),
              DATES: (tx: Tx) => MEMBERSHIPS.correct(tx, current, { fromDate: DAYS[from]!, toDate }),
            }[kind as 'CORRECT' | 'CHANGE' | 'REMOVE' | 'DATES'];
            return write<unknown>(work).then(() => kind !== 'DATES' || isFree(current), sqlState);
          })();
          // refused exactly where the table of days is taken
          expect([true, '23P01']).toContain(done);
          if (done === true) table = next;
          else expect(isFree(kind === 'DATES' ? (current ?? null) : null)).toBe(false);
          known.push({ moment: await now(), table });
        }
        const shares = async (day: string, moment: Date | null): Promise<number | null> => {
          const found = await asOf(day, moment);
          expect(found.length).toBeLessThanOrEqual(1);
          return found[0] ?? null;
        };
        for (const { moment, table: then } of known) expect(await Promise.all(DAYS.map((day) => shares(day, moment)))).toEqual(then);
        expect(await Promise.all(DAYS.map((day) => shares(day, null)))).toEqual(table);
      }),
      { numRuns: 25 },
    );
  });

  it('are found by an index range among ten thousand, now and as known before', async () => {
    await trainyard.database.direct.query(
      /* sql */ `WITH people AS (INSERT INTO app_user (id, name, name_key, email, email_key, org_role, password_hash)
          SELECT gen_random_uuid(), 'P', 'p', 'p' || n, 'p' || n, 'MEMBER', '' FROM generate_series(1, 10000) n RETURNING id),
        teams AS (INSERT INTO team (id, name, name_key) SELECT gen_random_uuid(), 'T' || n, 't' || n FROM generate_series(1, 500) n RETURNING id)
        INSERT INTO membership (id, team_id, user_id, role_id, team_role, allocation)
        SELECT gen_random_uuid(), t.id, p.id, $1, 'MEMBER', 50
        FROM (SELECT id, row_number() OVER () % 500 AS n FROM people) p JOIN (SELECT id, row_number() OVER () - 1 AS n FROM teams) t USING (n)`,
      [key.roleId],
    );
    await trainyard.database.direct.query(/* sql */ `INSERT INTO membership_superseded
        SELECT id, team_id, user_id, role_id, team_role, allocation, from_date, to_date, version, created_at, '2028-01-01', '2028-02-01' FROM membership`);
    await trainyard.database.direct.query('ANALYZE membership, membership_superseded');
    const { team_id: teamId } = (await row<{ team_id: string }>(trainyard.database.direct, 'SELECT team_id FROM membership OFFSET 5000 LIMIT 1'))!;
    const asked: { sql: string; parameters: readonly unknown[] }[] = [];
    const spy: Tx = {
      query: (sql, parameters = []) => {
        asked.push({ sql, parameters });
        return Promise.resolve([]);
      },
    };
    for (const moment of [null, new Date('2028-01-15')]) await MEMBERSHIPS.asOf(spy, '2028-02-29', moment, 'r.team_id = ANY ($1)', [[teamId]]);
    for (const { sql, parameters } of asked) {
      const [{ 'QUERY PLAN': plan } = { 'QUERY PLAN': null }] = await rows<{ 'QUERY PLAN': unknown }>(
        trainyard.database.direct,
        `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${sql}`,
        parameters,
      );
      const [{ Plan }] = plan as [{ Plan: Record<string, number> }];
      // twenty rows of one team, each on a page of its own at worst, now and before
      expect((Plan['Shared Hit Blocks'] ?? 0) + (Plan['Shared Read Blocks'] ?? 0)).toBeLessThan(100);
    }
    expect(asked).toHaveLength(2);
  });
});

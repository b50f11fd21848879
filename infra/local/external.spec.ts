import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '../test/wait-for.ts';
import { withClient, withDatabase } from './connection.ts';
import { DatabaseWatch } from './database-watch.ts';
import { ensureQueueRole } from './database.ts';
import { demandRights, lookAtServer, lookAtTheirs } from './external.ts';
import type { Home } from './home.ts';
import { keepInstallation, lookAt } from './installation.ts';
import { openDatabase } from './open-database.ts';
import { startPostgres } from './postgres.ts';
import { Supervisor } from './supervisor.ts';

/** A server that is somebody else's to the code under test. */
const home = mkdtempSync(join(tmpdir(), 'trainyard-external-'));
let supervisor: Supervisor;
let admin: string;
const at = (database: string, user?: string): string => withDatabase(admin, { database, ...(user === undefined ? {} : { user, password: user }) });
const run = (database: string, sql: string): Promise<unknown> => withClient(at(database), (client) => client.query(sql));

beforeAll(async () => {
  supervisor = new Supervisor(home);
  admin = (await startPostgres(supervisor, { home, volatile: true })).adminUrl;
  await withClient(admin, async (client) => {
    await client.query(`CREATE ROLE owner LOGIN CREATEROLE PASSWORD 'owner'`);
    await client.query(`CREATE ROLE weak LOGIN PASSWORD 'weak' CONNECTION LIMIT 7`);
    for (const name of ['one', 'two', 'three']) await client.query(`CREATE DATABASE ${name} OWNER owner`);
  });
});
afterAll(async () => {
  await supervisor.stopAll([['postgres']]);
  rmSync(home, { recursive: true, force: true });
});

describe('the server of DATABASE_URL', () => {
  it('is told by version, place, role and what it leaves', async () => {
    const their = await lookAtServer(at('one', 'owner'));
    expect(their).toMatchObject({ version: expect.stringMatching(/^\d+\.\d+/), at: expect.stringMatching(/^127\.0\.0\.1:\d+\/one$/), role: 'owner' });
    expect(their.free).toBeGreaterThan(150);
    expect((await lookAtServer(at('one', 'weak'))).free).toBe(7);
  });

  it.each<[string, () => string, RegExp]>([
    [
      'has no such database',
      () => at('nowhere', 'owner'),
      /database "nowhere" does not exist\. Make it, as a user who may: CREATE DATABASE "nowhere" OWNER "owner";$/,
    ],
    [
      'refuses the password',
      () => withDatabase(at('one', 'owner'), { password: 'wrong' }),
      /password authentication failed for user "owner"\. Put the password of owner into DATABASE_URL/,
    ],
    ['is not there', () => 'postgresql://x@127.0.0.1:1/x', /connect ECONNREFUSED 127\.0\.0\.1:1\. Is it running, and is 127\.0\.0\.1:1\/x its address\?$/],
    ['has no such socket', () => 'postgresql:///x?host=/nowhere', /ENOENT .*\. No server listens there: \?host= must name the folder of its socket/],
  ])('that %s is one sentence with the remedy', async (_, url, sentence) => {
    await expect(lookAtServer(url())).rejects.toThrow(sentence);
    await expect(lookAtServer(url())).rejects.toThrow(/^The PostgreSQL of DATABASE_URL cannot be used: /);
  });

  it('that gives the role too few rights is told with the GRANT that is missing, and obeyed when it was given', async () => {
    const url = at('two', 'weak');
    const their = await lookAtServer(url);
    await expect(demandRights(url, their)).rejects.toThrow('GRANT CREATE ON SCHEMA "public" TO "weak"; GRANT CREATE ON DATABASE "two" TO "weak";');
    await run('two', 'GRANT CREATE ON SCHEMA public TO weak; GRANT CREATE ON DATABASE two TO weak');
    await demandRights(url, their);
    await run('two', 'CREATE TABLE migration (id int)');
    await expect(demandRights(url, their)).rejects.toThrow('GRANT postgres TO "weak";');
    await expect(lookAtTheirs(url)).rejects.toThrow(
      /^The PostgreSQL of DATABASE_URL cannot be used: permission denied for table migration\. Grant the right to weak, or name a role that has it\.$/,
    );
    await run('two', 'DROP TABLE migration');
  });
});

describe('a database', () => {
  const BOOK = 'CREATE TABLE migration (id serial, timestamp bigint, name varchar)';
  const FIRST = `INSERT INTO migration (timestamp, name) VALUES (1764000000001, 'PeopleBoardActivity1764000000001')`;

  it("is empty, somebody else's, of an earlier version, or named", async () => {
    const url = at('three');
    expect(await lookAt(url)).toEqual({ kind: 'empty' });
    await run('three', BOOK);
    expect(await lookAt(url)).toEqual({ kind: 'empty' });
    await run('three', `CREATE TABLE a (); CREATE TABLE b (); CREATE TABLE c (); INSERT INTO migration (timestamp, name) VALUES (1, 'Theirs')`);
    expect(await lookAt(url)).toEqual({ kind: 'foreign', tables: 'a, b, c and 1 more' });
    await run('three', FIRST);
    expect(await lookAt(url)).toEqual({ kind: 'unnamed' });
    await run('three', `CREATE TABLE installation (id uuid, migrated_by text, started_from text); INSERT INTO installation VALUES (gen_random_uuid())`);
    // Before a version noted which database it is, nobody can say whether it is a copy.
    expect(await lookAt(url)).toMatchObject({ kind: 'named', origin: 'unknown' });
    await run('three', `ALTER TABLE installation ADD COLUMN database text`);
    const installation = { id: '548878b1-d8ea-4ee5-9c81-804fd882aaf9', migratedBy: 'code', startedFrom: 'blade:/home' };
    await keepInstallation(url, installation);
    expect(await lookAt(url)).toEqual({ kind: 'named', installation, origin: 'here' });
  });

  it('is known as a copy of another, by its rows, until it is taken; a renamed one is itself', async () => {
    await run('postgres', 'CREATE DATABASE four TEMPLATE three OWNER owner');
    expect(await lookAt(at('four'))).toMatchObject({ origin: { copied: true, of: 'three' } });
    await run('postgres', 'ALTER DATABASE three RENAME TO five');
    expect(await lookAt(at('five'))).toMatchObject({ origin: 'here' });
    expect(await lookAt(at('four'))).toMatchObject({ origin: { copied: true, of: 'five' } });
    // The same number on another server is another database.
    await run('four', `UPDATE installation SET database = '1/' || split_part(database, '/', 2)`);
    expect(await lookAt(at('four'))).toMatchObject({ origin: { copied: true, of: null } });
    const contents = await lookAt(at('four'));
    if (contents.kind !== 'named') throw new Error('It has no name');
    await keepInstallation(at('four'), contents.installation);
    expect(await lookAt(at('four'))).toMatchObject({ origin: 'here' });
    await run('postgres', 'ALTER DATABASE five RENAME TO three');
  });

  it('of one installation keeps its runners out of that of another on the same server, which start and go on beside each other', async () => {
    for (const name of ['one', 'two'])
      await run(name, `CREATE SCHEMA bullmq AUTHORIZATION owner; CREATE TABLE bullmq.job (id int); ALTER TABLE bullmq.job OWNER TO owner`);
    await run(
      'one',
      `CREATE ROLE trainyard_runner LOGIN PASSWORD 'of an earlier version'; GRANT USAGE ON SCHEMA bullmq TO trainyard_runner; GRANT SELECT ON bullmq.job TO trainyard_runner`,
    );
    const first = await ensureQueueRole(at('one', 'owner'), at('one', 'owner'), '548878b1-d8ea-4ee5-9c81-804fd882aaf9', 'first');
    const second = await ensureQueueRole(at('two', 'owner'), at('two', 'owner'), '7728e352-073a-48dc-948d-6baf01bd1e25', 'second');
    const former = withDatabase(at('one'), { user: 'trainyard_runner', password: 'of an earlier version' });
    for (const url of [first, second, former]) await withClient(url, (client) => client.query('SELECT * FROM bullmq.job'));
    await expect(withClient(withDatabase(first, { database: 'two' }), (client) => client.query('SELECT * FROM bullmq.job'))).rejects.toThrow(
      'permission denied for schema bullmq',
    );
  });
});

describe('a database with too few connections', () => {
  const starting = (database: string): Promise<unknown> =>
    openDatabase({ path: join(home, 'fresh') } as Home, supervisor, { databaseUrl: at(database, 'weak') }, () => undefined);

  it('is said to be used or to hold something else first: that more connections do not mend', async () => {
    await run('postgres', 'CREATE DATABASE six OWNER weak');
    await run('six', 'CREATE TABLE customers (); ALTER TABLE customers OWNER TO weak');
    await expect(starting('six')).rejects.toThrow("holds another program's tables (customers)");
    await run('six', 'DROP TABLE customers');
    const first = await DatabaseWatch.open(at('six', 'weak'), 'x');
    await expect(starting('six')).rejects.toThrow('uses the database of DATABASE_URL');
    first.close();
  }, 30_000);

  it('is refused with how many it takes, and let go', async () => {
    await expect(starting('six')).rejects.toThrow('PostgreSQL leaves 7 connections and Trainyard needs at least 20, 48 for full speed');
    (await DatabaseWatch.open(at('six', 'weak'), 'x', 2_000)).close();
  });
});

describe('a database in use', () => {
  it('is refused to a second start, and free again when the first one ends', async () => {
    const first = await DatabaseWatch.open(at('one', 'owner'), 'x');
    await expect(DatabaseWatch.open(at('one', 'owner'), 'started from blade:/srv/a', 200)).rejects.toThrow(
      'Another Trainyard (started from blade:/srv/a) uses the database of DATABASE_URL',
    );
    const other = await DatabaseWatch.open(at('two', 'owner'), 'x');
    other.close();
    first.close();
    (await DatabaseWatch.open(at('one', 'owner'), 'x')).close();
  });

  it('can be backed up, swept and migrated: the start holds no lock of the api', async () => {
    const watch = await DatabaseWatch.open(at('one', 'owner'), 'x');
    const locks = readFileSync(join(import.meta.dirname, '../../apps/api/src/platform/sql/advisory-locks.ts'), 'utf8').matchAll(/^ {2}\w+: (\d+),$/gm);
    const keys = [...locks].map(([, key]) => Number(key));
    expect(keys.length).toBeGreaterThan(1);
    await withClient(at('one', 'owner'), async (client) => {
      for (const key of keys) expect((await client.query('SELECT pg_try_advisory_lock($1) AS taken', [key])).rows).toEqual([{ taken: true }]);
    });
    watch.close();
  });

  it('that goes away is told once, and once when it is back and taken again', async () => {
    const watch = await DatabaseWatch.open(at('one', 'owner'), 'x');
    const told: string[] = [];
    watch.on('away', () => told.push('away'));
    watch.on('back', () => told.push('back'));
    const began = Date.now();
    await supervisor.pause('postgres');
    await waitFor('it to be missed', () => told.includes('away'));
    expect(watch.lastAway).toBeGreaterThanOrEqual(began);
    await supervisor.resume('postgres');
    await waitFor('it to be back', () => told.includes('back'));
    expect(told).toEqual(['away', 'back']);
    await expect(DatabaseWatch.open(at('one', 'owner'), 'x', 0)).rejects.toThrow('Another Trainyard');
    watch.close();
  });
});

import { TestTrainyard } from '../../../test/trainyard.ts';
import { until } from '../../../test/runs.ts';
import { publicError } from '../http/errors.filter.ts';
import { closing, Database, row, rows } from './database.ts';

/** A server with little patience: a second. */
describe('the database', () => {
  let trainyard: TestTrainyard;
  let database: Database;
  const insert = `INSERT INTO team (id, name, name_key) VALUES (gen_random_uuid(), 'half', 'half')`;
  const half = () => rows(database.direct, `SELECT 1 FROM team WHERE name = 'half'`);
  const open = () => rows(database.direct, `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`);
  const codeOf = (failing: Promise<unknown>) =>
    failing.then(
      () => null,
      (error: unknown) => publicError(error).code,
    );
  beforeAll(async () => {
    trainyard = await TestTrainyard.start({ poolSize: 2, statementSeconds: 1 });
    database = trainyard.database;
  });
  afterAll(() => trainyard.stop());
  afterEach(async () => {
    expect([await half(), await open()]).toEqual([[], []]);
  });

  it('gives up a statement that takes too long, and its transaction with it', async () => {
    expect(await codeOf(database.direct.query('SELECT pg_sleep(30)'))).toBe('UNAVAILABLE');
    const slow = database.transaction(async (tx) => {
      await tx.query(insert);
      await tx.query('SELECT pg_sleep(30)');
    });
    expect(await codeOf(slow)).toBe('UNAVAILABLE');
  });

  it('keeps nothing where the statement that is sent with the commit takes too long', async () => {
    const slow = database.transaction(async (tx) => {
      await tx.query(insert);
      closing(tx, 'SELECT pg_sleep(30)');
    });
    expect(await codeOf(slow)).toBe('UNAVAILABLE');
  });

  it('gives up a wait for a lock', async () => {
    await database.direct.query(`INSERT INTO team (id, name, name_key) VALUES (gen_random_uuid(), 'held', 'held')`);
    const holder = trainyard.database.source.createQueryRunner();
    await holder.query('SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; BEGIN');
    await holder.query(`SELECT 1 FROM team WHERE name = 'held' FOR UPDATE`);
    expect(await codeOf(database.transaction(async (tx) => tx.query(`UPDATE team SET version = version + 1 WHERE name = 'held'`)))).toBe('UNAVAILABLE');
    await holder.query('ROLLBACK; RESET statement_timeout; RESET idle_in_transaction_session_timeout');
    await holder.release();
  });

  it('ends a transaction in which nothing is sent, whose caller is told so, and others find a connection', async () => {
    const forgetful = database.transaction(async (tx) => {
      await tx.query(insert);
      const own = (await row<{ pid: number }>(tx, 'SELECT pg_backend_pid() AS pid'))!.pid;
      await until(
        () => rows(database.direct, 'SELECT 1 FROM pg_stat_activity WHERE pid = $1', [own]),
        (found) => found.length === 0,
      );
      await tx.query(insert);
    });
    expect(await codeOf(forgetful)).toBe('UNAVAILABLE');
    expect(await Promise.all([1, 2, 3].map(() => row(database.direct, 'SELECT 1 AS one')))).toEqual([{ one: 1 }, { one: 1 }, { one: 1 }]);
    // where a statement is on its way at that moment, this is what it is answered
    expect(publicError(Object.assign(new Error('terminating connection due to idle-in-transaction timeout'), { code: '25P03' })).code).toBe('UNAVAILABLE');
  });
});

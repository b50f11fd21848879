import { randomUUID } from 'node:crypto';
import { QueryFailedError } from 'typeorm';
import { TestTrainyard } from '../../../test/trainyard.ts';
import { ActivityLog } from '../log/activity-log.ts';
import { afterCommit, closing, Database, rows } from './database.ts';

describe('a transaction', () => {
  let trainyard: TestTrainyard;
  let database: Database;
  const insert = 'INSERT INTO team (id, name, name_key) VALUES ($1, $2, lower($2))';
  const names = async (): Promise<string[]> => (await rows<{ name: string }>(database.direct, 'SELECT name FROM team ORDER BY name')).map(({ name }) => name);
  beforeAll(async () => {
    trainyard = await TestTrainyard.start({ poolSize: 4 });
    database = trainyard.database;
  });
  afterAll(() => trainyard.stop());
  beforeEach(async () => {
    await database.direct.query('DELETE FROM team');
  });

  it('sends closing statements in order before its commit, and after all that the work wrote', async () => {
    let committed = 0;
    await database.transaction(async (tx) => {
      const named = `INSERT INTO team (id, name, name_key) SELECT $1, $2::text || ' behind ' || count(*), $2::text FROM team`;
      closing(tx, named, [randomUUID(), 'first']);
      closing(tx, named, [randomUUID(), 'second']);
      afterCommit(tx, () => (committed += 1));
      await tx.query(insert, [randomUUID(), 'worked']);
    });
    expect([await names(), committed]).toEqual([['first behind 1', 'second behind 2', 'worked'], 1]);
  });

  it('is undone by a closing statement that fails, and its connection goes on', async () => {
    let committed = 0;
    let tries = 0;
    for (let i = 0; i < 8; i++) {
      const broken = database.transaction(async (tx) => {
        tries += 1;
        await tx.query(insert, [randomUUID(), 'worked']);
        closing(tx, insert, [randomUUID(), 'twice']);
        closing(tx, insert, [randomUUID(), 'Twice']);
        afterCommit(tx, () => (committed += 1));
      });
      await expect(broken).rejects.toMatchObject({ driverError: { constraint: 'team_name' } });
    }
    // What was wrong once is wrong each time: nothing of it is tried again.
    expect([await names(), committed, tries]).toEqual([[], 0, 8]);
  });

  it('is undone when its work throws, also while a statement is under way', async () => {
    const broken = database.transaction(async (tx) => {
      const under = tx.query(insert, [randomUUID(), 'worked']);
      void under.catch(() => undefined);
      throw new Error('no');
    });
    await expect(broken).rejects.toThrow('no');
    expect(await names()).toEqual([]);
  });

  it('is tried again after a deadlock, and ends with both done', async () => {
    const [a, b] = [randomUUID(), randomUUID()];
    await database.direct.query('INSERT INTO team (id, name, name_key) VALUES ($1, $2, $2), ($3, $4, $4)', [a, 'a', b, 'b']);
    let tries = 0;
    const bothHold = Promise.withResolvers<void>();
    const crossing = (first: string, second: string) =>
      database.transaction(async (tx) => {
        await tx.query('UPDATE team SET version = version + 1 WHERE id = $1', [first]);
        tries += 1;
        if (tries === 2) bothHold.resolve();
        await bothHold.promise;
        await tx.query('UPDATE team SET version = version + 1 WHERE id = $1', [second]);
      });
    await Promise.all([crossing(a, b), crossing(b, a)]);
    expect(tries).toBeGreaterThan(2);
    expect(await rows(database.direct, 'SELECT version FROM team')).toEqual([{ version: 3 }, { version: 3 }]);
  });

  it('is committed whatever a hook after it does: the others run, and it is not tried again', async () => {
    let tries = 0;
    const ran: string[] = [];
    const id = await database.transaction(async (tx) => {
      tries += 1;
      const id = randomUUID();
      await tx.query(insert, [id, 'committed']);
      afterCommit(tx, () => {
        throw new QueryFailedError('LISTEN', [], Object.assign(new Error('a deadlock, were it in the transaction'), { code: '40P01' }));
      });
      afterCommit(tx, () => ran.push('second'));
      return id;
    });
    expect([typeof id, await names(), ran, tries]).toEqual(['string', ['committed'], ['second'], 1]);
  });

  it('does not commit what it cannot log', async () => {
    const log = trainyard.app.get(ActivityLog);
    const broken = database.transaction(async (tx) => {
      const id = randomUUID();
      await tx.query(insert, [id, 'unlogged']);
      await log.append(tx, randomUUID(), null, [{ entity: 'TEAM', entityId: id, action: 'CREATED', changes: {} }]);
    });
    await expect(broken).rejects.toMatchObject({ driverError: { code: '23502' } });
    expect(await names()).toEqual([]);
  });
});

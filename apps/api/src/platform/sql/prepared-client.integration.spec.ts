import type { DataSource } from 'typeorm';
import { createTestDatabase } from '../../../test/test-database.ts';
import { openDataSource } from './data-source.ts';
import { built } from './prepared-client.ts';

describe('a statement', () => {
  let source: DataSource;
  let drop: () => Promise<void>;
  const prepared = async (): Promise<number> => Number(((await source.query('SELECT count(*) FROM pg_prepared_statements')) as { count: string }[])[0]?.count);
  beforeAll(async () => {
    const database = await createTestDatabase();
    drop = database.drop;
    source = await openDataSource(database.url, 1);
  });
  afterAll(async () => {
    await source.destroy();
    await drop();
  });

  it('is prepared once where it is fixed and has parameters, and never where it is built', async () => {
    for (let i = 0; i < 3; i++) await source.query('SELECT $1::int AS fixed', [i]);
    await source.query('SELECT 1');
    for (let i = 0; i < 3; i++) expect(await source.query(built(`SELECT $1::int AS built${i}`), [i])).toEqual([{ [`built${i}`]: i }]);
    expect(await prepared()).toBe(1);
  });

  it('that finds no name left is a fault: a test ends on it, a server tells of it once and goes on', async () => {
    for (let i = 1; i < 1000; i++) await source.query(`SELECT $1::int AS c${i}`, [i]);
    const one = (): Promise<unknown> => source.query('SELECT $1::int AS one', [1]);
    await expect(one()).rejects.toThrow('to be marked by built()');
    const told: unknown[] = [];
    const { emitWarning, env } = process;
    process.emitWarning = (warning: string | Error) => void told.push(warning);
    process.env = { ...env, NODE_ENV: 'production' };
    try {
      expect([await one(), await one()]).toEqual([[{ one: 1 }], [{ one: 1 }]]);
      expect(told).toEqual([expect.stringContaining('SELECT $1::int AS one')]);
    } finally {
      Object.assign(process, { emitWarning, env });
    }
    // What had its name keeps it, however many came after.
    expect([await source.query('SELECT $1::int AS fixed', [7]), await prepared()]).toEqual([[{ fixed: 7 }], 1000]);
  });
});

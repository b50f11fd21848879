import { createTestDatabase, onServer } from './test-database.ts';

describe('a test database', () => {
  it('is migrated, and what one test writes no other sees', async () => {
    const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    try {
      const tables = await onServer(one.url, (client) =>
        client.query<{ schema: string; count: number }>(
          `SELECT table_schema AS schema, count(*)::int AS count FROM information_schema.tables WHERE table_schema IN ('public', 'bullmq') GROUP BY 1 ORDER BY 1`,
        ),
      );
      expect(tables.rows.map((row) => row.schema)).toEqual(['bullmq', 'public']);
      await onServer(one.url, (client) => client.query('CREATE TABLE public.only_here ()'));
      const seen = await onServer(other.url, (client) => client.query<{ there: boolean }>(`SELECT to_regclass('public.only_here') IS NOT NULL AS there`));
      expect(seen.rows[0]?.there).toBe(false);
    } finally {
      await one.drop();
      await other.drop();
    }
  });
});

import { rows, type Tx } from '../src/platform/sql/database.ts';
import { until } from './runs.ts';
import type { TestTrainyard } from './trainyard.ts';

/** How many statements of the specs' database wait for a lock; with `kind`, for one of this kind. */
export async function waiting({ database }: TestTrainyard, kind: 'advisory' | null = null): Promise<number> {
  const query = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND ($1::text IS NULL OR wait_event = $1)`;
  return (await rows(database.direct, query, [kind])).length;
}

/** Does `work` in a transaction that stays open, with its locks, until the answer is called: what was written is then taken back, or kept. */
export async function hold({ database }: TestTrainyard, work: (tx: Tx) => Promise<unknown>): Promise<(end?: 'ROLLBACK' | 'COMMIT') => Promise<void>> {
  const runner = database.source.createQueryRunner();
  await runner.startTransaction();
  await work(runner.manager);
  return async (end = 'ROLLBACK') => {
    await (end === 'COMMIT' ? runner.commitTransaction() : runner.rollbackTransaction());
    await runner.release();
  };
}

export async function untilWaiting(trainyard: TestTrainyard, count: number, kind: 'advisory' | null = null): Promise<void> {
  await until(
    () => waiting(trainyard, kind),
    (found) => found >= count,
  );
}

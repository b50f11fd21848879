import type { QueryRunner } from 'typeorm';
import type { TestTrainyard } from './trainyard.ts';

/** Runs migrations by hand, in one transaction. */
export async function migrating({ database }: TestTrainyard, work: (runner: QueryRunner) => Promise<void>): Promise<void> {
  const runner = database.source.createQueryRunner();
  try {
    await runner.startTransaction();
    await work(runner);
    await runner.commitTransaction();
  } catch (error) {
    await runner.rollbackTransaction();
    throw error;
  } finally {
    await runner.release();
  }
}

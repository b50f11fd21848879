import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['dataset', 'attempt', 'attempt_claim', 'checkpoint', 'artifact', 'metric_chunk', 'log_line'];

/** The fence of an attempt and of an inspection is called a claim: an epoch is a pass over the training samples. */
export class Claims1764000000031 implements MigrationInterface {
  name = 'Claims1764000000031';

  async up(db: QueryRunner): Promise<void> {
    for (const table of TABLES) await db.query(`ALTER TABLE ${table} RENAME COLUMN epoch TO claim`);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const table of TABLES) await db.query(`ALTER TABLE ${table} RENAME COLUMN claim TO epoch`);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An attempt that lost several claims is claimed again only after a pause, which outlives whoever keeps its time. */
export class RetryPause1764000000006 implements MigrationInterface {
  name = 'RetryPause1764000000006';

  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE attempt ADD COLUMN retry_at timestamptz');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE attempt DROP COLUMN retry_at');
  }
}

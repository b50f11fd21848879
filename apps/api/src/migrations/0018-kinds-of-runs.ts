import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A run's spec says its kind. All that were queued before trained a template. */
export class KindsOfRuns1764000000018 implements MigrationInterface {
  name = 'KindsOfRuns1764000000018';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      UPDATE run SET spec = '{"kind": "TEMPLATE"}' || spec;
      ALTER TABLE run ADD CONSTRAINT run_kind CHECK (spec ->> 'kind' IS NOT NULL);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE run DROP CONSTRAINT run_kind;
      UPDATE run SET spec = spec - 'kind';
    `);
  }
}

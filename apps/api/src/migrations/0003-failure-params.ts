import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The facts of a failed attempt's reason, which screens say in their reader's language. */
export class FailureParams1764000000003 implements MigrationInterface {
  name = 'FailureParams1764000000003';

  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE attempt ADD COLUMN failure_params jsonb');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE attempt DROP COLUMN failure_params');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The facts of the runner's own log lines, beside their English text: a screen says them in its reader's language. */
export class LogParams1764000000008 implements MigrationInterface {
  name = 'LogParams1764000000008';

  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE log_line ADD COLUMN params jsonb');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE log_line DROP COLUMN params');
  }
}

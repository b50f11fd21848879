import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Claims an attempt had when a person last put it in line: those since count towards giving up. */
export class ResumedAttempts1764000000007 implements MigrationInterface {
  name = 'ResumedAttempts1764000000007';

  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE attempt ADD COLUMN epochs_before integer NOT NULL DEFAULT 0');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE attempt DROP COLUMN epochs_before');
  }
}

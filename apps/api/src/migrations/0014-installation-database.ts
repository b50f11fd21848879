import type { MigrationInterface, QueryRunner } from 'typeorm';

/** In which database this row was written: rows that pg_dump copied into another one say so to the start that finds them there. */
export class InstallationDatabase1764000000014 implements MigrationInterface {
  name = 'InstallationDatabase1764000000014';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- The number of the server and of the database on it, as PostgreSQL knows them.
      ALTER TABLE installation ADD COLUMN database text;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE installation DROP COLUMN database');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Rows at the top of a table may be left out: what was read before left out none. How far an inspection has come, and which version of the
 * job contract a runner speaks.
 */
export class RowsAtTheTop1764000000015 implements MigrationInterface {
  name = 'RowsAtTheTop1764000000015';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      UPDATE dataset SET reading = reading || '{"skip": 0}' WHERE reading IS NOT NULL;
      UPDATE dataset SET reading_asked = reading_asked || '{"skip": null}' WHERE reading_asked IS NOT NULL;
      -- While it is checked; null as long as it waits for a runner.
      ALTER TABLE dataset ADD COLUMN checked_share real CHECK (checked_share BETWEEN 0 AND 1);
      -- Null: one of before runners said it.
      ALTER TABLE runner ADD COLUMN contract int;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE runner DROP COLUMN contract;
      ALTER TABLE dataset DROP COLUMN checked_share;
      UPDATE dataset SET reading = reading - 'skip' WHERE reading IS NOT NULL;
      UPDATE dataset SET reading_asked = reading_asked - 'skip' WHERE reading_asked IS NOT NULL;
    `);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who the database is: a home holds the same id, and a start compares the two before it touches either. One row, always. */
export class Installation1764000000009 implements MigrationInterface {
  name = 'Installation1764000000009';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE installation (
        one boolean PRIMARY KEY DEFAULT true CHECK (one),
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        made_at timestamptz NOT NULL DEFAULT now(),
        -- The code whose migrations were last applied, as a digest: a start that brings the same need not ask again.
        migrated_by text,
        -- Machine and home of the last start, for whoever finds the database later.
        started_from text
      );
      INSERT INTO installation DEFAULT VALUES;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE installation');
  }
}

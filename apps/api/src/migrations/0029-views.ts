import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A view of no project may be shared too: with the organisation. */
export class Views1764000000029 implements MigrationInterface {
  name = 'Views1764000000029';

  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE saved_view DROP CONSTRAINT saved_view_check');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      UPDATE saved_view SET shared = false WHERE project_id IS NULL;
      ALTER TABLE saved_view ADD CHECK (NOT shared OR project_id IS NOT NULL)
    `);
  }
}

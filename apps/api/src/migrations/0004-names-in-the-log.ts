import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What columns and labels were called at any moment is looked up in the log: few rows of it, found by the thing. */
export class NamesInTheLog1764000000004 implements MigrationInterface {
  name = 'NamesInTheLog1764000000004';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE INDEX activity_names ON activity (entity_id, seq) WHERE entity IN ('COLUMN', 'LABEL')`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX activity_names');
  }
}

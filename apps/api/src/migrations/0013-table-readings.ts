import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How a table is read: what its owner asked for, what the inspection made of it and why, and the beginning of the file to judge that by.
 * A dataset that has a digest and no reading was inspected before, and keeps its digest until its owner adopts one.
 */
export class TableReadings1764000000013 implements MigrationInterface {
  name = 'TableReadings1764000000013';

  async up(db: QueryRunner): Promise<void> {
    await db.query(
      'ALTER TABLE dataset ADD COLUMN reading_asked jsonb, ADD COLUMN reading jsonb, ADD COLUMN reading_evidence jsonb, ADD COLUMN reading_sample bytea',
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE dataset DROP COLUMN reading_asked, DROP COLUMN reading, DROP COLUMN reading_evidence, DROP COLUMN reading_sample');
  }
}

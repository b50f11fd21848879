import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One row: since when an api has answered runners without a pause, and when last. */
export class LeaseWatch1764000000007 implements MigrationInterface {
  name = 'LeaseWatch1764000000007';

  async up(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      CREATE TABLE lease_watch (one boolean PRIMARY KEY DEFAULT true CHECK (one), since timestamptz NOT NULL, last timestamptz NOT NULL);
      INSERT INTO lease_watch (since, last) VALUES ('epoch', 'epoch');
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE lease_watch');
  }
}

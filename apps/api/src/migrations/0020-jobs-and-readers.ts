import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Jobs on their way to the queue, and how far readers of the log have come. */
export class JobsAndReaders1764000000020 implements MigrationInterface {
  name = 'JobsAndReaders1764000000020';

  async up(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      CREATE TABLE job_outbox (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        name text NOT NULL,
        -- Of the same name and key there is one job at a time.
        key text NOT NULL,
        payload jsonb NOT NULL,
        UNIQUE (name, key)
      );

      CREATE TABLE log_position (
        reader text NOT NULL,
        scope uuid NOT NULL REFERENCES activity_scope ON DELETE CASCADE,
        -- The last entry that was read.
        seq bigint NOT NULL,
        PRIMARY KEY (reader, scope)
      );
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE job_outbox, log_position');
  }
}

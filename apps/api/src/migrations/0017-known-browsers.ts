import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Browsers that somebody signed in by: what strangers do does not keep them from signing in again. */
export class KnownBrowsers1764000000017 implements MigrationInterface {
  name = 'KnownBrowsers1764000000017';

  async up(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      CREATE TABLE known_browser (
        secret_hash bytea PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES app_user ON DELETE CASCADE,
        -- Wrong passwords sent by it since the last right one.
        failures integer NOT NULL DEFAULT 0,
        last_used_at timestamptz NOT NULL
      );
      CREATE INDEX known_browser_of ON known_browser (user_id, last_used_at);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE known_browser');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who made what under an id of their own, so that asking again makes no second one. */
export class Creations1764000000023 implements MigrationInterface {
  name = 'Creations1764000000023';

  async up(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      CREATE TABLE creation (
        -- The thing's own.
        id uuid PRIMARY KEY,
        kind text NOT NULL,
        actor_id uuid NOT NULL,
        -- SHA-256 of what was asked for.
        digest bytea NOT NULL,
        -- Sealed with the id, and kept for minutes: an answer that was lost tells it again.
        secret bytea,
        at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX creation_age ON creation (at);
      CREATE INDEX creation_secret ON creation (at) WHERE secret IS NOT NULL;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE creation');
  }
}

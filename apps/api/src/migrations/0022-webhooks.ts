import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Webhooks of projects, and what was sent by them. */
export class Webhooks1764000000022 implements MigrationInterface {
  name = 'Webhooks1764000000022';

  async up(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      CREATE TABLE webhook (
        id uuid PRIMARY KEY,
        project_id uuid NOT NULL REFERENCES project ON DELETE CASCADE,
        address text NOT NULL,
        events text[] NOT NULL CHECK (cardinality(events) > 0),
        -- Sealed with the id of the row.
        secret bytea NOT NULL,
        active boolean NOT NULL DEFAULT true,
        -- Why it was switched off by the server; null where people did.
        off_reason text CHECK (off_reason IN ('FAILING', 'SECRET_LOST', 'RESTORED')),
        failures integer NOT NULL DEFAULT 0,
        failing_since timestamptz,
        -- The last entries it is not told of, of the project and of the organisation.
        project_seq bigint NOT NULL,
        organisation_seq bigint NOT NULL,
        created_by uuid NOT NULL REFERENCES app_user,
        created_at timestamptz NOT NULL DEFAULT now(),
        version integer NOT NULL DEFAULT 1,
        CHECK (off_reason IS NULL OR NOT active)
      );
      CREATE INDEX webhook_project ON webhook (project_id, created_at, id);

      CREATE TABLE webhook_delivery (
        id uuid PRIMARY KEY,
        webhook_id uuid NOT NULL REFERENCES webhook ON DELETE CASCADE,
        -- The entry of the log.
        scope uuid NOT NULL,
        seq bigint NOT NULL,
        event text NOT NULL,
        state text NOT NULL DEFAULT 'WAITING' CHECK (state IN ('WAITING', 'DELIVERED', 'FAILED')),
        -- How often somebody had it sent again, and its tries since then.
        round integer NOT NULL DEFAULT 0,
        tries integer NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        tried_at timestamptz,
        duration_ms integer,
        error text,
        answer_status integer,
        answer text,
        UNIQUE (webhook_id, scope, seq)
      );
      CREATE INDEX webhook_delivery_page ON webhook_delivery (webhook_id, created_at DESC, id DESC);
      CREATE INDEX webhook_delivery_age ON webhook_delivery (created_at);

      -- The team of a membership stands in the entry that made it.
      CREATE INDEX activity_membership ON activity (entity_id) WHERE entity = 'MEMBERSHIP' AND action = 'CREATED';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE webhook_delivery, webhook; DROP INDEX activity_membership');
  }
}

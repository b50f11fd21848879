import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The audit trail, and from where sessions and tokens are used. */
export class AuditAndSessions1764000000012 implements MigrationInterface {
  name = 'AuditAndSessions1764000000012';

  async up(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      ALTER TABLE session ADD COLUMN address text;
      ALTER TABLE access_token ADD COLUMN last_used_address text;

      -- The actor and what was done to it are no references: the line outlives them.
      CREATE TABLE audit_entry (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at timestamptz NOT NULL DEFAULT clock_timestamp(),
        kind text NOT NULL,
        outcome text NOT NULL CHECK (outcome IN ('DONE', 'REFUSED')),
        actor_id uuid,
        token_id uuid,
        subject_id uuid,
        code text,
        address text,
        user_agent text,
        details jsonb NOT NULL DEFAULT '{}',
        count integer NOT NULL DEFAULT 1 CHECK (count > 0)
      );
      CREATE INDEX audit_entry_kind ON audit_entry (kind, id);
      CREATE INDEX audit_entry_refused ON audit_entry (id) WHERE outcome = 'REFUSED';
      CREATE INDEX audit_entry_at ON audit_entry (at);

      -- Retention deletes what is old, and refusals beyond their number. Nothing else ever changes a line.
      CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'DELETE' AND (OLD.at < now() - interval '30 days' OR OLD.outcome = 'REFUSED') THEN RETURN OLD; END IF;
          RAISE EXCEPTION 'audit_entry is append-only';
        END $$;
      CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
      CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      DROP TABLE audit_entry;
      DROP FUNCTION audit_is_append_only();
      ALTER TABLE session DROP COLUMN address;
      ALTER TABLE access_token DROP COLUMN last_used_address;
    `);
  }
}

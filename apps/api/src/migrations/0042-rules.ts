import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rules of projects with what they did, and what caused a row of the log. */
export class Rules1764000000042 implements MigrationInterface {
  name = 'Rules1764000000042';

  async up(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      -- Null in what people do. The cause is a row of the same scope; a schedule is none. Depth 0: it takes back what the firing did.
      ALTER TABLE activity ADD COLUMN cause_seq bigint, ADD COLUMN depth smallint, ADD COLUMN firing_id uuid;
      CREATE INDEX activity_firing ON activity (firing_id, seq) WHERE firing_id IS NOT NULL;

      CREATE TABLE rule (
        id uuid PRIMARY KEY,
        project_id uuid NOT NULL REFERENCES project ON DELETE CASCADE,
        name text NOT NULL,
        owner_id uuid REFERENCES app_user ON DELETE SET NULL,
        enabled boolean NOT NULL DEFAULT false,
        -- Why the server switched it off.
        off_reason text CHECK (off_reason IN ('OWNER_GONE', 'RIGHT_LOST')),
        -- As it was written, its keys in their order: a change is what differs.
        trigger json NOT NULL,
        condition text NOT NULL,
        actions json NOT NULL,
        version int NOT NULL DEFAULT 1,
        -- Entries up to here were written before it was switched on.
        since_seq bigint NOT NULL DEFAULT 0,
        due_at timestamptz,
        due_zone text,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        deleted_at timestamptz,
        CHECK (NOT enabled OR deleted_at IS NULL),
        CHECK (NOT enabled OR off_reason IS NULL)
      );
      CREATE INDEX rule_project ON rule (project_id, created_at) WHERE deleted_at IS NULL;
      CREATE INDEX rule_due ON rule (due_at) WHERE enabled AND due_at IS NOT NULL;
      CREATE INDEX rule_owner ON rule (owner_id);

      CREATE TABLE rule_firing (
        id uuid PRIMARY KEY,
        project_id uuid NOT NULL REFERENCES project ON DELETE CASCADE,
        rule_id uuid NOT NULL REFERENCES rule ON DELETE CASCADE,
        rule_version int NOT NULL,
        key text NOT NULL,
        cause_seq bigint,
        due_at timestamptz,
        ticket_id uuid,
        outcome text NOT NULL CHECK (outcome IN ('DONE', 'UNCHANGED', 'REFUSED', 'LOOP')),
        -- An error of the catalogue with its facts.
        reason jsonb,
        -- Rules that led to it, itself last; the first cause.
        chain uuid[] NOT NULL,
        root text NOT NULL,
        at timestamptz NOT NULL DEFAULT now(),
        undone_at timestamptz,
        undone_by uuid REFERENCES app_user ON DELETE SET NULL,
        UNIQUE (rule_id, key)
      );
      CREATE UNIQUE INDEX rule_firing_loop ON rule_firing (rule_id, root) WHERE outcome = 'LOOP';
      CREATE INDEX rule_firing_project ON rule_firing (project_id, at DESC, id DESC);
      CREATE INDEX rule_firing_rule ON rule_firing (rule_id, at DESC, id DESC);
      ALTER TABLE inbox_item DROP CONSTRAINT inbox_item_reason_check, DROP CONSTRAINT inbox_item_why_check,
        ADD CONSTRAINT inbox_item_reason_check CHECK (reason IN ('ASSIGNED', 'COMMENTED', 'RUN_SUCCEEDED', 'RUN_FAILED', 'RULE', 'RULE_OFF')),
        ADD CONSTRAINT inbox_item_why_check CHECK (why IN ('ASSIGNEE', 'AUTHOR', 'COMMENTER', 'QUEUED', 'NAMED', 'OWNER', 'LEAD'));
      ALTER TABLE inbox_muted DROP CONSTRAINT inbox_muted_reason_check,
        ADD CONSTRAINT inbox_muted_reason_check CHECK (reason IN ('ASSIGNED', 'COMMENTED', 'RUN_SUCCEEDED', 'RUN_FAILED', 'RULE', 'RULE_OFF'));
      CREATE INDEX rule_firing_undone ON rule_firing (undone_by) WHERE undone_by IS NOT NULL;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      DROP TABLE rule_firing, rule;
      DELETE FROM inbox_muted WHERE reason IN ('RULE', 'RULE_OFF');
      DELETE FROM inbox_item WHERE reason IN ('RULE', 'RULE_OFF');
      ALTER TABLE inbox_item DROP CONSTRAINT inbox_item_reason_check, DROP CONSTRAINT inbox_item_why_check,
        ADD CONSTRAINT inbox_item_reason_check CHECK (reason IN ('ASSIGNED', 'COMMENTED', 'RUN_SUCCEEDED', 'RUN_FAILED')),
        ADD CONSTRAINT inbox_item_why_check CHECK (why IN ('ASSIGNEE', 'AUTHOR', 'COMMENTER', 'QUEUED'));
      ALTER TABLE inbox_muted DROP CONSTRAINT inbox_muted_reason_check,
        ADD CONSTRAINT inbox_muted_reason_check CHECK (reason IN ('ASSIGNED', 'COMMENTED', 'RUN_SUCCEEDED', 'RUN_FAILED'));
      DROP INDEX activity_firing;
      ALTER TABLE activity DROP COLUMN cause_seq, DROP COLUMN depth, DROP COLUMN firing_id;
      DELETE FROM log_position WHERE reader = 'rules';
    `);
  }
}

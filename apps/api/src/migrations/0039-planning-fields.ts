import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What planning needs of a ticket. Days are days of a calendar, never instants. */
export class PlanningFields1764000000039 implements MigrationInterface {
  name = 'PlanningFields1764000000039';

  async up(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      ALTER TABLE ticket
        ADD COLUMN priority text CHECK (priority IN ('URGENT', 'HIGH', 'MEDIUM', 'LOW')),
        ADD COLUMN start_date date,
        ADD COLUMN due_date date,
        ADD COLUMN device_hours numeric(8, 2) CHECK (device_hours >= 0),
        ADD COLUMN parent_id uuid REFERENCES ticket ON DELETE SET NULL,
        -- The parent it lost when that was deleted: who brings that back brings it back to its children.
        ADD COLUMN orphan_of uuid,
        -- Cards are asked what blocks them: nearly all of them need no look at their links.
        ADD COLUMN has_blockers boolean NOT NULL DEFAULT false,
        DROP CONSTRAINT ticket_type_check,
        ADD CONSTRAINT ticket_type_check CHECK (type IN ('EPIC', 'STORY', 'TASK', 'BUG', 'SPIKE', 'EXPERIMENT', 'SUBTASK')),
        ADD CONSTRAINT ticket_days CHECK (start_date <= due_date);
      CREATE INDEX ticket_parent ON ticket (parent_id) WHERE parent_id IS NOT NULL;
      CREATE INDEX ticket_orphan ON ticket (orphan_of) WHERE orphan_of IS NOT NULL;
      -- Not by state: a move would write this index, too.
      CREATE INDEX ticket_due ON ticket (project_id, due_date) WHERE deleted_at IS NULL AND due_date IS NOT NULL;

      CREATE TABLE ticket_link (
        from_id uuid NOT NULL REFERENCES ticket ON DELETE CASCADE,
        to_id uuid NOT NULL REFERENCES ticket ON DELETE CASCADE,
        -- Of two that relate, the one of the lower id is the first.
        kind text NOT NULL CHECK (kind IN ('BLOCKS', 'DUPLICATES', 'RELATES')),
        created_by uuid REFERENCES app_user,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (from_id, to_id, kind),
        CHECK (from_id <> to_id)
      );
      CREATE INDEX ticket_link_to ON ticket_link (to_id);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      DROP TABLE ticket_link;
      UPDATE ticket SET type = 'TASK' WHERE type = 'SUBTASK';
      ALTER TABLE ticket DROP COLUMN priority, DROP COLUMN start_date, DROP COLUMN due_date, DROP COLUMN device_hours, DROP COLUMN parent_id, DROP COLUMN orphan_of, DROP COLUMN has_blockers,
        DROP CONSTRAINT ticket_type_check,
        ADD CONSTRAINT ticket_type_check CHECK (type IN ('EPIC', 'STORY', 'TASK', 'BUG', 'SPIKE', 'EXPERIMENT'));
    `);
  }
}

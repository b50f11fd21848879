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
        DROP CONSTRAINT ticket_type_check,
        ADD CONSTRAINT ticket_type_check CHECK (type IN ('EPIC', 'STORY', 'TASK', 'BUG', 'SPIKE', 'EXPERIMENT', 'SUBTASK')),
        ADD CONSTRAINT ticket_days CHECK (start_date <= due_date);
      CREATE INDEX ticket_parent ON ticket (parent_id) WHERE parent_id IS NOT NULL;
      CREATE INDEX ticket_orphan ON ticket (orphan_of) WHERE orphan_of IS NOT NULL;
      -- Not by state: a move would write this index, too.
      CREATE INDEX ticket_due ON ticket (project_id, due_date) WHERE deleted_at IS NULL AND due_date IS NOT NULL;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      UPDATE ticket SET type = 'TASK' WHERE type = 'SUBTASK';
      ALTER TABLE ticket DROP COLUMN priority, DROP COLUMN start_date, DROP COLUMN due_date, DROP COLUMN device_hours, DROP COLUMN parent_id, DROP COLUMN orphan_of,
        DROP CONSTRAINT ticket_type_check,
        ADD CONSTRAINT ticket_type_check CHECK (type IN ('EPIC', 'STORY', 'TASK', 'BUG', 'SPIKE', 'EXPERIMENT'));
    `);
  }
}

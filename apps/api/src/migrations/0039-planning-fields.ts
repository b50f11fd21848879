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
        ADD CONSTRAINT ticket_days CHECK (start_date <= due_date);
      -- Not by state: a move would write this index, too.
      CREATE INDEX ticket_due ON ticket (project_id, due_date) WHERE deleted_at IS NULL AND due_date IS NOT NULL;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE ticket DROP COLUMN priority, DROP COLUMN start_date, DROP COLUMN due_date, DROP COLUMN device_hours');
  }
}

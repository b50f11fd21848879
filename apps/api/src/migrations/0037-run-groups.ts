import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Runs that were queued by one act: several values in a parameter make a grid of them. */
export class RunGroups1764000000037 implements MigrationInterface {
  name = 'RunGroups1764000000037';

  async up(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      CREATE TABLE run_group (
        id uuid PRIMARY KEY,
        project_id uuid NOT NULL REFERENCES project ON DELETE CASCADE,
        ticket_id uuid NOT NULL REFERENCES ticket ON DELETE CASCADE,
        -- What varies: [{ parameter, values }], in the order of the runs.
        varied jsonb NOT NULL,
        created_by uuid REFERENCES app_user,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX run_group_project ON run_group (project_id);
      CREATE INDEX run_group_ticket ON run_group (ticket_id);
      ALTER TABLE run ADD COLUMN group_id uuid REFERENCES run_group;
      CREATE INDEX run_in_group ON run (group_id) WHERE group_id IS NOT NULL;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE run DROP COLUMN group_id; DROP TABLE run_group');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What columns ask of tickets that come into them. */
export class ColumnPolicies1764000000043 implements MigrationInterface {
  name = 'ColumnPolicies1764000000043';

  async up(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      -- By their names in inputs.
      ALTER TABLE board_column ADD COLUMN required_fields text[] NOT NULL DEFAULT '{}';

      CREATE TABLE column_check (
        id uuid PRIMARY KEY,
        column_id uuid NOT NULL REFERENCES board_column ON DELETE CASCADE,
        text text NOT NULL,
        position int NOT NULL
      );
      CREATE INDEX column_check_column ON column_check (column_id, position);

      CREATE TABLE ticket_check (
        ticket_id uuid NOT NULL REFERENCES ticket ON DELETE CASCADE,
        check_id uuid NOT NULL REFERENCES column_check ON DELETE CASCADE,
        done_by uuid REFERENCES app_user ON DELETE SET NULL,
        done_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (ticket_id, check_id)
      );
      CREATE INDEX ticket_check_check ON ticket_check (check_id);
      CREATE INDEX ticket_check_by ON ticket_check (done_by) WHERE done_by IS NOT NULL;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE ticket_check, column_check; ALTER TABLE board_column DROP COLUMN required_fields');
  }
}

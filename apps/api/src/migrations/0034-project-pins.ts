import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Projects that a person keeps at hand. */
export class ProjectPins1764000000034 implements MigrationInterface {
  name = 'ProjectPins1764000000034';

  async up(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      CREATE TABLE project_pin (
        user_id uuid NOT NULL REFERENCES app_user,
        project_id uuid NOT NULL REFERENCES project ON DELETE CASCADE,
        pinned_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (user_id, project_id)
      );
      CREATE INDEX project_pin_project ON project_pin (project_id);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE project_pin');
  }
}

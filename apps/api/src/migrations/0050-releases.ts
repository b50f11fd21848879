import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Releases: dated marks of a project. One that is deleted keeps its row, so that whoever takes that back finds it; its name is free. */
export class Releases1764000000050 implements MigrationInterface {
  name = 'Releases1764000000050';

  async up(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      CREATE TABLE release (
        id uuid PRIMARY KEY,
        project_id uuid NOT NULL REFERENCES project ON DELETE CASCADE,
        name text NOT NULL,
        name_key text COLLATE "C" NOT NULL,
        description text NOT NULL DEFAULT '',
        -- Days of the project.
        planned_on date NOT NULL,
        -- Null: not yet.
        released_on date,
        created_at timestamptz NOT NULL DEFAULT now(),
        deleted_at timestamptz,
        version integer NOT NULL DEFAULT 1
      );
      CREATE UNIQUE INDEX release_name ON release (project_id, name_key) WHERE deleted_at IS NULL;
      CREATE INDEX release_project ON release (project_id);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE release');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Titles are looked through by an index, and people keep queries under a name. */
export class Lists1764000000024 implements MigrationInterface {
  name = 'Lists1764000000024';

  async up(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      -- A trusted extension: the owner of a database may create it.
      CREATE EXTENSION IF NOT EXISTS pg_trgm;
      CREATE INDEX ticket_title ON ticket USING gin (title gin_trgm_ops) WHERE deleted_at IS NULL;

      CREATE TABLE saved_view (
        id uuid PRIMARY KEY,
        owner_id uuid NOT NULL REFERENCES app_user ON DELETE CASCADE,
        list text NOT NULL CHECK (list IN ('TICKETS', 'RUNS', 'DATASETS', 'PEOPLE')),
        -- Null: over all that one may read.
        project_id uuid REFERENCES project ON DELETE CASCADE,
        name text NOT NULL,
        name_key text COLLATE "C" NOT NULL,
        query text NOT NULL,
        shared boolean NOT NULL DEFAULT false,
        created_at timestamptz NOT NULL DEFAULT now(),
        version integer NOT NULL DEFAULT 1,
        -- Shared is with whoever reads the project.
        CHECK (NOT shared OR project_id IS NOT NULL)
      );
      CREATE INDEX saved_view_owner ON saved_view (owner_id, list);
      CREATE INDEX saved_view_project ON saved_view (project_id, list);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE saved_view; DROP INDEX ticket_title; DROP EXTENSION IF EXISTS pg_trgm');
  }
}

import { ranksBetween } from '@trainyard/domain';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** States of projects, the order and archiving of boards, and what erasing a project needs. */
export class ProjectsComeAndGo1764000000026 implements MigrationInterface {
  name = 'ProjectsComeAndGo1764000000026';

  async up(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      ALTER TABLE project
        ADD COLUMN state text NOT NULL DEFAULT 'ACTIVE' CHECK (state IN ('ACTIVE', 'ARCHIVED', 'DELETED', 'ERASING')),
        -- Kept while it is deleted: that is what it goes back to.
        ADD COLUMN archived_at timestamptz,
        ADD COLUMN deleted_at timestamptz,
        ADD CONSTRAINT project_deleted CHECK ((state IN ('DELETED', 'ERASING')) = (deleted_at IS NOT NULL)),
        ADD CONSTRAINT project_archived CHECK (CASE state WHEN 'ACTIVE' THEN archived_at IS NULL WHEN 'ARCHIVED' THEN archived_at IS NOT NULL ELSE true END);
      CREATE INDEX project_waiting ON project (deleted_at) WHERE deleted_at IS NOT NULL;

      -- Whoever deletes a run looks for the ticket that shows it.
      CREATE INDEX ticket_latest_run ON ticket (latest_run_id) WHERE latest_run_id IS NOT NULL;

      -- A closed scope takes only what goes on in a project that is not active.
      ALTER TABLE activity_scope ADD COLUMN closed boolean NOT NULL DEFAULT false;

      ALTER TABLE board ADD COLUMN rank text COLLATE "C", ADD COLUMN archived_at timestamptz;

      -- Keys of erased projects: old ticket keys must not lead to the tickets of another.
      CREATE TABLE retired_project_key (
        key text PRIMARY KEY,
        retired_at timestamptz NOT NULL DEFAULT now()
      );

      CREATE OR REPLACE FUNCTION activity_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          -- A project that is erased takes its log with it: the transaction names the scope.
          IF TG_OP = 'DELETE' AND current_setting('trainyard.erased_scope', true) = OLD.scope::text THEN RETURN OLD; END IF;
          RAISE EXCEPTION 'activity is append-only';
        END $$;
    `);
    await this.rankBoards(db);
    await db.query('ALTER TABLE board ALTER COLUMN rank SET NOT NULL; DROP INDEX board_project; CREATE INDEX board_project ON board (project_id, rank, id)');
  }

  /** The order of boards begins as it was shown until now: oldest first. */
  private async rankBoards(db: QueryRunner): Promise<void> {
    const boards = (await db.query('SELECT array_agg(id ORDER BY created_at, id) AS ids FROM board GROUP BY project_id')) as { ids: string[] | string }[];
    for (const { ids } of boards) {
      const list = typeof ids === 'string' ? ids.slice(1, -1).split(',') : ids;
      await db.query('UPDATE board b SET rank = n.rank FROM unnest($1::uuid[], $2::text[]) AS n (id, rank) WHERE b.id = n.id', [
        list,
        ranksBetween(null, null, list.length),
      ]);
    }
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      CREATE OR REPLACE FUNCTION activity_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'activity is append-only'; END $$;
      DROP TABLE retired_project_key;
      DROP INDEX ticket_latest_run;
      DROP INDEX board_project;
      CREATE INDEX board_project ON board (project_id);
      ALTER TABLE board DROP COLUMN rank, DROP COLUMN archived_at;
      ALTER TABLE activity_scope DROP COLUMN closed;
      ALTER TABLE project DROP COLUMN state, DROP COLUMN archived_at, DROP COLUMN deleted_at;
    `);
  }
}

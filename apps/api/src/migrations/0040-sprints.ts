import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Sprints. A ticket knows the one unclosed sprint it is in, and a board which of its sprints are running: whoever puts a card there knows what
 * it joins without reading anything else. What became of a ticket in a sprint is kept when that ends.
 */
export class Sprints1764000000040 implements MigrationInterface {
  name = 'Sprints1764000000040';

  async up(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      CREATE TABLE sprint (
        id uuid PRIMARY KEY,
        project_id uuid NOT NULL REFERENCES project ON DELETE CASCADE,
        -- Null: its board was deleted. What a closed one tells stays.
        board_id uuid REFERENCES board ON DELETE SET NULL,
        name text NOT NULL,
        goal text NOT NULL DEFAULT '',
        state text NOT NULL DEFAULT 'PLANNED' CHECK (state IN ('PLANNED', 'RUNNING', 'CLOSED')),
        -- First and last day, of the project.
        starts_on date NOT NULL,
        ends_on date NOT NULL,
        started_at timestamptz,
        closed_at timestamptz,
        -- It ended without having been worked to its end: velocity leaves it out.
        abandoned boolean NOT NULL DEFAULT false,
        created_at timestamptz NOT NULL DEFAULT now(),
        version integer NOT NULL DEFAULT 1,
        CONSTRAINT sprint_days CHECK (starts_on <= ends_on),
        CONSTRAINT sprint_times CHECK ((state = 'PLANNED') = (started_at IS NULL) AND (state = 'CLOSED') = (closed_at IS NOT NULL))
      );
      CREATE INDEX sprint_project ON sprint (project_id, state, starts_on, id);
      CREATE INDEX sprint_board ON sprint (board_id);
      -- From a start, or a reopening, to an end.
      CREATE TABLE sprint_stay (
        sprint_id uuid NOT NULL REFERENCES sprint ON DELETE CASCADE,
        started_at timestamptz NOT NULL,
        ended_at timestamptz,
        PRIMARY KEY (sprint_id, started_at)
      );
      CREATE TABLE sprint_ticket (
        sprint_id uuid NOT NULL REFERENCES sprint ON DELETE CASCADE,
        ticket_id uuid NOT NULL REFERENCES ticket ON DELETE CASCADE,
        -- It was in the sprint when that started.
        committed boolean NOT NULL,
        points_at_start double precision,
        points_at_end double precision,
        -- Null while the sprint runs.
        outcome text CHECK (outcome IN ('COMPLETED', 'CANCELLED', 'CARRIED')),
        -- Null: to the backlog.
        carried_to uuid REFERENCES sprint ON DELETE SET NULL,
        PRIMARY KEY (sprint_id, ticket_id)
      );
      CREATE INDEX sprint_ticket_ticket ON sprint_ticket (ticket_id);
      CREATE INDEX sprint_ticket_carried ON sprint_ticket (carried_to) WHERE carried_to IS NOT NULL;
      ALTER TABLE ticket ADD COLUMN sprint_id uuid REFERENCES sprint;
      CREATE INDEX ticket_sprint ON ticket (sprint_id) WHERE sprint_id IS NOT NULL;
      -- Those that run, the newest first: what is put on the board joins it.
      ALTER TABLE board ADD COLUMN sprint_ids uuid[] NOT NULL DEFAULT '{}';
      -- What was called how, when.
      DROP INDEX activity_names;
      CREATE INDEX activity_names ON activity (entity_id, seq) WHERE entity IN ('COLUMN', 'LABEL', 'SPRINT');
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      ALTER TABLE board DROP COLUMN sprint_ids;
      ALTER TABLE ticket DROP COLUMN sprint_id;
      DROP TABLE sprint_ticket, sprint_stay, sprint;
      DROP INDEX activity_names;
      CREATE INDEX activity_names ON activity (entity_id, seq) WHERE entity IN ('COLUMN', 'LABEL');
    `);
  }
}

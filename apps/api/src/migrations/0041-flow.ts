import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What tickets were, and when: kept by the log reader `flow`, which has no position yet and so reads the whole log. No key leads to a ticket or
 * column: the past of what is gone stays, as in the log.
 */
export class Flow1764000000041 implements MigrationInterface {
  name = 'Flow1764000000041';

  async up(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      CREATE TABLE ticket_span (
        project_id uuid NOT NULL REFERENCES project ON DELETE CASCADE,
        ticket_id uuid NOT NULL,
        -- Half open, in whole milliseconds; 'infinity' where it holds still.
        from_at timestamptz NOT NULL,
        to_at timestamptz NOT NULL,
        state text NOT NULL,
        resolution text,
        column_id uuid,
        sprint_id uuid,
        points double precision,
        -- Device-hours estimated.
        hours double precision,
        parent_id uuid,
        kind text NOT NULL,
        deleted boolean NOT NULL,
        PRIMARY KEY (ticket_id, from_at),
        CHECK (from_at < to_at)
      );
      CREATE INDEX ticket_span_sprint ON ticket_span (sprint_id, ticket_id, from_at) WHERE sprint_id IS NOT NULL;
      CREATE INDEX ticket_span_time ON ticket_span (project_id, from_at);

      CREATE TABLE flow_item (
        ticket_id uuid PRIMARY KEY,
        project_id uuid NOT NULL REFERENCES project ON DELETE CASCADE,
        kind text NOT NULL,
        points double precision,
        stage text NOT NULL CHECK (stage IN ('OPEN', 'IN_PROGRESS', 'DONE', 'OUT')),
        since timestamptz NOT NULL,
        created_at timestamptz NOT NULL,
        started_at timestamptz,
        episode_at timestamptz,
        progress_since timestamptz,
        done_since timestamptz,
        out_since timestamptz,
        -- Milliseconds in progress, all stays that have ended.
        active double precision NOT NULL,
        starts int NOT NULL,
        ends int NOT NULL
      );
      CREATE INDEX flow_item_stage ON flow_item (project_id, stage, since);
      -- What zone and calendar a project had when.
      CREATE INDEX activity_project ON activity (scope, seq) WHERE entity = 'PROJECT';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP INDEX activity_project; DROP TABLE ticket_span, flow_item; DELETE FROM log_position WHERE reader = 'flow'`);
  }
}

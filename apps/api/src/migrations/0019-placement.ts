import { ranksBetween } from '@trainyard/domain';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rows of one UPDATE: their values travel as arrays. */
const CHUNK = 5_000;

/**
 * Where a ticket lies becomes a row of its own: a ticket of the backlog lies in no column, and two boards may show the same one. Its state
 * is its own then, and its place in the backlog, which is one order for the project. The log holds the state, too: what it says of before is
 * taken from the category that the column had at the time of each row.
 */
export class Placement1764000000019 implements MigrationInterface {
  name = 'Placement1764000000019';

  async up(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      CREATE TABLE placement (
        ticket_id uuid NOT NULL REFERENCES ticket ON DELETE CASCADE,
        board_id uuid NOT NULL REFERENCES board ON DELETE CASCADE,
        column_id uuid NOT NULL REFERENCES board_column,
        rank text COLLATE "C" NOT NULL,
        -- The ticket is deleted: this is where it comes back to.
        hidden boolean NOT NULL DEFAULT false,
        PRIMARY KEY (ticket_id, board_id)
      ) WITH (fillfactor = 80);
      INSERT INTO placement (ticket_id, board_id, column_id, rank, hidden) SELECT id, board_id, column_id, rank, deleted_at IS NOT NULL FROM ticket;
      CREATE INDEX placement_place ON placement (column_id, rank, ticket_id) WHERE NOT hidden;
      CREATE INDEX placement_board ON placement (board_id);

      ALTER TABLE ticket
        ADD COLUMN state text NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'IN_PROGRESS', 'DONE')),
        ADD COLUMN resolution text CHECK (resolution IN ('DONE', 'CANCELLED', 'DUPLICATE')),
        -- Its place among the tickets of the project, wherever it lies on boards.
        ADD COLUMN backlog_rank text COLLATE "C";
      -- The rank behind which the next ticket comes.
      ALTER TABLE project ADD COLUMN last_backlog_rank text COLLATE "C";
    `);
    await this.rankBacklogs(db);
    await db.query(/* sql */ `
      UPDATE ticket t SET state = ${STATE('c.category')}, resolution = CASE c.category WHEN 'DONE' THEN 'DONE' END FROM board_column c WHERE c.id = t.column_id;
      DROP INDEX ticket_place, ticket_board;
      ALTER TABLE ticket DROP COLUMN board_id, DROP COLUMN column_id, DROP COLUMN rank,
        ALTER COLUMN backlog_rank SET NOT NULL,
        ADD CONSTRAINT ticket_resolution CHECK ((state = 'DONE') = (resolution IS NOT NULL));
      CREATE INDEX ticket_backlog ON ticket (project_id, backlog_rank, id) WHERE deleted_at IS NULL;
    `);
    await this.logStates(db);
  }

  /** The order of a backlog begins as that of the board: by board, column and rank. */
  private async rankBacklogs(db: QueryRunner): Promise<void> {
    const projects = (await db.query('SELECT id FROM project')) as { id: string }[];
    for (const { id } of projects) {
      const tickets = (await db.query(
        /* sql */ `SELECT t.id FROM ticket t JOIN board b ON b.id = t.board_id JOIN board_column c ON c.id = t.column_id WHERE t.project_id = $1
          ORDER BY b.created_at, b.id, c.rank, c.id, t.rank, t.id`,
        [id],
      )) as { id: string }[];
      const ranks = ranksBetween(null, null, tickets.length);
      for (let from = 0; from < tickets.length; from += CHUNK)
        await db.query('UPDATE ticket t SET backlog_rank = n.rank FROM unnest($1::uuid[], $2::text[]) AS n (id, rank) WHERE t.id = n.id', [
          tickets.slice(from, from + CHUNK).map((ticket) => ticket.id),
          ranks.slice(from, from + CHUNK),
        ]);
      await db.query('UPDATE project SET last_backlog_rank = $2 WHERE id = $1', [id, ranks.at(-1) ?? null]);
    }
  }

  private async logStates(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      -- What each column meant from which row of its log on. Before the first row that says it, it meant what that row changed.
      CREATE TEMPORARY TABLE column_meaning ON COMMIT DROP AS
        SELECT entity_id AS column_id, seq, changes #>> '{category,to}' AS category FROM activity
          WHERE entity = 'COLUMN' AND changes #>> '{category,to}' IS NOT NULL
        UNION ALL
        (SELECT DISTINCT ON (entity_id) entity_id, 0, COALESCE(changes #>> '{category,from}', changes #>> '{category,to}') FROM activity
          WHERE entity = 'COLUMN' AND changes ? 'category' ORDER BY entity_id, seq)
        UNION ALL
        SELECT c.id, 0, c.category FROM board_column c
          WHERE NOT EXISTS (SELECT FROM activity a WHERE a.entity = 'COLUMN' AND a.entity_id = c.id AND a.changes ? 'category');
      CREATE INDEX ON column_meaning (column_id, seq);

      CREATE TEMPORARY TABLE told_state ON COMMIT DROP AS
        SELECT a.scope, a.seq, ${STATE(MEANING('from'))} AS before, ${STATE(MEANING('to'))} AS after
        FROM activity a WHERE a.entity = 'TICKET' AND a.changes ? 'columnId';

      ALTER TABLE activity DISABLE TRIGGER activity_append_only;
      UPDATE activity a SET changes = a.changes || jsonb_build_object('state', jsonb_build_object('from', s.before, 'to', s.after))
          || CASE WHEN (s.before = 'DONE') IS DISTINCT FROM (s.after = 'DONE') AND 'DONE' IN (s.before, s.after)
            THEN jsonb_build_object('resolution', jsonb_build_object('from', CASE s.before WHEN 'DONE' THEN 'DONE' END, 'to', CASE s.after WHEN 'DONE' THEN 'DONE' END))
            ELSE '{}'::jsonb END
        FROM told_state s WHERE s.scope = a.scope AND s.seq = a.seq AND s.before IS DISTINCT FROM s.after;
      ALTER TABLE activity ENABLE TRIGGER activity_append_only;
      DROP TABLE column_meaning, told_state;
    `);
  }

  /** Tickets that lie in no column do not fit the earlier tables: they go to the first column of the project's first board. */
  async down(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      ALTER TABLE ticket ADD COLUMN board_id uuid REFERENCES board ON DELETE CASCADE, ADD COLUMN column_id uuid REFERENCES board_column,
        ADD COLUMN rank text COLLATE "C";
      UPDATE ticket t SET board_id = k.board_id, column_id = k.column_id, rank = k.rank
        FROM (SELECT DISTINCT ON (ticket_id) * FROM placement ORDER BY ticket_id, board_id) k WHERE k.ticket_id = t.id;
      UPDATE ticket t SET board_id = c.board_id, column_id = c.id, rank = t.backlog_rank
        FROM (SELECT DISTINCT ON (b.project_id) b.project_id, b.id AS board_id, c.id FROM board b JOIN board_column c ON c.board_id = b.id
          ORDER BY b.project_id, b.created_at, b.id, c.rank, c.id) c
        WHERE t.column_id IS NULL AND c.project_id = t.project_id;
      UPDATE board_column c SET ticket_count = (SELECT count(*) FROM ticket t WHERE t.column_id = c.id AND t.deleted_at IS NULL);
      DROP TABLE placement;
      DROP INDEX ticket_backlog;
      ALTER TABLE ticket DROP CONSTRAINT ticket_resolution, DROP COLUMN state, DROP COLUMN resolution, DROP COLUMN backlog_rank,
        ALTER COLUMN board_id SET NOT NULL, ALTER COLUMN column_id SET NOT NULL, ALTER COLUMN rank SET NOT NULL;
      ALTER TABLE project DROP COLUMN last_backlog_rank;
      CREATE INDEX ticket_place ON ticket (column_id, rank, id) WHERE deleted_at IS NULL;
      CREATE INDEX ticket_board ON ticket (board_id);
      ALTER TABLE activity DISABLE TRIGGER activity_append_only;
      UPDATE activity SET changes = changes - 'state' - 'resolution' WHERE entity = 'TICKET' AND changes ? 'state';
      ALTER TABLE activity ENABLE TRIGGER activity_append_only;
    `);
  }
}

const STATE = (category: string): string => `CASE ${category} WHEN 'TODO' THEN 'OPEN' WHEN 'DOING' THEN 'IN_PROGRESS' WHEN 'DONE' THEN 'DONE' END`;
/** The category of the column on one side of a row's change, at that row. */
const MEANING = (side: 'from' | 'to'): string =>
  `(SELECT m.category FROM column_meaning m WHERE m.column_id = (a.changes #>> '{columnId,${side}}')::uuid AND m.seq <= a.seq ORDER BY m.seq DESC LIMIT 1)`;

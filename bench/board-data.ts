import { ranksBetween } from '@trainyard/domain';
import { withClient } from '../infra/local/connection.ts';
import type { ApiClient } from '../infra/test/api-client.ts';

export interface BenchBoard {
  projectId: string;
  boardId: string;
  columnIds: string[];
  /** Ticket ids by column, in order. */
  tickets: Map<string, string[]>;
}

/** Makes a project with one board through the api and fills it with `count` tickets, spread over its columns (at least `columnCount`), by SQL. */
export async function seedBoard(api: ApiClient, databaseUrl: string, key: string, count: number, columnCount?: number): Promise<BenchBoard> {
  const { teams } = await api.query<{ teams: { id: string }[] }>('{ teams { id } }');
  const { createProject: project } = await api.query<{ createProject: { id: string; boards: { id: string; columns: { id: string }[] }[] } }>(
    'mutation ($input: CreateProjectInput!) { createProject(input: $input) { id boards { id columns { id } } } }',
    { input: { key, name: `Bench ${count}`, visibility: 'OPEN', teamId: teams[0]?.id, boardKind: 'KANBAN' } },
  );
  const board = project.boards[0];
  if (board === undefined) throw new Error('A new project has no board');
  const columnIds = board.columns.map((column) => column.id);
  while (columnCount !== undefined && columnIds.length < columnCount) {
    const { createColumn } = await api.query<{ createColumn: { id: string } }>(
      'mutation ($boardId: ID!, $name: String!, $afterId: ID) { createColumn(boardId: $boardId, name: $name, category: DONE, afterId: $afterId) { id } }',
      { boardId: board.id, name: `Column ${columnIds.length + 1}`, afterId: columnIds.at(-1) },
    );
    columnIds.push(createColumn.id);
  }
  const tickets = new Map<string, string[]>();
  await withClient(databaseUrl, async (client) => {
    const people = (await client.query<{ id: string }>('SELECT id FROM app_user LIMIT 12')).rows.map((row) => row.id);
    let number = 0;
    for (const [i, columnId] of columnIds.entries()) {
      const size = Math.floor(count / columnIds.length) + (i < count % columnIds.length ? 1 : 0);
      const ids = (
        await client.query<{ id: string }>(
          `WITH new AS (INSERT INTO subject (id, kind) SELECT gen_random_uuid(), 'TICKET' FROM unnest($5::text[]) RETURNING id),
           placed AS (
             SELECT new.id, rank, ordinality FROM (SELECT id, row_number() OVER () AS ordinality FROM new) new
             JOIN unnest($5::text[]) WITH ORDINALITY AS ranks (rank, ordinality) USING (ordinality)
           ), made AS (INSERT INTO ticket (id, project_id, number, backlog_rank, type, stage, title, points, assignee_id, comment_count)
           SELECT placed.id, $1, $4::int + ordinality::int, $3::text || rank,
             (ARRAY['STORY', 'TASK', 'BUG', 'EXPERIMENT'])[1 + ordinality % 4], (ARRAY['DATA', 'TRAINING', NULL])[1 + ordinality % 3],
             'Reduce validation loss of the encoder, attempt ' || ordinality,
             ordinality % 8, ($6::uuid[])[1 + ordinality % $7::int], 0
           FROM placed
           ORDER BY ordinality RETURNING id, number
           ), words AS (
             INSERT INTO ticket_text (ticket_id, description) SELECT id, repeat('Hold the learning rate, vary the batch. ', 12) FROM made
           )
           INSERT INTO placement (ticket_id, board_id, column_id, rank)
           SELECT made.id, $2, $3::uuid, ($5::text[])[made.number - $4::int] FROM made ORDER BY made.number RETURNING ticket_id AS id`,
          [project.id, board.id, columnId, number, ranksBetween(null, null, size), people, people.length],
        )
      ).rows.map((row) => row.id);
      number += size;
      await client.query('UPDATE board_column SET ticket_count = $2, wip_limit = NULL WHERE id = $1', [columnId, size]);
      tickets.set(columnId, ids);
    }
    await client.query('UPDATE project SET last_ticket_number = $2 WHERE id = $1', [project.id, number]);
    await client.query('VACUUM ANALYZE ticket, ticket_text, placement');
    await client.query('CHECKPOINT').catch(() => undefined);
  });
  return { projectId: project.id, boardId: board.id, columnIds, tickets };
}

/** What a board must be after any load: every card once, in a column of its board, ranks without ties, counts that agree. */
export async function boardFaults(databaseUrl: string, board: BenchBoard): Promise<string[]> {
  const expected = [...board.tickets.values()].reduce((sum, ids) => sum + ids.length, 0);
  return withClient(databaseUrl, async (client) => {
    const faults: string[] = [];
    const { rows: columns } = await client.query<{ id: string; kept: number; counted: number; ties: number }>(
      `SELECT c.id, c.ticket_count AS kept, count(t.ticket_id)::int AS counted, (count(t.ticket_id) - count(DISTINCT t.rank))::int AS ties
       FROM board_column c LEFT JOIN placement t ON t.column_id = c.id AND NOT t.hidden WHERE c.board_id = $1 GROUP BY c.id`,
      [board.boardId],
    );
    const total = columns.reduce((sum, column) => sum + column.counted, 0);
    if (total !== expected) faults.push(`${total} cards instead of ${expected}`);
    for (const column of columns) {
      if (column.kept !== column.counted) faults.push(`column ${column.id} says ${column.kept} cards and holds ${column.counted}`);
      if (column.ties > 0) faults.push(`column ${column.id} has ${column.ties} equal ranks`);
    }
    return faults;
  });
}

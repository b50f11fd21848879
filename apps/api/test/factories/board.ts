import { normalForm, ranksBetween, type BoardKind, type LabelColor, type ProjectState, type ProjectVisibility, type TeamRole } from '@trainyard/domain';
import { randomUUID } from 'node:crypto';
import { insertBoard } from '../../src/board/new-board.ts';
import { ActivityLog } from '../../src/platform/log/activity-log.ts';
import { row, rows, type Tx } from '../../src/platform/sql/database.ts';
import type { GraphqlClient } from '../client.ts';
import type { TestTrainyard } from '../trainyard.ts';
import { buildMembership, buildTeam, someone, type BuiltUser } from './people.ts';

export interface BuiltProject {
  id: string;
  key: string;
  teamId: string;
  boardId: string;
  /** Ids of the columns, left to right. */
  columns: string[];
}

let serial = 0;

/** A project with a board; makes its team when none is named. */
export async function buildProject(
  trainyard: TestTrainyard,
  overrides: { key?: string; visibility?: ProjectVisibility; teamId?: string; kind?: BoardKind; state?: ProjectState } = {},
): Promise<BuiltProject> {
  serial += 1;
  const teamId = overrides.teamId ?? (await buildTeam(trainyard)).id;
  const key = overrides.key ?? `P${serial}`;
  const id = randomUUID();
  const built = await trainyard.database.transaction(async (tx) => {
    await tx.query('INSERT INTO project (id, key, name, visibility, team_id) VALUES ($1, $2, $3, $4, $5)', [
      id,
      key,
      `Project ${key}`,
      overrides.visibility ?? 'OPEN',
      teamId,
    ]);
    const log = trainyard.app.get(ActivityLog);
    await log.open(tx, id);
    const boardId = randomUUID();
    await log.append(tx, id, null, await insertBoard(tx, boardId, id, `Board ${key}`, overrides.kind ?? 'SCRUM', 'EN'));
    const columns = await rows<{ id: string }>(tx, 'SELECT id FROM board_column WHERE board_id = $1 ORDER BY rank', [boardId]);
    return { id, key, teamId, boardId, columns: columns.map((column) => column.id) };
  });
  const { state = 'ACTIVE' } = overrides;
  if (state !== 'ACTIVE') await trainyard.database.transaction((tx) => putInState(tx, id, state));
  return built;
}

/** As if somebody had archived or deleted it `daysAgo`; without a row of the log. */
export async function putInState(tx: Tx, projectId: string, state: ProjectState, daysAgo = 0): Promise<void> {
  await tx.query(
    /* sql */ `UPDATE project SET state = $2, archived_at = CASE $2 WHEN 'ARCHIVED' THEN now() END,
      deleted_at = CASE WHEN $2 IN ('DELETED', 'ERASING') THEN now() - make_interval(days => $3) END WHERE id = $1`,
    [projectId, state, daysAgo],
  );
  await tx.query(`UPDATE activity_scope SET closed = $2 WHERE id = $1`, [projectId, state !== 'ACTIVE']);
}

/** `count` tickets, spread in turn over the columns; ids in the order of their numbers. Makes the project when none is named. */
export async function buildTickets(
  trainyard: TestTrainyard,
  count: number,
  overrides: { project?: BuiltProject; columns?: readonly string[]; title?: string } = {},
): Promise<{ project: BuiltProject; ids: string[] }> {
  const project = overrides.project ?? (await buildProject(trainyard));
  const columns = overrides.columns ?? project.columns;
  const ids = Array.from({ length: count }, () => randomUUID());
  const ranks = ranksBetween(null, null, count);
  await trainyard.database.transaction(async (tx) => {
    const held = await row<{ rank: string | null }>(tx, 'SELECT last_backlog_rank AS rank FROM project WHERE id = $1 FOR NO KEY UPDATE', [project.id]);
    const backlog = ranksBetween(held?.rank ?? null, null, count);
    await tx.query(
      /* sql */ `
      WITH numbered AS (
        UPDATE project SET last_ticket_number = last_ticket_number + $3, last_backlog_rank = $8 WHERE id = $1 RETURNING last_ticket_number - $3 AS before
      ), subject AS (
        INSERT INTO subject (id, kind) SELECT unnest($4::uuid[]), 'TICKET'
      ), made AS (
        INSERT INTO ticket (id, project_id, number, backlog_rank, state, resolution, ended_at, type, title)
        SELECT n.id, $1, numbered.before + n.place, n.backlog, CASE c.category WHEN 'TODO' THEN 'OPEN' WHEN 'DOING' THEN 'IN_PROGRESS' ELSE 'DONE' END,
          CASE c.category WHEN 'DONE' THEN 'DONE' END, CASE c.category WHEN 'DONE' THEN now() END, 'TASK', $7 || ' ' || n.place
        FROM numbered, unnest($4::uuid[], $5::uuid[], $9::text[]) WITH ORDINALITY AS n (id, column_id, backlog, place) JOIN board_column c ON c.id = n.column_id
      )
      INSERT INTO placement (ticket_id, board_id, column_id, rank)
      SELECT n.id, $2, n.column_id, n.rank FROM unnest($4::uuid[], $5::uuid[], $6::text[]) AS n (id, column_id, rank)`,
      [
        project.id,
        project.boardId,
        count,
        ids,
        ids.map((_, i) => columns[i % columns.length]),
        ranks,
        overrides.title ?? 'Ticket',
        backlog.at(-1) ?? null,
        backlog,
      ],
    );
    await tx.query(
      'UPDATE board_column c SET ticket_count = (SELECT count(*) FROM placement k WHERE k.column_id = c.id AND NOT k.hidden) WHERE c.board_id = $1',
      [project.boardId],
    );
  });
  return { project, ids };
}

export interface BuiltTicket {
  id: string;
  columnId: string;
  version: number;
  project: BuiltProject;
}

/** One ticket, in the first column unless said; makes the project when none is named. */
export async function buildTicket(
  trainyard: TestTrainyard,
  overrides: { project?: BuiltProject; columnId?: string; title?: string } = {},
): Promise<BuiltTicket> {
  const project = overrides.project ?? (await buildProject(trainyard));
  const columnId = overrides.columnId ?? project.columns[0];
  if (!columnId) throw new Error('a project without columns');
  const { ids } = await buildTickets(trainyard, 1, { ...overrides, project, columns: [columnId] });
  return { id: ids[0] as string, columnId, version: 1, project };
}

export async function buildLabel(trainyard: TestTrainyard, projectId: string, name: string, color: LabelColor = 'BLUE'): Promise<string> {
  const id = randomUUID();
  await trainyard.database.direct.query('INSERT INTO label (id, project_id, name, name_key, color) VALUES ($1, $2, $3, $4, $5)', [
    id,
    projectId,
    name,
    normalForm(name),
    color,
  ]);
  return id;
}

/** A new person in the project's team, signed in. */
export async function memberOf(
  trainyard: TestTrainyard,
  project: BuiltProject,
  teamRole: TeamRole = 'MEMBER',
): Promise<{ user: BuiltUser; client: GraphqlClient }> {
  const person = await someone(trainyard, 'MEMBER');
  await buildMembership(trainyard, project.teamId, person.user.id, teamRole);
  return person;
}

/** The ids of a column's cards in their order, as the database has them. */
export async function cardsOf(trainyard: TestTrainyard, columnId: string): Promise<{ id: string; rank: string }[]> {
  return rows(trainyard.database.direct, 'SELECT ticket_id AS id, rank FROM placement WHERE column_id = $1 AND NOT hidden ORDER BY rank, ticket_id', [
    columnId,
  ]);
}

/** The position of a project's log. */
export async function seqOf(trainyard: TestTrainyard, projectId: string): Promise<number> {
  return (await row<{ seq: number }>(trainyard.database.direct, 'SELECT seq::int FROM activity_scope WHERE id = $1', [projectId]))?.seq ?? 0;
}

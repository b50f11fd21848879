import type { ProjectState } from '@trainyard/domain';
import { randomUUID } from 'node:crypto';
import { row } from '../../src/platform/sql/database.ts';
import { buildLabel, buildProject, buildTickets } from '../factories/board.ts';
import { buildTeam, buildUser } from '../factories/people.ts';
import { buildDataset, buildRun, buildRunGroup, buildTable } from '../factories/training.ts';
import type { Place } from './case.ts';

const insert = async (at: Place, sql: string, ...parameters: unknown[]): Promise<string> => {
  const id = randomUUID();
  await at.trainyard.database.direct.query(sql, [id, ...parameters]);
  return id;
};
/** A name nobody has. */
export const someName = (): string => `n${randomUUID().slice(0, 13)}`;

/** Minutes of each day. */
export const WEEK = [480, 480, 480, 480, 240, 0, 0];

/** Bytes that were never stored. */
const SOME_BYTES = `INSERT INTO blob (digest, size) VALUES (repeat('a', 64), 1) ON CONFLICT DO NOTHING`;

/** Things of a place, made by its maker; each answers its id. */
export const buildThing = {
  ticket: async (at: Place): Promise<string> =>
    (await buildTickets(at.trainyard, 1, { project: at.project, columns: [at.project.columns[0] as string] })).ids[0] as string,

  deletedTicket: async (at: Place): Promise<string> => {
    const id = await buildThing.ticket(at);
    const version = 1;
    await at.hand.ask('mutation ($id: ID!, $version: Int!) { deleteTicket(id: $id, version: $version) { id } }', { id, version });
    return id;
  },

  comment: async (at: Place): Promise<string> => {
    const ticketId = await buildThing.ticket(at);
    await at.trainyard.database.direct.query('UPDATE ticket SET comment_count = 1 WHERE id = $1', [ticketId]);
    return insert(at, `INSERT INTO comment (id, subject_id, author_id, body) VALUES ($1, $2, $3, 'Said before.')`, ticketId, at.maker.userId);
  },

  attachment: async (at: Place, deleted = false): Promise<string> => {
    const ticketId = await buildThing.ticket(at);
    await at.trainyard.database.direct.query('UPDATE ticket SET attachment_count = $2 WHERE id = $1', [ticketId, deleted ? 0 : 1]);
    return insert(
      at,
      /* sql */ `
      WITH bytes AS (${SOME_BYTES})
      INSERT INTO attachment (id, subject_id, author_id, name, media_type, digest, size, deleted_at)
      VALUES ($1, $2, $3, 'plan.txt', 'application/octet-stream', repeat('a', 64), 1, CASE WHEN $4 THEN now() END)`,
      ticketId,
      at.maker.userId,
      deleted,
    );
  },

  /** A model that a run left. */
  artifact: async (at: Place): Promise<string> =>
    insert(
      at,
      /* sql */ `
      WITH bytes AS (${SOME_BYTES})
      INSERT INTO artifact (id, attempt_id, claim, name, digest, size) SELECT $1, id, 1, 'model.json', repeat('a', 64), 1 FROM attempt WHERE run_id = $2`,
      await buildThing.run(at),
    ),

  /** Another project of the place's team, in this state. */
  project: async (at: Place, state: ProjectState = 'ACTIVE'): Promise<string> =>
    (await buildProject(at.trainyard, { visibility: at.visibility, teamId: at.project.teamId, state })).id,

  board: (at: Place, archived = false): Promise<string> =>
    insert(
      at,
      `INSERT INTO board (id, project_id, name, kind, rank, archived_at) SELECT $1, $2, 'Spare', 'KANBAN', max(rank), CASE WHEN $3 THEN now() END FROM board WHERE project_id = $2`,
      at.project.id,
      archived,
    ),

  /** On a board of its own: what runs on the place's board would take in what others put there. */
  sprint: async (at: Place, state: 'PLANNED' | 'RUNNING' | 'CLOSED' = 'PLANNED'): Promise<string> => {
    const boardId = await insert(
      at,
      `INSERT INTO board (id, project_id, name, kind, rank) SELECT $1, $2, 'Spare', 'SCRUM', max(rank) FROM board WHERE project_id = $2`,
      at.project.id,
    );
    await insert(at, `INSERT INTO board_column (id, board_id, name, category, rank) VALUES ($1, $2, 'Spare', 'TODO', 'zz')`, boardId);
    const id = await insert(
      at,
      `INSERT INTO sprint (id, project_id, board_id, name, state, starts_on, ends_on, started_at, closed_at)
        VALUES ($1, $2, $3, 'Spare', $4, '2026-11-30', '2026-12-11', CASE WHEN $4 <> 'PLANNED' THEN now() END, CASE WHEN $4 = 'CLOSED' THEN now() END)`,
      at.project.id,
      boardId,
      state,
    );
    if (state === 'RUNNING') {
      await at.trainyard.database.direct.query('UPDATE board SET sprint_ids = ARRAY[$2::uuid] WHERE id = $1', [boardId, id]);
      await at.trainyard.database.direct.query('INSERT INTO sprint_stay (sprint_id, started_at) VALUES ($1, now())', [id]);
    }
    return id;
  },

  release: (at: Place, deleted = false): Promise<string> =>
    insert(
      at,
      `INSERT INTO release (id, project_id, name, name_key, planned_on, deleted_at) VALUES ($1::uuid, $2, 'Spare ' || $1::uuid, 'spare ' || $1::uuid, '2026-12-24', CASE WHEN $3 THEN now() END)`,
      at.project.id,
      deleted,
    ),

  /** Of a board on which a sprint has started. */
  backlogColumn: async (at: Place): Promise<string> => {
    const sprintId = await buildThing.sprint(at, 'RUNNING');
    const { direct } = at.trainyard.database;
    const column = await row<{ id: string; boardId: string }>(
      direct,
      `WITH named AS (UPDATE board_column SET name = 'Backlog' WHERE board_id = (SELECT board_id FROM sprint WHERE id = $1) RETURNING *)
        SELECT id, board_id AS "boardId" FROM named`,
      [sprintId],
    );
    await insert(at, `INSERT INTO board_column (id, board_id, name, category, rank) VALUES ($1, $2, 'Next', 'TODO', 'zzz')`, column!.boardId);
    return column!.id;
  },

  /** Revealed, by the maker, of a sprint that runs. */
  retroNote: async (at: Place): Promise<string> => {
    const sprintId = await buildThing.sprint(at, 'RUNNING');
    await at.trainyard.database.direct.query('UPDATE sprint SET revealed_at = now() WHERE id = $1', [sprintId]);
    return insert(at, `INSERT INTO retro_note (id, sprint_id, kind, body, author_id) VALUES ($1, $2, 'WELL', 'Said before.', $3)`, sprintId, at.maker.userId);
  },

  /** On, made by the maker, with a condition that holds for every ticket. */
  rule: (at: Place): Promise<string> =>
    insert(
      at,
      /* sql */ `INSERT INTO rule (id, project_id, name, owner_id, enabled, trigger, condition, actions)
        VALUES ($1, $2, 'Spare', $3, false, '{"on":"TICKET_CREATED"}', '', '[{"does":"COMMENT","text":"Spare."}]')`,
      at.project.id,
      at.maker.userId,
    ),

  /** A rule of the place that gave a ticket a priority. */
  firing: async (at: Place): Promise<string> => {
    const ticketId = await buildThing.ticket(at);
    const { direct } = at.trainyard.database;
    await direct.query(`UPDATE ticket SET priority = 'HIGH' WHERE id = $1`, [ticketId]);
    const id = await insert(
      at,
      `INSERT INTO rule_firing (id, project_id, rule_id, rule_version, key, ticket_id, outcome, chain, root) VALUES ($1, $2, $3, 1, $1::uuid::text, $4, 'DONE', ARRAY[$3::uuid], '1')`,
      at.project.id,
      await buildThing.rule(at),
      ticketId,
    );
    await direct.query(
      /* sql */ `WITH locked AS (UPDATE activity_scope SET seq = seq + 1 WHERE id = $1 RETURNING seq)
        INSERT INTO activity (scope, seq, entity, entity_id, ticket_id, action, changes, depth, firing_id)
        SELECT $1, seq, 'TICKET', $2, $2, 'UPDATED', '{"priority":{"from":null,"to":"HIGH"}}', 1, $3 FROM locked`,
      [at.project.id, ticketId, id],
    );
    return id;
  },

  label: (at: Place): Promise<string> => buildLabel(at.trainyard, at.project.id, someName()),

  column: (at: Place): Promise<string> =>
    insert(at, `INSERT INTO board_column (id, board_id, name, category, rank) VALUES ($1, $2, 'Spare', 'DOING', 'zz')`, at.project.boardId),

  /** An item of the definition of done of a column of its own. */
  check: async (at: Place): Promise<string> =>
    insert(at, `INSERT INTO column_check (id, column_id, text, position) VALUES ($1, $2, 'Reviewed', 1)`, await buildThing.column(at)),

  dataset: (at: Place): Promise<string> => buildDataset(at.trainyard, { projectId: at.project.id, createdBy: at.maker.userId }),

  table: (at: Place): Promise<string> => buildTable(at.trainyard, { projectId: at.project.id, createdBy: at.maker.userId }),
  organisationTable: (at: Place): Promise<string> => buildTable(at.trainyard, { createdBy: at.maker.userId }),
  organisationDataset: (at: Place): Promise<string> => buildDataset(at.trainyard, { createdBy: at.maker.userId }),

  /** Waits in the queue. */
  run: async (at: Place): Promise<string> => {
    const ticket = { id: await buildThing.ticket(at), columnId: at.project.columns[0] as string, version: 1, project: at.project };
    const { id } = await buildRun(at.trainyard, { ticket, member: at.hand });
    await at.trainyard.database.direct.query('UPDATE run SET created_by = $2 WHERE id = $1', [id, at.maker.userId]);
    return id;
  },

  /** Two runs that wait in the queue. */
  runGroup: async (at: Place): Promise<string> => {
    const ticket = { id: await buildThing.ticket(at), columnId: at.project.columns[0] as string, version: 1, project: at.project };
    const { id } = await buildRunGroup(at.trainyard, { ticket, member: at.hand });
    await at.trainyard.database.direct.query('UPDATE run SET created_by = $2 WHERE group_id = $1', [id, at.maker.userId]);
    await at.trainyard.database.direct.query('UPDATE run_group SET created_by = $2 WHERE id = $1', [id, at.maker.userId]);
    return id;
  },

  cancelledRun: async (at: Place): Promise<string> => {
    const id = await buildThing.run(at);
    await at.trainyard.database.direct.query('UPDATE run SET created_by = $2 WHERE id = $1', [id, at.handId]);
    await at.hand.ask('mutation ($id: ID!) { cancelRun(id: $id) { id } }', { id });
    await at.trainyard.database.direct.query('UPDATE run SET created_by = $2 WHERE id = $1', [id, at.maker.userId]);
    return id;
  },

  /** Of nobody who asks. */
  user: async (at: Place): Promise<string> => (await buildUser(at.trainyard)).id,
  owner: async (at: Place): Promise<string> => (await buildUser(at.trainyard, { orgRole: 'OWNER' })).id,

  team: async (at: Place): Promise<string> => (await buildTeam(at.trainyard)).id,

  /** With one named day, 1 May 2026. */
  calendar: async (at: Place): Promise<string> =>
    insert(
      at,
      /* sql */ `
      WITH made AS (INSERT INTO calendar (id, name, name_key, weekdays) VALUES ($1, $2, $2, '{1,2,3,4,5}'))
      INSERT INTO calendar_day (calendar_id, day, works, name) VALUES ($1, '2026-05-01', false, 'May')`,
      someName(),
    ),

  /** Of the maker. */
  workingPattern: async (at: Place): Promise<string> => {
    await at.trainyard.database.direct.query('DELETE FROM working_pattern WHERE user_id = $1', [at.maker.userId]);
    return insert(
      at,
      `INSERT INTO working_pattern (id, user_id, minutes, calendar_id, from_date) SELECT $1, $2, $3, id, '2026-01-01' FROM calendar WHERE key = 'WEEKDAYS'`,
      at.maker.userId,
      WEEK,
    );
  },
  timeOff: (at: Place, day: string): Promise<string> =>
    insert(at, 'INSERT INTO time_off (id, user_id, from_date, to_date) VALUES ($1, $2, $3, $3)', at.maker.userId, day),

  session:
    (userId: string) =>
    (at: Place): Promise<string> =>
      insert(
        at,
        `INSERT INTO session (id, user_id, token_hash, expires_at) VALUES ($1, $2, sha256($3::bytea), now() + interval '1 day')`,
        userId,
        randomUUID(),
      ),

  /** A member of the place's team. */
  membership: async (at: Place): Promise<string> =>
    insert(
      at,
      `INSERT INTO membership (id, team_id, user_id, role_id, team_role, allocation) SELECT $1, $2, $3, id, 'MEMBER', 50 FROM role ORDER BY key LIMIT 1`,
      at.project.teamId,
      await buildThing.user(at),
    ),

  runnerCredential: (at: Place): Promise<string> =>
    insert(at, `INSERT INTO runner_credential (id, name, token_hash) VALUES ($1, 'Spare', sha256($2::bytea))`, randomUUID()),

  webhook: (at: Place): Promise<string> =>
    insert(
      at,
      /* sql */ `
      INSERT INTO webhook (id, project_id, address, events, secret, answerable_id, project_seq, organisation_seq)
      VALUES ($1, $2, 'https://example.org/', '{TICKET_CREATED}', '', $3, 0, 0)`,
      at.project.id,
      at.maker.userId,
    ),
  delivery: async (at: Place): Promise<string> =>
    insert(
      at,
      `INSERT INTO webhook_delivery (id, webhook_id, scope, seq, event, state) VALUES ($1, $2, $3, 1, 'TICKET_CREATED', 'FAILED')`,
      await buildThing.webhook(at),
      at.project.id,
    ),

  view:
    ({ ownerId, projectId = null, shared = false }: { ownerId: string; projectId?: string | null; shared?: boolean }) =>
    (at: Place): Promise<string> =>
      insert(
        at,
        `INSERT INTO saved_view (id, owner_id, list, project_id, name, name_key, query, shared) VALUES ($1, $2, 'TICKETS', $3, 'Mine', 'mine', 'assignee:me', $4)`,
        ownerId,
        projectId,
        shared,
      ),

  token:
    (userId: string) =>
    (at: Place): Promise<string> =>
      insert(
        at,
        `INSERT INTO access_token (id, user_id, name, token_hash, scopes) VALUES ($1, $2, 'Spare', sha256($3::bytea), '{READ}')`,
        userId,
        randomUUID(),
      ),
};

export const ticketOf = async (at: Place, table: 'run' | 'comment', id: string): Promise<string> =>
  (
    await row<{ ticketId: string }>(
      at.trainyard.database.direct,
      `SELECT ${table === 'run' ? 'ticket_id' : 'subject_id'} AS "ticketId" FROM ${table} WHERE id = $1`,
      [id],
    )
  )?.ticketId ?? '';

export const roleId = async (at: Place): Promise<string> =>
  (await row<{ id: string }>(at.trainyard.database.direct, 'SELECT id FROM role ORDER BY key LIMIT 1'))?.id ?? '';

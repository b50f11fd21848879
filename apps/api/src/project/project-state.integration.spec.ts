import { PROJECT_WAITING_DAYS } from '@trainyard/domain';
import type { GraphqlClient } from '../../test/client.ts';
import { buildProject, buildTicket, buildTickets, memberOf, putInState, type BuiltProject } from '../../test/factories/board.ts';
import { buildTeam, someone } from '../../test/factories/people.ts';
import { buildDataset, buildRun } from '../../test/factories/training.ts';
import { keepHouse } from '../../test/housekeeping.ts';
import { hold, untilWaiting } from '../../test/locks.ts';
import { reconcilerOf, until } from '../../test/runs.ts';
import { Subscriber } from '../../test/subscriber.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { row, rows } from '../platform/sql/database.ts';

const ARCHIVE = 'mutation($id: ID!, $v: Int!) { archiveProject(id: $id, version: $v) { state version archivedAt erasedAt } }';
const DELETE = 'mutation($id: ID!, $v: Int!) { deleteProject(id: $id, version: $v) { state version archivedAt erasedAt } }';
const RESTORE = 'mutation($id: ID!, $v: Int!) { restoreProject(id: $id, version: $v) { state version archivedAt erasedAt } }';
const LIST = 'query($s: [ProjectState!]) { projects(states: $s) { id } }';
const READ = 'query($id: ID!) { project(id: $id) { state } }';
const CREATE_TICKET = 'mutation($i: CreateTicketInput!) { createTicket(input: $i) { id } }';
const MOVE = 'mutation($t: ID!, $c: ID!) { moveTicket(id: $t, columnId: $c) { id } }';

let trainyard: TestTrainyard;
let project: BuiltProject;
let lead: GraphqlClient;
let member: GraphqlClient;
let admin: GraphqlClient;

beforeAll(async () => {
  trainyard = await TestTrainyard.start();
  admin = (await someone(trainyard, 'ADMIN')).client;
});
afterAll(() => trainyard.stop());
beforeEach(async () => {
  project = await buildProject(trainyard);
  lead = (await memberOf(trainyard, project, 'LEAD')).client;
  member = (await memberOf(trainyard, project)).client;
});

const ids = async (client: GraphqlClient, states?: string[]): Promise<string[]> =>
  (await client.ask<{ projects: { id: string }[] }>(LIST, states ? { s: states } : {})).projects.map(({ id }) => id);
const become = (state: 'ACTIVE' | 'ARCHIVED' | 'DELETED', daysAgo = 0): Promise<void> =>
  trainyard.database.transaction((tx) => putInState(tx, project.id, state, daysAgo));
const newTicket = { type: 'TASK', title: 'New' };
const count = async (sql: string, ...parameters: unknown[]): Promise<number> =>
  (await row<{ count: number }>(trainyard.database.direct, `SELECT count(*)::int AS count FROM ${sql}`, parameters))?.count ?? -1;

describe('an archived project', () => {
  it('is out of lists, read by its link, and comes back', async () => {
    expect(await lead.ask(ARCHIVE, { id: project.id, v: 1 })).toEqual({
      archiveProject: { state: 'ARCHIVED', version: 2, archivedAt: expect.any(String), erasedAt: null },
    });
    expect(await ids(member)).not.toContain(project.id);
    expect(await ids(member, ['ARCHIVED'])).toContain(project.id);
    expect(await member.ask(READ, { id: project.id })).toEqual({ project: { state: 'ARCHIVED' } });
    expect((await member.send(RESTORE, { id: project.id, v: 2 })).codes).toEqual(['FORBIDDEN']);
    expect((await lead.send(RESTORE, { id: project.id, v: 1 })).codes).toEqual(['STALE_VERSION']);
    expect(await lead.ask(RESTORE, { id: project.id, v: 2 })).toEqual({ restoreProject: { state: 'ACTIVE', version: 3, archivedAt: null, erasedAt: null } });
    expect(await ids(member)).toContain(project.id);
    const [ticket] = (await buildTickets(trainyard, 1, { project })).ids;
    expect((await member.send(MOVE, { t: ticket, c: project.columns[1] })).codes).toEqual([]);
  });

  it('refuses every write with the same reason, whoever asks, and tells those who never may that they may not', async () => {
    const { ids: tickets } = await buildTickets(trainyard, 1, { project });
    const [t] = tickets;
    await become('ARCHIVED');
    const writes: [string, Record<string, unknown>][] = [
      [CREATE_TICKET, { i: { ...newTicket, columnId: project.columns[0] } }],
      [CREATE_TICKET, { i: { ...newTicket, projectId: project.id } }],
      [MOVE, { t, c: project.columns[1] }],
      ['mutation($t: ID!) { updateTicket(id: $t, version: 1, input: { title: "T" }) { id } }', { t }],
      ['mutation($t: ID!) { deleteTicket(id: $t, version: 1) { id } }', { t }],
      ['mutation($t: ID!) { addComment(ticketId: $t, body: "B") { id } }', { t }],
      ['mutation($p: ID!) { createLabel(projectId: $p, name: "L", color: RED) { id } }', { p: project.id }],
      ['mutation($p: ID!) { createBoard(projectId: $p, name: "B", kind: KANBAN) { id } }', { p: project.id }],
      ['mutation($b: ID!) { updateBoard(id: $b, version: 1, input: { name: "B" }) { id } }', { b: project.boardId }],
      ['mutation($b: ID!) { createColumn(boardId: $b, name: "C", category: TODO) { id } }', { b: project.boardId }],
      ['mutation($c: ID!) { updateColumn(id: $c, version: 1, input: { name: "C" }) { id } }', { c: project.columns[0] }],
      ['mutation($p: ID!) { updateProject(id: $p, version: 1, input: { name: "P" }) { id } }', { p: project.id }],
      [
        'mutation($p: ID!) { createDataset(input: { projectId: $p, name: "D", kind: SYNTHETIC, source: SYNTHETIC, synthetic: COMPARISON, samples: 100 }) { id } }',
        { p: project.id },
      ],
      [
        'mutation($p: ID!) { createWebhook(input: { projectId: $p, address: "https://example.org/", events: [TICKET_CREATED] }) { webhook { id } } }',
        { p: project.id },
      ],
    ];
    const told = async (client: GraphqlClient) => Promise.all(writes.map(async ([sql, variables]) => (await client.send(sql, variables)).codes.join()));
    expect(await told(lead)).toEqual(writes.map(() => 'PROJECT_READ_ONLY'));
    expect(await told(admin)).toEqual(writes.map(() => 'PROJECT_READ_ONLY'));
    const { client: viewer } = await someone(trainyard, 'VIEWER');
    expect(await told(viewer)).toEqual(writes.map(() => 'FORBIDDEN'));
  });

  it.each<[string, () => Promise<{ codes: string[] }>, string]>([
    ['a new ticket', () => member.send(CREATE_TICKET, { i: { ...newTicket, columnId: project.columns[0] } }), 'ticket WHERE project_id = $1'],
    [
      'a new column',
      () => lead.send('mutation($b: ID!) { createColumn(boardId: $b, name: "C", category: TODO) { id } }', { b: project.boardId }),
      `board_column WHERE name = 'C' AND $1::uuid IS NOT NULL`,
    ],
    [
      'a new label',
      () => lead.send('mutation($p: ID!) { createLabel(projectId: $p, name: "L", color: RED) { id } }', { p: project.id }),
      'label WHERE project_id = $1',
    ],
  ])('keeps out %s that looked while it was active and comes to its end after the archiving', async (_, write, written) => {
    // The writer has passed its check and waits for the log, which the archiving holds and closes.
    const letGo = await hold(trainyard, (tx) => tx.query('UPDATE activity_scope SET closed = true WHERE id = $1', [project.id]));
    const answer = write();
    await untilWaiting(trainyard, 1);
    await letGo('COMMIT');
    expect((await answer).codes).toEqual(['PROJECT_READ_ONLY']);
    expect(await count(written, project.id)).toBe(0);
  });

  it('lets a move that was first be kept, and whichever comes later be refused: nothing is half', async () => {
    const { ids: tickets } = await buildTickets(trainyard, 30, { project, columns: [project.columns[0] as string] });
    const answers = await Promise.all([
      ...tickets.slice(0, 15).map((t) => member.send(MOVE, { t, c: project.columns[1] })),
      lead.send(ARCHIVE, { id: project.id, v: 1 }),
      ...tickets.slice(15).map((t) => member.send(MOVE, { t, c: project.columns[1] })),
    ]);
    const [archived] = answers.splice(15, 1);
    expect(archived?.codes).toEqual([]);
    const moved = answers.filter(({ codes }) => codes.length === 0).length;
    expect(new Set(answers.flatMap(({ codes }) => codes))).toEqual(moved < 30 ? new Set(['PROJECT_READ_ONLY']) : new Set());
    expect(await count('placement WHERE column_id = $1', project.columns[1])).toBe(moved);
    // Nothing is logged behind the archiving.
    const last = await row(trainyard.database.direct, 'SELECT entity FROM activity WHERE scope = $1 ORDER BY seq DESC LIMIT 1', [project.id]);
    expect(last).toEqual({ entity: 'PROJECT' });
  });

  it('lets a run that is under way end, cancels one that waits, and queues and retries none', async () => {
    const run = await buildRun(trainyard, { ticket: await buildTicket(trainyard, { project }) });
    const going = await buildRun(trainyard, { ticket: await buildTicket(trainyard, { project }) });
    const { direct } = trainyard.database;
    await direct.query(`UPDATE attempt SET state = 'RUNNING', claim = 1, lease_until = now() + interval '1 hour' WHERE id = $1`, [going.attemptId]);
    await direct.query(`UPDATE run SET state = 'RUNNING' WHERE id = $1`, [going.id]);
    await lead.ask(ARCHIVE, { id: project.id, v: 1 });
    await reconcilerOf(trainyard).cancelUnseen();
    const states = () => rows<{ state: string }>(direct, 'SELECT state FROM run WHERE id = ANY ($1::uuid[]) ORDER BY id = $2', [[run.id, going.id], going.id]);
    expect(await states()).toEqual([{ state: 'CANCELLED' }, { state: 'RUNNING' }]);
    const told = async (name: string) => (await run.member.send(`mutation($r: ID!) { ${name}(id: $r) { id } }`, { r: run.id })).codes;
    expect(await told('retryRun')).toEqual(['PROJECT_READ_ONLY']);
    expect((await going.member.send('mutation($r: ID!) { cancelRun(id: $r) { id } }', { r: going.id })).codes).toEqual([]);
  });
});

describe('a deleted project', () => {
  it('is there for administrators alone, at once, and goes back to what it was', async () => {
    await lead.ask(ARCHIVE, { id: project.id, v: 1 });
    expect((await lead.send(DELETE, { id: project.id, v: 2 })).codes).toEqual(['FORBIDDEN']);
    const follower = new Subscriber(member, 'subscription($p: ID!) { projectEvents(projectId: $p, since: 1000000) { seq } }', { p: project.id });
    await follower.until(({ events }) => events.length > 0);
    const { deleteProject } = await admin.ask<{ deleteProject: { archivedAt: string; erasedAt: string } }>(DELETE, { id: project.id, v: 2 });
    expect(Math.round((Date.parse(deleteProject.erasedAt) - Date.now()) / 86_400_000)).toBe(PROJECT_WAITING_DAYS);
    await follower.until(({ ended }) => ended !== null);
    expect(follower.ended).toEqual(['NOT_FOUND']);
    for (const client of [member, lead]) {
      expect(await client.ask(READ, { id: project.id })).toEqual({ project: null });
      expect(await ids(client, ['ACTIVE', 'ARCHIVED', 'DELETED', 'ERASING'])).not.toContain(project.id);
      expect((await client.send(RESTORE, { id: project.id, v: 3 })).codes).toEqual(['NOT_FOUND']);
    }
    expect(await ids(admin, ['DELETED'])).toContain(project.id);
    expect((await admin.send(CREATE_TICKET, { i: { ...newTicket, projectId: project.id } })).codes).toEqual(['PROJECT_READ_ONLY']);
    expect(await admin.ask(RESTORE, { id: project.id, v: 3 })).toMatchObject({ restoreProject: { state: 'ARCHIVED', archivedAt: deleteProject.archivedAt } });
    expect(await admin.ask(RESTORE, { id: project.id, v: 4 })).toMatchObject({ restoreProject: { state: 'ACTIVE' } });
    expect(
      await rows(
        trainyard.database.direct,
        `SELECT kind, details #>> '{state,to}' AS "to", details ->> 'key' AS key FROM audit_entry WHERE subject_id = $1 ORDER BY at, id`,
        [project.id],
      ),
    ).toEqual(['ARCHIVED', 'DELETED', 'ARCHIVED', 'ACTIVE'].map((to) => ({ kind: 'PROJECT_STATE_CHANGED', to, key: project.key })));
  });

  it('asks for the password, and for no token', async () => {
    const { user, client } = await someone(trainyard, 'ADMIN');
    await trainyard.database.direct.query(`UPDATE session SET proved_at = now() - interval '1 hour' WHERE user_id = $1`, [user.id]);
    expect((await client.send(DELETE, { id: project.id, v: 1 })).codes).toEqual(['PASSWORD_REQUIRED']);
  });

  it('stays until its waiting time is over, and is then erased with all that it held, while another keeps everything', async () => {
    const other = await buildProject(trainyard, { teamId: project.teamId });
    for (const each of [project, other]) {
      const ticket = await buildTicket(trainyard, { project: each });
      await buildTickets(trainyard, 3, { project: each });
      const author = (await memberOf(trainyard, each)).client;
      await author.ask('mutation($t: ID!) { addComment(ticketId: $t, body: "B") { id } }', { t: ticket.id });
      await author.ask('mutation($p: ID!) { createLabel(projectId: $p, name: "L", color: RED) { id } }', { p: each.id });
      const run = await buildRun(trainyard, { ticket });
      await trainyard.database.direct.query(`INSERT INTO log_line (attempt_id, claim, line, at, stream, text) VALUES ($1, 1, 1, now(), 'OUT', 'said')`, [
        run.attemptId,
      ]);
      await buildDataset(trainyard, { projectId: each.id });
    }
    await become('DELETED', PROJECT_WAITING_DAYS - 1);
    await keepHouse(trainyard);
    expect(await admin.ask(READ, { id: project.id })).toEqual({ project: { state: 'DELETED' } });
    await become('DELETED', PROJECT_WAITING_DAYS);
    const kept = await contentsOf(other.id);
    expect(Math.min(...Object.values(kept))).toBeGreaterThan(0);
    await keepHouse(trainyard);
    expect(new Set(Object.values(await contentsOf(project.id)))).toEqual(new Set([0]));
    expect(await contentsOf(other.id)).toEqual(kept);
    expect(await admin.ask(READ, { id: project.id })).toEqual({ project: null });
    expect(await row(trainyard.database.direct, `SELECT details FROM audit_entry WHERE kind = 'PROJECT_ERASED' AND subject_id = $1`, [project.id])).toEqual({
      details: { key: project.key, name: `Project ${project.key}` },
    });
    const input = { key: project.key, name: 'Again', visibility: 'OPEN', teamId: project.teamId, boardKind: 'KANBAN' };
    expect((await lead.send('mutation($i: CreateProjectInput!) { createProject(input: $i) { id } }', { i: input })).codes).toEqual(['PROJECT_KEY_TAKEN']);
  });

  it('goes piece by piece: what is killed in the middle is gone on with, and cannot be restored any more', async () => {
    await buildTickets(trainyard, 1_200, { project });
    await become('DELETED', PROJECT_WAITING_DAYS);
    // A reader of the last ticket stops the erasing in the middle of its pieces.
    const letGo = await hold(trainyard, (tx) =>
      tx.query('SELECT FROM ticket WHERE id = (SELECT id FROM ticket WHERE project_id = $1 ORDER BY ctid DESC LIMIT 1) FOR KEY SHARE', [project.id]),
    );
    const killed = keepHouse(trainyard).catch((error: unknown) => String(error));
    await until(
      () =>
        rows<{ pid: number }>(
          trainyard.database.direct,
          `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%DELETE FROM ticket%'`,
        ),
      (found) => found.length > 0,
    );
    await trainyard.database.direct.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%DELETE FROM ticket%'`,
    );
    expect(await killed).toContain(project.id);
    await letGo();
    const left = await count('ticket WHERE project_id = $1', project.id);
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(1_200);
    expect((await admin.send(RESTORE, { id: project.id, v: 1 })).codes).toEqual(['NOT_FOUND']);
    await keepHouse(trainyard);
    expect(await count('project WHERE id = $1', project.id)).toBe(0);
  });

  it('lets the log of no other project be touched', async () => {
    await expect(trainyard.database.direct.query('DELETE FROM activity WHERE scope = $1', [project.id])).rejects.toThrow('append-only');
    await expect(
      trainyard.database.transaction(async (tx) => {
        await tx.query(`SELECT set_config('trainyard.erased_scope', $1, true)`, [(await buildTeam(trainyard)).id]);
        await tx.query('DELETE FROM activity WHERE scope = $1', [project.id]);
      }),
    ).rejects.toThrow('append-only');
  });

  it('says before what it would take', async () => {
    const run = await buildRun(trainyard, { ticket: await buildTicket(trainyard, { project }) });
    await buildDataset(trainyard, { projectId: project.id });
    await run.member.ask('mutation($t: ID!) { addComment(ticketId: $t, body: "B") { id } }', { t: run.ticket.id });
    expect(
      await lead.ask('query($id: ID!) { project(id: $id) { contents { boards tickets comments runs waitingRuns liveRuns datasets files bytes } } }', {
        id: project.id,
      }),
    ).toEqual({
      project: { contents: { boards: 1, tickets: 1, comments: 1, runs: 1, waitingRuns: 1, liveRuns: 0, datasets: 1, files: 0, bytes: 0 } },
    });
  });
});

async function contentsOf(id: string): Promise<Record<string, number>> {
  const from: Record<string, string> = {
    project: 'project WHERE id = $1',
    scopes: 'activity_scope WHERE id = $1',
    activities: 'activity WHERE scope = $1',
    boards: 'board WHERE project_id = $1',
    tickets: 'ticket WHERE project_id = $1',
    labels: 'label WHERE project_id = $1',
    runs: 'run WHERE project_id = $1',
    datasets: 'dataset WHERE project_id = $1',
  };
  const counted = await Promise.all(Object.entries(from).map(async ([name, sql]) => [name, await count(sql, id)] as const));
  return Object.fromEntries(counted);
}

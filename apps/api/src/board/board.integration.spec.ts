import type { Actor } from '@trainyard/domain';
import { buildLabel, buildProject, buildTicket, buildTickets, cardsOf, memberOf, type BuiltProject } from '../../test/factories/board.ts';
import { buildMembership, buildTeam, someone } from '../../test/factories/people.ts';
import { countingSql } from '../../test/count-sql.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { ProjectService } from '../project/project.service.ts';

const BOARD = /* GraphQL */ `
  query ($id: ID!, $limit: Int!) {
    board(id: $id) {
      id name kind version
      project { id key seq }
      columns {
        id name category wipLimit wipPolicy rank version ticketCount
        tickets(limit: $limit) { offset total seq nodes { id key rank columnId type stage title points assignee { id name } labelIds commentCount version latestRun { id state } } }
      }
    }
  }`;
interface Window {
  offset: number;
  total: number;
  seq: number;
  nodes: { id: string; key: string; rank: string }[];
}
interface BoardReply {
  board: { project: { key: string; seq: number }; columns: { id: string; name: string; ticketCount: number; tickets: Window }[] } | null;
}

describe('the board', () => {
  let trainyard: TestTrainyard;
  beforeAll(async () => {
    trainyard = await TestTrainyard.start({ logLevel: 'error' });
  });
  afterAll(() => trainyard.stop());

  it('opens by a window per column, with the same few statements however many cards there are', async () => {
    const { project } = await buildTickets(trainyard, 400);
    const few = await buildTickets(trainyard, 5);
    const { client } = await memberOf(trainyard, project);
    const count = countingSql(trainyard);
    const { board } = await client.ask<BoardReply>(BOARD, { id: project.boardId, limit: 20 });
    const statements = count.stop();
    expect(board?.columns.map((column) => [column.name, column.ticketCount, column.tickets.total, column.tickets.nodes.length])).toEqual(
      ['Backlog', 'To do', 'In progress', 'Review', 'Done'].map((name) => [name, 80, 80, 20]),
    );
    expect(board?.columns.every((column) => column.tickets.seq === board.project.seq)).toBe(true);
    // Who asks, the board, the windows.
    expect(statements).toBeLessThanOrEqual(3);
    const again = countingSql(trainyard);
    await client.ask<BoardReply>(BOARD, { id: few.project.boardId, limit: 20 });
    expect(again.stop()).toBe(statements);
  });

  it('reads the cards of a window and no others, however long the column is', async () => {
    const project = await buildProject(trainyard);
    const { ids } = await buildTickets(trainyard, 4000, { project, columns: [project.columns[0] as string] });
    const { client } = await memberOf(trainyard, project);
    const { direct } = trainyard.database;
    await direct.query('ANALYZE ticket, placement, board_column');
    const query = direct.query.bind(direct);
    const plans: string[] = [];
    direct.query = async (sql: string, parameters?: unknown[]): Promise<unknown> => {
      if (sql.includes('FROM placement')) {
        const plan = (await query(`EXPLAIN ${sql}`, parameters)) as Record<string, string>[];
        plans.push(plan.map((row) => row['QUERY PLAN']).join('\n'));
      }
      return query(sql, parameters);
    };
    try {
      const { board } = await client.ask<BoardReply>(BOARD, { id: project.boardId, limit: 20 });
      expect(board?.columns[0]?.tickets.nodes.map(({ id }) => id)).toEqual(ids.slice(0, 20));
    } finally {
      direct.query = query;
    }
    expect(plans).toHaveLength(1);
    expect(plans[0]).not.toContain('Seq Scan on ticket');
  });

  it('gives any window of a column, an empty one too, with its total and position', async () => {
    const project = await buildProject(trainyard);
    const [column = ''] = project.columns;
    const { ids } = await buildTickets(trainyard, 31, { project, columns: [column] });
    const { client } = await memberOf(trainyard, project);
    await client.ask('mutation($id: ID!) { deleteTicket(id: $id, version: 1) { id } }', { id: ids.splice(14, 1)[0] });
    const window = async (offset: number, limit: number): Promise<Window> =>
      (
        await client.ask<{ column: { tickets: Window } }>(
          'query($id: ID!, $offset: Int!, $limit: Int!) { column(id: $id) { tickets(offset: $offset, limit: $limit) { offset total seq nodes { id } } } }',
          {
            id: column,
            offset,
            limit,
          },
        )
      ).column.tickets;
    expect((await window(12, 5)).nodes.map(({ id }) => id)).toEqual(ids.slice(12, 17));
    expect((await window(28, 100)).nodes.map(({ id }) => id)).toEqual(ids.slice(28));
    expect(await window(30, 5)).toMatchObject({ offset: 30, total: 30, nodes: [] });
    const refused = await client.send('query($id: ID!) { a: column(id: $id) { tickets(limit: 101) { total } } }', { id: column });
    expect(refused.codes).toEqual(['BAD_INPUT']);
  });

  it('counts what a page size in a variable costs, each time anew, and takes a query without variables', async () => {
    const project = await buildProject(trainyard);
    const { client } = await memberOf(trainyard, project);
    const deep = `query($p: ID!, $n: Int!) { tickets(projectId: $p, first: $n) { nodes { comments(first: $n) { nodes { author { name } } } } } }`;
    for (const [n, codes] of [
      [10, []],
      [100, ['QUERY_TOO_COMPLEX']],
      [10, []],
      [100, ['QUERY_TOO_COMPLEX']],
    ] as const) {
      expect((await client.send(deep, { p: project.id, n })).codes).toEqual(codes);
    }
    const response = await fetch(`${trainyard.url}/graphql`, {
      method: 'POST',
      headers: client.headers,
      body: JSON.stringify({ query: '{ projects { key } }' }),
    });
    expect(await response.json()).toHaveProperty('data.projects');
  });

  it('shows nothing of a private project to outsiders: not by id, key, list, count or change', async () => {
    const project = await buildProject(trainyard, { visibility: 'PRIVATE', key: 'SECRET' });
    const ticket = await buildTicket(trainyard, { project });
    const label = await buildLabel(trainyard, project.id, 'hidden');
    const open = await buildTicket(trainyard);
    const { client: outsider } = await someone(trainyard);
    const reply = await outsider.ask(
      `query($p: ID!, $b: ID!, $c: ID!, $t: ID!) {
        byId: project(id: $p) { id } byKey: project(key: "SECRET") { id } board(id: $b) { id } column(id: $c) { id } ticket(id: $t) { id } keyed: ticket(key: "SECRET-1") { id } projects { key }
      }`,
      { p: project.id, b: project.boardId, c: ticket.columnId, t: ticket.id },
    );
    expect(reply).toMatchObject({ byId: null, byKey: null, board: null, column: null, ticket: null, keyed: null });
    expect(JSON.stringify(reply['projects'])).not.toContain('SECRET');
    const attempts: [string, Record<string, unknown>][] = [
      ['query($p: ID!) { tickets(projectId: $p) { totalCount } }', { p: project.id }],
      ['query($p: ID!) { projectEvents(projectId: $p, since: 0) { seq } }', { p: project.id }],
      ['mutation($t: ID!) { updateTicket(id: $t, version: 1, input: { title: "x" }) { id } }', { t: ticket.id }],
      ['mutation($t: ID!, $c: ID!) { moveTicket(id: $t, columnId: $c) { id } }', { t: ticket.id, c: ticket.columnId }],
      ['mutation($t: ID!, $c: ID!) { moveTicket(id: $t, columnId: $c) { id } }', { t: open.id, c: ticket.columnId }],
      ['mutation($t: ID!, $c: ID!) { moveTicket(id: $t, columnId: $c, afterId: $t) { id } }', { t: ticket.id, c: open.columnId }],
      ['mutation($t: ID!) { deleteTicket(id: $t, version: 1) { id } }', { t: ticket.id }],
      ['mutation($t: ID!) { restoreTicket(id: $t) { id } }', { t: ticket.id }],
      ['mutation($t: ID!) { addComment(ticketId: $t, body: "hi") { id } }', { t: ticket.id }],
      ['mutation($c: ID!) { createTicket(input: { columnId: $c, title: "x", type: TASK }) { id } }', { c: ticket.columnId }],
      ['mutation($p: ID!) { createLabel(projectId: $p, name: "x", color: RED) { id } }', { p: project.id }],
      ['mutation($l: ID!) { updateLabel(id: $l, version: 1, input: { color: RED }) { id } }', { l: label }],
      ['mutation($l: ID!) { deleteLabel(id: $l, version: 1) }', { l: label }],
      ['mutation($p: ID!) { createBoard(projectId: $p, name: "x", kind: SCRUM) { id } }', { p: project.id }],
      ['mutation($b: ID!) { createColumn(boardId: $b, name: "x", category: TODO) { id } }', { b: project.boardId }],
      ['mutation($c: ID!) { updateColumn(id: $c, version: 1, input: { name: "x" }) { id } }', { c: ticket.columnId }],
      ['mutation($c: ID!) { deleteColumn(id: $c, version: 1) }', { c: ticket.columnId }],
      ['mutation($p: ID!) { updateProject(id: $p, version: 1, input: { name: "x" }) { id } }', { p: project.id }],
    ];
    for (const [query, variables] of attempts) expect({ query, codes: (await outsider.send(query, variables)).codes }).toEqual({ query, codes: ['NOT_FOUND'] });
    const stranger: Actor = { userId: (await someone(trainyard)).user.id, orgRole: 'MEMBER', teams: {}, scopes: null };
    expect(await trainyard.app.get(ProjectService).projectsByIds(stranger, [project.id, open.project.id])).toMatchObject([{ id: open.project.id }]);
    const mine = await buildTicket(trainyard);
    const { client: author } = await memberOf(trainyard, mine.project);
    const labelled = await author.send('mutation($t: ID!, $l: [ID!]) { updateTicket(id: $t, version: 1, input: { labelIds: $l }) { id } }', {
      t: mine.id,
      l: [label],
    });
    expect(labelled.codes).toEqual(['BAD_INPUT']);
  });

  it('lets viewers of the team read a private project and write nothing', async () => {
    const project = await buildProject(trainyard, { visibility: 'PRIVATE' });
    const ticket = await buildTicket(trainyard, { project });
    const { client } = await memberOf(trainyard, project, 'VIEWER');
    const { board } = await client.ask<BoardReply>(BOARD, { id: project.boardId, limit: 5 });
    expect(board?.columns[0]?.tickets.nodes.map(({ id }) => id)).toEqual([ticket.id]);
    for (const [query, variables] of [
      ['mutation($t: ID!) { updateTicket(id: $t, version: 1, input: { title: "x" }) { id } }', { t: ticket.id }],
      ['mutation($t: ID!, $c: ID!) { moveTicket(id: $t, columnId: $c) { id } }', { t: ticket.id, c: ticket.columnId }],
      ['mutation($t: ID!) { addComment(ticketId: $t, body: "hi") { id } }', { t: ticket.id }],
    ] as const) {
      expect((await client.send(query, variables)).codes).toEqual(['FORBIDDEN']);
    }
  });

  describe('columns', () => {
    let project: BuiltProject;
    let lead: Awaited<ReturnType<typeof memberOf>>['client'];
    const names = async (): Promise<string[]> =>
      (
        await lead.ask<{ board: { columns: { name: string }[] } }>('query($id: ID!) { board(id: $id) { columns { name } } }', { id: project.boardId })
      ).board.columns.map(({ name }) => name);
    beforeEach(async () => {
      project = await buildProject(trainyard);
      lead = (await memberOf(trainyard, project, 'LEAD')).client;
    });

    it('are made, renamed, limited and reordered by neighbour, against the version seen', async () => {
      await lead.ask('mutation($b: ID!, $a: ID) { createColumn(boardId: $b, name: "Spike", category: DOING, afterId: $a) { id } }', {
        b: project.boardId,
        a: project.columns[0],
      });
      await lead.ask('mutation($b: ID!) { createColumn(boardId: $b, name: "Archive", category: DONE) { id } }', { b: project.boardId });
      await lead.ask('mutation($b: ID!) { createColumn(boardId: $b, name: "Inbox", category: TODO, afterId: null) { id } }', { b: project.boardId });
      expect(await names()).toEqual(['Inbox', 'Backlog', 'Spike', 'To do', 'In progress', 'Review', 'Done', 'Archive']);
      const update = 'mutation($c: ID!, $v: Int!, $i: UpdateColumnInput!) { updateColumn(id: $c, version: $v, input: $i) { version name wipLimit wipPolicy } }';
      const [backlog, , doing] = project.columns;
      expect(await lead.ask(update, { c: doing, v: 1, i: { name: 'Doing', wipLimit: 3, wipPolicy: 'REFUSE', afterId: backlog } })).toEqual({
        updateColumn: { version: 2, name: 'Doing', wipLimit: 3, wipPolicy: 'REFUSE' },
      });
      expect(await names()).toEqual(['Inbox', 'Backlog', 'Doing', 'Spike', 'To do', 'Review', 'Done', 'Archive']);
      expect(await lead.ask(update, { c: doing, v: 2, i: { wipLimit: null, afterId: null } })).toMatchObject({ updateColumn: { version: 3, wipLimit: null } });
      expect((await names())[0]).toBe('Doing');
      expect((await lead.send(update, { c: doing, v: 2, i: { name: 'Late' } })).errors[0]?.extensions).toEqual({
        code: 'STALE_VERSION',
        params: { version: 3 },
      });
      expect((await lead.send(update, { c: doing, v: 3, i: { wipLimit: 0 } })).codes).toEqual(['BAD_INPUT']);
      const { client: member } = await memberOf(trainyard, project);
      expect((await member.send(update, { c: doing, v: 3, i: { name: 'Mine' } })).codes).toEqual(['FORBIDDEN']);
    });

    it('go only when empty and never the last; a deleted ticket of one comes back at the end of the first', async () => {
      const [first = '', second = ''] = project.columns;
      const { ids } = await buildTickets(trainyard, 2, { project, columns: [first] });
      const gone = await buildTicket(trainyard, { project, columnId: second });
      const drop = (id: string) => lead.send('mutation($c: ID!) { deleteColumn(id: $c, version: 1) }', { c: id });
      expect((await drop(second)).errors[0]?.extensions).toEqual({ code: 'COLUMN_NOT_EMPTY', params: { column: 'To do', count: 1 } });
      await lead.ask('mutation($t: ID!) { deleteTicket(id: $t, version: 1) { id } }', { t: gone.id });
      for (const column of project.columns.slice(1)) expect((await drop(column)).codes).toEqual([]);
      await lead.ask('mutation($t: ID!) { restoreTicket(id: $t) { id } }', { t: gone.id });
      expect((await cardsOf(trainyard, first)).map(({ id }) => id)).toEqual([...ids, gone.id]);
      await lead.ask('mutation($t: ID!) { deleteTicket(id: $t, version: 3) { id } }', { t: gone.id });
      for (const id of ids) await lead.ask('mutation($t: ID!) { deleteTicket(id: $t, version: 1) { id } }', { t: id });
      expect((await drop(first)).codes).toEqual(['LAST_COLUMN']);
    });
  });

  describe('projects', () => {
    it('are made by members of the owning team only, with a board and a log of their own, in their language', async () => {
      const team = await buildTeam(trainyard);
      const insider = await someone(trainyard);
      await buildMembership(trainyard, team.id, insider.user.id);
      await insider.client.ask('mutation { setLocale(locale: ZH) { locale } }');
      const create =
        'mutation($i: CreateProjectInput!) { createProject(input: $i) { id key seq team { id } boards { name kind columns { name wipLimit wipPolicy } } } }';
      const input = { key: 'vis', name: 'Vision', visibility: 'PRIVATE', teamId: team.id, boardKind: 'KANBAN' };
      const { client: stranger } = await someone(trainyard);
      expect((await stranger.send(create, { i: input })).codes).toEqual(['FORBIDDEN']);
      const made = await insider.client.ask(create, { i: input });
      expect(made).toMatchObject({ createProject: { key: 'VIS', seq: 7, team: { id: team.id }, boards: [{ name: 'Vision', kind: 'KANBAN' }] } });
      expect(JSON.stringify(made)).toContain('{"name":"评审","wipLimit":3,"wipPolicy":"REFUSE"}');
      expect((await insider.client.send(create, { i: input })).codes).toEqual(['PROJECT_KEY_TAKEN']);
      expect((await insider.client.send(create, { i: { ...input, key: '9x' } })).codes).toEqual(['PROJECT_KEY_INVALID']);
    });

    it('are given by a lead only to a team that they lead too', async () => {
      const project = await buildProject(trainyard);
      const { client, user } = await memberOf(trainyard, project, 'LEAD');
      const other = await buildTeam(trainyard);
      const give = () =>
        client.send('mutation($id: ID!, $to: ID!) { updateProject(id: $id, version: 1, input: { teamId: $to }) { team { id } } }', {
          id: project.id,
          to: other.id,
        });
      const membership = await buildMembership(trainyard, other.id, user.id);
      expect((await give()).codes).toEqual(['FORBIDDEN']);
      await trainyard.database.direct.query(`UPDATE membership SET team_role = 'LEAD' WHERE id = $1`, [membership]);
      expect((await give()).data).toEqual({ updateProject: { team: { id: other.id } } });
    });

    it('name who may be assigned: the team first; in a private one nobody else but administrators', async () => {
      const project = await buildProject(trainyard);
      const { client, user } = await memberOf(trainyard, project, 'LEAD');
      const admin = await someone(trainyard, 'ADMIN');
      const other = await someone(trainyard);
      const [gone, past, future] = [await someone(trainyard, 'ADMIN'), await memberOf(trainyard, project), await memberOf(trainyard, project)];
      await trainyard.database.direct.query('UPDATE app_user SET disabled = true WHERE id = $1', [gone.user.id]);
      await trainyard.database.direct.query('UPDATE membership SET to_date = CURRENT_DATE - 2 WHERE user_id = $1', [past.user.id]);
      await trainyard.database.direct.query('UPDATE membership SET from_date = CURRENT_DATE + 2 WHERE user_id = $1', [future.user.id]);
      const people = async (): Promise<string[]> =>
        (
          await client.ask<{ project: { people: { id: string }[] } }>('query($id: ID!) { project(id: $id) { people { id } } }', { id: project.id })
        ).project.people.map(({ id }) => id);
      const open = await people();
      expect(open[0]).toBe(user.id);
      expect(open).toContain(other.user.id);
      await client.ask('mutation($id: ID!) { updateProject(id: $id, version: 1, input: { visibility: PRIVATE }) { version } }', { id: project.id });
      const closed = await people();
      expect(closed[0]).toBe(user.id);
      expect(closed).toContain(admin.user.id);
      const outside = [other, gone, past, future].map(({ user: { id } }) => id);
      expect(closed.filter((id) => outside.includes(id))).toEqual([]);
      const ticket = await buildTicket(trainyard, { project });
      const assign = (id: string) =>
        client.send('mutation($t: ID!, $a: ID) { updateTicket(id: $t, version: 1, input: { assigneeId: $a }) { assignee { name } } }', { t: ticket.id, a: id });
      for (const id of outside) expect((await assign(id)).codes).toEqual(['BAD_INPUT']);
      expect((await assign(admin.user.id)).data).toEqual({ updateTicket: { assignee: { name: admin.user.name } } });
    });
  });
});

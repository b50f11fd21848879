import type { GraphqlClient } from '../../test/client.ts';
import { countingSql } from '../../test/count-sql.ts';
import { buildProject, buildTicket, buildTickets, memberOf, seqOf, type BuiltProject } from '../../test/factories/board.ts';
import { rows } from '../platform/sql/database.ts';
import { TestTrainyard } from '../../test/trainyard.ts';

const CHANGE =
  'mutation($changes: [TicketChangeInput!]!) { changeTickets(changes: $changes) { id outcome code params became ticket { sprintId columnId state } } }';
/** Behind a ticket, one after the other. */
const behind = (moving: readonly (string | undefined)[], after: string | null | undefined) =>
  moving.map((id, i) => ({ id, backlog: { afterId: moving[i - 1] ?? after } }));
const LIST = 'query($p: ID!) { tickets(projectId: $p, query: "sort:backlog", first: 100) { nodes { id } } }';

interface Changed {
  id: string;
  outcome: string;
  code: string | null;
  params: Record<string, unknown> | null;
  became: Record<string, { from: unknown; to: unknown }>;
  ticket: { sprintId: string | null; columnId: string | null; state: string } | null;
}

describe('the order of a backlog', () => {
  let trainyard: TestTrainyard;
  let project: BuiltProject;
  let client: GraphqlClient;

  beforeAll(async () => {
    trainyard = await TestTrainyard.start();
  });
  afterAll(() => trainyard.stop());
  let ids: string[];
  beforeEach(async () => {
    project = await buildProject(trainyard);
    ({ client } = await memberOf(trainyard, project));
    ids = [];
    for (let i = 0; i < 6; i++) ids.push(await make(`Work ${i}`));
  });
  const make = async (title: string): Promise<string> =>
    (
      await client.ask<{ createTicket: { id: string } }>('mutation($i: CreateTicketInput!) { createTicket(input: $i) { id } }', {
        i: { projectId: project.id, title, type: 'TASK' },
      })
    ).createTicket.id;
  const rank = (moving: readonly number[], after: number | null) =>
    client.send<{ changeTickets: Changed[] }>(CHANGE, {
      changes: behind(
        moving.map((i) => ids[i]),
        after === null ? null : ids[after],
      ),
    });
  const order = async (): Promise<number[]> =>
    (await client.ask<{ tickets: { nodes: { id: string }[] } }>(LIST, { p: project.id })).tickets.nodes.map(({ id }) => ids.indexOf(id));

  it('begins as they were made, and changes by neighbours, several at once and in their order', async () => {
    expect(await order()).toEqual([0, 1, 2, 3, 4, 5]);
    await rank([4, 1], null);
    expect(await order()).toEqual([4, 1, 0, 2, 3, 5]);
    await rank([0], 5);
    expect(await order()).toEqual([4, 1, 2, 3, 5, 0]);
    await rank([2, 3], 4);
    expect(await order()).toEqual([4, 2, 3, 1, 5, 0]);
    ids.push(await make('The newest comes last'));
    expect(await order()).toEqual([4, 2, 3, 1, 5, 0, 6]);
  });

  it('is as it was when each goes back behind its own, whichever they were', async () => {
    const since = await seqOf(trainyard, project.id);
    await rank([5, 1, 3], null);
    expect(await order()).toEqual([5, 1, 3, 0, 2, 4]);
    const back = await client.send(CHANGE, { changes: [1, 3, 5].map((i) => ({ id: ids[i], backlog: { afterId: ids[i - 1] } })) });
    expect(back.codes).toEqual([]);
    expect(await order()).toEqual([0, 1, 2, 3, 4, 5]);
    const told = await rows<{ changes: object }>(trainyard.database.direct, 'SELECT changes FROM activity WHERE scope = $1 AND seq > $2', [project.id, since]);
    expect(told.map(({ changes }) => Object.keys(changes).join())).toEqual(Array.from({ length: 6 }, () => 'backlogRank'));
  });

  it('is told in groups with what they come to: a part of a part is of the epic', async () => {
    const [epic, story, task] = ids as [string, string, string];
    const set = (id: string, i: object): Promise<unknown> =>
      client.ask('mutation($id: ID!, $i: UpdateTicketInput!) { updateTicket(id: $id, version: 1, input: $i) { id } }', { id, i });
    await set(epic, { type: 'EPIC' });
    await set(story, { type: 'STORY', parentId: epic, points: 5, deviceHours: 2.5 });
    await set(task, { type: 'SUBTASK', parentId: story });
    const groups = async (by: string, query: string): Promise<unknown> =>
      (
        await client.ask<{ project: { backlogGroups: object[] } }>(
          'query($id: ID!, $by: BacklogGroup!, $q: String) { project(id: $id) { backlogGroups(by: $by, query: $q) { key ticketKey tickets points unestimated deviceHours } } }',
          { id: project.id, by, q: query },
        )
      ).project.backlogGroups;
    // of the story and its part the part speaks, which has no estimate
    expect(await groups('EPIC', '-type:epic')).toEqual([
      { key: epic, ticketKey: expect.stringMatching(/-1$/), tickets: 2, points: 0, unestimated: 1, deviceHours: 0 },
      { key: null, ticketKey: null, tickets: 3, points: 0, unestimated: 3, deviceHours: 0 },
    ]);
    expect(await groups('ASSIGNEE', 'points:>1')).toEqual([{ key: null, ticketKey: null, tickets: 1, points: 5, unestimated: 0, deviceHours: 2.5 }]);
    expect(await groups('SPRINT', '')).toMatchObject([{ key: null, tickets: 6 }]);
    const found = async (q: string): Promise<number[]> =>
      (
        await client.ask<{ tickets: { nodes: { id: string }[] } }>(
          'query($p: ID!, $q: String) { tickets(projectId: $p, query: $q, first: 100) { nodes { id } } }',
          { p: project.id, q },
        )
      ).tickets.nodes.map(({ id }) => ids.indexOf(id));
    expect(await found(`epic:${project.key}-1 sort:key`)).toEqual([0, 1, 2]);
    expect(await found('epic:none sort:key')).toEqual([3, 4, 5]);
  });

  it('comes to the points of leaves, as the sums of a sprint do', async () => {
    const [epic, story, part, other] = ids as [string, string, string, string];
    const set = (id: string, version: number, i: object): Promise<unknown> =>
      client.ask('mutation($id: ID!, $v: Int!, $i: UpdateTicketInput!) { updateTicket(id: $id, version: $v, input: $i) { id } }', { id, v: version, i });
    await set(epic, 1, { type: 'EPIC', points: 40, deviceHours: 100 });
    await set(story, 1, { type: 'STORY', parentId: epic, points: 8, deviceHours: 10 });
    await set(part, 1, { type: 'SUBTASK', parentId: story, points: 3, deviceHours: 4 });
    await set(other, 1, { type: 'STORY', parentId: epic, points: 5 });
    const sums = async (by: string, query = 'is:unfinished'): Promise<unknown[]> =>
      (
        await client.ask<{ project: { backlogGroups: { key: string | null; tickets: number; points: number; unestimated: number; deviceHours: number }[] } }>(
          'query($id: ID!, $by: BacklogGroup!, $q: String) { project(id: $id) { backlogGroups(by: $by, query: $q) { key tickets points unestimated deviceHours } } }',
          { id: project.id, by, q: query },
        )
      ).project.backlogGroups.map(({ key, tickets, points, unestimated, deviceHours }) => [key, tickets, points, unestimated, deviceHours]);
    expect(await sums('EPIC')).toEqual([
      [epic, 4, 8, 0, 4],
      [null, 2, 0, 2, 0],
    ]);
    // what is asked for alone: the story has no part among it
    expect(await sums('EPIC', 'type:story')).toEqual([[epic, 2, 13, 0, 10]]);
    // whoever has the story has none of the points that its part speaks for
    const { user } = await memberOf(trainyard, project);
    await set(story, 2, { assigneeId: user.id });
    expect(await sums('ASSIGNEE')).toEqual([
      [user.id, 1, 0, 0, 0],
      [null, 5, 8, 2, 4],
    ]);
    await set(story, 3, { assigneeId: null });
    // each sprint counts for itself, and as its own sums do
    const { createSprint } = await client.ask<{ createSprint: { id: string } }>('mutation($i: CreateSprintInput!) { createSprint(input: $i) { id } }', {
      i: { boardId: project.boardId, name: 'Sprint', startsOn: '2026-11-30', endsOn: '2026-12-11' },
    });
    const bySprint = async (): Promise<void> => {
      const totals = await client.ask<{ sprint: { totals: object } }>('query($id: ID!) { sprint(id: $id) { totals { tickets points unestimated } } }', {
        id: createSprint.id,
      });
      const [of] = (await sums('SPRINT', '')) as [string, number, number, number][];
      expect({ tickets: of![1], points: of![2], unestimated: of![3] }).toEqual(totals.sprint.totals);
    };
    const plan = (planned: string[]): Promise<unknown> =>
      client.ask('mutation($ids: [ID!]!, $s: ID) { planTickets(ids: $ids, sprintId: $s) { id } }', { ids: planned, s: createSprint.id });
    await plan([story]);
    expect((await sums('SPRINT'))[0]).toEqual([createSprint.id, 1, 8, 0, 10]);
    await bySprint();
    await plan([part]);
    expect((await sums('SPRINT'))[0]).toEqual([createSprint.id, 2, 3, 0, 4]);
    await bySprint();
    // a part that is given up speaks for nobody
    await client.ask('mutation($id: ID!) { setTicketState(id: $id, state: DONE, resolution: CANCELLED) { id } }', { id: part });
    expect((await sums('SPRINT', 'is:unfinished'))[0]).toEqual([createSprint.id, 1, 8, 0, 10]);
    expect((await sums('SPRINT', ''))[0]).toEqual([createSprint.id, 2, 8, 0, 10]);
  });

  it('is read in windows, each with how many there are in all', async () => {
    const window = async (offset: number, first: number, query: string, by = client): Promise<unknown> => {
      const { project: found } = await by.ask<{ project: { backlogWindow: { total: number; nodes: { id: string }[] } } | null }>(
        'query($id: ID!, $o: Int!, $f: Int!, $q: String) { project(id: $id) { backlogWindow(offset: $o, first: $f, query: $q) { total nodes { id key updatedAt } } } }',
        { id: project.id, o: offset, f: first, q: query },
      );
      return found && [found.backlogWindow.total, found.backlogWindow.nodes.map(({ id }) => ids.indexOf(id))];
    };
    await rank([5, 1], null);
    expect(await window(0, 3, '')).toEqual([6, [5, 1, 0]]);
    expect(await window(3, 100, '')).toEqual([6, [2, 3, 4]]);
    expect(await window(9, 100, 'sprint:none')).toEqual([6, []]);
    expect(await window(1, 2, 'title:"Work 3" sort:key')).toEqual([1, []]);
    for (const [offset, first] of [
      [-1, 10],
      [0, 0],
      [0, 201],
    ] as const)
      await expect(window(offset, first, '')).rejects.toThrow('BAD_INPUT');
  });

  it('is not counted over and over for one answer', async () => {
    const windows = Array.from({ length: 200 }, (_, i) => `w${i}: backlogWindow(first: 1) { total }`).join(' ');
    await expect(client.ask(`query($id: ID!) { project(id: $id) { ${windows} } }`, { id: project.id })).rejects.toThrow('QUERY_TOO_COMPLEX');
  });

  it('is read on behind a ticket that is known, and counted where that is asked alone', async () => {
    const window = async (more: string, afterId: string | null | undefined = null): Promise<{ total?: number; nodes: number[] }> => {
      const { project: found } = await client.ask<{ project: { backlogWindow: { total?: number; nodes: { id: string }[] } } }>(
        `query($id: ID!, $after: ID) { project(id: $id) { backlogWindow(offset: 2, first: 2, afterId: $after, query: "-title:nothing") { ${more} nodes { id } } } }`,
        { id: project.id, after: afterId },
      );
      return { ...found.backlogWindow, nodes: found.backlogWindow.nodes.map(({ id }) => ids.indexOf(id)) };
    };
    const counting = countingSql(trainyard);
    expect(await window('', ids[3])).toEqual({ nodes: [4, 5] });
    expect(await window('')).toEqual({ nodes: [2, 3] });
    counting.stop();
    expect(counting.statements.filter((sql) => sql.includes('count(*)'))).toEqual([]);
    expect(await window('total', ids[1])).toEqual({ total: 6, nodes: [2, 3] });
    await client.ask('mutation($id: ID!) { deleteTicket(id: $id, version: 1) { id } }', { id: ids[3] });
    await expect(window('', ids[3])).rejects.toThrow('NEIGHBOUR_GONE');
    const hidden = await buildTicket(trainyard, { project: await buildProject(trainyard, { visibility: 'PRIVATE' }) });
    await expect(window('', hidden.id)).rejects.toThrow('NEIGHBOUR_GONE');
  });

  it('costs what its window is: it is read in the order of an index, and nothing is sorted', async () => {
    const { direct } = trainyard.database;
    await buildTickets(trainyard, 3_000, { project, columns: [project.columns[0]!] });
    await direct.query('ANALYZE ticket');
    const counting = countingSql(trainyard);
    await client.ask('query($id: ID!) { project(id: $id) { backlogWindow(offset: 100, first: 50, query: "sprint:none is:unfinished") { nodes { id } } } }', {
      id: project.id,
    });
    counting.stop();
    const asked = counting.statements.find((sql) => sql.includes('ORDER BY t.backlog_rank, t.id'))!;
    const plan = JSON.stringify(await rows(direct, `EXPLAIN (GENERIC_PLAN, FORMAT JSON) ${asked.replace(/OFFSET .*$/s, 'OFFSET 100 LIMIT 50')}`));
    expect(plan).not.toContain('"Sort"');
    expect(plan).toContain('ticket_backlog');
  });

  it('has room between two however often it is asked for', async () => {
    for (let i = 0; i < 260; i++) expect((await rank([i % 2 === 0 ? 1 : 2], 0)).codes).toEqual([]);
    expect(await order()).toEqual([0, 2, 1, 3, 4, 5]);
  });

  it('is decided by one at a time, so that two at once lose nothing', async () => {
    const both = await Promise.all([rank([5], null), rank([4], null), rank([3], 0)]);
    expect(both.flatMap(({ codes }) => codes)).toEqual([]);
    expect((await order()).toSorted()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('refuses a neighbour that is gone or moves itself, nothing, too many, and a ticket of elsewhere', async () => {
    await client.ask('mutation($id: ID!) { deleteTicket(id: $id, version: 1) { id } }', { id: ids[2] });
    expect((await rank([1], 2)).codes).toEqual(['NEIGHBOUR_GONE']);
    expect((await rank([1], 1)).codes).toEqual(['NEIGHBOUR_GONE']);
    expect((await rank([], null)).codes).toEqual(['BAD_INPUT']);
    expect((await rank([2], null)).codes).toEqual(['NOT_FOUND']);
    const secret = await buildProject(trainyard, { visibility: 'PRIVATE' });
    const hidden = (
      await (
        await memberOf(trainyard, secret)
      ).client.ask<{ createTicket: { id: string } }>('mutation($i: CreateTicketInput!) { createTicket(input: $i) { id } }', {
        i: { projectId: secret.id, title: 'Hidden', type: 'TASK' },
      })
    ).createTicket.id;
    expect((await client.send(CHANGE, { changes: behind([hidden], null) })).codes).toEqual(['NOT_FOUND']);
    const both = await client.ask<{ changeTickets: Changed[] }>(CHANGE, { changes: behind([hidden, ids[0]], null) });
    expect(both.changeTickets.map(({ code, outcome, ticket }) => [code ?? outcome, ticket === null])).toEqual([
      ['NOT_FOUND', true],
      ['UNCHANGED', false],
    ]);
    expect((await client.send(CHANGE, { changes: [{ id: ids[0], backlog: { rank: 'no rank' } }] })).data).toMatchObject({
      changeTickets: [{ code: 'BAD_INPUT', params: { field: 'rank' } }],
    });
  });
});

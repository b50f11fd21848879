import type { GraphqlClient } from '../../test/client.ts';
import { buildProject, buildTickets, cardsOf, memberOf, seqOf, type BuiltProject } from '../../test/factories/board.ts';
import { someone } from '../../test/factories/people.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { rows } from '../platform/sql/database.ts';

const OFFER = 'query($id: ID!) { board(id: $id) { backlogColumn { id name version cards ofSprint nextName } columns { id name } } }';
const RETIRE = 'mutation($id: ID!, $v: Int!) { retireBacklogColumn(id: $id, version: $v) }';
const KEEP = 'mutation($id: ID!) { keepBacklogColumn(boardId: $id) }';
interface Offer {
  id: string;
  name: string;
  version: number;
  cards: number;
  ofSprint: number;
  nextName: string;
}

describe('the column "Backlog" of a Scrum board', () => {
  let trainyard: TestTrainyard;
  let project: BuiltProject;
  let client: GraphqlClient;

  beforeAll(async () => {
    trainyard = await TestTrainyard.start();
  });
  afterAll(() => trainyard.stop());
  beforeEach(async () => {
    project = await buildProject(trainyard, { kind: 'SCRUM' });
    ({ client } = await memberOf(trainyard, project, 'LEAD'));
  });

  const offer = async (): Promise<Offer | null> =>
    (await client.ask<{ board: { backlogColumn: Offer | null } }>(OFFER, { id: project.boardId })).board.backlogColumn;
  /** A sprint that runs with these tickets; what is on the board beside them stays. */
  const start = async (ids: readonly string[]): Promise<void> => {
    const { createSprint } = await client.ask<{ createSprint: { id: string } }>('mutation($i: CreateSprintInput!) { createSprint(input: $i) { id } }', {
      i: { boardId: project.boardId, name: 'Sprint 1', startsOn: '2026-11-30', endsOn: '2026-12-11' },
    });
    await client.ask('mutation($ids: [ID!]!, $s: ID) { planTickets(ids: $ids, sprintId: $s) { id } }', { ids, s: createSprint.id });
    await client.ask('mutation($id: ID!) { startSprint(id: $id, version: 1, others: LEAVE) { id } }', { id: createSprint.id });
  };
  const waiting = async (): Promise<string[]> =>
    (
      await client.ask<{ tickets: { nodes: { id: string }[] } }>(
        'query($p: ID!) { tickets(projectId: $p, query: "is:backlog sort:backlog", first: 100) { nodes { id } } }',
        {
          p: project.id,
        },
      )
    ).tickets.nodes.map(({ id }) => id);
  const lying = async (at: number): Promise<string[]> => (await cardsOf(trainyard, project.columns[at]!)).map(({ id }) => id);

  it('is offered for removal once a sprint has started, and its cards go to the top of the backlog in their order', async () => {
    expect(await offer()).toBeNull();
    const { ids } = await buildTickets(trainyard, 6, { project, columns: [project.columns[0]!] });
    const [a, b, c, d, e, f] = ids as [string, string, string, string, string, string];
    await start([a, b]);
    // starting a sprint sends away what is in none: some are put back, in another order than that of the backlog
    const put = [e, c].map((id, i) => ({ id, place: { columnId: project.columns[0], afterId: i === 0 ? b : e } }));
    await client.ask('mutation($c: [TicketChangeInput!]!) { changeTickets(changes: $c) { id } }', { c: put });
    await trainyard.database.direct.query('UPDATE ticket SET sprint_id = NULL WHERE id = ANY ($1::uuid[])', [[c, e]]);
    expect(await offer()).toEqual({ id: project.columns[0], name: 'Backlog', version: 1, cards: 4, ofSprint: 2, nextName: 'To do' });

    const since = await seqOf(trainyard, project.id);
    await client.ask(RETIRE, { id: project.columns[0], v: 1 });
    expect(await waiting()).toEqual([e, c, d, f]);
    expect(await lying(1)).toEqual([a, b]);
    const { board } = await client.ask<{ board: { columns: { id: string }[]; backlogColumn: unknown } }>(OFFER, { id: project.boardId });
    expect([board.columns.map(({ id }) => id), board.backlogColumn]).toEqual([project.columns.slice(1), null]);
    const told = await rows<{ action: string; id: string; changes: Record<string, { from: unknown; to: unknown }> }>(
      trainyard.database.direct,
      'SELECT action, entity_id AS id, changes FROM activity WHERE scope = $1 AND seq > $2 ORDER BY seq',
      [project.id, since],
    );
    expect(told.map(({ action, id }) => [action, id]).toSorted()).toEqual(
      [...[a, b, c, e].map((id) => ['MOVED', id]), ['DELETED', project.columns[0]]].toSorted() as string[][],
    );
    expect(told.find(({ id }) => id === e)?.changes).toMatchObject({
      columnId: { from: project.columns[0], to: null },
      backlogRank: { to: expect.any(String) },
    });
  });

  it('stays where somebody says so, for good, and where it is called otherwise', async () => {
    const [only] = (await buildTickets(trainyard, 1, { project, columns: [project.columns[0]!] })).ids;
    await start([only!]);
    await trainyard.database.direct.query("UPDATE board_column SET name = 'Someday' WHERE id = $1", [project.columns[0]]);
    expect(await offer()).toBeNull();
    await trainyard.database.direct.query("UPDATE board_column SET name = '待办列表' WHERE id = $1", [project.columns[0]]);
    expect(await offer()).toMatchObject({ cards: 1 });
    const since = await seqOf(trainyard, project.id);
    for (let i = 0; i < 2; i++) await client.ask(KEEP, { id: project.boardId });
    expect([await offer(), await seqOf(trainyard, project.id)]).toEqual([null, since + 1]);
    expect((await client.send(RETIRE, { id: project.columns[0], v: 1 })).codes).toEqual(['CONFLICT']);
    expect(await lying(0)).toEqual([only]);
  });

  it('is removed by who manages boards, from the version they saw', async () => {
    await start((await buildTickets(trainyard, 1, { project, columns: [project.columns[0]!] })).ids);
    const stranger = (await someone(trainyard, 'MEMBER')).client;
    for (const [document, variables] of [
      [RETIRE, { id: project.columns[0], v: 1 }],
      [KEEP, { id: project.boardId }],
    ] as const)
      expect((await stranger.send(document, variables)).codes).toEqual(['FORBIDDEN']);
    expect((await client.send(RETIRE, { id: project.columns[0], v: 2 })).codes).toEqual(['STALE_VERSION']);
    expect((await client.send(RETIRE, { id: project.columns[1], v: 1 })).codes).toEqual(['CONFLICT']);
    const both = await Promise.all([client.send(RETIRE, { id: project.columns[0], v: 1 }), client.send(RETIRE, { id: project.columns[0], v: 1 })]);
    expect(both.flatMap(({ codes }) => codes)).toEqual(['NOT_FOUND']);
  });
});

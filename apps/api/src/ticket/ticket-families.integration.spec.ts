import { TestBoard } from '../../test/board.ts';
import { buildProject, buildTicket } from '../../test/factories/board.ts';
import { row, rows } from '../platform/sql/database.ts';

const KIN = 'id key version type parentId';
const CREATE = `mutation ($i: CreateTicketInput!) { createTicket(input: $i) { ${KIN} } }`;
const UPDATE = `mutation ($id: ID!, $v: Int!, $i: UpdateTicketInput!) { updateTicket(id: $id, version: $v, input: $i) { ${KIN} } }`;
const CHANGE = `mutation ($c: [TicketChangeInput!]!) { changeTickets(changes: $c) { code ticket { ${KIN} } } }`;
const DELETE = 'mutation ($id: ID!, $v: Int!) { deleteTicket(id: $id, version: $v) { id } }';
const RESTORE = 'mutation ($id: ID!) { restoreTicket(id: $id) { id } }';
const FAMILY = `query ($id: ID!) { ticket(id: $id) { parent { key } progress { children done points pointsDone dropped }
  children(first: 50) { totalCount nodes { key } } activity(first: 5) { nodes { changes names } } } }`;

interface Member {
  id: string;
  key: string;
  version: number;
  type: string;
  parentId: string | null;
}
interface Family {
  parent: { key: string } | null;
  progress: object;
  children: { totalCount: number; nodes: { key: string }[] };
  activity: { nodes: { changes: object; names: object }[] };
}

const board = TestBoard.ofFile('LEAD');
const make = async (type: string, parent?: Member, more: object = {}): Promise<Member> =>
  (await board.client.ask<{ createTicket: Member }>(CREATE, { i: { projectId: board.project.id, type, title: type, parentId: parent?.id ?? null, ...more } }))
    .createTicket;
const update = async ({ id, version }: Member, i: object): Promise<Member> =>
  (await board.client.ask<{ updateTicket: Member }>(UPDATE, { id, v: version, i })).updateTicket;
const refusal = async (document: string, variables: object): Promise<{ code: string; params: object }> => {
  const { code, params } = (await board.client.send(document, variables as never)).errors?.[0]?.extensions as { code: string; params: object };
  return { code, params };
};
const refused = ({ id, version }: Member, i: object): Promise<{ code: string; params: object }> => refusal(UPDATE, { id, v: version, i });
const family = async ({ id }: { id: string }): Promise<Family> => (await board.client.ask<{ ticket: Family }>(FAMILY, { id })).ticket;
const parentOf = async ({ id }: { id: string }): Promise<string | null> =>
  (await row<{ parent: string | null }>(board.trainyard.database.direct, 'SELECT parent_id AS parent FROM ticket WHERE id = $1', [id]))!.parent;
const parentLog = async ({ id }: { id: string }): Promise<unknown[]> =>
  (
    await rows<{ change: unknown }>(
      board.trainyard.database.direct,
      `SELECT changes -> 'parentId' AS change FROM activity WHERE ticket_id = $1 AND changes ? 'parentId' ORDER BY seq`,
      [id],
    )
  ).map(({ change }) => change);

describe('parents and children', () => {
  it('are told on both, and in the history by key', async () => {
    const epic = await make('EPIC');
    const story = await make('STORY', epic);
    const bug = await update(await make('BUG'), { parentId: epic.id });
    const part = await make('SUBTASK', story);
    expect((await family(epic)).children).toEqual({ totalCount: 2, nodes: [{ key: story.key }, { key: bug.key }] });
    expect((await family(part)).parent).toEqual({ key: story.key });
    expect((await family(bug)).activity.nodes[0]).toMatchObject({ changes: { parentId: { from: null, to: epic.id } }, names: { [epic.id]: epic.key } });
    const list = await board.client.ask<{ tickets: { nodes: { key: string }[] } }>(
      'query ($p: ID, $q: String) { tickets(projectId: $p, query: $q, first: 9) { nodes { key } } }',
      { p: board.project.id, q: `parent:${epic.key}` },
    );
    expect(list.tickets.nodes).toEqual([{ key: story.key }, { key: bug.key }]);
  });

  it('are of one project and one level apart', async () => {
    const [epic, story, part] = [await make('EPIC'), await make('STORY'), await make('SUBTASK')];
    expect(await refused(story, { parentId: part.id })).toEqual({ code: 'PARENT_KIND', params: { child: story.key, parent: part.key } });
    expect(await refused(part, { parentId: epic.id })).toMatchObject({ code: 'PARENT_KIND' });
    expect(await refused(epic, { parentId: story.id })).toMatchObject({ code: 'PARENT_KIND' });
    expect(await refused(story, { parentId: story.id })).toEqual({ code: 'PARENT_CYCLE', params: { cycle: `${story.key} › ${story.key}` } });
    const elsewhere = await buildTicket(board.trainyard, { project: await buildProject(board.trainyard, { teamId: board.project.teamId }) });
    await board.trainyard.database.direct.query(`UPDATE ticket SET type = 'EPIC' WHERE id = $1`, [elsewhere.id]);
    expect(await refused(story, { parentId: elsewhere.id })).toEqual({ code: 'BAD_INPUT', params: { field: 'parentId', reason: 'UNKNOWN' } });
    expect(await refusal(CREATE, { i: { projectId: board.project.id, type: 'STORY', title: 'x', parentId: elsewhere.id } })).toMatchObject({
      code: 'BAD_INPUT',
    });
  });

  it('keep their kinds while they belong together, and change them together', async () => {
    const epic = await make('EPIC');
    const story = await make('STORY', epic);
    const part = await make('SUBTASK', story);
    expect(await refused(story, { type: 'SUBTASK' })).toMatchObject({ code: 'PARENT_KIND' });
    expect(await refused(epic, { type: 'TASK' })).toEqual({ code: 'PARENT_KIND', params: { child: story.key, parent: epic.key, reason: 'CHILDREN' } });
    expect(await refused(story, { type: 'EPIC', parentId: null })).toEqual({
      code: 'PARENT_KIND',
      params: { child: part.key, parent: story.key, reason: 'CHILDREN' },
    });
    expect(await update(story, { type: 'TASK' })).toMatchObject({ type: 'TASK', parentId: epic.id });
    const together = [
      { id: epic.id, version: epic.version, values: { type: 'STORY' } },
      { id: story.id, version: story.version + 1, values: { type: 'SUBTASK' } },
    ];
    // the part would belong to a sub-task: its parent stays a task, and so the epic an epic
    const { changeTickets: tried } = await board.client.ask<{ changeTickets: { code: string | null }[] }>(CHANGE, { c: together });
    expect(tried.map(({ code }) => code)).toEqual(['PARENT_KIND', 'PARENT_KIND']);
    const alone = [...together, { id: part.id, version: part.version, values: { parentId: null } }];
    await board.client.ask(CHANGE, { c: alone });
    expect([await parentOf(story), await parentOf(part)]).toEqual([epic.id, null]);
  });

  it('stay right when two changes race: a parent that becomes of another kind while it gets a child', async () => {
    for (let round = 0; round < 6; round++) {
      const [epic, story] = [await make('EPIC'), await make('STORY')];
      const answers = await Promise.all([
        board.client.send(UPDATE, { id: story.id, v: story.version, i: { parentId: epic.id } }),
        board.client.send(UPDATE, { id: epic.id, v: epic.version, i: { type: 'STORY' } }),
      ]);
      expect(answers.map(({ errors }) => errors?.[0]?.extensions?.['code'] ?? 'DONE').toSorted()).toEqual(['DONE', 'PARENT_KIND']);
    }
  });

  it('lose a parent that is deleted, each with its entry, and have it back when that comes back', async () => {
    const epic = await make('EPIC');
    const [one, two, three, gone] = [await make('STORY', epic), await make('TASK', epic), await make('BUG', epic), await make('SPIKE', epic)];
    await board.client.ask(DELETE, { id: gone.id, v: gone.version });
    await board.client.ask(DELETE, { id: epic.id, v: epic.version });
    const lost = { from: epic.id, to: null };
    for (const child of [one, two, three, gone]) expect([await parentOf(child), (await parentLog(child)).at(-1)]).toEqual([null, lost]);
    expect((await family(one)).parent).toBeNull();
    // whoever decides anew is not overruled
    const other = await make('EPIC');
    await update(two, { parentId: other.id });
    await update(three, { type: 'SUBTASK' });
    await board.client.ask(RESTORE, { id: epic.id });
    expect(await Promise.all([one, two, three, gone].map(parentOf))).toEqual([epic.id, other.id, null, epic.id]);
    expect((await parentLog(one)).at(-1)).toEqual({ from: null, to: epic.id });
    expect(await refused(one, { parentId: gone.id })).toMatchObject({ code: 'BAD_INPUT', params: { field: 'parentId' } });
  });

  it('lose it in a change of many, too, which one change of many takes back', async () => {
    const epic = await make('EPIC');
    const [kept, taken] = [await make('STORY', epic), await make('STORY', epic)];
    await board.client.ask(CHANGE, { c: [epic, taken].map(({ id, version }) => ({ id, version, deleted: true })) });
    expect(await Promise.all([kept, taken].map(parentOf))).toEqual([null, null]);
    await board.client.ask(CHANGE, { c: [taken, epic].map(({ id }) => ({ id, deleted: false })) });
    expect(await Promise.all([kept, taken].map(parentOf))).toEqual([epic.id, epic.id]);
  });

  it('say how far the parent is, without those that were dropped', async () => {
    const epic = await make('EPIC');
    const children = await Promise.all([3, 5, null, 8].map((points) => make('STORY', epic, { points })));
    const end = 'mutation ($id: ID!, $r: Resolution) { setTicketState(id: $id, state: DONE, resolution: $r) { id } }';
    await board.client.ask(end, { id: children[0]!.id, r: 'DONE' });
    await board.client.ask(end, { id: children[3]!.id, r: 'CANCELLED' });
    expect((await family(epic)).progress).toEqual({ children: 3, done: 1, points: 8, pointsDone: 3, dropped: 1 });
    expect((await family(children[0]!)).progress).toEqual({ children: 0, done: 0, points: 0, pointsDone: 0, dropped: 0 });
  });
});

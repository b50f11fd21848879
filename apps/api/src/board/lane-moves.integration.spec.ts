import type { GraphqlClient } from '../../test/client.ts';
import { buildLabel, buildProject, buildTickets, cardsOf, memberOf, seqOf, type BuiltProject } from '../../test/factories/board.ts';
import { someone, type BuiltUser } from '../../test/factories/people.ts';
import { TestTrainyard } from '../../test/trainyard.ts';

const MOVE = `mutation($id: ID!, $c: ID!, $a: ID, $r: String, $into: LaneInput) {
  moveTicket(id: $id, columnId: $c, afterId: $a, rank: $r, into: $into) { columnId version stage labelIds assignee { id name } } }`;
const LOG = 'query($p: ID!, $s: Int!) { projectEvents(projectId: $p, since: $s) { activities { action changes } } }';
const TICKET = 'query($id: ID!) { ticket(id: $id) { columnId version stage labelIds assignee { id name } } }';

interface Moved {
  columnId: string;
  version: number;
  stage: string | null;
  labelIds: string[];
  assignee: { id: string; name: string } | null;
}

describe('moving cards between lanes, and back', () => {
  let trainyard: TestTrainyard;
  let project: BuiltProject;
  let client: GraphqlClient;
  let ada: BuiltUser;
  let ids: string[];
  let todo: string;
  let doing: string;

  beforeAll(async () => {
    trainyard = await TestTrainyard.start();
  });
  afterAll(() => trainyard.stop());
  beforeEach(async () => {
    project = await buildProject(trainyard, { visibility: 'PRIVATE' });
    ({ client, user: ada } = await memberOf(trainyard, project));
    [todo, doing] = project.columns as [string, string];
    ({ ids } = await buildTickets(trainyard, 4, { project, columns: [todo] }));
  });
  const move = (variables: Record<string, unknown>, by = client) => by.send<{ moveTicket: Moved }>(MOVE, { id: ids[1], c: doing, ...variables });
  const order = async (columnId: string): Promise<string[]> => (await cardsOf(trainyard, columnId)).map(({ id }) => id);

  it('changes what the lane stands for together with the column, and says both to the log', async () => {
    const since = await seqOf(trainyard, project.id);
    const { data } = await move({ into: { by: 'ASSIGNEE', lane: ada.id } });
    expect(data?.moveTicket).toEqual({ columnId: doing, version: 2, stage: null, labelIds: [], assignee: { id: ada.id, name: ada.name } });
    const log = await client.ask<{ projectEvents: { activities: { action: string; changes: object }[] } }>(LOG, { p: project.id, s: since });
    expect(log.projectEvents.activities.map(({ action, changes }) => [action, Object.keys(changes).toSorted()])).toEqual([
      ['UPDATED', ['assigneeId']],
      ['MOVED', expect.arrayContaining(['columnId', 'rank'])],
    ]);
    expect((await client.ask<{ ticket: Moved }>(TICKET, { id: ids[1] })).ticket).toEqual(data?.moveTicket);
  });

  it('puts another label in place of the first, gives a stage, and takes both away', async () => {
    const [gpu, data] = [await buildLabel(trainyard, project.id, 'gpu'), await buildLabel(trainyard, project.id, 'data')];
    await move({ into: { by: 'LABEL', lane: gpu } });
    expect((await move({ into: { by: 'LABEL', lane: data } })).data?.moveTicket).toMatchObject({ labelIds: [data], version: 3 });
    expect((await move({ into: { by: 'STAGE', lane: 'TRAINING' } })).data?.moveTicket).toMatchObject({ stage: 'TRAINING', labelIds: [data], version: 4 });
    expect((await move({ into: { by: 'STAGE', lane: null } })).data?.moveTicket).toMatchObject({ stage: null });
    expect((await move({ into: { by: 'LABEL', lane: null } })).data?.moveTicket).toMatchObject({ labelIds: [], version: 6 });
  });

  it('gives back all labels that leaving a lane took away, and takes none that are not of the lane', async () => {
    const [gpu, data] = [await buildLabel(trainyard, project.id, 'gpu'), await buildLabel(trainyard, project.id, 'data')];
    await trainyard.database.direct.query('UPDATE ticket SET label_ids = $1 WHERE id = $2', [[gpu, data], ids[1]]);
    const [, before] = await cardsOf(trainyard, todo);
    expect((await move({ into: { by: 'LABEL', lane: null } })).data?.moveTicket.labelIds).toEqual([]);
    const back = await move({ c: todo, r: before?.rank, into: { by: 'LABEL', lane: gpu, labelIds: [gpu, data] } });
    expect(back.data?.moveTicket).toMatchObject({ columnId: todo, labelIds: [gpu, data] });
    expect(await order(todo)).toEqual(ids);
    for (const into of [
      { by: 'LABEL', lane: gpu, labelIds: [data, gpu] },
      { by: 'LABEL', lane: null, labelIds: [data] },
      { by: 'ASSIGNEE', lane: ada.id, labelIds: [] },
    ])
      expect((await move({ into })).errors[0]?.extensions.params).toMatchObject({ field: 'labelIds' });
  });

  it('overwrites nothing that was not seen: who drags, and who undoes, is told of what others set meanwhile', async () => {
    const bob = (await memberOf(trainyard, project)).user;
    const [gpu, data, urgent] = await Promise.all(['gpu', 'data', 'urgent'].map((name) => buildLabel(trainyard, project.id, name)));
    const by = (lane: string | null, seen: (string | undefined)[]) => move({ into: { by: 'ASSIGNEE', lane, seen } });
    const now = async () => (await client.ask<{ ticket: Moved }>(TICKET, { id: ids[1] })).ticket;
    expect((await by(ada.id, [])).codes).toEqual([]);
    const stale = await move({ c: todo, into: { by: 'ASSIGNEE', lane: bob.id, seen: [] } });
    expect(stale.errors[0]?.extensions).toEqual({ code: 'STALE_VERSION', params: { version: 2 } });
    expect(await now()).toMatchObject({ columnId: doing, version: 2, assignee: { id: ada.id } });
    expect((await by(null, [bob.id])).codes).toEqual(['STALE_VERSION']);
    // one whose answer was lost, and is sent again
    expect((await by(ada.id, [])).codes).toEqual([]);
    expect((await by(bob.id, [ada.id])).data?.moveTicket.assignee?.id).toBe(bob.id);

    await move({ into: { by: 'STAGE', lane: 'TRAINING', seen: [] } });
    expect((await move({ into: { by: 'STAGE', lane: null, seen: ['DATA'] } })).codes).toEqual(['STALE_VERSION']);

    const labels = (lane: unknown, seen: unknown[], labelIds?: unknown[]) => move({ into: { by: 'LABEL', lane, seen, labelIds } });
    await labels(gpu, []);
    await trainyard.database.direct.query('UPDATE ticket SET label_ids = $1 WHERE id = $2', [[gpu, urgent], ids[1]]);
    // a drag gives way by the first alone; an undo names all, so it must have seen all
    expect((await labels(null, [gpu], [])).codes).toEqual(['STALE_VERSION']);
    expect((await labels(data, [gpu])).data?.moveTicket.labelIds).toEqual([data, urgent]);
    expect((await labels(gpu, [data, urgent], [gpu])).data?.moveTicket.labelIds).toEqual([gpu]);
  });

  it('only moves a card within its lane', async () => {
    expect((await move({ into: { by: 'ASSIGNEE', lane: null } })).data?.moveTicket).toMatchObject({ columnId: doing, version: 1 });
  });

  it('does neither where the lane is none of the project: a stranger, a label of others, no stage, no id', async () => {
    const stranger = (await someone(trainyard)).user.id;
    const elsewhere = await buildLabel(trainyard, (await buildProject(trainyard)).id, 'theirs');
    const lanes = [
      { by: 'ASSIGNEE', lane: stranger },
      { by: 'LABEL', lane: elsewhere },
      { by: 'STAGE', lane: 'LUNCH' },
      { by: 'ASSIGNEE', lane: 'ada' },
    ];
    for (const into of lanes) expect((await move({ into })).codes).toEqual(['BAD_INPUT']);
    expect(await order(todo)).toEqual(ids);
    expect((await client.ask<{ ticket: Moved }>(TICKET, { id: ids[1] })).ticket).toMatchObject({ columnId: todo, version: 1, assignee: null });
  });

  it('is for those who may write', async () => {
    const viewer = (await memberOf(trainyard, project, 'VIEWER')).client;
    expect((await move({ into: { by: 'ASSIGNEE', lane: ada.id } }, viewer)).codes).toEqual(['FORBIDDEN']);
    expect(await order(todo)).toEqual(ids);
  });

  it('takes a card back to where its rank belongs, whoever stands there now', async () => {
    const before = await cardsOf(trainyard, todo);
    for (const at of [0, 1, 3]) {
      const [id, r] = [before[at]?.id, before[at]?.rank];
      await move({ id });
      await move({ id, c: todo, r });
      expect(await order(todo)).toEqual(ids);
    }
    // within the column, and with its neighbour gone
    await move({ id: ids[2], c: todo, a: null });
    await move({ id: ids[1] });
    await move({ id: ids[2], c: todo, r: before[2]?.rank });
    expect(await order(todo)).toEqual([ids[0], ids[2], ids[3]]);
  });
});

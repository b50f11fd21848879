import { buildProject } from '../../test/factories/board.ts';
import { someone } from '../../test/factories/people.ts';
import { buildRun } from '../../test/factories/training.ts';
import type { GraphqlClient } from '../../test/client.ts';
import { TestTrainyard } from '../../test/trainyard.ts';

let trainyard: TestTrainyard;
beforeAll(async () => {
  trainyard = await TestTrainyard.start();
});
afterAll(() => trainyard.stop());

const pin = (client: GraphqlClient, id: string, isPinned: boolean) =>
  client.send<{ pinProject: { isPinned: boolean } }>('mutation ($id: ID!, $isPinned: Boolean!) { pinProject(id: $id, isPinned: $isPinned) { isPinned } }', {
    id,
    isPinned,
  });
const pinned = async (client: GraphqlClient): Promise<string[]> => {
  const { projects } = await client.ask<{ projects: { id: string; isPinned: boolean }[] }>('{ projects { id isPinned } }');
  return projects.filter(({ isPinned }) => isPinned).map(({ id }) => id);
};

describe('a pinned project', () => {
  it('is one for the person who pinned it, however often, until they let it go', async () => {
    const { id } = await buildProject(trainyard);
    const [one, other] = [await someone(trainyard, 'VIEWER'), await someone(trainyard, 'MEMBER')];
    for (let i = 0; i < 2; i += 1) expect((await pin(one.client, id, true)).data?.pinProject).toEqual({ isPinned: true });
    expect(await pinned(one.client)).toEqual([id]);
    expect(await pinned(other.client)).toEqual([]);
    for (let i = 0; i < 2; i += 1) expect((await pin(one.client, id, false)).data?.pinProject).toEqual({ isPinned: false });
    expect(await pinned(one.client)).toEqual([]);
  });

  it('is none that one may not read: it answers like one that is not there', async () => {
    const { id } = await buildProject(trainyard, { visibility: 'PRIVATE' });
    const { client } = await someone(trainyard, 'MEMBER');
    const [hidden, absent] = [await pin(client, id, true), await pin(client, crypto.randomUUID(), true)];
    expect(hidden.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect(absent.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });
});

it('a project says how many of its runs are in the hands of a runner', async () => {
  const { client } = await someone(trainyard, 'VIEWER');
  const { ticket } = await buildRun(trainyard);
  for (const state of ['STARTING', 'RUNNING', 'RUNNING', 'SUCCEEDED']) {
    const run = await buildRun(trainyard, { ticket });
    await trainyard.database.direct.query('UPDATE run SET state = $2 WHERE id = $1', [run.id, state]);
  }
  const { projects } = await client.ask<{ projects: { id: string; liveRuns: number }[] }>('{ projects { id liveRuns } }');
  expect(projects.find(({ id }) => id === ticket.project.id)?.liveRuns).toBe(3);
});

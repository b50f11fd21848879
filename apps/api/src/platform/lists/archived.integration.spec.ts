import { buildProject, buildTicket, memberOf, putInState, type BuiltProject } from '../../../test/factories/board.ts';
import { someone } from '../../../test/factories/people.ts';
import { buildDataset, buildRun } from '../../../test/factories/training.ts';
import type { GraphqlClient } from '../../../test/client.ts';
import { TestTrainyard } from '../../../test/trainyard.ts';

const LISTS = ['tickets', 'runs', 'datasets'] as const;
type List = (typeof LISTS)[number];
type Placed = Record<List, string>;

describe.each(LISTS)('archived projects in the list of %s', (list) => {
  let trainyard: TestTrainyard;
  let member: GraphqlClient;
  let stranger: GraphqlClient;
  let active: Placed;
  let archived: Placed;
  let old: BuiltProject;

  const fill = async (project: BuiltProject): Promise<Placed> => {
    const ticket = await buildTicket(trainyard, { project });
    const datasets = await buildDataset(trainyard, { projectId: project.id });
    const run = await buildRun(trainyard, { ticket, datasetId: datasets });
    return { tickets: ticket.id, runs: run.id, datasets };
  };
  beforeAll(async () => {
    trainyard = await TestTrainyard.start();
    active = await fill(await buildProject(trainyard));
    old = await buildProject(trainyard, { visibility: 'PRIVATE' });
    archived = await fill(old);
    await trainyard.database.transaction((tx) => putInState(tx, old.id, 'ARCHIVED'));
    member = (await memberOf(trainyard, old)).client;
    stranger = (await someone(trainyard)).client;
  });
  afterAll(() => trainyard.stop());

  /** Which of the two are told, and that count and file say the same. */
  const told = async (client: GraphqlClient, query: string | null, projectId: string | null = null): Promise<string[]> => {
    const answer = await client.ask<Record<List, { nodes: { id: string }[]; totalCount: number }>>(
      `query ($query: String, $projectId: ID) { ${list}(query: $query, projectId: $projectId, first: 100) { nodes { id } totalCount } }`,
      { query, projectId },
    );
    const { nodes, totalCount } = answer[list];
    expect(totalCount).toBe(nodes.length);
    if (query !== null) {
      const asked = new URLSearchParams({ query, columns: 'project', ...(projectId !== null && { projectId }) });
      const file = await (await fetch(`${trainyard.url}/export/${list}.csv?${asked}`, { headers: client.headers })).text();
      expect(file.split('\r\n').slice(1, -1)).toHaveLength(totalCount);
    }
    const ids = nodes.map(({ id }) => id);
    return [...(ids.includes(active[list]) ? ['active'] : []), ...(ids.includes(archived[list]) ? ['archived'] : [])];
  };

  it.each([
    [null, ['active']],
    ['', ['active']],
    ['archived:yes', ['archived']],
    ['archived:no', ['active']],
    ['archived:yes,no', ['active', 'archived']],
    ['-archived:yes', ['active']],
    ['project:OLD', ['archived']],
    ['-project:NONE_SUCH', ['active']],
  ])('asked over all projects for %j are %j', async (query, expected) => {
    expect(await told(member, query?.replace('OLD', old.key) ?? null)).toEqual(expected);
  });

  it.each([null, '', 'archived:yes'])('are told in a list of that project alone: %j', async (query) => {
    expect(await told(member, query, old.id)).toEqual(['archived']);
  });

  it('are told to nobody who may not read them', async () => {
    for (const query of ['archived:yes', 'archived:yes,no', `project:${old.key}`]) expect(await told(stranger, query)).not.toContain('archived');
  });
});

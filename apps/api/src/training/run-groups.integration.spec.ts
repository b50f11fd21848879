import { buildProject, buildTicket, memberOf } from '../../test/factories/board.ts';
import { buildDataset, buildRun } from '../../test/factories/training.ts';
import type { GraphqlClient } from '../../test/client.ts';
import { TestTrainyard } from '../../test/trainyard.ts';

let trainyard: TestTrainyard;
beforeAll(async () => {
  trainyard = await TestTrainyard.start();
});
afterAll(() => trainyard.stop());

interface Group {
  value: string | null;
  name: string | null;
  total: number;
  best: { split: string; name: string; value: number } | null;
}
const groupsOf = async (client: GraphqlClient, by: string, query: string, projectId: string | null = null): Promise<Group[]> =>
  (
    await client.ask<{ runGroups: Group[] }>(
      'query ($by: RunGroupField!, $query: String, $projectId: ID) { runGroups(by: $by, query: $query, projectId: $projectId) { value name total best { split name value } } }',
      { by, query, projectId },
    )
  ).runGroups;
const countOf = async (client: GraphqlClient, query: string, projectId: string): Promise<number> =>
  (
    await client.ask<{ runs: { totalCount: number } }>('query ($query: String, $projectId: ID) { runs(query: $query, projectId: $projectId) { totalCount } }', {
      query,
      projectId,
    })
  ).runs.totalCount;
const report = (attemptId: string, split: string, value: number, name = 'accuracy') =>
  trainyard.database.direct.query('UPDATE attempt SET headline = $2, result = $3 WHERE id = $1', [
    attemptId,
    { split, name, value },
    { metrics: [{ split, name: 'F1', value }] },
  ]);

async function filled() {
  const project = await buildProject(trainyard, { visibility: 'PRIVATE' });
  const { client: member } = await memberOf(trainyard, project);
  const [one, other] = [await buildTicket(trainyard, { project, title: 'One' }), await buildTicket(trainyard, { project, title: 'Other' })];
  const [data, more] = [await buildDataset(trainyard), await buildDataset(trainyard)];
  const runs = [];
  for (const [ticket, datasetId] of [
    [one, data],
    [one, data],
    [one, more],
    [other, data],
  ] as const)
    runs.push(await buildRun(trainyard, { ticket, datasetId, member }));
  return { project, member, data, more, runs };
}

describe('groups of runs', () => {
  it('have their counts and the best of what most of their runs are judged by', async () => {
    const { project, member, data, more, runs } = await filled();
    await report(runs[0]!.attemptId, 'VALIDATION', 0.9);
    await report(runs[1]!.attemptId, 'VALIDATION', 0.8);
    await report(runs[2]!.attemptId, 'VALIDATION', 3, 'mae');
    // one test figure among two of validation samples is not compared with them
    await report(runs[3]!.attemptId, 'TEST', 0.99);
    expect(await groupsOf(member, 'DATASET', '', project.id)).toEqual([
      { value: data, name: expect.stringMatching(/^Comparisons/), total: 3, best: { split: 'VALIDATION', name: 'accuracy', value: 0.9 } },
      { value: more, name: expect.stringMatching(/^Comparisons/), total: 1, best: { split: 'VALIDATION', name: 'mae', value: 3 } },
    ]);
    expect((await groupsOf(member, 'TICKET', '', project.id)).map(({ value, name, total }) => [value, name, total])).toEqual([
      [`${project.key}-1`, 'One 1', 3],
      [`${project.key}-2`, 'Other 1', 1],
    ]);
    expect(await groupsOf(member, 'TEMPLATE', 'metric.accuracy:>=0.85', project.id)).toEqual([
      { value: 'NET_2_3_1', name: null, total: 2, best: { split: 'TEST', name: 'accuracy', value: 0.99 } },
    ]);
    // of errors the smallest is best
    for (const [i, value] of [2, 3, 4].entries()) await report(runs[i]!.attemptId, 'VALIDATION', value, 'mae');
    expect((await groupsOf(member, 'DATASET', '', project.id))[0]).toMatchObject({ value: data, best: { name: 'mae', value: 2 } });
  });

  it.each(['DATASET', 'TICKET', 'TEMPLATE'] as const)('by %s are found again by a query', async (by) => {
    const { project, member } = await filled();
    for (const { value, total } of await groupsOf(member, by, '', project.id))
      expect(await countOf(member, `${by.toLowerCase()}:${value ?? 'none'}`, project.id)).toBe(total);
  });

  it('tell nobody of what they may not read', async () => {
    const { project, member, data } = await filled();
    const { client: stranger } = await memberOf(trainyard, await buildProject(trainyard));
    expect((await groupsOf(stranger, 'DATASET', `dataset:${data}`)).length).toBe(0);
    const answer = await stranger.send('query ($id: ID) { runGroups(by: TICKET, projectId: $id) { total } }', { id: project.id });
    expect(answer.codes).toEqual(['NOT_FOUND']);
    // a dataset that is a secret is none to those who see the run alone
    const secret = await buildProject(trainyard, { visibility: 'PRIVATE' });
    await trainyard.database.direct.query('UPDATE dataset SET project_id = $2 WHERE id = $1', [data, secret.id]);
    expect((await groupsOf(member, 'DATASET', '', project.id)).map(({ value, name, total }) => [value, name, total])).toEqual([
      [null, null, 3],
      [expect.any(String), expect.any(String), 1],
    ]);
  });

  it('tell what can be a column: names that a query can say', async () => {
    const { project, member, runs } = await filled();
    await report(runs[0]!.attemptId, 'TEST', 0.9);
    const { runColumns } = await member.ask<{ runColumns: { metrics: string[]; parameters: string[] } }>(
      'query ($id: ID) { runColumns(projectId: $id) { metrics parameters } }',
      { id: project.id },
    );
    expect(runColumns.metrics).toEqual(['accuracy', 'f1']);
    expect(runColumns.parameters).toEqual(expect.arrayContaining(['learningRate', 'batchSize', 'seed']));
  });
});

import { DEFAULT_PARAMETERS } from '@trainyard/domain';
import type { GraphqlClient } from '../../test/client.ts';
import { countingSql } from '../../test/count-sql.ts';
import { buildProject, buildTicket } from '../../test/factories/board.ts';
import { someone } from '../../test/factories/people.ts';
import { buildDataset, buildMember, buildRun, DATASET_DIGEST, QUEUE_RUN, queueInput } from '../../test/factories/training.ts';
import { CPU_ENGINE, TestRunner } from '../../test/runner.ts';
import { until } from '../../test/runs.ts';
import { untilWaiting, waiting } from '../../test/locks.ts';
import { TestTrainyard } from '../../test/trainyard.ts';

let trainyard: TestTrainyard;
let runner: TestRunner;

beforeAll(async () => {
  trainyard = await TestTrainyard.start();
  runner = await TestRunner.online(trainyard);
});
afterAll(() => trainyard.stop());

it('reads a ticket with its runs in as many statements for many runs as for one', async () => {
  const first = await buildRun(trainyard);
  const query =
    'query ($id: ID!) { ticket(id: $id) { runs { number card { tick } dataset { name } createdBy { name } attempt { number artifacts { name } } attempts { number } result { steps } } } }';
  const count = async (): Promise<number> => {
    const counting = countingSql(trainyard);
    await first.member.ask(query, { id: first.ticket.id });
    return counting.stop();
  };
  const one = await count();
  for (let i = 0; i < 5; i++) await buildRun(trainyard, { ticket: first.ticket, member: first.member });
  expect(await count()).toBeLessThanOrEqual(one);
  expect(one).toBeLessThanOrEqual(9);
});

it('freezes of which kind a run is, and gives runners of before what they know of it', async () => {
  const run = await buildRun(trainyard);
  expect(await run.member.ask('query ($id: ID!) { run(id: $id) { kind template } }', { id: run.id })).toEqual({
    run: { kind: 'TEMPLATE', template: 'NET_2_3_1' },
  });
  const older = new TestRunner(trainyard, 'older');
  older.id = (
    await older.post<{ runnerId: string }>('hello', {
      ...{ name: 'older', version: '0.1.0', host: 'test', cores: 2, memoryMiB: 4096, concurrency: 1, engines: [CPU_ENGINE] },
      contract: 3,
    })
  ).runnerId;
  const { spec } = await older.claim(run.attemptId);
  const { kind, ...before } = spec;
  expect(kind).toBe('TEMPLATE');
  expect(before).toEqual({
    template: 'NET_2_3_1',
    datasetId: run.datasetId,
    datasetDigest: DATASET_DIGEST,
    engine: 'AUTO',
    parameters: DEFAULT_PARAMETERS.NET_2_3_1,
    rows: { used: 100, leftOut: [] },
  });
});

describe('rights', () => {
  it('lets members see and download what a run made, and outsiders of a private project not even that it exists', async () => {
    const run = await buildRun(trainyard);
    await runner.claim(run.attemptId);
    await runner.put(`attempts/${run.attemptId}/artifacts/model.json?claim=1`, Buffer.from('{"a":1}'));
    const { run: made } = await run.member.ask<{ run: { attempt: { artifacts: { id: string; name: string }[] } } }>(
      'query ($id: ID!) { run(id: $id) { attempt { artifacts { id name } } } }',
      { id: run.id },
    );
    const [artifact] = made.attempt.artifacts;
    expect(artifact).toMatchObject({ name: 'model.json' });
    const download = (client: { headers: Record<string, string> }) => fetch(`${trainyard.url}/artifacts/${artifact?.id ?? ''}`, { headers: client.headers });
    const mine = await download(run.member);
    expect([mine.status, mine.headers.get('content-disposition'), await mine.text()]).toEqual([
      200,
      `attachment; filename="model.json"; filename*=UTF-8''model.json`,
      '{"a":1}',
    ]);
    // Whoever sits at the browser next is asked for the right again.
    expect(mine.headers.get('cache-control')).toBe('no-store');
    expect((await download(trainyard.client())).status).toBe(401);

    await trainyard.database.direct.query(`UPDATE project SET visibility = 'PRIVATE' WHERE id = $1`, [run.ticket.project.id]);
    const outsider = await buildMember(trainyard, (await buildRun(trainyard)).ticket.project.teamId);
    expect((await download(outsider)).status).toBe(404);
    expect(await outsider.ask('query ($id: ID!) { run(id: $id) { id } }', { id: run.id })).toEqual({ run: null });
    for (const mutation of ['cancelRun', 'retryRun'])
      expect((await outsider.send(`mutation ($id: ID!) { ${mutation}(id: $id) { id } }`, { id: run.id })).codes).toEqual(['NOT_FOUND']);
    expect((await download(run.member)).status).toBe(200);
  });

  it('counts what series and logs weigh: one run in full, not many', async () => {
    const run = await buildRun(trainyard);
    const full = 'attempt { metrics(series: ["LOSS", "ACCURACY"], width: 10000) { steps values } log(last: 2000) { line text } }';
    expect((await run.member.send(`query ($id: ID!) { run(id: $id) { ${full} } }`, { id: run.id })).codes).toEqual([]);
    expect((await run.member.send(`query ($id: ID!) { ticket(id: $id) { runs { ${full} } } }`, { id: run.ticket.id })).codes).toEqual(['QUERY_TOO_COMPLEX']);
    const often = Array.from({ length: 20 }, (_, i) => `m${i}: metrics(series: "LOSS", width: 10000) { steps values }`).join(' ');
    expect((await run.member.send(`query ($id: ID!) { run(id: $id) { attempt { ${often} } } }`, { id: run.id })).codes).toEqual(['QUERY_TOO_COMPLEX']);
  });

  it.each([
    ['hiddenUnits', { hiddenUnits: [64] }],
    ['targetColumn', { targetColumn: 'price' }],
  ])('refuses %s for a template that would ignore it', async (field, parameters) => {
    const run = await buildRun(trainyard);
    const reply = await run.member.send(QUEUE_RUN, { input: queueInput(run.ticket.id, run.datasetId, 'AUTO', parameters) });
    expect(reply.codes).toEqual(['PARAMETER_NOT_OF_TEMPLATE']);
    expect(reply.errors[0]?.extensions.params).toEqual({ field, template: 'NET_2_3_1' });
  });

  it('lets nobody queue who may not write, nothing that cannot be trained, no dataset of another project and none that is not ready, and nobody cancel what others queued without the right', async () => {
    const run = await buildRun(trainyard);
    const queue = (client: GraphqlClient, parameters: object = {}) =>
      client.send(QUEUE_RUN, { input: queueInput(run.ticket.id, run.datasetId, 'AUTO', parameters) });
    const viewer = (await someone(trainyard, 'VIEWER')).client;
    const passerBy = (await someone(trainyard)).client;
    expect((await queue(viewer)).codes).toEqual(['FORBIDDEN']);
    const own = await queue(passerBy);
    expect(own.codes).toEqual([]);
    const cancel = (client: GraphqlClient, id: unknown) => client.send('mutation ($id: ID!) { cancelRun(id: $id) { state } }', { id });
    expect((await cancel(passerBy, run.id)).codes).toEqual(['FORBIDDEN']);
    expect((await cancel(passerBy, (own.data?.['queueRun'] as { id: string }).id)).codes).toEqual([]);
    const refused = await queue(run.member, { epochs: 0 });
    expect([refused.codes, refused.errors[0]?.extensions.params]).toEqual([['PARAMETER_OUT_OF_RANGE'], expect.objectContaining({ field: 'epochs' })]);
    const on = async (dataset: { projectId?: string; state?: string }) => {
      const { errors } = await run.member.send(QUEUE_RUN, { input: queueInput(run.ticket.id, await buildDataset(trainyard, dataset)) });
      return errors.map(({ extensions }) => extensions);
    };
    const { project } = run.ticket;
    expect(await on({ projectId: project.id })).toEqual([]);
    expect(await on({ projectId: (await buildProject(trainyard)).id })).toEqual([{ code: 'NOT_FOUND', params: {} }]);
    for (const state of ['CHECKING', 'INVALID']) expect(await on({ projectId: project.id, state })).toEqual([{ code: 'DATASET_NOT_READY', params: { state } }]);
    await trainyard.database.direct.query(`UPDATE project SET visibility = 'PRIVATE' WHERE id = $1`, [project.id]);
    expect((await queue(passerBy)).codes).toEqual(['NOT_FOUND']);
    await trainyard.database.direct.query('UPDATE ticket SET deleted_at = now() WHERE id = $1', [run.ticket.id]);
    expect((await queue(run.member)).codes).toEqual(['NOT_FOUND']);
  });
});

describe('the runs of a dataset', () => {
  interface Runs {
    totalCount: number;
    nodes: { id: string; ticket: { key: string } | null }[];
    pageInfo: { endCursor: string | null; hasNextPage: boolean };
  }
  const RUNS =
    'query ($id: ID!, $first: Int!, $after: String) { dataset(id: $id) { runs(first: $first, after: $after) { totalCount nodes { id ticket { key } } pageInfo { endCursor hasNextPage } } } }';
  const runsOf = async (client: GraphqlClient, id: string, first = 20, after: string | null = null) =>
    (await client.ask<{ dataset: { runs: Runs } }>(RUNS, { id, first, after })).dataset.runs;

  it('are those of projects one may read, newest first, and nothing tells of the others', async () => {
    const datasetId = await buildDataset(trainyard);
    const open = await buildRun(trainyard, { datasetId });
    const hidden = await buildRun(trainyard, {
      datasetId,
      ticket: await buildTicket(trainyard, { project: await buildProject(trainyard, { visibility: 'PRIVATE' }) }),
    });
    const outsider = (await someone(trainyard)).client;
    expect(await runsOf(outsider, datasetId)).toEqual({
      totalCount: 1,
      nodes: [{ id: open.id, ticket: { key: `${open.ticket.project.key}-1` } }],
      pageInfo: { endCursor: expect.any(String), hasNextPage: false },
    });
    for (const reader of [hidden.member, (await someone(trainyard, 'ADMIN')).client]) {
      const seen = await runsOf(reader, datasetId);
      expect([seen.totalCount, seen.nodes.map((run) => run.id)]).toEqual([2, [hidden.id, open.id]]);
    }
    expect(await runsOf(outsider, await buildDataset(trainyard))).toEqual({ totalCount: 0, nodes: [], pageInfo: { endCursor: null, hasNextPage: false } });
  });

  it('come in pages without losing one, counted whole on each, and stay when their ticket is deleted', async () => {
    const first = await buildRun(trainyard);
    const more = [await buildRun(trainyard, first), await buildRun(trainyard, first)];
    await trainyard.database.direct.query('UPDATE ticket SET deleted_at = now() WHERE id = $1', [first.ticket.id]);
    const newest = await runsOf(first.member, first.datasetId, 2);
    const rest = await runsOf(first.member, first.datasetId, 2, newest.pageInfo.endCursor);
    expect([...newest.nodes, ...rest.nodes]).toEqual([...more.toReversed(), first].map(({ id }) => ({ id, ticket: null })));
    expect([newest.totalCount, rest.totalCount, newest.pageInfo.hasNextPage, rest.pageInfo.hasNextPage]).toEqual([3, 3, true, false]);
    const beyond = await runsOf(first.member, first.datasetId, 2, rest.pageInfo.endCursor);
    expect([beyond.totalCount, beyond.nodes]).toEqual([3, []]);
  });

  it('keep it from being deleted, from the moment that one is being queued', async () => {
    const datasetId = await buildDataset(trainyard);
    const { ticket, member } = await buildRun(trainyard);
    const admin = (await someone(trainyard, 'ADMIN')).client;
    const [held, mayGo] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    // Holds up the queueing after it has looked at the dataset.
    const holding = trainyard.database.transaction(async (tx) => {
      await tx.query('SELECT FROM project WHERE id = $1 FOR NO KEY UPDATE', [ticket.project.id]);
      held.resolve();
      await mayGo.promise;
    });
    await held.promise;
    const queueing = member.send(QUEUE_RUN, { input: queueInput(ticket.id, datasetId) });
    await untilWaiting(trainyard, 1);
    let deleted = false;
    const deleting = admin.send('mutation ($id: ID!) { deleteDataset(id: $id, version: 1) }', { id: datasetId }).finally(() => (deleted = true));
    await until(
      () => waiting(trainyard),
      (found) => found === 2 || deleted,
    );
    mayGo.resolve();
    await holding;
    expect([(await queueing).codes, (await deleting).codes]).toEqual([[], ['DATASET_IN_USE']]);
  });

  it('are one statement for a whole list of datasets', async () => {
    const { client } = await someone(trainyard);
    const count = async (first: number, runs: string) => {
      const counting = countingSql(trainyard);
      await client.ask(`query ($first: Int!) { datasets(first: $first) { nodes { id ${runs} } } }`, { first });
      return counting.stop();
    };
    await buildRun(trainyard);
    await buildRun(trainyard);
    expect(await count(3, 'runs { totalCount nodes { id } }')).toBe((await count(3, '')) + 1);
  });
});

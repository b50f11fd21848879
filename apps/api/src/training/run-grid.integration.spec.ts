import type { GraphqlClient } from '../../test/client.ts';
import { countingSql } from '../../test/count-sql.ts';
import { someone } from '../../test/factories/people.ts';
import { buildRun, buildRunGroup, QUEUE_RUNS, queueInput, type BuiltRun, type BuiltRunGroup } from '../../test/factories/training.ts';
import { CPU_ENGINE, TestRunner } from '../../test/runner.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { row, rows } from '../platform/sql/database.ts';

let trainyard: TestTrainyard;
let runner: TestRunner;
/** A run from whose ticket more are queued. */
let one: BuiltRun;

beforeAll(async () => {
  trainyard = await TestTrainyard.start();
  runner = await TestRunner.online(trainyard, { concurrency: 50, engines: [CPU_ENGINE] });
  one = await buildRun(trainyard);
});
afterAll(() => trainyard.stop());

const CANCEL = 'mutation ($groupId: ID!) { cancelRuns(groupId: $groupId) { id count ended } }';
const queue = (client: GraphqlClient, varied: object[], parameters: object = {}) =>
  client.send(QUEUE_RUNS, { input: { ...queueInput(one.ticket.id, one.datasetId, 'AUTO', parameters), varied } });
const refusals = ({ errors }: { errors: { extensions: { code: string; params?: unknown } }[] }) => errors.map(({ extensions }) => extensions);
/** How much there is of what queueing makes. */
const stored = async () =>
  row(
    trainyard.database.direct,
    `SELECT (SELECT count(*) FROM run) AS runs, (SELECT count(*) FROM attempt) AS attempts, (SELECT count(*) FROM run_group) AS groups,
      (SELECT count(*) FROM activity WHERE entity = 'RUN') AS logged, (SELECT last_run_number FROM project WHERE id = $1) AS number`,
    [one.ticket.project.id],
  );
const states = async (group: BuiltRunGroup) =>
  (
    await rows<{ state: string; asked: boolean }>(
      trainyard.database.direct,
      'SELECT r.state, a.cancel_requested AS asked FROM run r JOIN attempt a ON a.id = r.attempt_id WHERE r.group_id = $1 ORDER BY r.number',
      [group.id],
    )
  ).map(({ state, asked }) => [state, asked]);

describe('queueing a grid', () => {
  it('makes one run of each combination, in its order, numbered and in line one behind the other', async () => {
    const before = await row<{ last: number }>(trainyard.database.direct, 'SELECT last_run_number AS last FROM project WHERE id = $1', [one.ticket.project.id]);
    const { data, codes } = await queue(one.member, [
      { parameter: 'learningRate', values: [0.3, 0.1, 0.3] },
      { parameter: 'epochs', values: [2, 1] },
    ]);
    expect(codes).toEqual([]);
    const { id, ...grid } = data?.['queueRuns'] as Record<string, unknown>;
    const run = (i: number, epochs: number, learningRate: number) => ({
      id: expect.any(String) as unknown,
      number: before!.last + 1 + i,
      state: 'QUEUED',
      parameters: { epochs, learningRate, seed: 42 },
      attempt: { id: expect.any(String) as unknown },
    });
    expect(grid).toEqual({
      count: 4,
      ended: 0,
      varied: [
        { parameter: 'learningRate', values: [0.3, 0.1] },
        { parameter: 'epochs', values: [2, 1] },
      ],
      runs: [run(0, 2, 0.3), run(1, 2, 0.1), run(2, 1, 0.3), run(3, 1, 0.1)],
    });
    const inLine = await rows<{ number: number }>(
      trainyard.database.direct,
      'SELECT r.number FROM attempt a JOIN run r ON r.id = a.run_id WHERE r.group_id = $1 ORDER BY a.queued_at, a.id',
      [id],
    );
    expect(inLine.map(({ number }) => number)).toEqual([0, 1, 2, 3].map((i) => before!.last + 1 + i));
    // each can be taken up: what it trains is whole
    const { attempt } = (grid['runs'] as { attempt: { id: string } }[])[3]!;
    expect((await runner.claim(attempt.id)).spec).toMatchObject({ parameters: { epochs: 1, learningRate: 0.1 }, rows: { used: 100 } });
  });

  it('makes 200 in as many statements as two, and refuses one more', async () => {
    const seeds = (count: number) => [{ parameter: 'seed', values: Array.from({ length: count }, (_, i) => i) }];
    const counted = async (count: number): Promise<number> => {
      const counting = countingSql(trainyard);
      const { codes } = await one.member.send(`mutation ($input: QueueRunsInput!) { queueRuns(input: $input) { count } }`, {
        input: { ...queueInput(one.ticket.id, one.datasetId), varied: seeds(count) },
      });
      expect(codes).toEqual([]);
      return counting.stop();
    };
    const two = await counted(2);
    expect(await counted(200)).toBe(two);
    const before = await stored();
    expect(refusals(await queue(one.member, seeds(201)))).toEqual([{ code: 'GRID_TOO_LARGE', params: { runs: 201, max: 200 } }]);
    expect(await stored()).toEqual(before);
  });

  it('makes none where one is refused, and names it', async () => {
    const before = await stored();
    const refused = await queue(one.member, [
      { parameter: 'learningRate', values: [0.1, 0.2] },
      { parameter: 'batchSize', values: [10, 0] },
    ]);
    expect(refusals(refused)).toEqual([
      { code: 'PARAMETER_OUT_OF_RANGE', params: { field: 'batchSize', min: 1, max: 65_536, integer: true, combination: 'batchSize=0, learningRate=0.1' } },
    ]);
    expect(refusals(await queue(one.member, [{ parameter: 'seed', values: [] }]))).toEqual([
      { code: 'BAD_INPUT', params: { field: 'varied', parameter: 'seed' } },
    ]);
    expect(await stored()).toEqual(before);
  });

  it('answers who asks again with the same id by the same runs, and refuses it other values', async () => {
    const id = crypto.randomUUID();
    const input = { ...queueInput(one.ticket.id, one.datasetId), id, varied: [{ parameter: 'seed', values: [1, 2, 3] }] };
    const first = await one.member.ask(QUEUE_RUNS, { input });
    const before = await stored();
    expect(await one.member.ask(QUEUE_RUNS, { input })).toEqual(first);
    expect((await one.member.send(QUEUE_RUNS, { input: { ...input, varied: [{ parameter: 'seed', values: [1, 2] }] } })).codes).toEqual(['ID_TAKEN']);
    expect(await stored()).toEqual(before);
  });

  it('is for those who may queue', async () => {
    const before = await stored();
    const varied = [{ parameter: 'seed', values: [1, 2] }];
    expect((await queue((await someone(trainyard, 'VIEWER')).client, varied)).codes).toEqual(['FORBIDDEN']);
    const { ticket } = await buildRun(trainyard);
    await trainyard.database.direct.query(`UPDATE project SET visibility = 'PRIVATE' WHERE id = $1`, [ticket.project.id]);
    const hidden = { ...queueInput(ticket.id, one.datasetId), varied };
    expect((await one.member.send(QUEUE_RUNS, { input: hidden })).codes).toEqual(['NOT_FOUND']);
    expect(await stored()).toMatchObject({ groups: (before as { groups: string }).groups });
  });
});

describe('a group of runs', () => {
  it('is told with each of them, is found by its id in a query, and is not there for a run that was queued alone', async () => {
    const group = await buildRunGroup(trainyard, { learningRates: [0.1, 0.2, 0.3] });
    const GROUP = 'query ($id: ID!) { run(id: $id) { group { id count ended runs { id } } } }';
    const ids = group.runs.map(({ id }) => ({ id }));
    expect(await group.member.ask(GROUP, { id: group.runs[1]!.id })).toEqual({ run: { group: { id: group.id, count: 3, ended: 0, runs: ids } } });
    expect(await one.member.ask(GROUP, { id: one.id })).toEqual({ run: { group: null } });
    const found = async (client: GraphqlClient, query: string) =>
      (await client.ask<{ runs: { nodes: { id: string }[] } }>('query ($query: String) { runs(query: $query) { nodes { id } } }', { query })).runs.nodes;
    expect(await found(group.member, `group:${group.id}`)).toEqual(ids.toReversed());
    expect(await found(group.member, `group:${crypto.randomUUID()}`)).toEqual([]);
    expect((await found(one.member, `group:none ticket:${one.ticket.project.key}-1`)).map(({ id }) => id)).toEqual([one.id]);
    await trainyard.database.direct.query(`UPDATE project SET visibility = 'PRIVATE' WHERE id = $1`, [group.ticket.project.id]);
    expect(await found((await someone(trainyard)).client, `group:${group.id}`)).toEqual([]);
  });
});

describe('cancelling a group', () => {
  it('ends those that wait, asks the runner of the one that it has, and leaves the one that has ended', async () => {
    const group = await buildRunGroup(trainyard, { learningRates: [0.1, 0.2, 0.3, 0.4] });
    const [ended, held, ...waiting] = group.runs.map(({ attempt }) => attempt.id) as [string, string, string, string];
    await runner.claim(ended);
    await runner.finish(ended, { claim: 1, outcome: 'FAILED', failure: { code: 'OUT_OF_MEMORY', message: 'too much' } });
    await runner.claim(held);
    expect(waiting).toHaveLength(2);
    expect(await group.member.ask(CANCEL, { groupId: group.id })).toEqual({ cancelRuns: { id: group.id, count: 4, ended: 3 } });
    const after = [
      ['FAILED', false],
      ['STARTING', true],
      ['CANCELLED', true],
      ['CANCELLED', true],
    ];
    expect(await states(group)).toEqual(after);
    const logged = await rows<{ id: string }>(
      trainyard.database.direct,
      `SELECT entity_id AS id FROM activity WHERE scope = $1 AND changes ? 'cancelRequested' ORDER BY seq`,
      [group.ticket.project.id],
    );
    expect(logged.map(({ id }) => id)).toEqual(group.runs.slice(1).map(({ id }) => id));
    // once more is the same as once
    expect(await group.member.ask(CANCEL, { groupId: group.id })).toEqual({ cancelRuns: { id: group.id, count: 4, ended: 3 } });
    expect(await states(group)).toEqual(after);
    expect(await runner.heartbeat({ attemptId: held, claim: 1 })).toEqual(['CANCEL']);
    await runner.finish(held, { claim: 1, outcome: 'CANCELLED' });
    expect((await states(group))[1]).toEqual(['CANCELLED', true]);
  });

  it('is for whoever queued it, and for those who may cancel what others queued', async () => {
    const passerBy = (await someone(trainyard)).client;
    const group = await buildRunGroup(trainyard, { ticket: one.ticket, datasetId: one.datasetId, member: one.member });
    const own = await buildRunGroup(trainyard, { ticket: one.ticket, datasetId: one.datasetId, member: passerBy });
    expect((await passerBy.send(CANCEL, { groupId: group.id })).codes).toEqual(['FORBIDDEN']);
    expect(await states(group)).toEqual([
      ['QUEUED', false],
      ['QUEUED', false],
    ]);
    expect((await passerBy.send(CANCEL, { groupId: own.id })).codes).toEqual([]);
    expect((await passerBy.send(CANCEL, { groupId: crypto.randomUUID() })).codes).toEqual(['NOT_FOUND']);
  });
});

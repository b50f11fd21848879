import type { GraphqlClient } from '../../test/client.ts';
import { buildProject, buildTicket } from '../../test/factories/board.ts';
import { someone } from '../../test/factories/people.ts';
import { buildDataset, buildRun, type BuiltRun } from '../../test/factories/training.ts';
import { CPU_ENGINE, RESULT, TestRunner } from '../../test/runner.ts';
import { TestTrainyard } from '../../test/trainyard.ts';

let trainyard: TestTrainyard;
let runner: TestRunner;
let first: BuiltRun;

beforeAll(async () => {
  trainyard = await TestTrainyard.start();
  first = await buildRun(trainyard);
});
afterAll(() => trainyard.stop());

const OUTLOOK = /* GraphQL */ `
  query ($ticketId: ID!, $datasetId: ID!, $engine: EngineRequest!, $dropout: Boolean!) {
    queueOutlook(ticketId: $ticketId, template: NET_2_3_1, datasetId: $datasetId, engine: $engine, dropout: $dropout) {
      runners slots busy waiting past { datasetId engine batchSize hiddenUnits samplesPerSecond otherMs }
    }
  }`;
interface Outlook {
  runners: string[];
  slots: number;
  busy: number;
  waiting: number;
  past: { samplesPerSecond: number; otherMs: number }[];
}
const variables = (engine = 'AUTO', dropout = false) => ({ ticketId: first.ticket.id, datasetId: first.datasetId, engine, dropout });
const outlook = async (client: GraphqlClient, engine = 'AUTO', dropout = false): Promise<Outlook> =>
  (await client.ask<{ queueOutlook: Outlook }>(OUTLOOK, variables(engine, dropout))).queueOutlook;
/** Trained to its end, as fast as this, and `otherMs` of its time not training. */
async function succeeded(run: BuiltRun, samplesPerSecond: number): Promise<void> {
  await runner.claim(run.attemptId);
  await runner.finish(run.attemptId, { claim: 1, outcome: 'SUCCEEDED', result: { ...RESULT, samplesPerSecond, trainMs: 3_000 } });
  await trainyard.database.direct.query(`UPDATE attempt SET started_at = ended_at - interval '5 seconds', engine = 'CPU' WHERE id = $1`, [run.attemptId]);
}

it('knows of nobody who could take it while no runner is online', async () => {
  expect(await outlook(first.member)).toEqual({ runners: [], slots: 0, busy: 0, waiting: 0, past: [] });
});

it('tells who could take it, what they have in hand, and who waits for them', async () => {
  runner = await TestRunner.online(trainyard, { concurrency: 3, engines: [{ ...CPU_ENGINE, layers: ['DENSE'] }] });
  const gpu = await buildRun(trainyard, { ...first, engine: 'GPU' });
  const held = await buildRun(trainyard, first);
  await runner.claim(held.attemptId);
  const here = { runners: [runner.name], slots: 3, busy: 1, waiting: 1, past: [] };
  expect(await outlook(first.member)).toEqual(here);
  expect(await outlook(first.member, 'CPU')).toEqual(here);
  // nobody has what these need
  expect(await outlook(first.member, 'GPU')).toMatchObject({ runners: [], waiting: 0 });
  expect(await outlook(first.member, 'AUTO', true)).toMatchObject({ runners: [], slots: 0 });
  await first.member.ask('mutation ($id: ID!) { cancelRun(id: $id) { id } }', { id: gpu.id });
});

it('tells how fast those like it were that one may read, those on the same data first', async () => {
  await succeeded(await buildRun(trainyard), 100);
  await succeeded(first, 200);
  const hidden = await buildRun(trainyard, { ticket: await buildTicket(trainyard, { project: await buildProject(trainyard, { visibility: 'PRIVATE' }) }) });
  await succeeded(hidden, 300);
  const interrupted = await buildRun(trainyard, first);
  await succeeded(interrupted, 400);
  await trainyard.database.direct.query('UPDATE attempt SET claim = 2 WHERE id = $1', [interrupted.attemptId]);
  const { past } = await outlook(first.member);
  expect(past.map(({ samplesPerSecond }) => samplesPerSecond)).toEqual([200, 100]);
  expect(past[0]).toEqual({ datasetId: first.datasetId, engine: 'CPU', batchSize: 100, hiddenUnits: [], samplesPerSecond: 200, otherMs: 2_000 });
  expect((await outlook(hidden.member)).past.map(({ samplesPerSecond }) => samplesPerSecond)).toEqual([200, 300, 100]);
  // the engine that was asked for, or that ran
  expect((await outlook(first.member, 'CPU')).past).toHaveLength(2);
});

it('does not tell how wide a dataset is that the ticket may not use', async () => {
  const past = async (datasetId: string) =>
    (await first.member.ask<{ queueOutlook: Outlook }>(OUTLOOK, { ...variables(), datasetId })).queueOutlook.past.length;
  expect(await past(await buildDataset(trainyard))).toBe(2);
  expect(await past(await buildDataset(trainyard, { projectId: first.ticket.project.id }))).toBe(2);
  expect(await past(await buildDataset(trainyard, { projectId: (await buildProject(trainyard, { visibility: 'PRIVATE' })).id }))).toBe(0);
  expect(await past(crypto.randomUUID())).toBe(0);
});

it('is for those who may queue', async () => {
  expect((await (await someone(trainyard, 'VIEWER')).client.send(OUTLOOK, variables())).codes).toEqual(['FORBIDDEN']);
  expect((await first.member.send(OUTLOOK, { ...variables(), ticketId: crypto.randomUUID() })).codes).toEqual(['NOT_FOUND']);
});

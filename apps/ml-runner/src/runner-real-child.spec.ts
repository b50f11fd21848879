import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { DEFAULT_LIMITS, DEFAULT_PARAMETERS, RUNNER_JOBS, RUNNER_QUEUE, INSPECTION_QUEUE, type DatasetSource, type DatasetSummary } from '@trainyard/domain';
import { PeerApi } from '../test/peer-api.ts';
import { TestQueue } from '../test/queue.ts';
import { RunnerProcess } from '../test/runner-process.ts';
import { until } from '../test/until.ts';

const DATASET: DatasetSource = { kind: 'SYNTHETIC', source: 'SYNTHETIC', synthetic: 'COMPARISON', samples: 100, seed: 7 };

let queue: TestQueue;
let dir: string;
let peer: PeerApi;
let runner: RunnerProcess;

beforeAll(async () => {
  queue = await TestQueue.start();
  dir = await mkdtemp(path.join(os.tmpdir(), 'trainyard-real-'));
  peer = await new PeerApi().up();
  runner = await new RunnerProcess({ apiUrl: peer.url, queueUrl: queue.runnerUrl, dir, childPath: null }).takingWork();
}, 90_000);
afterAll(async () => {
  await runner?.end('SIGTERM');
  await peer?.away();
  await queue?.stop();
  await rm(dir, { recursive: true, force: true });
});

async function inspect(): Promise<DatasetSummary> {
  const datasetId = peer.addInspection(DATASET);
  await queue.ring(INSPECTION_QUEUE, RUNNER_JOBS.inspection, { datasetId });
  const finish = await until('the dataset is inspected', () => peer.inspections.get(datasetId)?.finishes[0], 60_000);
  if (finish.summary === null) throw new Error(`Refused: ${JSON.stringify(finish.error)}`);
  return finish.summary;
}

async function queueRun(digest: string, epochs: number, checkpoint: { digest: string; step: number; trainingEpoch: number } | null = null): Promise<string> {
  const id = peer.addAttempt({
    leaseSeconds: 15,
    runId: 'run',
    title: 'TEST-1 run 1',
    spec: {
      kind: 'TEMPLATE',
      template: 'NET_2_3_1',
      datasetId: 'dataset',
      datasetDigest: digest,
      engine: 'AUTO',
      parameters: { ...DEFAULT_PARAMETERS.NET_2_3_1, epochs, checkpointEveryEpochs: 50 },
    },
    limits: DEFAULT_LIMITS,
    dataset: DATASET,
    checkpoint,
  });
  await queue.ring(RUNNER_QUEUE, RUNNER_JOBS.attempt, { attemptId: id });
  return id;
}

describe('the runner with real training', () => {
  let digest: string;

  it('probes the engines of this machine and says which there are', async () => {
    await until(
      'the engines are probed',
      () => peer.hellos.at(-1)?.engines.every(({ reason }) => reason === null || !reason.startsWith('It is being tested')),
      90_000,
    );
    const engines = peer.hellos.at(-1)?.engines ?? [];
    expect(engines.filter(({ available }) => available).map(({ engine }) => engine)).toEqual(expect.arrayContaining(['WASM', 'CPU']));
    for (const { available, reason, samplesPerSecond } of engines) {
      if (available) expect(samplesPerSecond.MLP).toBeGreaterThan(0);
      else expect(reason).toMatch(/\w/);
    }
  }, 100_000);

  it('inspects a dataset and trains the 2-3-1 net on it to the end', async () => {
    digest = (await inspect()).digest;
    const id = await queueRun(digest, 100);
    const finish = await until('the run ends', () => peer.attempt(id).finishes[0], 60_000);
    expect(finish).toMatchObject({ outcome: 'SUCCEEDED', failure: null, result: { steps: 100, datasetDigest: digest } });
    expect(peer.attempt(id).artifacts.length).toBeGreaterThan(0);
    const losses = peer.attempt(id).reports.flatMap(({ metrics }) => metrics.filter(({ series }) => series === 'LOSS'));
    expect(losses.flatMap(({ steps }) => steps).at(-1)).toBe(100);
    expect(peer.violations).toEqual([]);
  }, 90_000);

  it('goes on from the newest checkpoint after its child was killed with signal 9', async () => {
    const id = await queueRun(digest, 10_000);
    const newest = await until('a checkpoint is stored', () => peer.attempt(id).checkpoints.at(-1), 60_000);
    const folder = readdirSync(path.join(dir, 'attempts')).find((name) => name.startsWith(id)) ?? '';
    const { pid } = JSON.parse(readFileSync(path.join(dir, 'attempts', folder, 'child.json'), 'utf8')) as { pid: number };
    process.kill(pid, 'SIGKILL');
    const killed = await until('the attempt is given back', () => peer.attempt(id).finishes[0], 30_000);
    expect(killed).toMatchObject({ outcome: 'FAILED', failure: { code: 'CHILD_KILLED' } });
    const last = peer.attempt(id).checkpoints.at(-1) ?? newest;
    const blob = peer.addBlob(last.bytes);
    const again = await queueRun(digest, 10_000, { digest: blob, step: last.step, trainingEpoch: last.step });
    const first = await until('training goes on', () => peer.steps(again)[0], 30_000);
    expect(first).toBe(last.step + 1);
    expect(peer.attempt(again).reports.find(({ resumedFromStep }) => resumedFromStep !== undefined)?.resumedFromStep).toBe(last.step);
    peer.attempt(again).cancel = true;
    expect(await until('it is cancelled', () => peer.attempt(again).finishes[0])).toMatchObject({ outcome: 'CANCELLED' });
    expect(peer.violations).toEqual([]);
  }, 120_000);
});

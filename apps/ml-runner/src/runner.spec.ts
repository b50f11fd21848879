import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { INSPECTION_QUEUE, RUNNER_JOBS, RUNNER_QUEUE, type TemplateSpec } from '@trainyard/domain';
import { buildClaim, type Behaviour } from '../test/behaviour.ts';
import { PeerApi } from '../test/peer-api.ts';
import { TestQueue } from '../test/queue.ts';
import { RunnerProcess, type RunnerOptions } from '../test/runner-process.ts';
import { until } from '../test/until.ts';

let queue: TestQueue;
let dir: string;
let peer: PeerApi;
let runners: RunnerProcess[];
let engines: Buffer | null = null;

beforeAll(async () => {
  queue = await TestQueue.start();
}, 60_000);
afterAll(() => queue.stop());

beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'trainyard-runner-'));
  peer = await new PeerApi().up();
  runners = [];
  // As on any machine where a runner was started before: its engines are known.
  if (engines !== null) await writeFile(path.join(dir, 'engines.json'), engines);
});
afterEach(async () => {
  await Promise.all(runners.map((runner) => runner.end('SIGKILL')));
  engines ??= await readFile(path.join(dir, 'engines.json')).catch(() => null);
  await peer.away();
  await rm(dir, { recursive: true, force: true });
  expect(peer.violations).toEqual([]);
});

function startRunner(options: Partial<RunnerOptions> = {}): RunnerProcess {
  const runner = new RunnerProcess({ apiUrl: peer.url, queueUrl: queue.runnerUrl, dir, ...options });
  runners.push(runner);
  return runner;
}

async function ringFor(behaviour: Partial<Behaviour>): Promise<string> {
  const id = peer.addAttempt(buildClaim(behaviour));
  await queue.ring(RUNNER_QUEUE, RUNNER_JOBS.attempt, { attemptId: id });
  return id;
}

const finishOf = (id: string) => until('the attempt is finished', () => peer.attempt(id).finishes.at(-1), 20_000);
const spoolOf = (id: string): string => path.join(dir, 'spool', `${id}.1.jsonl`);
const upTo = (last: number) => Array.from({ length: last }, (_, at) => at + 1);

/** The training process of an attempt, found as an operator would: by its working folder. */
function childPid(id: string): number {
  const folder = readdirSync(path.join(dir, 'attempts')).find((name) => name.startsWith(id));
  const note = JSON.parse(readFileSync(path.join(dir, 'attempts', folder ?? '', 'child.json'), 'utf8')) as { pid: number };
  return note.pid;
}
const isAlive = (pid: number): boolean => {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

describe('the runner process', () => {
  it('says hello, is healthy only then, and trains what the bell rings for', async () => {
    await peer.away();
    const runner = startRunner();
    const health = () => fetch(`http://127.0.0.1:${port}/health`);
    const port = await runner.port();
    expect((await health()).status).toBe(503);
    await peer.up();
    await runner.takingWork();
    expect((await health()).status).toBe(200);
    const id = await ringFor({ steps: 50 });
    expect(await finishOf(id)).toMatchObject({ outcome: 'SUCCEEDED' });
    expect(peer.steps(id)).toEqual(upTo(50));
    await until('the bell is answered for good', async () => (await queue.jobs()) === 0);
    expect(peer.hellos.at(-1)?.engines.find(({ engine }) => engine === 'CPU')).toMatchObject({ available: true });
    expect(peer.hellos.at(-1)?.engines.find(({ engine }) => engine === 'TFJS_NODE_GPU')).toMatchObject({
      available: false,
      reason: 'Not in this test. It could not load libcudart.so.11.0, libcudnn.so.8.',
    });
    for (const line of runner.output.join('').trim().split('\n'))
      expect(JSON.parse(line)).toMatchObject({ process: 'ml-runner', time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) });
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(metrics).toMatch(/trainyard_runner_attempts_ended_total\{outcome="SUCCEEDED",code=""\} 1/);
  });

  it('runs once what is rung for twice, whatever it hears of an earlier claim', async () => {
    // With room for another: else the second ring waits until the first has ended.
    await startRunner({ env: { TRAINYARD_RUNNER_CONCURRENCY: '2' } }).takingWork();
    const id = await ringFor({ steps: 150, everyMs: 10 });
    await queue.ring(RUNNER_QUEUE, RUNNER_JOBS.attempt, { attemptId: id });
    peer.lateVerdicts = [{ attemptId: id, claim: 0, verdict: 'FENCED' }];
    const beats = peer.heartbeats;
    expect(await finishOf(id)).toMatchObject({ outcome: 'SUCCEEDED' });
    expect(peer.heartbeats).toBeGreaterThan(beats);
    await until('both rings are answered', async () => (await queue.jobs()) === 0);
    expect(peer.attempt(id)).toMatchObject({ asked: 1, claim: 1 });
    expect(peer.attempt(id).finishes).toHaveLength(1);
  });

  it('trains what an api of before sends without a kind, by its name of claims, and refuses a kind that it does not know', async () => {
    peer.isOfBefore = true;
    await startRunner().takingWork();
    const { spec, ...claim } = buildClaim({ steps: 3 });
    const { kind, ...before } = spec;
    expect(kind).toBe('TEMPLATE');
    for (const [sent, finish] of [
      [before, { outcome: 'SUCCEEDED', failure: null }],
      [
        { ...spec, kind: 'RIDDLE' },
        { outcome: 'FAILED', failure: { code: 'INVALID_SPEC', message: expect.stringContaining('no runs of the kind RIDDLE') } },
      ],
    ] as const) {
      const id = peer.addAttempt({ ...claim, spec: sent as TemplateSpec });
      await queue.ring(RUNNER_QUEUE, RUNNER_JOBS.attempt, { attemptId: id });
      expect(await finishOf(id)).toMatchObject(finish);
    }
  });

  it('runs as many at once as it has slots, and takes the next when one is free', async () => {
    await startRunner({ env: { TRAINYARD_RUNNER_CONCURRENCY: '2' } }).takingWork();
    const ids = [await ringFor({ steps: 1, end: 'HANG' }), await ringFor({ steps: 1, end: 'HANG' }), await ringFor({ steps: 1 })];
    const running = await until('two train', () => {
      const claimed = ids.filter((id) => peer.steps(id).length > 0);
      return claimed.length === 2 ? claimed : null;
    });
    expect(ids.filter((id) => peer.attempt(id).claim > 0)).toEqual(running);
    peer.attempt(running[0] ?? '').cancel = true;
    const last = ids.find((id) => !running.includes(id)) ?? '';
    expect(await finishOf(last)).toMatchObject({ outcome: 'SUCCEEDED' });
  });

  it('cancels also when the child says nothing', async () => {
    await startRunner().takingWork();
    const id = await ringFor({ steps: 2, end: 'DEAF' });
    await until('it trains', () => peer.steps(id).length === 2);
    peer.attempt(id).cancel = true;
    expect(await finishOf(id)).toMatchObject({ outcome: 'CANCELLED' });
  });

  it('looks at a dataset while all its slots are busy training', async () => {
    const folder = path.join(dir, 'registered');
    const table = path.join(dir, 'table.csv');
    await writeFile(table, 'broken table');
    await startRunner({ env: { TRAINYARD_DATASET_PATHS: `${folder}:${dir}` } }).takingWork();
    const busy = await ringFor({ steps: 1, end: 'HANG' });
    await until('it trains', () => peer.steps(busy).length > 0);
    const digest = peer.addBlob('1,2\n3,4\n');
    const good = peer.addInspection({ kind: 'CSV', source: 'UPLOAD', files: [{ role: 'TABLE', digest, size: 8, name: 'good.csv' }] });
    const broken = peer.addInspection({ kind: 'CSV', source: 'PATH', files: [{ role: 'TABLE', path: table }] });
    const outside = peer.addInspection({ kind: 'CSV', source: 'PATH', files: [{ role: 'TABLE', path: '/etc/passwd' }] });
    for (const datasetId of [good, broken, outside]) await queue.ring(INSPECTION_QUEUE, RUNNER_JOBS.inspection, { datasetId });
    const answers = await until('all are inspected', () => {
      const finishes = [good, broken, outside].map((id) => peer.inspections.get(id)?.finishes[0]);
      return finishes.every((finish) => finish !== undefined) ? finishes : null;
    });
    expect(answers).toEqual([
      expect.objectContaining({ error: null, summary: expect.objectContaining({ sampleCount: 8 }) }),
      expect.objectContaining({ summary: null, error: { code: 'DATASET_MALFORMED', params: { row: 3 } } }),
      expect.objectContaining({ summary: null, error: { code: 'DATASET_PATH_FORBIDDEN', params: { path: '/etc/passwd' } } }),
    ]);
  });

  it('refuses a second runner in the same folder, and a wrong environment, in a sentence', async () => {
    await startRunner().takingWork();
    const second = startRunner();
    expect(await second.exitCode()).toBe(78);
    expect(second.output.join('')).toMatch(/Another runner \(process \d+\) uses .*TRAINYARD_RUNNER_DIR/);
    const wrong = startRunner({ env: { TRAINYARD_API_URL: 'nowhere' } });
    expect(await wrong.exitCode()).toBe(78);
    expect(wrong.output.join('')).toBe('TRAINYARD_API_URL must be an address starting with http:// or https://.\n');
  });
});

describe('what a runner survives', () => {
  it('killed with signal 9 while the api is away, twice in a row: the next life delivers what was spooled, once, and gives the attempt back', async () => {
    const first = await startRunner().takingWork();
    const id = await ringFor({ steps: 100_000, everyMs: 2, checkpointEvery: 50 });
    await until('a checkpoint is stored', () => peer.attempt(id).checkpoints.length > 0);
    await peer.away();
    const before = peer.steps(id).length;
    const spool = spoolOf(id);
    // Proof that there is something on disk which the api does not have: a point well beyond the last one stored.
    const spooled = await until('reports are spooled', () => {
      const steps = [...readFileSync(spool, 'utf8').matchAll(/"steps":\[([\d,]+)\]/g)].flatMap((match) => (match[1] ?? '').split(',').map(Number));
      return Math.max(...steps) > before + 100 ? Math.max(...steps) : null;
    });
    const child = childPid(id);
    await first.end('SIGKILL');
    await until('the child ends with its runner', () => !isAlive(child));
    // And the next life is killed as well, while it waits to give the attempt back.
    const second = startRunner();
    await until('the end is on disk', () => readFileSync(spool, 'utf8').includes('"FINISH"'));
    await second.end('SIGKILL');
    startRunner();
    await peer.up();
    expect(await finishOf(id)).toMatchObject({ claim: 1, outcome: 'FAILED', failure: { code: 'RUNNER_LOST' } });
    const steps = peer.steps(id);
    expect(steps).toEqual(upTo(steps.length));
    expect(steps.length).toBeGreaterThanOrEqual(spooled);
    const newest = Math.max(...peer.attempt(id).checkpoints.map(({ step }) => step));
    expect(newest).toBeGreaterThan(before);
    await until('the folder is clean', () => readdirSync(path.join(dir, 'spool')).length === 0 && readdirSync(path.join(dir, 'attempts')).length === 0);
  }, 60_000);

  it('killed after training ended but before the end was told: the result is not lost', async () => {
    const first = await startRunner().takingWork();
    const id = await ringFor({ steps: 200, everyMs: 2 });
    await until('it trains', () => peer.steps(id).length > 0);
    await peer.away();
    await until('the end is on disk', () => readFileSync(spoolOf(id), 'utf8').includes('"FINISH"'));
    await first.end('SIGKILL');
    await peer.up();
    startRunner();
    expect(await finishOf(id)).toMatchObject({ outcome: 'SUCCEEDED', result: { steps: 200 } });
    expect(peer.steps(id)).toEqual(upTo(200));
    expect(peer.attempt(id).artifacts).toEqual([{ name: 'model.zip', content: 'the model' }]);
  }, 60_000);

  it('killed while its model waits for room: the next life holds the attempt like any other, hears of it, and delivers the model', async () => {
    peer.refuseArtifacts = 507;
    const first = await startRunner().takingWork();
    const [id, cancelled] = [await ringFor({ steps: 5 }), await ringFor({ steps: 5 })];
    for (const each of [id, cancelled])
      await until('the end is on disk', () => existsSync(spoolOf(each)) && readFileSync(spoolOf(each), 'utf8').includes('"FINISH"'));
    await first.end('SIGKILL');
    peer.held = [];
    startRunner();
    await until('both are held', () => [id, cancelled].every((each) => peer.held.some(({ attemptId, claim }) => attemptId === each && claim === 1)));
    peer.attempt(cancelled).cancel = true;
    expect(await finishOf(cancelled)).toMatchObject({ outcome: 'FAILED' });
    expect(peer.attempt(id).finishes).toEqual([]);
    peer.refuseArtifacts = null;
    expect(await finishOf(id)).toMatchObject({ outcome: 'SUCCEEDED', result: { steps: 5 } });
    expect(peer.attempt(id).artifacts).toEqual([{ name: 'model.zip', content: 'the model' }]);
    await until('nothing is held any more', () => peer.held.length === 0);
  }, 60_000);

  it('killed in the middle of an inspection: the next life does it again without being rung for', async () => {
    const first = await startRunner().takingWork();
    const digest = peer.addBlob('endless');
    const id = peer.addInspection({ kind: 'CSV', source: 'UPLOAD', files: [{ role: 'TABLE', digest, size: 7, name: 'table.csv' }] });
    await queue.ring(INSPECTION_QUEUE, RUNNER_JOBS.inspection, { datasetId: id });
    await until('it is noted', () => existsSync(path.join(dir, 'inspections', id)));
    await first.end('SIGKILL');
    const inspection = peer.inspections.get(id);
    if (inspection === undefined) throw new Error('no inspection');
    inspection.claimable = true;
    inspection.given.dataset = { kind: 'SYNTHETIC', source: 'SYNTHETIC', synthetic: 'COMPARISON', samples: 9, seed: 1 };
    await startRunner().takingWork();
    expect(await until('it is inspected', () => inspection.finishes[0])).toMatchObject({ claim: 2, error: null });
    await until('the note is gone', () => !existsSync(path.join(dir, 'inspections', id)));
  }, 60_000);

  it('killed, and its attempt given to somebody else meanwhile: what it spooled is dropped', async () => {
    const first = await startRunner().takingWork();
    const id = await ringFor({ steps: 100_000, everyMs: 2 });
    await until('it trains', () => peer.steps(id).length > 0);
    await first.end('SIGKILL');
    peer.fence(id);
    const stored = peer.steps(id).length;
    await startRunner().takingWork();
    await until('the spool is dropped', () => readdirSync(path.join(dir, 'spool')).length === 0);
    expect(peer.steps(id)).toHaveLength(stored);
    expect(peer.attempt(id).finishes).toEqual([]);
  }, 60_000);

  it('PostgreSQL killed with signal 9, twice, while it trains and while it waits', async () => {
    const runner = await startRunner().takingWork();
    const id = await ringFor({ steps: 100, everyMs: 20 });
    await until('it trains', () => peer.steps(id).length > 0);
    await queue.killServer();
    expect(await finishOf(id)).toMatchObject({ outcome: 'SUCCEEDED' });
    await until('PostgreSQL is back', () => queue.isUp(), 30_000);
    await queue.killServer();
    await until('PostgreSQL is back again', () => queue.isUp(), 30_000);
    const next = await ringFor({ steps: 5 });
    expect(await finishOf(next)).toMatchObject({ outcome: 'SUCCEEDED' });
    expect(isAlive(runner.pid)).toBe(true);
  }, 90_000);

  it('PostgreSQL crashing again and again, also while the connection is being made anew', async () => {
    const runner = await startRunner().takingWork();
    for (let crash = 0; crash < 6; crash += 1) {
      await until('it crashed', () => queue.crashServer());
      const id = peer.addAttempt(buildClaim({ steps: 5 }));
      await until(
        'it is rung for',
        () =>
          queue.ring(RUNNER_QUEUE, RUNNER_JOBS.attempt, { attemptId: id }).then(
            () => true,
            () => false,
          ),
        30_000,
      );
      expect(await finishOf(id)).toMatchObject({ outcome: 'SUCCEEDED' });
    }
    expect(isAlive(runner.pid)).toBe(true);
  }, 90_000);

  it('an api that forgot it: it says hello again', async () => {
    await startRunner().takingWork();
    peer.runnerId = 'another';
    const id = await ringFor({ steps: 5 });
    expect(await finishOf(id)).toMatchObject({ outcome: 'SUCCEEDED' });
  });
});

describe('a graceful end', () => {
  it('gives the attempt back with its newest checkpoint, and leaves no process', async () => {
    const runner = await startRunner().takingWork();
    const id = await ringFor({ steps: 100_000, everyMs: 2, checkpointEvery: 20, end: 'DEAF' });
    await until('a checkpoint is stored', () => peer.attempt(id).checkpoints.length > 0);
    const child = childPid(id);
    expect(await runner.end('SIGTERM')).toBe(0);
    expect(peer.attempt(id).finishes).toEqual([expect.objectContaining({ outcome: 'FAILED', failure: expect.objectContaining({ code: 'RUNNER_LOST' }) })]);
    expect(isAlive(child)).toBe(false);
  });

  it('while the api is away: ends without waiting for it, and the next life delivers the rest', async () => {
    const runner = await startRunner().takingWork();
    const id = await ringFor({ steps: 100_000, everyMs: 2 });
    await until('it trains', () => peer.steps(id).length > 0);
    await peer.away();
    expect(await runner.end('SIGTERM')).toBe(0);
    await peer.up();
    startRunner();
    expect(await finishOf(id)).toMatchObject({ outcome: 'FAILED', failure: { code: 'RUNNER_LOST' } });
    expect(peer.steps(id)).toEqual(upTo(peer.steps(id).length));
  }, 60_000);
});

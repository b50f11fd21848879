import { readdirSync, readlinkSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import type { RunLimits } from '@trainyard/domain';
import { buildClaim, type Behaviour } from '../test/behaviour.ts';
import { PeerApi, TOKEN } from '../test/peer-api.ts';
import { until } from '../test/until.ts';
import { DatasetFiles } from './datasets/dataset-files.ts';
import { ApiClient } from './link/api-client.ts';
import { RunnerMetrics } from './monitor/metrics.ts';
import { AttemptRun } from './run-attempt.ts';

const CHILD = fileURLToPath(new URL('../test/test-child.ts', import.meta.url));
const ENGINE = { engine: 'CPU', available: true, reason: null, device: null, isGpu: false, layers: [], samplesPerSecond: {}, versions: {} } as const;

let dir: string;
let peer: PeerApi;
let api: ApiClient;
let runs: AttemptRun[];
const metrics = new RunnerMetrics();

beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'trainyard-attempt-'));
  peer = await new PeerApi().up();
  api = new ApiClient({ apiUrl: peer.url, token: TOKEN, metrics });
  runs = [];
});
afterEach(async () => {
  for (const run of runs) run.hear('FENCED');
  await Promise.allSettled(runs.map((run) => run.done));
  api.close();
  await peer.away();
  await rm(dir, { recursive: true, force: true });
  expect(peer.violations).toEqual([]);
});

function start(behaviour: Partial<Behaviour>, limits: Partial<RunLimits> = {}): { id: string; run: AttemptRun } {
  const id = peer.addAttempt(buildClaim(behaviour, limits));
  return { id, run: startRun(id) };
}

/** @param machine the ceilings of the machine, where they are lower than the run's */
function startRun(id: string, machine: Partial<RunLimits> = {}): AttemptRun {
  const run = new AttemptRun(id, peer.claimFor(id), {
    api,
    files: new DatasetFiles({ api, dir, datasetPaths: [], cacheMiB: 100 }),
    log: pino({ level: 'silent' }),
    metrics,
    dir,
    childPath: CHILD,
    memoryMiB: 100_000,
    wallSeconds: 3600,
    ...machine,
    spoolMiB: 64,
    chooseEngine: () => ({ ok: true, report: { ...ENGINE, layers: [] } }),
  });
  runs.push(run);
  return run;
}

const finishOf = (id: string) => until('the attempt is finished', () => peer.attempt(id).finishes[0]);
const childOf = (id: string): Promise<number> =>
  until('the child runs', () => {
    for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
      try {
        const cwd = path.basename(readlinkSync(`/proc/${name}/cwd`));
        if (cwd === `${id}.${peer.attempt(id).claim}`) return Number(name);
      } catch {
        // Ended meanwhile, or not ours.
      }
    }
    return null;
  });

describe('an attempt that goes well', () => {
  it('reports every step once and in order, stores the model before the end, and leaves nothing behind', async () => {
    const { id, run } = start({ steps: 300, everyMs: 0, lines: 3 });
    await run.done;
    const attempt = peer.attempt(id);
    expect(attempt.finishes).toEqual([
      expect.objectContaining({ claim: 1, outcome: 'SUCCEEDED', failure: null, result: expect.objectContaining({ steps: 300 }) }),
    ]);
    expect(peer.steps(id)).toEqual(Array.from({ length: 300 }, (_, at) => at + 1));
    expect(attempt.artifacts).toEqual([{ name: 'model.zip', content: 'the model' }]);
    expect(attempt.reports.filter(({ environment }) => environment)).toHaveLength(1);
    expect(peer.logs(id)).toEqual(expect.arrayContaining(['line 0', 'line 1', 'line 2']));
    expect(readdirSync(path.join(dir, 'spool'))).toEqual([]);
    expect(readdirSync(path.join(dir, 'attempts'))).toEqual([]);
  });

  it('stores checkpoints while it trains, and goes on from one that the claim names', async () => {
    const { id, run } = start({ steps: 100, everyMs: 5, checkpointEvery: 10 });
    await run.done;
    // Only the newest is worth its way: one that another overtook is not sent.
    const stored = peer.attempt(id).checkpoints.map(({ step }) => step);
    expect(stored.length).toBeGreaterThan(1);
    expect(stored).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90, 100].filter((step) => stored.includes(step)));
    const digest = peer.addBlob('20');
    const again = peer.addAttempt({ ...buildClaim({ steps: 30 }), checkpoint: { digest, step: 20, trainingEpoch: 1 } });
    await startRun(again).done;
    expect(peer.steps(again)).toEqual([21, 22, 23, 24, 25, 26, 27, 28, 29, 30]);
    expect(
      peer
        .attempt(again)
        .reports.map(({ resumedFromStep }) => resumedFromStep)
        .filter((step) => step !== undefined),
    ).toEqual([20]);
  });

  it('keeps its result when its child crashes after it', async () => {
    const { id, run } = start({ end: 'DONE_THEN_CRASH' });
    await run.done;
    expect(peer.attempt(id).finishes).toEqual([expect.objectContaining({ outcome: 'SUCCEEDED', result: expect.objectContaining({ steps: 5 }) })]);
  });

  it('begins afresh, and says so, where the checkpoint of its claim cannot be had', async () => {
    const id = peer.addAttempt({ ...buildClaim(), checkpoint: { digest: 'c'.repeat(64), step: 3, trainingEpoch: 1 } });
    await startRun(id).done;
    expect(peer.attempt(id).finishes).toEqual([expect.objectContaining({ outcome: 'SUCCEEDED' })]);
    expect(peer.steps(id)).toEqual([1, 2, 3, 4, 5]);
    expect(
      peer
        .attempt(id)
        .reports.flatMap(({ logs }) => logs)
        .map(({ params }) => params),
    ).toContainEqual(expect.objectContaining({ reason: 'CHECKPOINT_NOT_HAD', step: 3 }));
  });
});

describe('the truth about how a child ended', () => {
  it.each([
    ['says why itself', { end: 'FAILED' }, {}, 'DIVERGED', /NaN at step 5/],
    ['exits with a code', { end: 'CRASH' }, {}, 'CHILD_CRASHED', /exit code 3.*boom: something native broke/s],
    ['ends without a result', { end: 'SILENT' }, {}, 'CHILD_CRASHED', /without a result/],
    ['takes too long', { end: 'HANG' }, { wallSeconds: 1 }, 'TIME_LIMIT', /limit of 1 s/],
    ['uses too much memory', { end: 'EAT_MEMORY' }, { memoryMiB: 300 }, 'OUT_OF_MEMORY', /limit is 300 MiB|limit 300 MiB/],
    ['says that memory ran out, then where in each of its threads', { end: 'BURY_ITS_REASON' }, {}, 'OUT_OF_MEMORY', /heap out of memory/],
    ['fills the heap', { end: 'EAT_HEAP' }, { memoryMiB: 200 }, 'OUT_OF_MEMORY', /200 MiB/],
  ] as const)(
    'a child that %s',
    async (_, behaviour, limits, code, message) => {
      const { id } = start(behaviour, limits);
      const finish = await finishOf(id);
      expect(finish).toMatchObject({ outcome: 'FAILED', failure: { code, message: expect.stringMatching(message) } });
    },
    30_000,
  );

  it.each([
    ['time', 'HANG', { wallSeconds: 1 }, 'TIME_LIMIT', /limit of 1 s/],
    ['memory', 'EAT_MEMORY', { memoryMiB: 300 }, 'OUT_OF_MEMORY', /limit is 300 MiB|limit 300 MiB/],
  ] as const)(
    'a child that goes beyond the ceiling of %s of its machine, which is lower than its own',
    async (_, end, machine, code, message) => {
      const id = peer.addAttempt(buildClaim({ end }));
      startRun(id, machine);
      expect(await finishOf(id)).toMatchObject({ outcome: 'FAILED', failure: { code, message: expect.stringMatching(message) } });
    },
    30_000,
  );

  it('a child killed with signal 9 by somebody else', async () => {
    const { id } = start({ steps: 1000, everyMs: 10 });
    await until('it trains', () => peer.steps(id).length > 0);
    process.kill(await childOf(id), 'SIGKILL');
    expect(await finishOf(id)).toMatchObject({ outcome: 'FAILED', failure: { code: 'CHILD_KILLED', message: expect.stringMatching(/SIGKILL/) } });
  });

  it('sends the newest checkpoint before it gives the attempt back', async () => {
    const { id } = start({ steps: 1000, everyMs: 2, checkpointEvery: 5 });
    await until('a checkpoint is stored', () => peer.attempt(id).checkpoints.length > 0);
    process.kill(await childOf(id), 'SIGKILL');
    await finishOf(id);
    const newest = Math.max(...peer.attempt(id).checkpoints.map(({ step }) => step));
    expect(peer.steps(id).at(-1)).toBeLessThan(newest + 10);
  });

  it('sends the newest checkpoint before the end also where the api was away for both', async () => {
    await peer.away();
    const { id, run } = start({ steps: 20, checkpointEvery: 10, end: 'CRASH' });
    await run.slotFree;
    await peer.up();
    await run.done;
    expect(peer.attempt(id).checkpoints.map(({ step }) => step)).toEqual([20]);
    expect(peer.attempt(id).finishes).toEqual([expect.objectContaining({ outcome: 'FAILED' })]);
  });
});

describe('cancelling and fencing', () => {
  it.each(['HANG', 'DEAF'] as const)('ends a child that %ss upon the verdict and reports CANCELLED', async (end) => {
    const { id } = start({ steps: 3, end });
    await until('it trains', () => peer.steps(id).length === 3);
    const pid = await childOf(id);
    peer.attempt(id).cancel = true;
    for (const run of runs) run.hear('CANCEL');
    expect(await finishOf(id)).toMatchObject({ outcome: 'CANCELLED', failure: null });
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  it('hears the cancellation in the reply to a report', async () => {
    const { id } = start({ steps: 10_000, everyMs: 5 });
    await until('it trains', () => peer.steps(id).length > 0);
    peer.attempt(id).cancel = true;
    expect(await finishOf(id)).toMatchObject({ outcome: 'CANCELLED' });
  });

  it('reports CANCELLED where it is cancelled before training begins, also when its runner then stops', async () => {
    const { id, run } = start({});
    run.hear('CANCEL');
    run.shutdown();
    expect(await finishOf(id)).toMatchObject({ outcome: 'CANCELLED', failure: null });
    expect(peer.steps(id)).toEqual([]);
  });

  it('is given back, to be queued again, where its runner stops before training begins', async () => {
    const { id, run } = start({});
    run.shutdown();
    expect(await finishOf(id)).toMatchObject({ outcome: 'FAILED', failure: { code: 'RUNNER_LOST', params: { reason: 'RUNNER_STOPPED' } } });
  });

  it.each<[string, (id: string, run: AttemptRun) => void]>([
    ['by the reply to a report', (id) => peer.fence(id)],
    ['by the reply to a heartbeat, whatever it hears after', (_, run) => (run.hear('FENCED'), run.hear('CANCEL'))],
  ])('writes nothing more once it is fenced %s, and kills the child', async (_, fence) => {
    const { id, run } = start({ steps: 10_000, everyMs: 5 });
    await until('it trains', () => peer.steps(id).length > 0);
    const pid = await childOf(id);
    fence(id, run);
    await run.done;
    expect(peer.attempt(id).finishes).toEqual([]);
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect(readdirSync(path.join(dir, 'spool'))).toEqual([]);
  });
});

describe('an api that goes away', () => {
  it('trains on, and delivers every step exactly once when it is back', async () => {
    const { id, run } = start({ steps: 200, everyMs: 5, checkpointEvery: 20 });
    await until('it trains', () => peer.steps(id).length > 0);
    await peer.away();
    await run.slotFree;
    expect(peer.attempt(id).finishes).toEqual([]);
    await peer.up();
    await run.done;
    expect(peer.steps(id)).toEqual(Array.from({ length: 200 }, (_, at) => at + 1));
    expect(peer.attempt(id).finishes).toEqual([expect.objectContaining({ outcome: 'SUCCEEDED' })]);
    expect(peer.attempt(id).artifacts).toHaveLength(1);
  });

  it('delivers again what was stored without an answer, and the api recognises it', async () => {
    const { id, run } = start({ steps: 100, everyMs: 5 });
    peer.loseReplies = { path: /report|finish/, count: 3 };
    await run.done;
    expect(peer.attempt(id).redelivered).toBeGreaterThan(0);
    expect(peer.steps(id)).toEqual(Array.from({ length: 100 }, (_, at) => at + 1));
    expect(peer.attempt(id).finishes).toHaveLength(1);
  });

  it('does not call a run succeeded whose model could not be stored', async () => {
    peer.refuseArtifacts = 413;
    const { id } = start({});
    expect(await finishOf(id)).toMatchObject({ outcome: 'FAILED', failure: { code: 'STORAGE_FULL', message: expect.stringMatching(/model\.zip/) } });
  });

  it('keeps the model while there is no room for it, lets others train meanwhile, and delivers it later', async () => {
    peer.refuseArtifacts = 507;
    const { id, run } = start({});
    await run.slotFree;
    await until('it was refused again', () => peer.refusedArtifacts > 2);
    expect(peer.attempt(id).finishes).toEqual([]);
    peer.refuseArtifacts = null;
    await run.done;
    expect(peer.attempt(id).artifacts).toEqual([{ name: 'model.zip', content: 'the model' }]);
    expect(peer.attempt(id).finishes).toEqual([expect.objectContaining({ outcome: 'SUCCEEDED' })]);
  });

  it('keeps the model no longer once the run is cancelled', async () => {
    peer.refuseArtifacts = 507;
    const { id, run } = start({});
    await until('it was refused', () => peer.refusedArtifacts > 0);
    run.hear('CANCEL');
    await run.done;
    expect(peer.attempt(id)).toMatchObject({ artifacts: [], finishes: [{ outcome: 'FAILED' }] });
  });

  it('waits with reports while its disk is full', async () => {
    peer.diskFull = true;
    const { id, run } = start({ steps: 50, everyMs: 2 });
    await run.slotFree;
    peer.diskFull = false;
    await run.done;
    expect(peer.steps(id)).toEqual(Array.from({ length: 50 }, (_, at) => at + 1));
    expect(peer.attempt(id).finishes).toEqual([expect.objectContaining({ outcome: 'SUCCEEDED' })]);
  });

  it('is told an end that it does accept when it refuses the result', async () => {
    peer.refuseResults = true;
    const { id } = start({});
    expect(await finishOf(id)).toMatchObject({
      outcome: 'FAILED',
      failure: { code: 'RUNNER_ERROR', message: expect.stringMatching(/refused the run's SUCCEEDED end \(BAD_INPUT\)/) },
      result: null,
    });
  });
});

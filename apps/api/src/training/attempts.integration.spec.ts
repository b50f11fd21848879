import { decideAttempt, SERIES } from '@trainyard/domain';
import { buildRun } from '../../test/factories/training.ts';
import { codeOf, CPU_ENGINE, GPU_ENGINE, points, RESULT, TestRunner } from '../../test/runner.ts';
import { jobsOf, readRun, reconcilerOf, until } from '../../test/runs.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { BlobStore } from '../platform/blobs/blob-store.ts';
import { rows } from '../platform/sql/database.ts';
import { decided } from '../platform/domain-error.ts';
import { ringId } from '../platform/jobs/queue.ts';
import { AttemptStates } from './attempt-state.service.ts';

let trainyard: TestTrainyard;
let runner: TestRunner;

beforeAll(async () => {
  trainyard = await TestTrainyard.start();
  runner = await TestRunner.online(trainyard);
});
afterAll(() => trainyard.stop());

describe('an attempt', () => {
  it('goes from the queue to its result, each step on the card and in the log', async () => {
    const run = await buildRun(trainyard);
    await until(
      () => jobsOf(trainyard, run.attemptId),
      (found) => found.length === 1,
    );
    expect(await readRun(run)).toMatchObject({ state: 'QUEUED', card: { state: 'QUEUED', waiting: null, totalSteps: 1000 } });

    const claim = await runner.claim(run.attemptId);
    expect(claim).toMatchObject({
      claim: 1,
      runId: run.id,
      checkpoint: null,
      dataset: { source: 'SYNTHETIC', synthetic: 'COMPARISON', samples: 100, seed: 7 },
      spec: { template: 'NET_2_3_1' },
    });
    expect(claim.title).toBe(`${run.ticket.project.key}-1 run 1`);
    expect((await readRun(run)).state).toBe('STARTING');

    const progress = {
      phase: 'TRAINING' as const,
      step: 3,
      totalSteps: 1000,
      trainingEpoch: 3,
      totalEpochs: 1000,
      samplesPerSecond: 10,
      elapsedMs: 5,
      remainingMs: 9,
    };
    await runner.report(run.attemptId, {
      claim: 1,
      seq: 0,
      progress,
      metrics: [points('LOSS', 1, 3), points('ACCURACY', 1, 3, () => 0.5)],
      logs: [
        { line: 0, at: new Date().toISOString(), stream: 'OUT', text: 'a\0b' },
        { line: 1, at: new Date().toISOString(), stream: 'RUNNER', text: 'Claimed by "lab"', params: { reason: 'CLAIMED', host: 'the "lab", {1}', claim: 1 } },
      ],
    });
    const running = await readRun(run);
    expect(running).toMatchObject({
      state: 'RUNNING',
      card: { step: 3, headline: { split: 'TRAIN', value: 0.5 }, sparkline: [1, 0.5, 1 / 3] },
      attempt: {
        runnerName: 'runner-1',
        log: [
          { line: 0, text: 'a�b', params: null },
          { line: 1, params: { reason: 'CLAIMED', host: 'the "lab", {1}', claim: 1 } },
        ],
      },
    });
    expect(running.attempt.metrics).toEqual([{ steps: [1, 2, 3], values: [1, 0.5, 1 / 3], pointCount: 3 }]);

    await runner.finish(run.attemptId, { claim: 1, outcome: 'SUCCEEDED', result: RESULT });
    const ended = await readRun(run);
    expect(ended).toMatchObject({
      state: 'SUCCEEDED',
      failureCode: null,
      card: { headline: { split: 'TEST', value: 0.97 } },
      result: {
        trainCount: 90,
        confusion: {
          counts: [
            [5, 1],
            [0, 4],
          ],
        },
      },
    });
    expect(ended.card.tick).toBeGreaterThan(running.card.tick);
    const logged = await rows<{ action: string; state: unknown }>(
      trainyard.database.direct,
      `SELECT action, changes -> 'state' AS state FROM activity WHERE entity_id = $1 ORDER BY seq`,
      [run.id],
    );
    expect(logged).toEqual([
      { action: 'CREATED', state: { from: null, to: 'QUEUED' } },
      { action: 'UPDATED', state: { from: 'QUEUED', to: 'STARTING' } },
      { action: 'UPDATED', state: { from: 'STARTING', to: 'RUNNING' } },
      { action: 'UPDATED', state: { from: 'RUNNING', to: 'SUCCEEDED' } },
    ]);
    const { ticket } = await run.member.ask<{ ticket: { latestRun: { id: string }; runs: { id: string }[] } }>(
      `query ($id: ID!) { ticket(id: $id) { latestRun { id } runs { id } } }`,
      { id: run.ticket.id },
    );
    expect(ticket).toEqual({ latestRun: { id: run.id }, runs: [{ id: run.id }] });
  });

  it('is on its card while it trains; then the one queued last is, waiting or not', async () => {
    const first = await buildRun(trainyard);
    const { ticket, member, datasetId } = first;
    const shown = async () =>
      (await member.ask<{ ticket: { latestRun: { id: string } } }>('query ($id: ID!) { ticket(id: $id) { latestRun { id } } }', { id: ticket.id })).ticket
        .latestRun.id;
    const second = await buildRun(trainyard, { ticket, member, datasetId, engine: 'GPU' });
    expect(await shown()).toBe(second.id);
    await runner.claim(first.attemptId);
    expect(await shown()).toBe(first.id);
    await runner.finish(first.attemptId, { claim: 1, outcome: 'SUCCEEDED', result: RESULT });
    expect(await shown()).toBe(second.id);
    const third = await buildRun(trainyard, { ticket, member, datasetId });
    await runner.claim(third.attemptId);
    await runner.finish(third.attemptId, { claim: 1, outcome: 'SUCCEEDED', result: RESULT });
    expect(await shown()).toBe(third.id);
  });

  it('leaves its card to the one queued last when both end at once', async () => {
    const first = await buildRun(trainyard);
    const { ticket, member, datasetId } = first;
    const second = await buildRun(trainyard, { ticket, member, datasetId });
    await Promise.all([first, second].map((run) => runner.claim(run.attemptId)));
    const [inHand, mayEnd] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const states = trainyard.app.get(AttemptStates);
    const ending = trainyard.database.transaction(async (tx) => {
      const attempt = (await states.lock(tx, second.attemptId))!;
      await states.apply(tx, attempt, decided(decideAttempt(attempt, { type: 'FINISH', claim: 1, outcome: 'SUCCEEDED', failure: null }, new Date())), null);
      inHand.resolve();
      await mayEnd.promise;
    });
    await inHand.promise;
    let ended = false;
    const other = runner.finish(first.attemptId, { claim: 1, outcome: 'SUCCEEDED', result: RESULT }).finally(() => (ended = true));
    const waits = () => rows(trainyard.database.direct, `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'transactionid'`);
    await until(waits, (found) => found.length > 0 || ended);
    mayEnd.resolve();
    await Promise.all([ending, other]);
    const shown = await member.ask<{ ticket: object }>('query ($id: ID!) { ticket(id: $id) { latestRun { id } } }', { id: ticket.id });
    expect(shown.ticket).toEqual({ latestRun: { id: second.id } });
  });

  it('is claimed once however often its bell rings', async () => {
    const run = await buildRun(trainyard);
    const claims = await Promise.allSettled(Array.from({ length: 8 }, () => runner.claim(run.attemptId)));
    expect(claims.filter((claim) => claim.status === 'fulfilled')).toHaveLength(1);
    expect(await codeOf(runner.claim(run.attemptId))).toBe('NOT_CLAIMABLE');
    await runner.finish(run.attemptId, { claim: 1, outcome: 'SUCCEEDED', result: RESULT });
    expect(await codeOf(runner.claim(run.attemptId))).toBe('NOT_CLAIMABLE');
  });

  it('stores a report once, also when it comes many times at once', async () => {
    const run = await buildRun(trainyard);
    await runner.claim(run.attemptId);
    const first = {
      claim: 1,
      seq: 0,
      metrics: [points('LOSS', 1, 300)],
      logs: [{ line: 0, at: new Date().toISOString(), stream: 'OUT' as const, text: 'once' }],
    };
    await Promise.all(Array.from({ length: 6 }, () => runner.report(run.attemptId, first)));
    // A line that comes again in another report is still one line.
    await runner.report(run.attemptId, { claim: 1, seq: 1, metrics: [points('LOSS', 301, 400)], logs: first.logs });
    expect(await runner.report(run.attemptId, first)).toMatchObject({ verdict: 'CONTINUE' });
    const { attempt } = await readRun(run);
    expect(attempt.metrics[0]).toMatchObject({ pointCount: 400 });
    expect(attempt.metrics[0]?.steps).toEqual(Array.from({ length: 400 }, (_, i) => i + 1));
    expect(attempt.log).toHaveLength(1);
  });

  it('keeps the newest two checkpoints and deletes the bytes of the others', async () => {
    const run = await buildRun(trainyard);
    await runner.claim(run.attemptId);
    for (const step of [1, 2, 3])
      await runner.put(`attempts/${run.attemptId}/checkpoint?claim=1&step=${step}&trainingEpoch=0`, Buffer.from(`weights ${step} of ${run.id}`));
    const kept = await rows<{ step: string }>(trainyard.database.direct, 'SELECT step FROM checkpoint WHERE attempt_id = $1 ORDER BY step', [run.attemptId]);
    expect(kept.map((checkpoint) => Number(checkpoint.step))).toEqual([2, 3]);
    await trainyard.database.direct.query(`UPDATE blob SET created_at = now() - interval '1 hour'`);
    expect(await trainyard.app.get(BlobStore).sweep()).toBe(1);
    expect(await codeOf(runner.put(`attempts/${run.attemptId}/checkpoint?claim=1&step=4&trainingEpoch=0`, Buffer.from('x'), '0'.repeat(64)))).toBe(
      'DIGEST_MISMATCH',
    );
  });

  it('takes reports larger than people may send', async () => {
    const run = await buildRun(trainyard);
    await runner.claim(run.attemptId);
    await runner.report(run.attemptId, { claim: 1, seq: 0, metrics: SERIES.map((series) => points(series, 1, 10_000, (step) => Math.sin(step))) });
    expect((await readRun(run)).attempt.metrics[0]?.pointCount).toBe(10_000);
  });

  it('is finished with whatever bytes its program died on', async () => {
    const run = await buildRun(trainyard);
    await runner.claim(run.attemptId);
    await runner.finish(run.attemptId, {
      claim: 1,
      outcome: 'FAILED',
      failure: { code: 'CHILD_CRASHED', message: 'exit code 1:\n\0\0', params: { reason: 'EXIT_CODE', exitCode: 1 } },
    });
    const { run: ended } = await run.member.ask<{ run: object }>(
      'query($id: ID!) { run(id: $id) { state failureMessage failureParams attempts { failureParams } } }',
      { id: run.id },
    );
    const failureParams = { reason: 'EXIT_CODE', exitCode: 1 };
    expect(ended).toEqual({ state: 'FAILED', failureMessage: 'exit code 1:\n\uFFFD\uFFFD', failureParams, attempts: [{ failureParams }] });
  });

  it('says of a good end that its loss rose', async () => {
    const run = await buildRun(trainyard);
    await runner.claim(run.attemptId);
    await runner.report(run.attemptId, { claim: 1, seq: 0, metrics: [points('LOSS', 1, 50, (step) => step * 1_000)] });
    const metrics = [...RESULT.metrics, { split: 'TRAIN' as const, name: 'loss' as const, value: 60_000 }];
    await runner.finish(run.attemptId, { claim: 1, outcome: 'SUCCEEDED', result: { ...RESULT, metrics } });
    expect((await readRun(run)).card).toMatchObject({ state: 'SUCCEEDED', doubt: 'LOSS_ROSE' });
  });

  it('is finished once: a second finish of the same claim is only acknowledged', async () => {
    const run = await buildRun(trainyard);
    await runner.claim(run.attemptId);
    await runner.finish(run.attemptId, { claim: 1, outcome: 'SUCCEEDED', result: RESULT });
    await runner.finish(run.attemptId, { claim: 1, outcome: 'SUCCEEDED', result: { ...RESULT, steps: 99 } });
    expect(await codeOf(runner.finish(run.attemptId, { claim: 1, outcome: 'FAILED', failure: { code: 'ENGINE_ERROR', message: '' } }))).toBe('FENCED');
    const [ends] = await rows<{ count: number }>(
      trainyard.database.direct,
      `SELECT count(*)::int AS count FROM activity WHERE entity_id = $1 AND changes -> 'state' ->> 'to' = 'SUCCEEDED'`,
      [run.id],
    );
    expect(ends?.count).toBe(1);
  });
});

describe('engines and bells', () => {
  it('waits for a runner with the engine asked for, and rings when one says hello', async () => {
    const run = await buildRun(trainyard, { engine: 'GPU' });
    expect((await readRun(run)).card.waiting).toBe('NO_ENGINE');
    expect(await codeOf(runner.claim(run.attemptId))).toBe('NOT_CLAIMABLE');
    expect((await readRun(run)).state).toBe('QUEUED');
    await until(
      () => jobsOf(trainyard, run.attemptId),
      (found) => found.length === 1,
    );
    const gpu = await TestRunner.online(trainyard, { name: 'gpu', engines: [CPU_ENGINE, GPU_ENGINE] });
    expect(await jobsOf(trainyard, run.attemptId)).toContain(ringId(run.attemptId, 2));
    expect((await readRun(run)).card.waiting).toBeNull();
    expect((await gpu.claim(run.attemptId)).claim).toBe(1);
  });

  it('rings again when the queue forgot, and not while it remembers', async () => {
    const run = await buildRun(trainyard);
    await until(
      () => jobsOf(trainyard, run.attemptId),
      (found) => found.length === 1,
    );
    const late = () => trainyard.database.direct.query(`UPDATE attempt SET rung_at = now() - interval '1 minute' WHERE id = $1`, [run.attemptId]);
    const idle = await TestRunner.online(trainyard, { name: 'idle', concurrency: 50 });
    const before = await jobsOf(trainyard, run.attemptId);
    await late();
    await reconcilerOf(trainyard).ringAttempts();
    expect(await jobsOf(trainyard, run.attemptId)).toEqual(before);
    await trainyard.database.direct.query(`DELETE FROM bullmq.job WHERE id LIKE $1 || '.%'`, [run.attemptId]);
    await late();
    await reconcilerOf(trainyard).ringAttempts();
    expect(await jobsOf(trainyard, run.attemptId)).toHaveLength(1);
    await idle.claim(run.attemptId);
  });

  it('understands a runner of before contract 5, which calls a claim an epoch', async () => {
    const run = await buildRun(trainyard);
    const attempt = `attempts/${run.attemptId}`;
    expect(await runner.claim(run.attemptId)).toMatchObject({ claim: 1, epoch: 1 });
    const beat = { runnerId: runner.id, attempts: [{ attemptId: run.attemptId, epoch: 1 }] };
    expect(await runner.post('heartbeat', beat)).toEqual({ attempts: [{ attemptId: run.attemptId, claim: 1, epoch: 1, verdict: 'CONTINUE' }] });
    const report = { progress: null, metrics: [], logs: [] };
    expect(await runner.post(`${attempt}/report`, { ...report, epoch: 1, seq: 0 })).toMatchObject({ verdict: 'CONTINUE' });
    expect(await codeOf(runner.post(`${attempt}/report`, { ...report, epoch: 2, seq: 1 }))).toBe('FENCED');
    expect(await codeOf(runner.post(`${attempt}/report`, { ...report, seq: 1 }))).toBe('BAD_INPUT');
    await runner.put(`${attempt}/checkpoint?epoch=1&step=1&trainingEpoch=1`, Buffer.from('weights'));
    await runner.put(`${attempt}/artifacts/model.zip?epoch=1`, Buffer.from('model'));
    await runner.post(`${attempt}/finish`, { epoch: 1, outcome: 'SUCCEEDED', failure: null, result: RESULT });
    expect(await readRun(run)).toMatchObject({ state: 'SUCCEEDED' });
  });

  it('refuses runners without the token, and bodies that are not of the contract', async () => {
    const stranger = new TestRunner(trainyard, 'stranger');
    stranger.token = 'another-token-of-length';
    expect(await codeOf(stranger.hello([CPU_ENGINE]))).toBe('UNAUTHENTICATED');
    const run = await buildRun(trainyard);
    await runner.claim(run.attemptId);
    const steps = { series: 'LOSS' as const, steps: [2, 1], values: [1, 2] };
    expect(await codeOf(runner.report(run.attemptId, { claim: 1, seq: 0, metrics: [steps] }))).toBe('BAD_INPUT');
    expect(await codeOf(runner.post(`attempts/${run.attemptId}/report`, { claim: 1 }))).toBe('BAD_INPUT');
    const line = {
      line: 0,
      at: new Date().toISOString(),
      stream: 'RUNNER' as const,
      text: 'x',
      params: { reason: 'CLAIMED' as const, ...Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`fact${i}`, i])) },
    };
    expect(await codeOf(runner.report(run.attemptId, { claim: 1, seq: 0, metrics: [], logs: [line] }))).toBe('BAD_INPUT');
    runner.id = '00000000-0000-0000-0000-000000000000';
    expect(await codeOf(runner.heartbeat())).toBe('RUNNER_UNKNOWN');
    await runner.hello([CPU_ENGINE]);
    expect((await runner.get(`blobs/${'0'.repeat(64)}`)).status).toBe(404);
  });
});

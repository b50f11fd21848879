import type { Phase } from '@trainyard/domain';
import { buildRun, endPause, expireLease } from '../../test/factories/training.ts';
import { codeOf, points, RESULT, TestRunner } from '../../test/runner.ts';
import { jobsOf, readRun, reconcilerOf, until, type RunAnswer } from '../../test/runs.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { rows } from '../platform/sql/database.ts';
import { ringId } from '../platform/jobs/queue.ts';

let trainyard: TestTrainyard;
let runner: TestRunner;

beforeAll(async () => {
  trainyard = await TestTrainyard.start();
  runner = await TestRunner.online(trainyard);
});
afterAll(() => trainyard.stop());

describe('an attempt whose claim is lost', () => {
  it('lets a lost claim write nothing more, and resumes from its checkpoint', async () => {
    const run = await buildRun(trainyard);
    const other = await TestRunner.online(trainyard, { name: 'runner-2' });
    await runner.claim(run.attemptId);
    await runner.report(run.attemptId, { claim: 1, seq: 0, metrics: [points('LOSS', 1, 600, () => 10)] });
    for (const step of [300, 500])
      await runner.put(`attempts/${run.attemptId}/checkpoint?claim=1&step=${step}&trainingEpoch=${step / 100}`, Buffer.from(`weights at ${step}`));
    await expireLease(trainyard, run.attemptId);
    expect(await reconcilerOf(trainyard).reap(new Date())).toBe(1);
    expect(await readRun(run)).toMatchObject({ state: 'QUEUED', failureCode: 'RUNNER_LOST', card: { waiting: 'RETRYING' } });

    const claim = await other.claim(run.attemptId);
    expect(claim).toMatchObject({ claim: 2, checkpoint: { step: 500, trainingEpoch: 5 } });
    const bytes = await other.get(`blobs/${claim.checkpoint?.digest ?? ''}`);
    expect(await bytes.text()).toBe('weights at 500');
    const rest = await other.get(`blobs/${claim.checkpoint?.digest ?? ''}`, { range: 'bytes=8-' });
    expect([rest.status, await rest.text()]).toEqual([206, 'at 500']);

    expect(await codeOf(runner.report(run.attemptId, { claim: 1, seq: 1, metrics: [points('LOSS', 601, 700)] }))).toBe('FENCED');
    expect(await codeOf(runner.finish(run.attemptId, { claim: 1, outcome: 'SUCCEEDED', result: RESULT }))).toBe('FENCED');
    expect(await codeOf(runner.put(`attempts/${run.attemptId}/checkpoint?claim=1&step=600&trainingEpoch=6`, Buffer.from('late')))).toBe('FENCED');
    expect(await codeOf(runner.put(`attempts/${run.attemptId}/artifacts/model.json?claim=1`, Buffer.from('late')))).toBe('FENCED');
    expect(await runner.heartbeat({ attemptId: run.attemptId, claim: 1 })).toEqual(['FENCED']);
    expect(await other.heartbeat({ attemptId: run.attemptId, claim: 2 })).toEqual(['CONTINUE']);

    // Until the new claim trains, everything that was reported is still there.
    expect((await readRun(run)).attempt.metrics[0]?.pointCount).toBe(600);
    await other.report(run.attemptId, { claim: 2, seq: 0, resumedFromStep: 500, metrics: [points('LOSS', 501, 520, () => 1)] });
    const { attempt } = await readRun(run);
    expect(attempt).toMatchObject({ claim: 2, resumedFromSteps: [500], checkpointStep: 500 });
    expect(attempt.metrics[0]?.pointCount).toBe(520);
    expect(attempt.metrics[0]?.values.slice(498, 502)).toEqual([10, 10, 1, 1]);
  });

  it('shows nothing of an earlier claim once a later one began afresh', async () => {
    const run = await buildRun(trainyard);
    await runner.claim(run.attemptId);
    await runner.report(run.attemptId, { claim: 1, seq: 0, metrics: [points('LOSS', 1, 50, () => 10)] });
    await runner.finish(run.attemptId, { claim: 1, outcome: 'FAILED', failure: { code: 'CHILD_KILLED', message: 'signal 9' } });
    expect(await readRun(run)).toMatchObject({ state: 'QUEUED', failureCode: 'CHILD_KILLED' });
    await until(
      () => jobsOf(trainyard, run.attemptId),
      (found) => found.includes(ringId(run.attemptId, 2)),
    );
    await runner.claim(run.attemptId);
    await runner.report(run.attemptId, { claim: 2, seq: 0, metrics: [points('LOSS', 1, 5, () => 1)] });
    const { attempt, card } = await readRun(run);
    expect(attempt.metrics[0]).toMatchObject({ steps: [1, 2, 3, 4, 5], values: [1, 1, 1, 1, 1], pointCount: 5 });
    expect(card.sparkline).toEqual([1, 1, 1, 1, 1]);
  });

  it('stands where its last claim that trained came to, also when later ones die before their first step', async () => {
    const run = await buildRun(trainyard);
    const at = (phase: Phase, step: number, trainingEpoch: number) => ({
      phase,
      step,
      totalSteps: step && 1000,
      trainingEpoch,
      totalEpochs: 1000,
      samplesPerSecond: null,
      elapsedMs: step,
      remainingMs: null,
    });
    const place = async () =>
      (
        await run.member.ask<{ run: { card: object } }>(
          'query ($id: ID!) { run(id: $id) { card { step totalSteps trainingEpoch elapsedMs headline { value } } } }',
          { id: run.id },
        )
      ).run.card;
    const lost = { outcome: 'FAILED', failure: { code: 'CHILD_KILLED', message: 'signal 9' } } as const;
    await runner.claim(run.attemptId);
    await runner.report(run.attemptId, {
      claim: 1,
      seq: 0,
      progress: at('TRAINING', 86, 9),
      metrics: [points('LOSS', 1, 86), points('ACCURACY', 1, 86, () => 0.8)],
    });
    await runner.finish(run.attemptId, { claim: 1, ...lost });
    await runner.claim(run.attemptId);
    for (const [seq, phase] of (['PREPARING', 'LOADING_DATA'] as const).entries())
      await runner.report(run.attemptId, { claim: 2, seq, progress: at(phase, 0, 0) });
    await runner.finish(run.attemptId, { claim: 2, ...lost });
    await endPause(trainyard, run.attemptId);
    expect(await place()).toEqual({ step: 86, totalSteps: 1000, trainingEpoch: 9, elapsedMs: 86, headline: { value: 0.8 } });
    await runner.claim(run.attemptId);
    await runner.report(run.attemptId, { claim: 3, seq: 0, resumedFromStep: 80 });
    expect(await place()).toMatchObject({ step: 80, totalSteps: 1000 });
    await runner.finish(run.attemptId, { claim: 3, ...lost });
    await endPause(trainyard, run.attemptId);
    await runner.claim(run.attemptId);
    await runner.report(run.attemptId, { claim: 4, seq: 0, progress: at('TRAINING', 0, 1) });
    expect(await place()).toMatchObject({ step: 0, trainingEpoch: 1, headline: null });
  });

  it('fails for good after too many lost claims, with the true reason', async () => {
    const run = await buildRun(trainyard);
    for (let claim = 1; claim <= 6; claim++) {
      await endPause(trainyard, run.attemptId);
      expect((await runner.claim(run.attemptId)).claim).toBe(claim);
      await expireLease(trainyard, run.attemptId);
      await reconcilerOf(trainyard).reap(new Date());
    }
    expect(await readRun(run)).toMatchObject({ state: 'FAILED', failureCode: 'RUNNER_LOST' });
  });

  it('is never given up, nor made to wait, while each of its claims comes on to a checkpoint', async () => {
    const run = await buildRun(trainyard);
    const lose = async (checkpoint: boolean): Promise<RunAnswer> => {
      const { claim } = await runner.claim(run.attemptId);
      if (checkpoint)
        await runner.put(`attempts/${run.attemptId}/checkpoint?claim=${claim}&step=${claim * 100}&trainingEpoch=0`, Buffer.from(`weights ${claim}`));
      await runner.finish(run.attemptId, { claim, outcome: 'FAILED', failure: { code: 'RUNNER_LOST', message: 'shut down' } });
      return readRun(run);
    };
    for (let claim = 1; claim <= 8; claim++) expect((await lose(true)).card).toMatchObject({ state: 'QUEUED', retryAt: null });
    expect((await lose(false)).card).toMatchObject({ state: 'QUEUED', retryAt: expect.any(String) });
  });

  it('is claimed again at once when it was lost once, and then after a pause that no lost bell and no restart ends early', async () => {
    const run = await buildRun(trainyard);
    const lose = async (): Promise<RunAnswer> => {
      const { claim } = await runner.claim(run.attemptId);
      await runner.finish(run.attemptId, { claim, outcome: 'FAILED', failure: { code: 'CHILD_KILLED', message: 'signal 9' } });
      return readRun(run);
    };
    expect((await lose()).card).toMatchObject({ waiting: 'RETRYING', retryAt: null });
    const from = Date.now();
    const { card } = await lose();
    expect(card).toMatchObject({ state: 'QUEUED', waiting: 'RETRYING' });
    const pauseEnds = Date.parse(card.retryAt ?? '');
    expect(pauseEnds).toBeGreaterThan(from + 4_000);
    expect(pauseEnds).toBeLessThan(Date.now() + 6_000);
    expect(await codeOf(runner.claim(run.attemptId))).toBe('NOT_CLAIMABLE');

    const bell = ringId(run.attemptId, 3);
    const delayed = () =>
      rows<{ id: string; delay: number }>(
        trainyard.database.direct,
        `SELECT id, delay_ms::int AS delay FROM bullmq.job WHERE id LIKE $1 || '.%' AND delay_ms > 0`,
        [run.attemptId],
      );
    expect(await until(delayed, (found) => found.length === 1)).toEqual([{ id: bell, delay: 5_000 }]);
    await trainyard.database.direct.query(`DELETE FROM bullmq.job WHERE id LIKE $1 || '.%'`, [run.attemptId]);
    await reconcilerOf(trainyard).ringAttempts();
    await TestRunner.online(trainyard, { name: 'idle', concurrency: 50 });
    expect(await jobsOf(trainyard, run.attemptId)).toEqual([]);
    await endPause(trainyard, run.attemptId);
    await reconcilerOf(trainyard).ringAttempts();
    expect(await jobsOf(trainyard, run.attemptId)).toEqual([ringId(run.attemptId, 4)]);
    expect(Date.parse((await lose()).card.retryAt ?? '')).toBeGreaterThan(Date.now() + 20_000);
    await run.member.ask('mutation ($id: ID!) { cancelRun(id: $id) { id } }', { id: run.id });
    expect((await readRun(run)).card).toMatchObject({ state: 'CANCELLED', waiting: null, retryAt: null });
  });
});

import { buildRun, expireLease, type BuiltRun } from '../../test/factories/training.ts';
import { codeOf, points, RESULT, TestRunner } from '../../test/runner.ts';
import { jobsOf, readRun, reconcilerOf, until } from '../../test/runs.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { ringId } from '../platform/jobs/queue.ts';

let trainyard: TestTrainyard;
let runner: TestRunner;

beforeAll(async () => {
  trainyard = await TestTrainyard.start();
  runner = await TestRunner.online(trainyard);
});
afterAll(() => trainyard.stop());

describe('cancelling and trying again', () => {
  const cancel = (run: BuiltRun) => run.member.send('mutation ($id: ID!) { cancelRun(id: $id) { state cancelRequested } }', { id: run.id });

  it('ends a queued run at once', async () => {
    const run = await buildRun(trainyard);
    expect((await cancel(run)).data).toEqual({ cancelRun: { state: 'CANCELLED', cancelRequested: true } });
    expect(await codeOf(runner.claim(run.attemptId))).toBe('NOT_CLAIMABLE');
    expect((await cancel(run)).codes).toEqual(['RUN_NOT_CANCELLABLE']);
  });

  it('tells the runner with its next heartbeat and report', async () => {
    const run = await buildRun(trainyard);
    await runner.claim(run.attemptId);
    expect(await runner.heartbeat({ attemptId: run.attemptId, claim: 1 })).toEqual(['CONTINUE']);
    expect((await cancel(run)).data).toEqual({ cancelRun: { state: 'STARTING', cancelRequested: true } });
    expect(await runner.heartbeat({ attemptId: run.attemptId, claim: 1 })).toEqual(['CANCEL']);
    expect(await runner.report(run.attemptId, { claim: 1, seq: 0 })).toMatchObject({ verdict: 'CANCEL' });
    await runner.finish(run.attemptId, { claim: 1, outcome: 'CANCELLED' });
    expect(await readRun(run)).toMatchObject({ state: 'CANCELLED', failureCode: null });
  });

  it('cancels what its lost runner can no longer be told', async () => {
    const run = await buildRun(trainyard);
    await runner.claim(run.attemptId);
    await cancel(run);
    await expireLease(trainyard, run.attemptId);
    await reconcilerOf(trainyard).reap(new Date());
    expect((await readRun(run)).state).toBe('CANCELLED');
  });

  it('makes a new attempt whose card goes on where the old one stopped counting', async () => {
    const run = await buildRun(trainyard);
    const retry = () =>
      run.member.send<{ retryRun: { attempt: { id: string; number: number } } }>('mutation ($id: ID!) { retryRun(id: $id) { attempt { id number } } }', {
        id: run.id,
      });
    expect((await retry()).codes).toEqual(['RUN_NOT_RETRYABLE']);
    await runner.claim(run.attemptId);
    await runner.report(run.attemptId, { claim: 1, seq: 0, metrics: [points('LOSS', 1, 5)] });
    await runner.finish(run.attemptId, { claim: 1, outcome: 'FAILED', failure: { code: 'DIVERGED', message: 'The loss became NaN at step 5.' } });
    const failed = await readRun(run);
    expect(failed).toMatchObject({ state: 'FAILED', failureCode: 'DIVERGED' });
    const again = await retry();
    expect(again.data?.retryRun.attempt.number).toBe(2);
    const queued = await readRun(run);
    expect(queued).toMatchObject({
      state: 'QUEUED',
      failureCode: null,
      attempts: [
        { number: 1, state: 'FAILED' },
        { number: 2, state: 'QUEUED' },
      ],
    });
    expect(queued.card.tick).toBeGreaterThan(failed.card.tick);
    expect(queued.attempt.metrics).toEqual([]);
    await runner.claim(again.data?.retryRun.attempt.id ?? '');
    expect(await codeOf(runner.report(run.attemptId, { claim: 1, seq: 1 }))).toBe('FENCED');
  });
});

describe('going on after the checkpoint', () => {
  const retry = (run: BuiltRun, fromBeginning = false) =>
    run.member.send<{ retryRun: { state: string } }>(
      'mutation ($id: ID!, $fromBeginning: Boolean!) { retryRun(id: $id, fromBeginning: $fromBeginning) { state } }',
      { id: run.id, fromBeginning },
    );
  const resumableStep = async (run: BuiltRun) =>
    (await run.member.ask<{ run: { resumableStep: number | null } }>('query ($id: ID!) { run(id: $id) { resumableStep } }', { id: run.id })).run.resumableStep;
  /** Trains to step 120 with a checkpoint at 100. */
  const trained = async (): Promise<BuiltRun> => {
    const run = await buildRun(trainyard);
    await runner.claim(run.attemptId);
    await runner.report(run.attemptId, { claim: 1, seq: 0, metrics: [points('LOSS', 1, 120, () => 10)] });
    await runner.put(`attempts/${run.attemptId}/checkpoint?claim=1&step=100&trainingEpoch=1`, Buffer.from(`weights of ${run.id}`));
    return run;
  };

  it('a retry makes a new attempt that has the curves of the failed one up to its checkpoint, which keeps its own', async () => {
    const run = await trained();
    expect(await resumableStep(run)).toBeNull();
    await runner.finish(run.attemptId, { claim: 1, outcome: 'FAILED', failure: { code: 'OUT_OF_MEMORY', message: 'It used 9 GiB.' } });
    expect(await resumableStep(run)).toBe(100);

    expect(await retry(run)).toMatchObject({ codes: [], data: { retryRun: { state: 'QUEUED' } } });
    const queued = await readRun(run);
    expect(queued).toMatchObject({
      state: 'QUEUED',
      failureCode: null,
      card: { step: 100, waiting: expect.not.stringMatching('RETRYING'), retryAt: null },
      attempts: [
        { number: 1, state: 'FAILED' },
        { number: 2, state: 'QUEUED' },
      ],
    });
    expect((await retry(run)).codes).toEqual(['RUN_NOT_RETRYABLE']);
    await until(
      () => jobsOf(trainyard, queued.attempt.id),
      (found) => found.includes(ringId(queued.attempt.id, 1)),
    );

    const claim = await runner.claim(queued.attempt.id);
    expect(claim).toMatchObject({ claim: 1, checkpoint: { step: 100 } });
    await runner.report(queued.attempt.id, { claim: 1, seq: 0, resumedFromStep: 100, metrics: [points('LOSS', 101, 150, () => 1)] });
    await runner.finish(queued.attempt.id, { claim: 1, outcome: 'SUCCEEDED', result: RESULT });
    const { attempt, attempts, state } = await readRun(run);
    expect([state, attempt.resumedFromSteps]).toEqual(['SUCCEEDED', [100]]);
    expect(attempt.metrics[0]?.steps).toEqual(Array.from({ length: 150 }, (_, i) => i + 1));
    expect(attempt.metrics[0]?.values.slice(98, 102)).toEqual([10, 10, 1, 1]);
    expect(attempts.map(({ metrics }) => metrics[0]?.pointCount)).toEqual([120, 150]);
    expect(await resumableStep(run)).toBeNull();
  });

  it('and a third goes on after both, leaving out what the second superseded', async () => {
    const run = await trained();
    const fail = { outcome: 'FAILED' as const, failure: { code: 'TIME_LIMIT' as const, message: 'too long' } };
    await runner.finish(run.attemptId, { claim: 1, ...fail });
    await retry(run);
    const second = (await readRun(run)).attempt.id;
    await runner.claim(second);
    await expireLease(trainyard, second);
    await reconcilerOf(trainyard).reap(new Date());
    await runner.claim(second);
    await runner.report(second, { claim: 2, seq: 0, resumedFromStep: 100, metrics: [points('LOSS', 101, 130, () => 2)] });
    await runner.put(`attempts/${second}/checkpoint?claim=2&step=110&trainingEpoch=1`, Buffer.from(`more weights of ${run.id}`));
    await runner.finish(second, { claim: 2, ...fail });
    expect(await resumableStep(run)).toBe(110);
    await retry(run);
    const third = (await readRun(run)).attempt.id;
    expect(await runner.claim(third)).toMatchObject({ claim: 1, checkpoint: { step: 110 } });
    await runner.report(third, { claim: 1, seq: 0, resumedFromStep: 110, metrics: [points('LOSS', 111, 112, () => 3)] });
    const { attempt } = await readRun(run);
    expect([attempt.resumedFromSteps, attempt.metrics[0]?.steps]).toEqual([[110], Array.from({ length: 112 }, (_, i) => i + 1)]);
    expect([99, 100, 109, 110, 111].map((at) => attempt.metrics[0]?.values[at])).toEqual([10, 2, 2, 3, 3]);
  });

  it('says so when the first claim of the new attempt has to begin afresh after all', async () => {
    const run = await trained();
    await runner.finish(run.attemptId, { claim: 1, outcome: 'FAILED', failure: { code: 'RUNNER_ERROR', message: 'disk' } });
    await retry(run);
    const { attempt } = await readRun(run);
    await runner.claim(attempt.id);
    await runner.report(attempt.id, { claim: 1, seq: 0, metrics: [points('LOSS', 1, 5, () => 4)] });
    expect((await readRun(run)).attempt).toMatchObject({ resumedFromSteps: [0], metrics: [{ steps: [1, 2, 3, 4, 5] }] });
  });

  it('is of a cancelled run too, which then can be cancelled again', async () => {
    const run = await trained();
    await run.member.ask('mutation ($id: ID!) { cancelRun(id: $id) { id } }', { id: run.id });
    await runner.finish(run.attemptId, { claim: 1, outcome: 'CANCELLED' });
    expect(await resumableStep(run)).toBe(100);
    await retry(run);
    const { attempt, ...again } = await readRun(run);
    expect(again).toMatchObject({ state: 'QUEUED', cancelRequested: false });
    await runner.claim(attempt.id);
    expect(await runner.heartbeat({ attemptId: attempt.id, claim: 1 })).toEqual(['CONTINUE']);
    await run.member.ask('mutation ($id: ID!) { cancelRun(id: $id) { id } }', { id: run.id });
    expect(await runner.heartbeat({ attemptId: attempt.id, claim: 1 })).toEqual(['CANCEL']);
  });

  it('is left to who wants the beginning, and to what diverged', async () => {
    const run = await trained();
    await runner.finish(run.attemptId, { claim: 1, outcome: 'FAILED', failure: { code: 'RUNNER_ERROR', message: 'disk' } });
    await retry(run, true);
    const begun = await readRun(run);
    expect(begun).toMatchObject({
      attempts: [
        { number: 1, state: 'FAILED' },
        { number: 2, state: 'QUEUED' },
      ],
      attempt: { metrics: [] },
    });
    expect((await runner.claim(begun.attempt.id)).checkpoint).toBeNull();

    const other = await trained();
    await runner.finish(other.attemptId, { claim: 1, outcome: 'FAILED', failure: { code: 'DIVERGED', message: 'NaN' } });
    expect(await resumableStep(other)).toBeNull();
    await retry(other);
    expect((await readRun(other)).attempts).toHaveLength(2);
  });

  it('happens once when asked for twice at the same moment', async () => {
    for (const fromBeginning of [false, true]) {
      const run = await trained();
      await runner.finish(run.attemptId, { claim: 1, outcome: 'FAILED', failure: { code: 'RUNNER_ERROR', message: 'disk' } });
      const asked = await Promise.all([1, 2, 3].map(() => retry(run, fromBeginning)));
      expect(asked.flatMap(({ codes }) => codes)).toEqual(['RUN_NOT_RETRYABLE', 'RUN_NOT_RETRYABLE']);
      expect((await readRun(run)).attempts).toHaveLength(2);
    }
  });
});

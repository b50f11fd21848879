import type { RunResult } from '@trainyard/domain';
import { inTwo } from '../../test/arriving.ts';
import type { GraphqlClient } from '../../test/client.ts';
import { buildTicket, memberOf } from '../../test/factories/board.ts';
import { someone } from '../../test/factories/people.ts';
import { buildDataset, buildRun, expireLease, QUEUE_RUN, queueInput, type BuiltRun } from '../../test/factories/training.ts';
import { codeOf, points, RESULT, TestRunner } from '../../test/runner.ts';
import { readRun, reconcilerOf } from '../../test/runs.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { row, rows } from '../platform/sql/database.ts';
import { Wakeups } from '../platform/log/wakeups.ts';
import { projectRunsTopic, runTopic } from './attempt-state.service.ts';

let trainyard: TestTrainyard;
let runner: TestRunner;
let other: TestRunner;

beforeAll(async () => {
  trainyard = await TestTrainyard.start();
  runner = await TestRunner.online(trainyard, { concurrency: 50 });
  other = await TestRunner.online(trainyard, { name: 'runner-2', concurrency: 50 });
});
afterAll(() => trainyard.stop());

const RETRY = 'mutation ($id: ID!) { retryRun(id: $id) { id } }';
const CANCEL = 'mutation ($id: ID!) { cancelRun(id: $id) { id } }';
const LOST = { outcome: 'FAILED', failure: { code: 'CHILD_KILLED', message: 'signal 9' } } as const;
const FAILED = { outcome: 'FAILED', failure: { code: 'OUT_OF_MEMORY', message: 'too much' } } as const;

/** Seconds until the lease runs out; null for none. */
const lease = async (attemptId: string): Promise<number | null> =>
  (
    await row<{ left: number | null }>(trainyard.database.direct, 'SELECT extract(epoch FROM lease_until - now())::float8 AS left FROM attempt WHERE id = $1', [
      attemptId,
    ])
  )?.left ?? null;
const shorten = (attemptId: string) =>
  trainyard.database.direct.query(`UPDATE attempt SET lease_until = now() + interval '2 seconds' WHERE id = $1`, [attemptId]);
/** A claim that was lost and taken up by the other runner, or by the same one anew. */
async function takenOver(by = other): Promise<BuiltRun> {
  const run = await buildRun(trainyard);
  await runner.claim(run.attemptId);
  await expireLease(trainyard, run.attemptId);
  await reconcilerOf(trainyard).reap(new Date());
  expect((await by.claim(run.attemptId)).claim).toBe(2);
  return run;
}
/** The wake-ups of a run and of its project's runs while `work` goes on. */
async function wakesOf(run: { id: string; ticket: BuiltRun['ticket'] }, work: () => Promise<unknown>): Promise<[run: number, project: number]> {
  const counts: [number, number] = [0, 0];
  const wakeups = trainyard.app.get(Wakeups);
  const stops = [runTopic(run.id), projectRunsTopic(run.ticket.project.id)].map((topic, i) => wakeups.on(topic, () => (counts[i]! += 1)));
  await work();
  for (const stop of stops) stop();
  return counts;
}

describe('the lease of a claim', () => {
  it('begins with the claim, and is renewed by a heartbeat, a report, and a report that comes again', async () => {
    const run = await buildRun(trainyard);
    const { leaseSeconds } = await runner.claim(run.attemptId);
    const whole = async (): Promise<void> => {
      expect(await lease(run.attemptId)).toBeGreaterThan(leaseSeconds - 5);
      await shorten(run.attemptId);
    };
    await whole();
    expect(await runner.heartbeat({ attemptId: run.attemptId, claim: 1 })).toEqual(['CONTINUE']);
    await whole();
    const report = { claim: 1, seq: 0, metrics: [points('LOSS', 1, 2)] };
    for (let times = 0; times < 2; times++) {
      await runner.report(run.attemptId, report);
      await whole();
    }
  });

  it.each([
    ['a runner that is fenced', () => other],
    ['an earlier claim of the same runner', () => runner],
  ])('is not renewed by the heartbeat of %s', async (_, next) => {
    const run = await takenOver(next());
    await shorten(run.attemptId);
    expect(await runner.heartbeat({ attemptId: run.attemptId, claim: 1 })).toEqual(['FENCED']);
    expect(await lease(run.attemptId)).toBeLessThan(5);
    expect(await next().heartbeat({ attemptId: run.attemptId, claim: 2 })).toEqual(['CONTINUE']);
    expect(await lease(run.attemptId)).toBeGreaterThan(5);
  });

  it('is over with the attempt, and when it goes back in line', async () => {
    for (const end of [LOST, FAILED, { outcome: 'SUCCEEDED', result: RESULT } as const]) {
      const run = await buildRun(trainyard);
      await runner.claim(run.attemptId);
      await runner.finish(run.attemptId, { claim: 1, ...end });
      expect(await lease(run.attemptId)).toBeNull();
      expect(await runner.heartbeat({ attemptId: run.attemptId, claim: 1 })).toEqual(['FENCED']);
      expect(await lease(run.attemptId)).toBeNull();
    }
  });
});

describe('what comes late', () => {
  const late = (attemptId: string, claim: number): [string, () => Promise<unknown>][] => [
    ['a report', () => runner.report(attemptId, { claim, seq: 1, metrics: [points('LOSS', 50, 60)] })],
    ['a checkpoint', () => runner.put(`attempts/${attemptId}/checkpoint?claim=${claim}&step=60&trainingEpoch=1`, Buffer.from('late'))],
    ['a model', () => runner.put(`attempts/${attemptId}/artifacts/model.zip?claim=${claim}`, Buffer.from('late'))],
    ['a result', () => runner.finish(attemptId, { claim, outcome: 'SUCCEEDED', result: RESULT })],
    ['a failure', () => runner.finish(attemptId, { claim, ...FAILED })],
    ['a failure that is tried again', () => runner.finish(attemptId, { claim, ...LOST })],
  ];

  it('to an attempt that is back in line is refused', async () => {
    const run = await buildRun(trainyard);
    await runner.claim(run.attemptId);
    await runner.report(run.attemptId, { claim: 1, seq: 0, metrics: [points('LOSS', 1, 2)] });
    await runner.finish(run.attemptId, { claim: 1, ...LOST });
    for (const [what, send] of late(run.attemptId, 1)) expect([what, await codeOf(send())]).toEqual([what, 'FENCED']);
    expect(await readRun(run)).toMatchObject({ state: 'QUEUED', attempt: { metrics: [{ pointCount: 2 }] } });
  });

  it('of a claim that was taken over is refused, and changes nothing of the new one', async () => {
    const run = await takenOver();
    for (const [what, send] of late(run.attemptId, 1)) expect([what, await codeOf(send())]).toEqual([what, 'FENCED']);
    expect(await readRun(run)).toMatchObject({ state: 'STARTING', attempt: { claim: 2, metrics: [], artifacts: [] } });
  });

  it('to what has ended is refused, but for the same end of the same claim, which counts once', async () => {
    const run = await takenOver();
    await other.finish(run.attemptId, { claim: 2, outcome: 'SUCCEEDED', result: RESULT });
    for (const claim of [1, 2]) {
      for (const [what, send] of late(run.attemptId, claim))
        expect([claim, what, await codeOf(send())]).toEqual([claim, what, claim === 2 && what === 'a result' ? 'no refusal' : 'FENCED']);
    }
    expect(await readRun(run)).toMatchObject({ state: 'SUCCEEDED', attempt: { metrics: [], artifacts: [] } });
  });

  it('and was under way when its claim was taken over counts for nothing', async () => {
    const run = await buildRun(trainyard);
    await runner.claim(run.attemptId);
    const { url, config } = trainyard;
    const body = inTwo(trainyard, Buffer.from('weights in halves'), async () => {
      await expireLease(trainyard, run.attemptId);
      await reconcilerOf(trainyard).reap(new Date());
    });
    const headers = { authorization: `Bearer ${config.runnerToken}`, 'content-type': 'application/octet-stream' };
    const reply = await fetch(`${url}/runner/v1/attempts/${run.attemptId}/checkpoint?claim=1&step=9&trainingEpoch=1`, {
      method: 'PUT',
      headers,
      body,
      duplex: 'half',
    } as RequestInit);
    expect([reply.status, ((await reply.json()) as { code: string }).code]).toEqual([409, 'FENCED']);
    expect((await other.claim(run.attemptId)).checkpoint).toBeNull();
  });

  it('is not received before it is refused', async () => {
    const run = await takenOver();
    const blobs = () => row(trainyard.database.direct, 'SELECT count(*)::int AS count FROM blob');
    const before = await blobs();
    expect(await codeOf(runner.put(`attempts/${run.attemptId}/checkpoint?claim=1&step=9&trainingEpoch=1`, Buffer.from(`never stored ${run.id}`)))).toBe(
      'FENCED',
    );
    expect(await blobs()).toEqual(before);
  });

  it('for bytes of what is over is not answered', async () => {
    const run = await buildRun(trainyard);
    await runner.claim(run.attemptId);
    const { digest } = await runner.put(`attempts/${run.attemptId}/checkpoint?claim=1&step=9&trainingEpoch=1`, Buffer.from(`weights of ${run.id}`));
    const model = await runner.put(`attempts/${run.attemptId}/artifacts/model.zip?claim=1`, Buffer.from(`model of ${run.id}`));
    expect((await runner.get(`blobs/${digest}`)).status).toBe(200);
    expect((await runner.get(`blobs/${model.digest}`)).status).toBe(404);
    await runner.finish(run.attemptId, { claim: 1, ...FAILED });
    expect((await runner.get(`blobs/${digest}`)).status).toBe(404);
  });
});

describe('the figures of a run', () => {
  const headline = async (run: BuiltRun) => (await readRun(run)).card.headline;

  it('have the newest headline while it trains, and that of the result at its end', async () => {
    const run = await buildRun(trainyard);
    await runner.claim(run.attemptId);
    const seen: unknown[] = [];
    for (const [seq, series, value] of [
      [0, 'ACCURACY', 0.5],
      [1, 'ACCURACY', 0.8],
      [2, 'VAL_ACCURACY', 0.7],
      [3, 'ACCURACY', 0.9],
    ] as const) {
      await runner.report(run.attemptId, { claim: 1, seq, metrics: [points(series, seq + 1, seq + 1, () => value)] });
      seen.push(await headline(run));
    }
    await runner.finish(run.attemptId, { claim: 1, outcome: 'SUCCEEDED', result: RESULT });
    seen.push(await headline(run));
    expect(seen).toEqual([
      { split: 'TRAIN', name: 'accuracy', value: 0.5 },
      { split: 'TRAIN', name: 'accuracy', value: 0.8 },
      { split: 'VALIDATION', name: 'accuracy', value: 0.7 },
      { split: 'VALIDATION', name: 'accuracy', value: 0.7 },
      { split: 'TEST', name: 'accuracy', value: 0.97 },
    ]);
  });

  it('have no result and no doubt of an attempt that goes back in line, or failed', async () => {
    const rose: RunResult = { ...RESULT, metrics: [...RESULT.metrics, { split: 'TRAIN', name: 'loss', value: 60_000 }] };
    for (const [end, state] of [
      [LOST, 'QUEUED'],
      [FAILED, 'FAILED'],
    ] as const) {
      const run = await buildRun(trainyard);
      await runner.claim(run.attemptId);
      await runner.report(run.attemptId, { claim: 1, seq: 0, metrics: [points('LOSS', 1, 9)] });
      await runner.finish(run.attemptId, { claim: 1, ...end, result: rose });
      const { result, card } = await readRun(run);
      expect([card.state, result !== null, (card as { doubt?: unknown }).doubt]).toEqual([state, state === 'FAILED', null]);
    }
  });

  it('keep the curve up to where a claim resumed, and what went before in a new attempt', async () => {
    const run = await buildRun(trainyard);
    await runner.claim(run.attemptId);
    await runner.report(run.attemptId, { claim: 1, seq: 0, metrics: [points('LOSS', 1, 20, () => 10), points('ACCURACY', 1, 20, () => 0.4)] });
    await runner.put(`attempts/${run.attemptId}/checkpoint?claim=1&step=10&trainingEpoch=1`, Buffer.from(`weights of ${run.id}`));
    await runner.finish(run.attemptId, { claim: 1, ...LOST });
    await runner.claim(run.attemptId);
    await runner.report(run.attemptId, { claim: 2, seq: 0, resumedFromStep: 10, metrics: [points('LOSS', 11, 12, () => 1)] });
    const resumed = await readRun(run);
    expect(resumed.card.sparkline).toEqual([10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 1, 1]);
    expect(resumed.card.headline?.value).toBe(0.4);
    await runner.finish(run.attemptId, { claim: 2, ...FAILED });
    await run.member.ask(RETRY, { id: run.id });
    expect((await readRun(run)).card).toMatchObject({ state: 'QUEUED', step: 10, headline: { value: 0.4 }, sparkline: resumed.card.sparkline });
  });

  it('are logged with what became of it and why', async () => {
    const run = await buildRun(trainyard);
    await runner.claim(run.attemptId);
    await runner.finish(run.attemptId, { claim: 1, ...FAILED });
    await run.member.ask(RETRY, { id: run.id });
    const logged = await rows<{ changes: object; by: boolean }>(
      trainyard.database.direct,
      'SELECT changes, actor_id IS NOT NULL AS by FROM activity WHERE entity_id = $1 ORDER BY seq DESC LIMIT 2',
      [run.id],
    );
    expect(logged).toEqual([
      { changes: { state: { from: 'FAILED', to: 'QUEUED' }, attempt: { from: 1, to: 2 } }, by: true },
      { changes: { state: { from: 'STARTING', to: 'FAILED' }, failureCode: { from: null, to: 'OUT_OF_MEMORY' } }, by: false },
    ]);
  });

  it('are on the card of a run that is tried again', async () => {
    const first = await buildRun(trainyard);
    const { ticket, member, datasetId } = first;
    await runner.claim(first.attemptId);
    await runner.finish(first.attemptId, { claim: 1, ...FAILED });
    const second = await buildRun(trainyard, { ticket, member, datasetId });
    const shown = async () =>
      (await member.ask<{ ticket: { latestRun: { id: string } } }>('query ($id: ID!) { ticket(id: $id) { latestRun { id } } }', { id: ticket.id })).ticket
        .latestRun.id;
    expect(await shown()).toBe(second.id);
    await member.ask(RETRY, { id: first.id });
    expect(await shown()).toBe(first.id);
  });
});

describe('who watches a run', () => {
  it('is woken by everything that becomes of it', async () => {
    const run = await buildRun(trainyard);
    const seen: Record<string, [number, number]> = {};
    const note = async (what: string, work: () => Promise<unknown>): Promise<void> => {
      seen[what] = (await wakesOf(run, work)).map((count) => Math.min(count, 1)) as [number, number];
    };
    await note('a claim', () => runner.claim(run.attemptId));
    await note('its first report', () => runner.report(run.attemptId, { claim: 1, seq: 0, metrics: [points('LOSS', 1, 2)] }));
    await note('a report', () => runner.report(run.attemptId, { claim: 1, seq: 1, metrics: [points('LOSS', 3, 4)] }));
    await note('a checkpoint', () => runner.put(`attempts/${run.attemptId}/checkpoint?claim=1&step=4&trainingEpoch=1`, Buffer.from('weights')));
    await note('a model', () => runner.put(`attempts/${run.attemptId}/artifacts/model.zip?claim=1`, Buffer.from('weights')));
    await note('a wish to cancel', () => run.member.ask(CANCEL, { id: run.id }));
    await note('its end', () => runner.finish(run.attemptId, { claim: 1, outcome: 'CANCELLED' }));
    await note('another try', () => run.member.ask(RETRY, { id: run.id }));
    await trainyard.database.direct.query(`UPDATE attempt SET waiting = 'NO_RUNNER' WHERE run_id = $1 AND state = 'QUEUED'`, [run.id]);
    await note('why it waits', () => reconcilerOf(trainyard).ringAttempts());
    expect(seen).toEqual(
      Object.fromEntries(
        ['a claim', 'its first report', 'a report', 'a checkpoint', 'a model', 'a wish to cancel', 'its end', 'another try', 'why it waits'].map((what) => [
          what,
          [1, 1],
        ]),
      ),
    );
  });

  it('of the project is woken by a run that is queued', async () => {
    const ticket = await buildTicket(trainyard);
    const { client } = await memberOf(trainyard, ticket.project);
    const datasetId = await buildDataset(trainyard);
    expect((await wakesOf({ id: 'none yet', ticket }, () => client.ask(QUEUE_RUN, { input: queueInput(ticket.id, datasetId) })))[1]).toBe(1);
  });
});

describe('trying again', () => {
  const failed = async (): Promise<BuiltRun> => {
    const run = await buildRun(trainyard);
    await runner.claim(run.attemptId);
    await runner.finish(run.attemptId, { claim: 1, ...FAILED });
    return run;
  };
  const refusal = async (client: GraphqlClient, id: string) => (await client.send(RETRY, { id })).errors[0]?.extensions;

  it.each([
    ['has other content', "digest = repeat('e', 64)", 'READY'],
    ['is being checked', "state = 'CHECKING'", 'CHECKING'],
    ['was found to be invalid', "state = 'INVALID'", 'INVALID'],
  ])('is refused where the dataset %s', async (_, change, state) => {
    const run = await failed();
    await trainyard.database.direct.query(`UPDATE dataset SET ${change} WHERE id = $1`, [run.datasetId]);
    expect(await refusal(run.member, run.id)).toEqual({ code: 'DATASET_NOT_READY', params: { state } });
    expect((await readRun(run)).attempts).toHaveLength(1);
  });

  it('and cancelling are refused to who may but read, and cancelling to who may not cancel what others queued', async () => {
    const run = await failed();
    const viewer = (await someone(trainyard, 'VIEWER')).client;
    expect(await refusal(viewer, run.id)).toEqual({ code: 'FORBIDDEN', params: { permission: 'run.queue' } });
    expect((await viewer.send(CANCEL, { id: run.id })).codes).toEqual(['FORBIDDEN']);
    const outsider = (await someone(trainyard)).client;
    const queued = await buildRun(trainyard);
    expect((await outsider.send(CANCEL, { id: queued.id })).errors[0]?.extensions).toEqual({ code: 'FORBIDDEN', params: { permission: 'run.cancel' } });
    expect((await outsider.send(RETRY, { id: run.id })).codes).toEqual([]);
    expect((await readRun(queued)).state).toBe('QUEUED');
    const own = await buildRun(trainyard, { ticket: queued.ticket, member: outsider, datasetId: queued.datasetId });
    expect((await outsider.send(CANCEL, { id: own.id })).codes).toEqual([]);
  });
});

import type { MetricBatch } from '@trainyard/domain';
import { buildMember, buildRun, expireLease, type BuiltRun } from '../../test/factories/training.ts';
import { buildTicket } from '../../test/factories/board.ts';
import { points, RESULT, TestRunner } from '../../test/runner.ts';
import { Subscriber } from '../../test/subscriber.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { rows } from '../platform/sql/database.ts';
import { MetricStore } from './metric-store.ts';

const PROGRESS = /* GraphQL */ `
  subscription ($runId: ID!) {
    runProgress(runId: $runId) { run { id state tick } attemptId claim resumedFromStep metrics { series steps values } log { line text } ended }
  }`;
const CARDS = /* GraphQL */ `subscription ($projectId: ID!) { runCards(projectId: $projectId) { id state tick } }`;

interface Progress {
  run: { id: string; state: string; tick: number };
  attemptId: string;
  claim: number;
  resumedFromStep: number | null;
  metrics: { series: string; steps: number[]; values: number[] }[];
  log: { line: number; text: string }[];
  ended: boolean;
}
type Card = { id: string; state: string; tick: number };

let trainyard: TestTrainyard;
let runner: TestRunner;
const open: Subscriber<unknown>[] = [];

beforeAll(async () => {
  trainyard = await TestTrainyard.start();
  runner = await TestRunner.online(trainyard, { concurrency: 100 });
});
afterEach(async () => {
  for (const subscriber of open.splice(0)) await subscriber.stop();
});
afterAll(() => trainyard.stop());

function watch<Event>(run: BuiltRun, query: string, variables: Record<string, unknown>): Subscriber<Event> {
  const subscriber = new Subscriber<Event>(run.member, query, variables);
  open.push(subscriber as Subscriber<unknown>);
  return subscriber;
}
const report = (run: BuiltRun, claim: number, seq: number, batch: MetricBatch, more: object = {}) =>
  runner.report(run.attemptId, { claim, seq, metrics: [batch], ...more });
/** What a client holds that does as the contract says: drop what a resumed claim supersedes, then append. */
function held(pushes: readonly Progress[]): Map<number, number> {
  const points = new Map<number, number>();
  let claim = 0;
  let resumed: number | null = null;
  for (const push of pushes) {
    if (push.claim > claim) resumed = null;
    claim = push.claim;
    if (push.resumedFromStep !== null && push.resumedFromStep !== resumed) {
      resumed = push.resumedFromStep;
      for (const step of points.keys()) if (step > resumed) points.delete(step);
    }
    for (const { series, steps, values } of push.metrics) if (series === 'LOSS') steps.forEach((step, i) => points.set(step, values[i] as number));
  }
  return points;
}

describe('a run somebody looks at', () => {
  it('arrives whole, then as it grows, across a lost claim, until its end; then the subscription completes', async () => {
    const run = await buildRun(trainyard);
    await runner.claim(run.attemptId);
    await report(
      run,
      1,
      0,
      points('LOSS', 1, 40, () => 10),
      { logs: [{ line: 0, at: new Date().toISOString(), stream: 'OUT', text: 'before' }] },
    );
    const viewer = watch<Progress>(run, PROGRESS, { runId: run.id });
    await viewer.until((now) => now.events.length === 1);
    expect(viewer.events[0]).toMatchObject({ claim: 1, ended: false, run: { state: 'RUNNING' }, log: [{ line: 0, text: 'before' }] });
    expect(viewer.events[0]?.metrics[0]?.steps).toHaveLength(40);

    await report(
      run,
      1,
      1,
      points('LOSS', 41, 45, () => 10),
    );
    await viewer.until((now) => held(now.events).size === 45);
    expect(viewer.events.at(-1)?.log).toEqual([]);

    await expireLease(trainyard, run.attemptId);
    await trainyard.database.direct.query(`UPDATE attempt SET state = 'QUEUED', lease_until = NULL WHERE id = $1`, [run.attemptId]);
    expect((await runner.claim(run.attemptId)).claim).toBe(2);
    await viewer.until((now) => now.events.at(-1)?.run.state === 'STARTING');
    // What the claim before reported last, and nobody looked at until the next one trained.
    await trainyard.database.transaction((tx) =>
      trainyard.app.get(MetricStore).append(tx, { id: run.attemptId, runId: run.id, series: null }, 1, [points('LOSS', 46, 60, () => 10)]),
    );
    await report(
      run,
      2,
      0,
      points('LOSS', 51, 55, () => 1),
      { resumedFromStep: 50 },
    );
    await viewer.until((now) => now.events.at(-1)?.resumedFromStep === 50);
    expect(viewer.events.at(-1)).toMatchObject({ claim: 2, attemptId: run.attemptId });
    await report(
      run,
      2,
      1,
      points('LOSS', 56, 58, () => 1),
      { logs: [{ line: 0, at: new Date().toISOString(), stream: 'OUT', text: 'after' }] },
    );
    await runner.finish(run.attemptId, { claim: 2, outcome: 'SUCCEEDED', result: RESULT });
    await viewer.until((now) => now.ended !== null);

    expect(viewer.events.at(-1)).toMatchObject({ ended: true, run: { state: 'SUCCEEDED' } });
    expect([...held(viewer.events)].sort(([a], [b]) => a - b)).toEqual([
      ...Array.from({ length: 50 }, (_, i) => [i + 1, 10]),
      ...Array.from({ length: 8 }, (_, i) => [51 + i, 1]),
    ]);
    expect(viewer.events.flatMap((push) => push.log.map((line) => line.text))).toEqual(['before', 'after']);
    // A claim that only starts supersedes nothing yet.
    expect(viewer.events.some((push) => push.run.state === 'STARTING' || push.run.state === 'QUEUED')).toBe(true);
    for (const push of viewer.events) expect(push.resumedFromStep).toBe(push.claim === 2 ? 50 : null);
    const ticks = viewer.events.map((push) => push.run.tick);
    expect(ticks).toEqual([...new Set(ticks)].sort((a, b) => a - b));
  });

  it('is pushed at most four times a second however fast it reports, and nothing is left out or told twice', async () => {
    const run = await buildRun(trainyard);
    await runner.claim(run.attemptId);
    const viewer = watch<Progress>(run, PROGRESS, { runId: run.id });
    await viewer.until((now) => now.events.length === 1);
    const from = Date.now();
    for (let seq = 0; seq < 60; seq++) await report(run, 1, seq, points('LOSS', seq * 5 + 1, seq * 5 + 5));
    await viewer.until((now) => held(now.events).size === 300);
    expect(viewer.events.length).toBeLessThanOrEqual(2 + (Date.now() - from) / 250);
    expect(viewer.events.flatMap((push) => push.metrics.flatMap(({ steps }) => steps))).toEqual(Array.from({ length: 300 }, (_, i) => i + 1));
  });

  it.each([
    [
      'numbers',
      'subscription ($projectId: ID!) { projectEvents(projectId: $projectId, since: 0) { tickets { comments(first: 100) { nodes { id body } } activity(first: 100) { nodes { seq } } runs { attempts { log(last: 2000) { text } metrics(series: "LOSS", width: 10000) { values } } } } } }',
      {},
    ],
    [
      'variables',
      'subscription ($projectId: ID!, $not: Boolean!, $n: Int!) { projectEvents(projectId: $projectId, since: 0) { tickets @skip(if: $not) { runs { attempts { a: log(last: $n) { text line claim at stream } b: log(last: $n) { text line claim at stream } c: log(last: $n) { text line claim at stream } d: log(last: $n) { text line claim at stream } e: log(last: $n) { text line claim at stream } f: log(last: $n) { text line claim at stream } g: log(last: $n) { text line claim at stream } } } } } }',
      { not: false, n: 2000 },
    ],
  ])('is refused where each push would cost too much, by its %s', async (_name, query, variables) => {
    const run = await buildRun(trainyard);
    const watching = watch<object>(run, query, { projectId: run.ticket.project.id, ...variables });
    await watching.until(({ ended }) => ended !== null);
    expect([watching.events, watching.ended]).toEqual([[], ['QUERY_TOO_COMPLEX']]);
  });

  it('ends with the token it was opened by', async () => {
    const run = await buildRun(trainyard);
    const { claim } = await runner.claim(run.attemptId);
    const { createAccessToken } = await run.member.ask<{ createAccessToken: { secret: string; token: { id: string } } }>(
      'mutation { createAccessToken(name: "watch", scopes: [READ]) { secret token { id } } }',
    );
    const script = trainyard.client();
    script.token = createAccessToken.secret;
    const watching = new Subscriber<Progress>(script, PROGRESS, { runId: run.id });
    open.push(watching as Subscriber<unknown>);
    await watching.until(({ events }) => events.length > 0);
    await run.member.ask('mutation($id: ID!) { revokeAccessToken(id: $id) }', { id: createAccessToken.token.id });
    await report(run, claim, 0, points('LOSS', 1, 1));
    await watching.until(({ ended }) => ended !== null);
    expect(watching.ended).toEqual(['UNAUTHENTICATED']);
  });

  it('says of an id that is none, by either subscription, only that', async () => {
    const run = await buildRun(trainyard);
    for (const [query, variables] of [
      [PROGRESS, { runId: 'none' }],
      [CARDS, { projectId: 'none' }],
    ] as const) {
      const watching = watch(run, query, variables);
      await watching.until(({ ended }) => ended !== null);
      expect(watching.ended).toEqual(['BAD_INPUT']);
    }
  });

  it('is not shown to outsiders, and no longer to those who became one', async () => {
    const run = await buildRun(trainyard);
    const outsider = await buildMember(trainyard, (await buildTicket(trainyard)).project.teamId);
    const watching = watch<Progress>({ ...run, member: outsider }, PROGRESS, { runId: run.id });
    await watching.until((now) => now.events.length === 1);
    await trainyard.database.direct.query(`UPDATE project SET visibility = 'PRIVATE' WHERE id = $1`, [run.ticket.project.id]);
    await runner.claim(run.attemptId);
    await watching.until((now) => now.ended !== null);
    expect(watching.ended).toEqual(['NOT_FOUND']);
    const again = watch<Card[]>({ ...run, member: outsider }, CARDS, { projectId: run.ticket.project.id });
    await again.until((now) => now.ended !== null);
    expect(again.ended).toEqual(['NOT_FOUND']);
  });
});

describe('cards of a project', () => {
  it('tell every end, also of runs that ended between two looks, and only of this project', async () => {
    const first = await buildRun(trainyard);
    const elsewhere = await buildRun(trainyard);
    const viewer = watch<Card[]>(first, CARDS, { projectId: first.ticket.project.id });
    const states = (id: string): string[] => viewer.events.flat().flatMap((card) => (card.id === id ? [card.state] : []));
    await viewer.until(() => states(first.id).includes('QUEUED'));
    await runner.claim(elsewhere.attemptId);
    const runs = await Promise.all(
      Array.from({ length: 5 }, () => buildRun(trainyard, { ticket: first.ticket, member: first.member, datasetId: first.datasetId })),
    );
    for (const run of [first, ...runs]) {
      await runner.claim(run.attemptId);
      await runner.finish(run.attemptId, { claim: 1, outcome: 'SUCCEEDED', result: RESULT });
    }
    await viewer.until(() => [first, ...runs].every((run) => states(run.id).at(-1) === 'SUCCEEDED'));
    expect(states(elsewhere.id)).toEqual([]);
    const told = viewer.events.flat().map((card) => `${card.id} ${card.tick}`);
    expect(new Set(told).size).toBe(told.length);
    const numbers = await rows<{ number: number }>(trainyard.database.direct, 'SELECT number FROM run WHERE project_id = $1 ORDER BY number', [
      first.ticket.project.id,
    ]);
    expect(numbers.map((run) => run.number)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('tell of an end between two looks, of a run that was not seen before and of one whose end was long in being committed', async () => {
    const first = await buildRun(trainyard);
    const [unseen, slow] = [await buildRun(trainyard, first), await buildRun(trainyard, first)];
    await first.member.ask('mutation ($id: ID!) { cancelRun(id: $id) { id } }', { id: unseen.id });
    const viewer = watch<Card[]>(first, CARDS, { projectId: first.ticket.project.id });
    const states = (id: string): string[] => viewer.events.flat().flatMap((card) => (card.id === id ? [card.state] : []));
    await viewer.until(() => states(slow.id).length > 0);
    // Tried again and lost at once, or so; and cancelled by a transaction that began a minute ago. Nobody was woken yet.
    await trainyard.database.direct.query(
      /* sql */ `
      WITH ended AS (UPDATE run SET state = 'CANCELLED', ended_at = now() - CASE WHEN id = $1 THEN interval '0' ELSE interval '1 minute' END WHERE id IN ($1, $2) RETURNING attempt_id)
      UPDATE attempt SET state = 'CANCELLED', tick = tick + 1 FROM ended WHERE id = attempt_id`,
      [unseen.id, slow.id],
    );
    await runner.claim(first.attemptId);
    await viewer.until(() => states(first.id).includes('STARTING'));
    expect([states(unseen.id), states(slow.id).at(-1)]).toEqual([['CANCELLED'], 'CANCELLED']);
  });
});

import type { MetricBatch } from '@trainyard/domain';
import { buildRun, type BuiltRun } from '../../test/factories/training.ts';
import { points, Refused, TestRunner } from '../../test/runner.ts';
import { Subscriber } from '../../test/subscriber.ts';
import { TestTrainyard } from '../../test/trainyard.ts';

let trainyard: TestTrainyard;
let runner: TestRunner;

beforeAll(async () => {
  trainyard = await TestTrainyard.start();
  runner = await TestRunner.online(trainyard, { concurrency: 100 });
});
afterAll(() => trainyard.stop());

async function claimed(): Promise<BuiltRun> {
  const run = await buildRun(trainyard);
  await runner.claim(run.attemptId);
  return run;
}
const of = (series: string, unit?: string, at = 1): MetricBatch => ({ ...points(series, at, at), unit });
/** Null where the report was taken, else the refusal with its facts. */
const refusal = (run: BuiltRun, seq: number, ...metrics: object[]): Promise<object | null> =>
  runner.report(run.attemptId, { claim: 1, seq, metrics: metrics as MetricBatch[] }).then(
    () => null,
    (error: unknown) => (error instanceof Refused ? { code: error.code, ...error.params } : Promise.reject(error)),
  );
const seriesOf = async (run: BuiltRun): Promise<object[]> =>
  (await run.member.ask<{ run: { series: object[] } }>('query ($id: ID!) { run(id: $id) { series { name unit } } }', { id: run.id })).run.series;
const METRICS =
  'query ($id: ID!, $series: [String!]!) { run(id: $id) { card { headline { value } } attempt { metrics(series: $series, width: 2) { series unit steps } } } }';

describe('series', () => {
  it('have the names and units that a program gives them, those of our trainers their own, and no other value counts for the card', async () => {
    const run = await claimed();
    expect(await refusal(run, 0, of('grad norm/层 1', 'm²'), of('constructor'), of('SAMPLES_PER_SECOND'), of('LOSS'))).toBeNull();
    expect(await seriesOf(run)).toEqual([
      { name: 'LOSS', unit: null },
      { name: 'SAMPLES_PER_SECOND', unit: 'samples/s' },
      { name: 'constructor', unit: null },
      { name: 'grad norm/层 1', unit: 'm²' },
    ]);
    const { run: read } = await run.member.ask<{ run: object }>(METRICS, { id: run.id, series: ['grad norm/层 1', 'SAMPLES_PER_SECOND', 'unheard of'] });
    expect(read).toEqual({
      card: { headline: null },
      attempt: {
        metrics: [
          { series: 'grad norm/层 1', unit: 'm²', steps: [1] },
          { series: 'SAMPLES_PER_SECOND', unit: 'samples/s', steps: [1] },
        ],
      },
    });
  });

  it('are told to whoever watches, with their units, from the first push on', async () => {
    const run = await claimed();
    await refusal(run, 0, of('latency', 'ms'));
    const viewer = new Subscriber<{ metrics: { series: string; unit: string | null; steps: number[] }[] }>(
      run.member,
      'subscription ($runId: ID!) { runProgress(runId: $runId) { metrics { series unit steps } } }',
      { runId: run.id },
    );
    try {
      await viewer.until((now) => now.events.length === 1);
      expect(viewer.events[0]?.metrics).toEqual([{ series: 'latency', unit: 'ms', steps: [1] }]);
      await refusal(run, 1, of('latency', 'ms', 2), of('tokens', 'tokens/s', 2));
      await viewer.until((now) => now.events.flatMap(({ metrics }) => metrics).length === 3);
      expect(viewer.events.flatMap(({ metrics }) => metrics).slice(1)).toEqual([
        { series: 'latency', unit: 'ms', steps: [2] },
        { series: 'tokens', unit: 'tokens/s', steps: [2] },
      ]);
    } finally {
      await viewer.stop();
    }
  });

  it.each<[string, unknown, string]>([
    ['no name', undefined, 'series'],
    ['an empty name', '', 'series'],
    ['a number for a name', 7, 'series'],
    ['a name with a blank at its end', 'loss ', 'series'],
    ['a name over two lines', 'a\nb', 'series'],
    ['a name of 101 characters', 'x'.repeat(101), 'series'],
    ['an empty unit', '', 'unit'],
    ['no text for a unit', null, 'unit'],
    ['a unit of 21 characters', 'x'.repeat(21), 'unit'],
  ])('are refused for %s, and nothing of the report is kept', async (_what, wrong, field) => {
    const run = await claimed();
    const batch = { ...of('b'), [field]: wrong };
    expect(await refusal(run, 0, of('a'), batch)).toMatchObject({
      code: 'BAD_INPUT',
      field: `metrics.1.${field}`,
      reason: expect.stringMatching(/ 1 to (100|20) /),
    });
    expect(await seriesOf(run)).toEqual([]);
    expect(await refusal(run, 0, of('a'), of('b'))).toBeNull();
  });

  it('keep the unit they once have, which may come late', async () => {
    const run = await claimed();
    expect(await refusal(run, 0, of('a'), of('b', 's'))).toBeNull();
    expect(await refusal(run, 1, of('a', 'ms', 2))).toBeNull();
    expect(await refusal(run, 2, of('a', undefined, 3), of('b', 'min', 3))).toEqual({
      code: 'BAD_INPUT',
      field: 'metrics.1.unit',
      reason: 'the series b counts in s',
      unit: 's',
    });
    expect(await refusal(run, 2, of('a', 'ms', 3), of('b', 's', 3))).toBeNull();
    expect(await seriesOf(run)).toEqual([
      { name: 'a', unit: 'ms' },
      { name: 'b', unit: 's' },
    ]);
  });

  it('are 200 a run at most: of one more the report is refused, and those that there are go on', async () => {
    const run = await claimed();
    const all = Array.from({ length: 200 }, (_, i) => `s${i}`);
    expect(await refusal(run, 0, ...all.slice(0, 150).map((name) => of(name)))).toBeNull();
    const tooMany = { code: 'BAD_INPUT', field: 'metrics.50.series', reason: 'a run has at most 200 series', max: 200 };
    expect(await refusal(run, 1, ...all.slice(150).map((name) => of(name)), of('one more'))).toEqual(tooMany);
    expect(await refusal(run, 1, ...all.slice(150).map((name) => of(name)))).toBeNull();
    expect(await refusal(run, 2, of('one more', undefined, 2))).toMatchObject({ field: 'metrics.0.series', max: 200 });
    expect(await refusal(run, 2, ...all.map((name) => of(name, undefined, 2)))).toBeNull();
    // One that there is already, though it brings its unit now.
    expect(await refusal(run, 3, of('s0', 'ms', 2))).toBeNull();
    expect(await seriesOf(run)).toHaveLength(200);
    expect(await refusal(await claimed(), 0, of('one more'))).toBeNull();
    const { run: read } = await run.member.ask<{ run: { attempt: { metrics: { steps: number[] }[] } } }>(METRICS, { id: run.id, series: all });
    expect(read.attempt.metrics.map(({ steps }) => [steps[0], steps.at(-1)])).toEqual(all.map(() => [1, 2]));
    expect((await run.member.send(METRICS, { id: run.id, series: [...all, 'one more'] })).codes).toEqual(['BAD_INPUT']);
  });
});

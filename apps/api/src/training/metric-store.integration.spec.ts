import { bucketStride, thinSeries, type MetricBatch } from '@trainyard/domain';
import fc from 'fast-check';
import { buildRun } from '../../test/factories/training.ts';
import { points } from '../../test/runner.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { MetricStore } from './metric-store.ts';

let trainyard: TestTrainyard;
let store: MetricStore;

beforeAll(async () => {
  trainyard = await TestTrainyard.start();
  store = trainyard.app.get(MetricStore);
});
afterAll(() => trainyard.stop());

/** One claim: the step it resumed after, then how many steps apart its points lie, and how many come in each report. */
const aClaim = fc.record({
  back: fc.nat(3_000),
  apart: fc.integer({ min: 1, max: 40 }),
  reports: fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 4 }),
});
const aValue = (seed: number, step: number): number => (step % 97 === 0 ? NaN : Math.sin(seed + step * 12.9898) * 43758.5453);

/** Writes the claims and answers the points that live, as a reader of the contract would count them. */
async function write(claims: readonly { back: number; apart: number; reports: number[] }[]): Promise<{ attemptId: string; living: Map<number, number> }> {
  const { id: runId, attemptId } = await buildRun(trainyard);
  const living = new Map<number, number>();
  let step = 0;
  for (const [i, { back, apart, reports }] of claims.entries()) {
    const claim = i + 1;
    const resumed = Math.max(0, step - back);
    await trainyard.database.direct.query('INSERT INTO attempt_claim (attempt_id, claim, resumed_from_step) VALUES ($1, $2, $3)', [attemptId, claim, resumed]);
    for (const known of living.keys()) if (known > resumed) living.delete(known);
    step = resumed;
    for (const count of reports) {
      const batch: MetricBatch = { series: 'LOSS', steps: [], values: [] };
      for (let n = 0; n < count; n++) {
        step += apart;
        const value = aValue(claim, step);
        batch.steps.push(step);
        batch.values.push(Number.isNaN(value) ? 'NaN' : value);
        living.set(step, value);
      }
      await trainyard.database.transaction((tx) => store.append(tx, { id: attemptId, runId, series: null }, claim, [batch, { ...batch, series: 'ACCURACY' }]));
    }
  }
  return { attemptId, living };
}

describe('the metric store', () => {
  it('reads exactly what lives: every point, or the exact extremes of every bucket, across lost claims and ranges', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(aClaim, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 2, max: 60 }),
        fc.double({ min: 0, max: 0.9, noNaN: true }),
        fc.boolean(),
        async (claims, width, from, ranged) => {
          const { attemptId, living } = await write(claims);
          const last = Math.max(...living.keys());
          const range = ranged ? { fromStep: Math.floor(last * from), toStep: Math.floor(last * (from + 0.1)) } : {};
          const wanted = [...living].filter(([step]) => step >= (range.fromStep ?? 0) && step <= (range.toStep ?? Infinity)).sort(([a], [b]) => a - b);
          const [loss] = await store.read(trainyard.database.direct, attemptId, { series: ['LOSS'], width, ...range });
          if (!loss || wanted.length === 0) {
            expect(loss?.pointCount ?? 0).toBe(wanted.length);
            return;
          }
          expect(loss.pointCount).toBe(wanted.length);
          expect(loss.steps.length).toBeLessThanOrEqual(2 * width);
          const [steps, values] = [wanted.map(([step]) => step), wanted.map(([, value]) => value)];
          const whole = thinSeries(steps, values, 0);
          if (loss.steps.length === wanted.length) {
            expect({ steps: loss.steps, values: loss.values }).toEqual(whole);
            return;
          }
          const found = new Map(loss.steps.map((step, i) => [step, loss.values[i]]));
          for (const [step, value] of found) expect(living.get(step)).toEqual(value ?? NaN);
          // Whatever buckets it chose: the extremes of all, and of thinner buckets still the extremes of all.
          const finite = values.filter(Number.isFinite);
          const given = loss.values.filter((value) => value !== null);
          expect([Math.min(...given), Math.max(...given)]).toEqual([Math.min(...finite), Math.max(...finite)]);
          const stride = bucketStride(steps[0] ?? 0, steps.at(-1) ?? 0, width);
          if (!ranged && claims.length === 1) expect({ steps: loss.steps, values: loss.values }).toEqual(thinSeries(steps, values, stride));
        },
      ),
      { numRuns: 25 },
    );
  }, 60_000);

  it('keeps extremes that a later report of a chunk brings, each at its first step, and both edges of a range and of a width', async () => {
    const { id: runId, attemptId } = await buildRun(trainyard);
    const value = (step: number): number =>
      new Map([
        [50, 5],
        [150, 9],
        [160, 9],
        [170, -1],
        [180, -1],
      ]).get(step) ?? 0;
    for (const [from, to] of [
      [1, 100],
      [101, 2_000],
    ] as const)
      await trainyard.database.transaction((tx) => store.append(tx, { id: attemptId, runId, series: null }, 1, [points('LOSS', from, to, value)]));
    const { steps, values } = points('LOSS', 1, 2_000, value) as { steps: number[]; values: number[] };
    const read = async (width: number, range: object = {}) =>
      (await store.read(trainyard.database.direct, attemptId, { series: ['LOSS'], width, ...range }))[0];
    expect(await read(2)).toMatchObject(thinSeries(steps, values, bucketStride(1, 2_000, 2)));
    expect(await read(1_000)).toMatchObject({ steps, values });
    expect((await read(1_000, { fromStep: 200, toStep: 256 }))?.steps).toEqual(steps.slice(199, 256));
  });

  it('tells what came since, per series and claim', async () => {
    const { id: runId, attemptId } = await buildRun(trainyard);
    const attempt = { id: attemptId, runId, series: null };
    await trainyard.database.transaction((tx) => store.append(tx, attempt, 1, [points('LOSS', 1, 700), points('VAL_LOSS', 300, 300)]));
    expect(await store.lastSteps(trainyard.database.direct, attemptId, 1)).toEqual(
      new Map([
        ['LOSS', 700],
        ['VAL_LOSS', 300],
      ]),
    );
    const news = await store.since(trainyard.database.direct, attemptId, 1, new Map([['LOSS', 600]]));
    expect(news.map(({ series, steps, pointCount }) => [series, steps[0], steps.at(-1), pointCount])).toEqual([
      ['LOSS', 601, 700, 100],
      ['VAL_LOSS', 300, 300, 1],
    ]);
    expect(
      await store.since(
        trainyard.database.direct,
        attemptId,
        1,
        new Map([
          ['LOSS', 700],
          ['VAL_LOSS', 300],
        ]),
      ),
    ).toEqual([]);
    expect(await store.since(trainyard.database.direct, attemptId, 2, new Map())).toEqual([]);
  });
});

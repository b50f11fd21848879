import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { OPTIMIZERS } from '@trainyard/domain';
import type { LocalDataset, TrainingMessage } from '../job/child-job.ts';
import { train } from './train.ts';
import { COMPARISON, digits, metric, points, TrainingBench } from './training-bench.fixture.ts';
import { TrainingFailure } from './training-failure.ts';

const bench = new TrainingBench();
afterAll(() => bench.remove());

/** A class of a dozen features would need more; this one needs exactly the rule it was made by. */
function flowers(rows: number): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const [length, width, soil] = [(i * 7919) % 101, (i * 104_729) % 97, ['clay', 'sand', ''][i % 3]!];
    const species = length + width > 98 ? 'tall' : 'short';
    return `${i % 11 === 0 ? '' : length},${width},${soil},${species},${3 * width + (soil === 'sand' ? 40 : 0) + 1000}`;
  });
  return `length,width,soil,species,height\n${lines.join('\n')}\n`;
}

describe('learning', () => {
  it.each(['CPU', 'WASM'] as const)('the 2-3-1 net tells all 100 points apart on %s', async (engine) => {
    const { result } = await bench.train(await bench.job('NET_2_3_1', COMPARISON, {}, engine));
    expect(metric(result, 'TRAIN', 'accuracy')).toBe(1);
    expect(result).toMatchObject({
      steps: 1_000,
      parameterCount: 13,
      sampleCounts: { train: 100, validation: 0, test: 0 },
      confusion: { split: 'TRAIN', classes: ['0', '1'] },
    });
    const { counts } = result.confusion!;
    expect([counts[0]![1], counts[1]![0]]).toEqual([0, 0]);
  });

  it('the convolutional net reads drawn digits it has not seen', async () => {
    const { result, messages } = await bench.train(await bench.job('CNN_28X28', digits(1_500), { epochs: 4, batchSize: 32, validationSplit: 0.2 }, 'WASM'));
    expect(metric(result, 'VALIDATION', 'accuracy')).toBeGreaterThan(0.95);
    expect(result.sampleCounts).toEqual({ train: 1_200, validation: 300, test: 0 });
    expect(result.confusion!.counts.flat().reduce((a, b) => a + b)).toBe(300);
    expect(points(messages, 'LOSS').map(([step]) => step)).toEqual(Array.from({ length: 152 }, (_, i) => i + 1));
    expect(points(messages, 'VAL_ACCURACY').map(([step]) => step)).toEqual([38, 76, 114, 152]);
  });

  const handwritten = fileURLToPath(new URL('../../../../../shared/data/mnist-t10k/', import.meta.url));
  const real = existsSync(handwritten) ? it : it.skip;
  real('two epochs of the convolutional net read real handwritten digits (skipped where ../shared/data/mnist-t10k is absent)', async () => {
    const file = (role: 'IMAGES' | 'LABELS', name: string) => ({ role, path: join(handwritten, name) });
    const dataset: LocalDataset = { kind: 'IDX', files: [file('IMAGES', 't10k-images-idx3-ubyte.gz'), file('LABELS', 't10k-labels-idx1-ubyte.gz')] };
    const { result } = await bench.train(await bench.job('CNN_28X28', dataset, { epochs: 2 }, 'WASM'));
    expect(result.sampleCounts).toEqual({ train: 9_000, validation: 1_000, test: 0 });
    expect(metric(result, 'VALIDATION', 'accuracy')).toBeGreaterThan(0.96);
  });

  it.each(['MLP_784_128_10', 'MLP_784_64_64_10'] as const)('%s reads drawn digits', async (template) => {
    const { result } = await bench.train(await bench.job(template, digits(800), { epochs: 6, batchSize: 32, dropout: 0.1 }, 'WASM'));
    expect(metric(result, 'VALIDATION', 'accuracy')).toBeGreaterThan(0.7);
  });

  it('a table is classified, with missing values and categories among its columns', async () => {
    const { result, model } = await bench.train(
      await bench.job('TABULAR_CLASSIFIER', bench.csv(flowers(600)), { targetColumn: 'species', epochs: 60, learningRate: 0.01 }),
    );
    expect(metric(result, 'VALIDATION', 'accuracy')).toBeGreaterThan(0.9);
    expect(result.confusion).toMatchObject({ split: 'VALIDATION', classes: ['short', 'tall'] });
    expect(JSON.parse(model['preprocessing.json']!.toString())).toMatchObject({
      inputs: {
        columns: [
          { column: 'length', type: 'NUMBER' },
          { column: 'width' },
          { column: 'soil', type: 'CATEGORY', values: expect.arrayContaining(['clay', 'sand']), missingAt: expect.any(Number), otherAt: expect.any(Number) },
          { column: 'height' },
        ],
      },
      classes: ['short', 'tall'],
      target: { column: 'species' },
    });
  });

  it('a number of a table is predicted, and its errors are in its own units', async () => {
    const { result, messages } = await bench.train(
      await bench.job('TABULAR_REGRESSOR', bench.csv(flowers(600)), { targetColumn: 'height', epochs: 60, learningRate: 0.01 }),
    );
    expect(metric(result, 'VALIDATION', 'r2')).toBeGreaterThan(0.95);
    expect(metric(result, 'VALIDATION', 'rmse')).toBeCloseTo(Math.sqrt(metric(result, 'VALIDATION', 'loss')), 9);
    // The untrained net predicts the mean, so its error is that of heights between 1000 and 1330.
    expect(points(messages, 'MAE')[0]![1]).toBeGreaterThan(30);
    expect(metric(result, 'VALIDATION', 'mae')).toBeLessThan(15);
    expect(result.confusion).toBeNull();
  });

  it.each(OPTIMIZERS)('%s lowers the loss', async (optimizer) => {
    const learningRate = optimizer === 'SGD' || optimizer === 'MOMENTUM' ? 0.5 : 0.02;
    const { messages } = await bench.train(await bench.job('NET_2_3_1', COMPARISON, { optimizer, learningRate, epochs: 300 }));
    const losses = points(messages, 'LOSS').map(([, value]) => Number(value));
    expect(losses).toHaveLength(300);
    expect(losses.at(-1)).toBeLessThan(losses[0]! * 0.7);
  });

  it('the L2 penalty keeps weights small', async () => {
    const norm = async (l2: number) => {
      const { model } = await bench.train(await bench.job('NET_2_3_1', COMPARISON, { l2, epochs: 200 }));
      return new Float32Array(Uint8Array.from(model['weights.bin']!).buffer).reduce((sum, w) => sum + w * w, 0);
    };
    expect(await norm(0.01)).toBeLessThan((await norm(0)) / 4);
  });
});

describe('repeating', () => {
  const overrides = { epochs: 3, batchSize: 32, dropout: 0.3, checkpointEveryEpochs: 1, validationSplit: 0.1 };

  it.each(['CPU', 'WASM'] as const)('with the same seed gives the same weights on %s, with another one others', async (engine) => {
    const weights = async (seed: number) =>
      (await bench.train(await bench.job('MLP_784_64_64_10', digits(64), { ...overrides, seed }, engine))).model['weights.bin']!;
    const first = await weights(1);
    expect((await weights(1)).equals(first)).toBe(true);
    expect((await weights(2)).equals(first)).toBe(false);
  });

  it.each([...OPTIMIZERS.map((optimizer) => ['MLP_784_64_64_10', optimizer] as const), ['CNN_28X28', 'ADAM'] as const])(
    '%s with %s goes on from a checkpoint bit by bit',
    async (template, optimizer) => {
      const job = await bench.job(template, digits(200), { ...overrides, optimizer, schedule: 'COSINE', learningRate: 0.01 }, 'WASM');
      const whole = await bench.train(job);
      expect(whole.checkpoints).toHaveLength(2);
      // What an attempt goes on from is told after the figures of all its steps: nobody trains these again.
      for (const [at, { step }] of whole.messages.flatMap((message, at) => (message.type === 'CHECKPOINT' ? [[at, message] as const] : [])))
        expect(points(whole.messages.slice(0, at), 'LOSS').at(-1)?.[0]).toBe(step);
      const again = await bench.job(template, digits(200), { ...overrides, optimizer, schedule: 'COSINE', learningRate: 0.01 }, 'WASM');
      const resumed = await bench.train({ ...again, checkpointPath: whole.checkpoints[0]! });
      expect(resumed.messages).toContainEqual({ type: 'RESUMED', fromStep: 6 });
      expect(resumed.model['weights.bin']!.equals(whole.model['weights.bin']!)).toBe(true);
      expect(resumed.result.metrics).toEqual(whole.result.metrics);
      expect(points(resumed.messages, 'LOSS')).toEqual(points(whole.messages, 'LOSS').slice(6));
      expect(points(resumed.messages, 'VAL_LOSS')).toEqual(points(whole.messages, 'VAL_LOSS').slice(1));
      expect(resumed.result.steps).toBe(whole.result.steps);
    },
  );

  it('goes on from the middle of an epoch bit by bit', async () => {
    const job = await bench.job('CNN_28X28', digits(200), overrides, 'WASM');
    // Every step writes a checkpoint; those of steps 2, 4, … lie inside the first epoch of 6 steps.
    const whole = await bench.train(job, 0);
    const inside = whole.checkpoints[3]!;
    // The last two stay: the one before may still be on its way to the server.
    const written = whole.messages.flatMap((message) => (message.type === 'CHECKPOINT' ? [message.path] : []));
    expect(written.filter((path) => existsSync(path))).toEqual(written.slice(-2));
    const resumed = await bench.train({ ...(await bench.job('CNN_28X28', digits(200), overrides, 'WASM')), checkpointPath: inside });
    expect(resumed.messages).toContainEqual({ type: 'RESUMED', fromStep: 4 });
    expect(resumed.model['weights.bin']!.equals(whole.model['weights.bin']!)).toBe(true);
    // The epoch's training scores, too, are of the whole epoch.
    const epochs = (messages: typeof whole.messages) => messages.flatMap((m) => (m.type === 'LOG' && m.text.startsWith('Epoch') ? [m.text] : []));
    expect(epochs(resumed.messages)).toEqual(epochs(whole.messages));
  });

  it.each([
    ['damaged', (file: Buffer) => Buffer.from(file.map((byte, i) => (i === file.length - 100 ? byte ^ 1 : byte))), /checksum/],
    ['cut off', (file: Buffer) => file.subarray(0, file.length / 2), /checksum/],
    ['empty', () => Buffer.alloc(0), /damaged/],
  ])('starts afresh when the checkpoint is %s, and says so', async (_name, change, reason) => {
    const job = await bench.job('NET_2_3_1', COMPARISON, { epochs: 4, checkpointEveryEpochs: 2 });
    const whole = await bench.train(job);
    const path = `${whole.checkpoints[0]!}.bad`;
    writeFileSync(path, change(readFileSync(whole.checkpoints[0]!)));
    const { messages, result } = await bench.train({ ...job, checkpointPath: path });
    expect(messages).toContainEqual({
      type: 'LOG',
      stream: 'ERR',
      text: expect.stringMatching(reason),
      params: { reason: 'CHECKPOINT_NOT_USED', detail: expect.stringMatching(reason) },
    });
    expect(messages.some((m) => m.type === 'RESUMED')).toBe(false);
    expect(result.metrics).toEqual(whole.result.metrics);
  });

  it('does not use the checkpoint of another run', async () => {
    const whole = await bench.train(await bench.job('NET_2_3_1', COMPARISON, { epochs: 4, checkpointEveryEpochs: 2 }));
    const other = await bench.job('NET_2_3_1', COMPARISON, { epochs: 4, learningRate: 0.5 });
    const { messages } = await bench.train({ ...other, checkpointPath: whole.checkpoints[0]! });
    expect(messages).toContainEqual({
      type: 'LOG',
      stream: 'ERR',
      text: expect.stringMatching(/another run/),
      params: expect.objectContaining({ reason: 'CHECKPOINT_NOT_USED' }),
    });
  });
});

describe('failing', () => {
  const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      () => 'no failure',
      (error: unknown) => error,
    );

  it('says at which step the loss was no number any more, after sending it', async () => {
    const job = await bench.job('TABULAR_REGRESSOR', bench.csv(flowers(100)), { targetColumn: 'height', optimizer: 'SGD', learningRate: 100 });
    const messages: TrainingMessage[] = [];
    const failure = await failureOf(train(job, (message) => messages.push(message)));
    expect(failure).toBeInstanceOf(TrainingFailure);
    expect(failure).toMatchObject({
      code: 'DIVERGED',
      message: expect.stringMatching(/at step \d+ of .*learning rate \(now 100\)/),
      params: { reason: 'LOSS_NOT_FINITE', step: expect.any(Number), learningRate: 100 },
    });
    const place = messages.findLast((message) => message.type === 'PROGRESS')?.progress.step;
    expect([place, points(messages, 'LOSS').at(-1)?.[0]]).toEqual(Array(2).fill((failure as TrainingFailure).params?.['step']));
  });

  it('refuses data that changed since the run was queued', async () => {
    const job = await bench.job('NET_2_3_1', COMPARISON);
    expect(await failureOf(bench.train({ ...job, dataset: { ...COMPARISON, seed: 2 } as typeof COMPARISON }))).toMatchObject({
      code: 'DATASET_CHANGED',
      params: { reason: 'OTHER_DIGEST' },
    });
  });

  it('says what is wrong with data that cannot be read', async () => {
    const job = await bench.job('NET_2_3_1', COMPARISON);
    const dataset = {
      kind: 'IDX',
      files: [
        { role: 'IMAGES', path: '/nowhere' },
        { role: 'LABELS', path: '/nowhere' },
      ],
    } as const;
    expect(await failureOf(bench.train({ ...job, dataset: { ...dataset, files: [...dataset.files] } }))).toMatchObject({
      code: 'DATASET_UNREADABLE',
      message: expect.stringMatching(/cannot be opened.*NO_FILE/),
      params: { problem: 'DATASET_PATH_UNREADABLE', file: 'IMAGES', reason: 'NO_FILE' },
    });
  });

  it('refuses a dataset that the template cannot use', async () => {
    const job = await bench.job('TABULAR_CLASSIFIER', COMPARISON, { targetColumn: 'x' });
    expect(await failureOf(bench.train(job))).toMatchObject({ code: 'INVALID_SPEC', params: { reason: 'OTHER_DATA' } });
  });
});

it('tells phases, places and speed at most about ten times a second', async () => {
  const { messages, result } = await bench.train(await bench.job('NET_2_3_1', COMPARISON));
  const progress = messages.flatMap((m) => (m.type === 'PROGRESS' ? [m.progress] : []));
  expect(new Set(progress.map((p) => p.phase))).toEqual(new Set(['TRAINING', 'EVALUATING', 'SAVING']));
  expect(progress.at(-1)).toMatchObject({ step: 1_000, totalSteps: 1_000, trainingEpoch: 1_000, totalEpochs: 1_000, remainingMs: 0 });
  expect(points(messages, 'LOSS')).toHaveLength(1_000);
  expect(messages.filter((m) => m.type === 'METRICS').length).toBeLessThanOrEqual(result.trainMs / 100 + 14);
  expect(result.samplesPerSecond).toBeGreaterThan(0);
  expect(result.flopsPerSecond).toBeCloseTo(3 * 2 * (2 * 3 + 3) * result.samplesPerSecond, 3);
});

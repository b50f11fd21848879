import { loadDataset } from '../datasets/load-dataset.ts';
import { prepareData, type PreparedData } from './prepare-data.ts';
import type { Samples } from './samples.ts';
import { COMPARISON, TrainingBench } from './training-bench.fixture.ts';

const bench = new TrainingBench();
afterAll(() => bench.remove());

/** Every row can be told from the others by its first input; of each class there are as many as of the others. */
const rows = (count: number): string => `id,size,kind\n${Array.from({ length: count }, (_, i) => `${i},${i * i},${'abc'[i % 3]}`).join('\n')}\n`;
const inputsOf = (samples: Samples, width: number): number[][] =>
  Array.from({ length: samples.count }, (_, i) => {
    const into = new Float32Array(width);
    samples.write(i, into, 0, null);
    return [...into];
  });
async function table(template: 'TABULAR_CLASSIFIER' | 'TABULAR_REGRESSOR', targetColumn: string, seed = 1): Promise<PreparedData> {
  const job = await bench.job(template, bench.csv(rows(60)), { targetColumn, validationSplit: 0.2, seed });
  return prepareData(job.spec, await loadDataset(job.dataset));
}
/** The rows of both parts, as the first column of the table numbers them. */
function idsOf({ train, validation, inputs, preprocessing }: PreparedData): { train: number[]; validation: number[] } {
  const [encoding] = preprocessing.inputs.type === 'COLUMNS' ? preprocessing.inputs.columns : [];
  if (encoding?.type !== 'NUMBER') throw new Error('the first column is no number');
  const ids = (samples: Samples | null): number[] =>
    samples ? inputsOf(samples, inputs).map(([value]) => Math.abs(Math.round(value! * encoding.std + encoding.mean))) : [];
  return { train: ids(train), validation: ids(validation) };
}

describe('what is trained on and what is held out', () => {
  it('are parts without a common row, of the same share of every class, in the order of the data', async () => {
    const data = await table('TABULAR_CLASSIFIER', 'kind');
    const { train, validation } = idsOf(data);
    expect([...train, ...validation].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, i) => i));
    expect(validation).toHaveLength(12);
    for (const kind of [0, 1, 2]) expect(validation.filter((id) => id % 3 === kind)).toHaveLength(4);
    for (const part of [train, validation]) expect(part).toEqual(part.toSorted((a, b) => a - b));
    expect([...data.train.targets]).toEqual(train.map((id) => id % 3));
    expect([...(data.validation?.targets ?? [])]).toEqual(validation.map((id) => id % 3));
  });

  it('are the same when a run is resumed, and others by another seed', async () => {
    const first = idsOf(await table('TABULAR_CLASSIFIER', 'kind'));
    expect(idsOf(await table('TABULAR_CLASSIFIER', 'kind'))).toEqual(first);
    expect(idsOf(await table('TABULAR_CLASSIFIER', 'kind', 2)).validation).not.toEqual(first.validation);
  });

  it('are encoded by what the training part alone has, and the target is no input', async () => {
    const data = await table('TABULAR_REGRESSOR', 'size');
    if (data.preprocessing.inputs.type !== 'COLUMNS') throw new Error('no columns');
    const [id, kind] = data.preprocessing.inputs.columns;
    expect([data.preprocessing.inputs.columns.length, data.inputs, kind]).toEqual([2, 1 + 5, expect.objectContaining({ column: 'kind', type: 'CATEGORY' })]);
    const train = idsOf(data).train;
    const mean = train.reduce((sum, value) => sum + value, 0) / train.length;
    expect(id).toMatchObject({ column: 'id', type: 'NUMBER', mean: expect.closeTo(mean, 9) });
    const sizes = train.map((value) => value * value);
    const average = sizes.reduce((sum, value) => sum + value, 0) / sizes.length;
    expect(data.scale.mean).toBeCloseTo(average, 6);
    expect([...data.train.targets].map((target) => Math.abs(Math.round(target * data.scale.std + data.scale.mean)))).toEqual(sizes);
  });

  it('is all of it where nothing is to be held out', async () => {
    const job = await bench.job('NET_2_3_1', COMPARISON, { validationSplit: 0 });
    expect(prepareData(job.spec, await loadDataset(job.dataset))).toMatchObject({ train: { count: 100 }, validation: null, test: null });
  });
});

import fc from 'fast-check';
import type { DatasetColumn } from '../dataset/dataset.ts';
import { DEFAULT_PARAMETERS, type RunParameters, type Template } from './spec.ts';
import { splitCounts, totalSteps, validateSpec, type SpecDataset } from './validate-spec.ts';

const digits: SpecDataset = {
  kind: 'IDX',
  summary: { sampleCount: 10_000, inputShape: [28, 28], classes: Array.from({ length: 10 }, (_, i) => ({ name: String(i), count: 1_000 })), columns: [] },
};
const comparison: SpecDataset = {
  kind: 'SYNTHETIC',
  summary: { sampleCount: 100, inputShape: [2], classes: [{ name: '0', count: 52 }, { name: '1', count: 48 }], columns: [] },
};
const column = (name: string, overrides: Partial<DatasetColumn> = {}): DatasetColumn => ({
  name, type: 'NUMBER', missing: 0, min: 0, max: 9, mean: 4, categories: [], ...overrides,
});
const table = (...columns: DatasetColumn[]): SpecDataset => ({ kind: 'CSV', summary: { sampleCount: 50, inputShape: [columns.length], classes: [], columns } });
const species = column('species', { type: 'CATEGORY', min: null, max: null, mean: null, categories: [{ value: 'a', count: 30 }, { value: 'b', count: 20 }] });
const iris = table(column('length'), column('width'), species);

const check = (template: Template, dataset: SpecDataset, overrides: Partial<RunParameters> = {}) =>
  validateSpec(template, { ...DEFAULT_PARAMETERS[template], ...overrides }, dataset);
const codeOf = (result: ReturnType<typeof validateSpec>) => (result.ok ? 'OK' : result.code);

describe('validateSpec', () => {
  it('counts samples and steps of a run it accepts', () => {
    expect(check('MLP_784_128_10', digits, { epochs: 5, batchSize: 64 })).toEqual({ ok: true, train: 9_000, validation: 1_000, totalSteps: 5 * 141 });
    expect(check('NET_2_3_1', comparison, { epochs: 1_000, batchSize: 100 })).toEqual({ ok: true, train: 100, validation: 0, totalSteps: 1_000 });
  });

  it.each<[string, string, Template, SpecDataset, Partial<RunParameters>]>([
    ['digits for every image template', 'OK', 'CNN_28X28', digits, {}],
    ['classes of a table', 'OK', 'TABULAR_CLASSIFIER', iris, { targetColumn: 'species' }],
    ['a number of a table', 'OK', 'TABULAR_REGRESSOR', iris, { targetColumn: 'length' }],
    ['a column of few numbers as classes', 'OK', 'TABULAR_CLASSIFIER', table(column('x'), column('y', { categories: [{ value: '0', count: 25 }, { value: '1', count: 25 }] })), { targetColumn: 'y' }],
    ['two numbers for an image template', 'TEMPLATE_NEEDS_OTHER_DATA', 'CNN_28X28', comparison, {}],
    ['images for the 2-3-1 net', 'TEMPLATE_NEEDS_OTHER_DATA', 'NET_2_3_1', digits, {}],
    ['images for a tabular template', 'TEMPLATE_NEEDS_OTHER_DATA', 'TABULAR_CLASSIFIER', digits, { targetColumn: 'species' }],
    ['a table for an image template', 'TEMPLATE_NEEDS_OTHER_DATA', 'MLP_784_128_10', iris, {}],
    ['a table of one column', 'TEMPLATE_NEEDS_OTHER_DATA', 'TABULAR_REGRESSOR', table(column('y')), { targetColumn: 'y' }],
    ['more classes than outputs', 'TEMPLATE_NEEDS_OTHER_DATA', 'CNN_28X28', { kind: 'IDX', summary: { ...digits.summary, classes: Array.from({ length: 26 }, (_, i) => ({ name: `${i}`, count: 9 })) } }, {}],
    ['layers for a template that has its own', 'PARAMETER_NOT_OF_TEMPLATE', 'NET_2_3_1', comparison, { hiddenUnits: [4] }],
    ['a column to predict for images', 'PARAMETER_NOT_OF_TEMPLATE', 'CNN_28X28', digits, { targetColumn: 'x' }],
    ['no target', 'TARGET_COLUMN_MISSING', 'TABULAR_CLASSIFIER', iris, {}],
    ['a target that is not there', 'TARGET_COLUMN_MISSING', 'TABULAR_CLASSIFIER', iris, { targetColumn: 'colour' }],
    ['a measured number as classes', 'TARGET_NOT_CATEGORICAL', 'TABULAR_CLASSIFIER', iris, { targetColumn: 'length' }],
    ['too many classes to list', 'TARGET_NOT_CATEGORICAL', 'TABULAR_CLASSIFIER', table(column('x'), column('id', { type: 'CATEGORY', categories: [{ value: 'a', count: 1 }, { value: 'b', count: 1 }] })), { targetColumn: 'id' }],
    ['words to regress', 'TARGET_NOT_NUMERIC', 'TABULAR_REGRESSOR', iris, { targetColumn: 'species' }],
    ['a constant to regress', 'DATASET_ONE_CLASS', 'TABULAR_REGRESSOR', table(column('x'), column('y', { min: 3, max: 3 })), { targetColumn: 'y' }],
    ['one class in a table', 'DATASET_ONE_CLASS', 'TABULAR_CLASSIFIER', table(column('x'), column('y', { categories: [{ value: '1', count: 50 }] })), { targetColumn: 'y' }],
    ['one class of images', 'DATASET_ONE_CLASS', 'CNN_28X28', { kind: 'IDX', summary: { ...digits.summary, classes: [{ name: '7', count: 9 }] } }, {}],
    ['a split that holds nothing out', 'TOO_FEW_SAMPLES', 'NET_2_3_1', { kind: 'SYNTHETIC', summary: { ...comparison.summary, classes: [{ name: '0', count: 2 }, { name: '1', count: 2 }] } }, { validationSplit: 0.01 }],
    ['no target left in any row', 'TOO_FEW_SAMPLES', 'TABULAR_REGRESSOR', table(column('x'), column('y', { missing: 49 })), { targetColumn: 'y' }],
  ])('%s: %s', (_name, expected, template, dataset, overrides) => {
    expect(codeOf(check(template, dataset, overrides))).toBe(expected);
  });

  it.each<[Partial<RunParameters>, string]>([
    [{ epochs: 0 }, 'epochs'], [{ epochs: 1.5 }, 'epochs'], [{ epochs: 10_001 }, 'epochs'], [{ batchSize: 0 }, 'batchSize'],
    [{ learningRate: 0 }, 'learningRate'], [{ learningRate: Number.NaN }, 'learningRate'], [{ learningRate: Number.POSITIVE_INFINITY }, 'learningRate'],
    [{ warmupSteps: -1 }, 'warmupSteps'], [{ l2: -0.1 }, 'l2'], [{ dropout: 0.95 }, 'dropout'], [{ seed: 2 ** 32 }, 'seed'],
    [{ validationSplit: 0.91 }, 'validationSplit'], [{ checkpointEveryEpochs: 0 }, 'checkpointEveryEpochs'],
    [{ hiddenUnits: [0] }, 'hiddenUnits'], [{ hiddenUnits: Array<number>(9).fill(4) }, 'hiddenUnits.length'],
  ])('refuses %j naming the field and its bounds', (overrides, field) => {
    expect(check('TABULAR_CLASSIFIER', iris, { targetColumn: 'species', ...overrides })).toMatchObject({
      ok: false, code: 'PARAMETER_OUT_OF_RANGE', params: { field, min: expect.any(Number), max: expect.any(Number) },
    });
  });
});

it('refuses more steps than can be counted, naming the most epochs that fit', () => {
  const million: SpecDataset = { kind: 'SYNTHETIC', summary: { ...comparison.summary, sampleCount: 1_000_000, classes: [{ name: '0', count: 500_000 }, { name: '1', count: 500_000 }] } };
  const most = 2_147;
  expect(check('NET_2_3_1', million, { batchSize: 1, epochs: 10_000 })).toMatchObject({ code: 'PARAMETER_OUT_OF_RANGE', params: { field: 'epochs', max: most } });
  expect(check('NET_2_3_1', million, { batchSize: 1, epochs: most })).toMatchObject({ ok: true, totalSteps: most * 1_000_000 });
  expect(codeOf(check('NET_2_3_1', million, { batchSize: 1, epochs: most + 1 }))).toBe('PARAMETER_OUT_OF_RANGE');
});

describe('splitCounts', () => {
  it('holds out the asked fraction of the whole and never a whole class', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 20 }), fc.double({ min: 0, max: 0.9, noNaN: true }), (counts, split) => {
        const held = splitCounts(counts, split);
        held.forEach((h, i) => expect(h >= 0 && h < counts[i]!).toBe(true));
        const total = counts.reduce((a, b) => a + b, 0);
        const heldTotal = held.reduce((a, b) => a + b, 0);
        expect(heldTotal).toBeLessThanOrEqual(Math.round(total * split));
      }),
    );
    expect(splitCounts([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009], 0.1).reduce((a, b) => a + b, 0)).toBe(1_000);
  });
});

it('counts a short last batch as a step', () => {
  expect(totalSteps(101, { epochs: 3, batchSize: 50 })).toBe(9);
});

import fc from 'fast-check';
import type { DatasetColumn } from '../dataset/dataset.ts';
import type { RunParameters } from './spec.ts';
import { DEFAULT_PARAMETERS, type Template } from './templates.ts';
import { heldOut, legacySplitCounts, splitCounts, totalSteps, validateSpec, type SpecDataset } from './validate-spec.ts';

const digits: SpecDataset = {
  kind: 'IDX',
  summary: { sampleCount: 10_000, inputShape: [28, 28], classes: Array.from({ length: 10 }, (_, i) => ({ name: String(i), count: 1_000 })), columns: [] },
};
const comparison: SpecDataset = {
  kind: 'SYNTHETIC',
  summary: {
    sampleCount: 100,
    inputShape: [2],
    classes: [
      { name: '0', count: 52 },
      { name: '1', count: 48 },
    ],
    columns: [],
  },
};
const column = (name: string, overrides: Partial<DatasetColumn> = {}): DatasetColumn => ({
  name,
  type: 'NUMBER',
  missing: 0,
  min: 0,
  max: 9,
  mean: 4,
  categories: [],
  ...overrides,
});
const table = (...columns: DatasetColumn[]): SpecDataset => ({ kind: 'CSV', summary: { sampleCount: 50, inputShape: [columns.length], classes: [], columns } });
const species = column('species', {
  type: 'CATEGORY',
  min: null,
  max: null,
  mean: null,
  categories: [
    { value: 'a', count: 30 },
    { value: 'b', count: 20 },
  ],
});
const iris = table(column('length'), column('width'), species);

const check = (template: Template, dataset: SpecDataset, overrides: Partial<RunParameters> = {}) =>
  validateSpec(template, { ...DEFAULT_PARAMETERS[template], ...overrides }, dataset);
const codeOf = (result: ReturnType<typeof validateSpec>) => (result.ok ? 'OK' : result.code);

describe('validateSpec', () => {
  it('counts samples and steps of a run it accepts', () => {
    expect(check('MLP_784_128_10', digits, { epochs: 5, batchSize: 64 })).toEqual({
      ok: true,
      train: 9_000,
      validation: 1_000,
      totalSteps: 5 * 141,
      rows: { used: 10_000, leftOut: [] },
    });
    expect(check('NET_2_3_1', comparison, { epochs: 1_000, batchSize: 100 })).toEqual({
      ok: true,
      train: 100,
      validation: 0,
      totalSteps: 1_000,
      rows: { used: 100, leftOut: [] },
    });
  });

  it.each<[string, string, Template, SpecDataset, Partial<RunParameters>]>([
    ['digits for every image template', 'OK', 'CNN_28X28', digits, {}],
    ['classes of a table', 'OK', 'TABULAR_CLASSIFIER', iris, { targetColumn: 'species' }],
    ['a number of a table', 'OK', 'TABULAR_REGRESSOR', iris, { targetColumn: 'length' }],
    [
      'a column of few numbers as classes',
      'OK',
      'TABULAR_CLASSIFIER',
      table(
        column('x'),
        column('y', {
          categories: [
            { value: '0', count: 25 },
            { value: '1', count: 25 },
          ],
        }),
      ),
      { targetColumn: 'y' },
    ],
    ['two numbers for an image template', 'TEMPLATE_NEEDS_OTHER_DATA', 'CNN_28X28', comparison, {}],
    ['images for the 2-3-1 net', 'TEMPLATE_NEEDS_OTHER_DATA', 'NET_2_3_1', digits, {}],
    ['images for a tabular template', 'TEMPLATE_NEEDS_OTHER_DATA', 'TABULAR_CLASSIFIER', digits, { targetColumn: 'species' }],
    ['a table for an image template', 'TEMPLATE_NEEDS_OTHER_DATA', 'MLP_784_128_10', iris, {}],
    ['a table of one column', 'TEMPLATE_NEEDS_OTHER_DATA', 'TABULAR_REGRESSOR', table(column('y')), { targetColumn: 'y' }],
    [
      'as many classes of images as there are',
      'OK',
      'CNN_28X28',
      { kind: 'IDX', summary: { ...digits.summary, classes: Array.from({ length: 26 }, (_, i) => ({ name: `${i}`, count: 9 })) } },
      {},
    ],
    ['layers for a template that has its own', 'PARAMETER_NOT_OF_TEMPLATE', 'NET_2_3_1', comparison, { hiddenUnits: [4] }],
    ['a column to predict for images', 'PARAMETER_NOT_OF_TEMPLATE', 'CNN_28X28', digits, { targetColumn: 'x' }],
    ['no target', 'TARGET_COLUMN_MISSING', 'TABULAR_CLASSIFIER', iris, {}],
    ['a target that is not there', 'TARGET_COLUMN_MISSING', 'TABULAR_CLASSIFIER', iris, { targetColumn: 'colour' }],
    ['a number whose values were not counted as classes', 'TARGET_VALUES_UNCOUNTED', 'TABULAR_CLASSIFIER', iris, { targetColumn: 'length' }],
    ['26 numbers as classes, of which no list shows any', 'OK', 'TABULAR_CLASSIFIER', table(column('x'), column('y', { distinct: 25 })), { targetColumn: 'y' }],
    [
      'more classes than are shown',
      'OK',
      'TABULAR_CLASSIFIER',
      { kind: 'CSV', summary: { ...table(column('x'), column('y', { distinct: 1_000 })).summary, sampleCount: 9_000 } },
      { targetColumn: 'y' },
    ],
    ['a value of its own in each row', 'TARGET_VALUES_UNIQUE', 'TABULAR_CLASSIFIER', table(column('x'), column('y', { distinct: 50 })), { targetColumn: 'y' }],
    [
      'more classes than a dataset may have',
      'TARGET_TOO_MANY_CLASSES',
      'TABULAR_CLASSIFIER',
      table(column('x'), column('y', { distinct: 1_001 })),
      { targetColumn: 'y' },
    ],
    [
      'classes of which not all are listed, from before they were counted',
      'TARGET_VALUES_UNCOUNTED',
      'TABULAR_CLASSIFIER',
      table(
        column('x'),
        column('id', {
          type: 'CATEGORY',
          categories: [
            { value: 'a', count: 1 },
            { value: 'b', count: 1 },
          ],
        }),
      ),
      { targetColumn: 'id' },
    ],
    ['words to regress', 'TARGET_NOT_NUMERIC', 'TABULAR_REGRESSOR', iris, { targetColumn: 'species' }],
    ['a constant to regress', 'DATASET_ONE_CLASS', 'TABULAR_REGRESSOR', table(column('x'), column('y', { min: 3, max: 3 })), { targetColumn: 'y' }],
    [
      'one class in a table',
      'DATASET_ONE_CLASS',
      'TABULAR_CLASSIFIER',
      table(column('x'), column('y', { categories: [{ value: '1', count: 50 }] })),
      { targetColumn: 'y' },
    ],
    ['one class of images', 'DATASET_ONE_CLASS', 'CNN_28X28', { kind: 'IDX', summary: { ...digits.summary, classes: [{ name: '7', count: 9 }] } }, {}],
    [
      'a split that holds nothing out',
      'TOO_FEW_SAMPLES',
      'NET_2_3_1',
      {
        kind: 'SYNTHETIC',
        summary: {
          ...comparison.summary,
          classes: [
            { name: '0', count: 2 },
            { name: '1', count: 2 },
          ],
        },
      },
      { validationSplit: 0.01 },
    ],
    ['no target left in any row', 'TOO_FEW_SAMPLES', 'TABULAR_REGRESSOR', table(column('x'), column('y', { missing: 49 })), { targetColumn: 'y' }],
  ])('%s: %s', (_name, expected, template, dataset, overrides) => {
    expect(codeOf(check(template, dataset, overrides))).toBe(expected);
  });

  it.each<[Partial<RunParameters>, string]>([
    [{ epochs: 0 }, 'epochs'],
    [{ epochs: 1.5 }, 'epochs'],
    [{ epochs: 10_001 }, 'epochs'],
    [{ batchSize: 0 }, 'batchSize'],
    [{ learningRate: 0 }, 'learningRate'],
    [{ learningRate: Number.NaN }, 'learningRate'],
    [{ learningRate: Number.POSITIVE_INFINITY }, 'learningRate'],
    [{ warmupSteps: -1 }, 'warmupSteps'],
    [{ l2: -0.1 }, 'l2'],
    [{ dropout: 0.95 }, 'dropout'],
    [{ seed: 2 ** 32 }, 'seed'],
    [{ validationSplit: 0.91 }, 'validationSplit'],
    [{ checkpointEveryEpochs: 0 }, 'checkpointEveryEpochs'],
    [{ hiddenUnits: [0] }, 'hiddenUnits'],
    [{ hiddenUnits: Array<number>(9).fill(4) }, 'hiddenUnits.length'],
  ])('refuses %j naming the field and its bounds', (overrides, field) => {
    expect(check('TABULAR_CLASSIFIER', iris, { targetColumn: 'species', ...overrides })).toMatchObject({
      ok: false,
      code: 'PARAMETER_OUT_OF_RANGE',
      params: { field, min: expect.any(Number), max: expect.any(Number) },
    });
  });
});

it('takes as many steps as can be counted, and no more', () => {
  const million: SpecDataset = {
    kind: 'SYNTHETIC',
    summary: {
      ...comparison.summary,
      sampleCount: 1_000_000,
      classes: [
        { name: '0', count: 500_000 },
        { name: '1', count: 500_000 },
      ],
    },
  };
  const most = 2_147;
  expect(check('NET_2_3_1', million, { batchSize: 1, epochs: most })).toMatchObject({ ok: true, totalSteps: most * 1_000_000 });
  expect(codeOf(check('NET_2_3_1', million, { batchSize: 1, epochs: most + 1 }))).toBe('PARAMETER_OUT_OF_RANGE');
});

describe('splitCounts', () => {
  const counts = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 60, size: 'max' });
  const split = fc.double({ min: 0, max: 0.9, noNaN: true });
  const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);

  it('holds out exactly what was promised, and never a whole class', () => {
    fc.assert(
      fc.property(counts, split, (classes, share) => {
        const held = splitCounts(classes, share);
        held.forEach((h, i) => expect(h >= 0 && h < classes[i]!).toBe(true));
        expect(sum(held)).toBe(heldOut(sum(classes), classes.length, share));
      }),
    );
    expect(sum(splitCounts([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009], 0.1))).toBe(1_000);
    expect(splitCounts([5, 1, 1, 1, 1, 1], 0.2)).toEqual([2, 0, 0, 0, 0, 0]);
  });

  it('leaves runs of before their own split', () => expect(legacySplitCounts([5, 1, 1, 1, 1, 1], 0.2)).toEqual([1, 0, 0, 0, 0, 0]));

  it('gives each class its share to within one sample, where every class has enough to give', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 20, max: 500 }), { minLength: 1, maxLength: 60 }), split, (classes, share) => {
        const held = splitCounts(classes, share);
        expect(held).toEqual(legacySplitCounts(classes, share));
        classes.forEach((count, i) => expect(Math.abs(held[i]! - count * share)).toBeLessThanOrEqual(1));
      }),
    );
  });
});

it('promises every row, the left out ones with what stands in their place', () => {
  const gaps = [
    { word: 'na', count: 3 },
    { word: '', count: 2 },
  ];
  expect(check('TABULAR_CLASSIFIER', table(column('x'), { ...species, missing: 5, distinct: 2, gaps }), { targetColumn: 'species' })).toMatchObject({
    ok: true,
    train: 36,
    validation: 9,
    rows: {
      used: 45,
      leftOut: [
        { reason: 'TARGET_WORD', word: 'na', rows: 3 },
        { reason: 'TARGET_EMPTY', word: null, rows: 2 },
      ],
    },
  });
  expect(check('TABULAR_REGRESSOR', table(column('x'), column('y', { missing: 5 })), { targetColumn: 'y' })).toMatchObject({
    rows: { used: 45, leftOut: [{ reason: 'TARGET_MISSING', word: null, rows: 5 }] },
  });
});

it('counts a short last batch as a step', () => {
  expect(totalSteps(101, { epochs: 3, batchSize: 50 })).toBe(9);
});

import { DATASET_LIMITS, type DatasetColumn } from '../dataset/dataset.ts';
import { MAX_DISTINCT } from '../dataset/reading.ts';
import type { RunParameters } from './spec.ts';
import { DEFAULT_PARAMETERS, type Template } from './templates.ts';
import { heldOut, legacySplitCounts, splitCounts, validateSpec, type SpecDataset } from './validate-spec.ts';

type Counts = Record<string, number>;
const classes = (counts: Counts) => Object.entries(counts).map(([name, count]) => ({ name, count }));
const images = (counts: Counts): SpecDataset => ({ kind: 'IDX', summary: { sampleCount: 0, inputShape: [28, 28], classes: classes(counts), columns: [] } });
const pairs = (counts: Counts): SpecDataset => ({ kind: 'SYNTHETIC', summary: { sampleCount: 0, inputShape: [2], classes: classes(counts), columns: [] } });
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
const table = (sampleCount: number, ...columns: DatasetColumn[]): SpecDataset => ({
  kind: 'CSV',
  summary: { sampleCount, inputShape: [columns.length - 1], classes: [], columns },
});
const x = column('x');
const y = (overrides: Partial<DatasetColumn>) => column('y', overrides);
const many = (count: number) => Array.from({ length: count }, (_, i) => column(`c${i}`));
const names = (count: number) =>
  many(count)
    .map(({ name }) => name)
    .join(', ');

const check = (template: Template, dataset: SpecDataset, overrides: Partial<RunParameters> = {}) =>
  validateSpec(template, { ...DEFAULT_PARAMETERS[template], epochs: 1, ...overrides }, dataset);
const otherData = (template: Template, needs: string, shape: string, maxClasses: number | null, count: number) => ({
  ok: false,
  code: 'TEMPLATE_NEEDS_OTHER_DATA',
  params: { template, needs, shape, maxClasses, classes: count },
});
const refused = (code: string, params: object) => ({ ok: false, code, params });

it.each<[string, Template, SpecDataset, object]>([
  ['two numbers for an image template', 'CNN_28X28', pairs({ a: 5, b: 5 }), otherData('CNN_28X28', '28x28', '2', DATASET_LIMITS.classes, 2)],
  ['images for the net', 'NET_2_3_1', images({ a: 5, b: 5 }), otherData('NET_2_3_1', '2', '28x28', 2, 2)],
  ['three classes for the net, which has one output', 'NET_2_3_1', pairs({ a: 5, b: 5, c: 5 }), otherData('NET_2_3_1', '2', '2', 2, 3)],
  ['a table of as many numbers, whose classes are not known', 'NET_2_3_1', table(9, x, x, x), otherData('NET_2_3_1', '2', '2', 2, 0)],
  ['images for a table', 'TABULAR_CLASSIFIER', images({ a: 5, b: 5 }), otherData('TABULAR_CLASSIFIER', 'CSV', '28x28', null, 2)],
  [
    'what is no table, whatever columns it has',
    'TABULAR_REGRESSOR',
    { ...table(9, x, y({})), kind: 'IDX' },
    otherData('TABULAR_REGRESSOR', 'CSV', '1', null, 0),
  ],
  ['a table without a column to learn from', 'TABULAR_REGRESSOR', table(9, y({})), otherData('TABULAR_REGRESSOR', 'CSV', '0', null, 0)],
  ['one class', 'MLP_784_128_10', images({ 7: 9 }), refused('DATASET_ONE_CLASS', { class: '7' })],
  ['one class, and others of which there is no sample', 'MLP_784_64_64_10', images({ 3: 0, 7: 9, 8: 0 }), refused('DATASET_ONE_CLASS', { class: '7' })],
  ['no sample of any class', 'NET_2_3_1', pairs({ a: 0 }), refused('DATASET_ONE_CLASS', { class: null })],
])('refuses %s, with the facts of its sentence', (_, template, dataset, refusal) => {
  expect(check(template, dataset, template.startsWith('TABULAR') ? { targetColumn: 'y' } : {})).toEqual(refusal);
});

it.each<[string, 'CLASSIFIER' | 'REGRESSOR', SpecDataset, object]>([
  ['none of its columns', 'REGRESSOR', table(9, x, column('z')), refused('TARGET_COLUMN_MISSING', { column: 'y', columns: 'x, z' })],
  ['none of as many columns as are named', 'REGRESSOR', table(9, ...many(20)), refused('TARGET_COLUMN_MISSING', { column: 'y', columns: names(20) })],
  ['none of more columns than are named', 'REGRESSOR', table(9, ...many(21)), refused('TARGET_COLUMN_MISSING', { column: 'y', columns: `${names(20)}, …` })],
  ['words to regress', 'REGRESSOR', table(9, x, y({ type: 'CATEGORY' })), refused('TARGET_NOT_NUMERIC', { column: 'y' })],
  ['one number to regress', 'REGRESSOR', table(9, x, y({ min: 3, max: 3 })), refused('DATASET_ONE_CLASS', { column: 'y', class: '3' })],
  ['no number to regress', 'REGRESSOR', table(9, x, y({ min: null, max: null, missing: 9 })), refused('DATASET_ONE_CLASS', { column: 'y', class: null })],
  ['values that were never counted', 'CLASSIFIER', table(9, x, y({})), refused('TARGET_VALUES_UNCOUNTED', { column: 'y' })],
  [
    'a value more than a model tells apart',
    'CLASSIFIER',
    table(9_000, x, y({ distinct: 1_001 })),
    refused('TARGET_TOO_MANY_CLASSES', { column: 'y', classes: 1_001, more: false, maxClasses: 1_000 }),
  ],
  [
    'as many values as are counted apart',
    'CLASSIFIER',
    table(9_000, x, y({ distinct: MAX_DISTINCT })),
    refused('TARGET_TOO_MANY_CLASSES', { column: 'y', classes: MAX_DISTINCT, more: false, maxClasses: 1_000 }),
  ],
  [
    'more values than are counted apart',
    'CLASSIFIER',
    table(9_000, x, y({ distinct: MAX_DISTINCT + 1 })),
    refused('TARGET_TOO_MANY_CLASSES', { column: 'y', classes: MAX_DISTINCT, more: true, maxClasses: 1_000 }),
  ],
  [
    'one value',
    'CLASSIFIER',
    table(9, x, y({ distinct: 1, categories: [{ value: 'a', count: 9 }] })),
    refused('DATASET_ONE_CLASS', { column: 'y', class: 'a' }),
  ],
  ['no value', 'CLASSIFIER', table(9, x, y({ distinct: 0, missing: 9 })), refused('DATASET_ONE_CLASS', { column: 'y', class: null })],
  ['a value of its own in each row', 'CLASSIFIER', table(9, x, y({ distinct: 9 })), refused('TARGET_VALUES_UNIQUE', { column: 'y', classes: 9 })],
])('refuses a target of %s, with the facts of its sentence', (_, template, dataset, refusal) => {
  expect(check(`TABULAR_${template}`, dataset, { targetColumn: 'y' })).toEqual(refusal);
});

it.each<[string, number, number, object]>([
  ['one sample to train on', 1, 0, refused('TOO_FEW_SAMPLES', { samples: 1, needed: 2, train: 1, validation: 0 })],
  ['two, nothing held out', 2, 0, { ok: true, train: 2, validation: 0, totalSteps: 1, rows: { used: 2, leftOut: [] } }],
  ['two, of which one is held out', 2, 0.5, refused('TOO_FEW_SAMPLES', { samples: 2, needed: 3, train: 1, validation: 1 })],
  ['three, of which one is held out', 3, 0.33, { ok: true, train: 2, validation: 1, totalSteps: 1, rows: { used: 3, leftOut: [] } }],
  ['three, of which none can be held out', 3, 0.1, refused('TOO_FEW_SAMPLES', { samples: 3, needed: 3, train: 3, validation: 0 })],
])('answers %s', (_, samples, validationSplit, answer) => {
  expect(check('TABULAR_REGRESSOR', table(samples, x, y({})), { targetColumn: 'y', validationSplit })).toEqual(answer);
});

it('counts a class of which there is no sample neither as one that a template has no output for, nor as one that keeps a sample', () => {
  expect(check('NET_2_3_1', pairs({ a: 1, b: 4, c: 0 }), { validationSplit: 0.6 })).toEqual({
    ok: true,
    train: 2,
    validation: 3,
    totalSteps: 1,
    rows: { used: 5, leftOut: [] },
  });
});

it('takes two values of a table, and as many as a model tells apart', () => {
  for (const distinct of [2, 1_000])
    expect(check('TABULAR_CLASSIFIER', table(9_000, x, y({ distinct })), { targetColumn: 'y' })).toMatchObject({ ok: true, train: 7_200, validation: 1_800 });
});

it('counts as many steps as 32 bits do, and names the most epochs that fit', () => {
  expect(check('NET_2_3_1', pairs({ a: 2 ** 30, b: 2 ** 30 - 1 }), { batchSize: 1 })).toMatchObject({ ok: true, totalSteps: 2_147_483_647 });
  expect(check('NET_2_3_1', pairs({ a: 2 ** 29, b: 2 ** 29 }), { batchSize: 1, epochs: 2 })).toEqual(
    refused('PARAMETER_OUT_OF_RANGE', { field: 'epochs', min: 1, max: 1, integer: true }),
  );
  expect(check('NET_2_3_1', pairs({ a: 500_000, b: 500_000 }), { batchSize: 1, epochs: 10_000 })).toEqual(
    refused('PARAMETER_OUT_OF_RANGE', { field: 'epochs', min: 1, max: 2_147, integer: true }),
  );
});

it.each<[string, number, number, number, number]>([
  ['nothing where nothing is asked', 100, 2, 0, 0],
  ['the share, rounded', 101, 2, 0.1, 10],
  ['the share, rounded up', 105, 2, 0.1, 11],
  ['so that each class keeps one', 10, 4, 0.9, 6],
  ['nothing of single samples', 4, 4, 0.5, 0],
  ['nothing where there are fewer samples than classes', 3, 4, 0.5, 0],
])('holds out %s', (_, samples, of, split, held) => {
  expect(heldOut(samples, of, split)).toBe(held);
});

it.each<[string, number[], number, number[], number[]]>([
  ['each class its share, over the running total', [10, 10], 0.25, [3, 2], [3, 2]],
  ['shares of less than one sample, in turn', [2, 2, 2, 2], 0.25, [1, 0, 1, 0], [1, 0, 1, 0]],
  ['what a single sample cannot give, once others come', [1, 3, 4], 0.5, [0, 2, 2], [0, 2, 2]],
  ['what none that came after could give, from the first that can', [3, 1, 1, 1], 0.5, [2, 0, 0, 0], [2, 0, 0, 0]],
  ['from several, none of them whole', [3, 4, 1, 1, 1, 1, 1], 0.5, [2, 3, 0, 0, 0, 0, 0], [2, 2, 0, 0, 0, 0, 0]],
])('holds out of classes %s', (_, counts, split, held, before) => {
  expect(splitCounts(counts, split)).toEqual(held);
  expect(legacySplitCounts(counts, split)).toEqual(before);
});

import type { DatasetColumn } from '../dataset/dataset.ts';
import { DEFAULT_PARAMETERS, type Template } from './templates.ts';
import { likelyTarget } from './validate-spec.ts';

const ROWS = 50;
const column = (name: string, overrides: Partial<DatasetColumn> = {}): DatasetColumn => ({
  name,
  type: 'NUMBER',
  missing: 0,
  min: 0,
  max: 90_000,
  mean: 4,
  distinct: 20,
  categories: [],
  ...overrides,
});
const likely = (template: Template, columns: DatasetColumn[]) =>
  likelyTarget(template, DEFAULT_PARAMETERS[template], { kind: 'CSV', summary: { sampleCount: ROWS, inputShape: [columns.length - 1], classes: [], columns } });
const measured = column('price');
const words = (name: string, distinct: number) => column(name, { type: 'CATEGORY', min: null, max: null, mean: null, distinct });
const codes = (min: number, max: number, distinct: number | null = 10) =>
  column('code', {
    min,
    max,
    distinct,
    categories:
      distinct === null
        ? [
            { value: '0', count: 25 },
            { value: '1', count: 25 },
          ]
        : [],
  });

it.each<[string, string | null, Template, DatasetColumn[]]>([
  ['the last column', 'species', 'TABULAR_CLASSIFIER', [measured, words('species', 3)]],
  ['none but the last', null, 'TABULAR_CLASSIFIER', [words('species', 3), measured]],
  ['none but the last of several', null, 'TABULAR_CLASSIFIER', [measured, words('species', 3), measured]],
  ['what is called so, before the last', 'Label', 'TABULAR_CLASSIFIER', [words('Label', 3), words('species', 3)]],
  ['the last, where what is called so cannot be predicted', 'species', 'TABULAR_CLASSIFIER', [words('label', ROWS), words('species', 3)]],
  ['the second of two called so, where the first cannot be predicted', 'y', 'TABULAR_REGRESSOR', [words('label', 3), column('y'), measured]],
  ['the last number', 'price', 'TABULAR_REGRESSOR', [codes(0, 9), measured]],
  ['no words for a regression', null, 'TABULAR_REGRESSOR', [measured, words('species', 3)]],
  ['nothing for images', null, 'CNN_28X28', [measured, words('species', 3)]],
  ['words of which each comes twice, on average', 'name', 'TABULAR_CLASSIFIER', [measured, words('name', 25)]],
  ['no words that name the rows', null, 'TABULAR_CLASSIFIER', [measured, words('name', 26)]],
  ['numbers that count through', 'code', 'TABULAR_CLASSIFIER', [measured, codes(0, 9)]],
  ['numbers from one on', 'code', 'TABULAR_CLASSIFIER', [measured, codes(1, 10)]],
  ['numbers with gaps between', 'code', 'TABULAR_CLASSIFIER', [measured, codes(0, 19)]],
  ['no numbers that are spread wider', null, 'TABULAR_CLASSIFIER', [measured, codes(0, 20)]],
  ['no numbers that name the rows', null, 'TABULAR_CLASSIFIER', [measured, codes(0, 25, 26)]],
  ['no fractions, from below', null, 'TABULAR_CLASSIFIER', [measured, codes(0.5, 9)]],
  ['no fractions, to above', null, 'TABULAR_CLASSIFIER', [measured, codes(0, 9.5)]],
  ['numbers that are listed, from before they were counted', 'code', 'TABULAR_CLASSIFIER', [measured, codes(0, 1, null)]],
  ['no spread numbers that are listed, from before they were counted', null, 'TABULAR_CLASSIFIER', [measured, codes(0, 4, null)]],
])('guesses %s', (_, expected, template, columns) => {
  expect(likely(template, columns)).toBe(expected);
});

it.each([
  [
    'a target by its name in either language, whatever its case and the blanks around it',
    true,
    ['target', 'Label', 'CLASS', 'outcome', 'y', ' Y ', '目标', '标签', '类别'],
  ],
  ['no name that only holds such a word', false, ['x', 'labels', 'my label', 'y1', 'xy', '类别码', '子类别', '']],
])('knows %s', (_, is, names) => {
  expect(names.filter((name) => (likely('TABULAR_REGRESSOR', [column(name), words('species', 3)]) === name) !== is)).toEqual([]);
});

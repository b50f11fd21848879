import fc from 'fast-check';
import { DEFAULT_PARAMETERS, validateSpec, type TemplateSpec, type TableSource, type Template } from '@trainyard/domain';
import { FixtureFolder, idx } from '../datasets/dataset-files.fixture.ts';
import { inspectDataset } from '../datasets/inspect-dataset.ts';
import { loadDataset } from '../datasets/load-dataset.ts';
import type { LocalDataset } from '../job/child-job.ts';
import { prepareData, type PreparedData } from './prepare-data.ts';

const folder = new FixtureFolder();
afterAll(() => folder.remove());

const lines = (count: number, line: (i: number) => string) => Array.from({ length: count }, (_, i) => `${line(i)}\n`).join('');

async function prepared(
  template: Template,
  local: LocalDataset,
  targetColumn: string | null,
  change: (spec: TemplateSpec) => TemplateSpec = (spec) => spec,
): Promise<PreparedData & { spec: TemplateSpec }> {
  const summary = await inspectDataset(local);
  const parameters = { ...DEFAULT_PARAMETERS[template], targetColumn };
  const answer = validateSpec(template, parameters, { kind: local.kind, summary });
  if (!answer.ok) throw new Error(answer.code);
  const spec = change({ kind: 'TEMPLATE', template, datasetId: 'd', datasetDigest: summary.digest, engine: 'AUTO', parameters, rows: answer.rows });
  const data = prepareData(spec, await loadDataset(local));
  expect([data.train.count, data.validation?.count ?? 0]).toEqual([answer.train, answer.validation]);
  return { ...data, spec };
}
const table = (text: string, source?: TableSource): LocalDataset => ({ ...folder.csv(text), ...(source && { table: source }) }) as LocalDataset;
const usedOf = ({ train, validation }: PreparedData) => train.count + (validation?.count ?? 0);

describe('every row', () => {
  it.each<[string, string, number, string[]]>([
    ['codes with a zero in front', `x,y\n${lines(12, (i) => `${i},${['01', 'A', 'B'][i % 3]}`)}`, 12, ['01', 'A', 'B']],
    ['numbers and a word as often', `x,y\n${lines(40, (i) => `${i},${i % 2 ? '1.0' : 'NR'}`)}`, 40, ['1.0', 'NR']],
    ['21 classes written as numbers', `x,y\n${lines(210, (i) => `${i / 7},${i % 21}`)}`, 210, Array.from({ length: 21 }, (_, i) => String(i))],
    ['letters coded 0 to 25', `x,y\n${lines(260, (i) => `${i / 7},${i % 26}`)}`, 260, Array.from({ length: 26 }, (_, i) => String(i))],
    ['more classes than are shown', `x,y\n${lines(450, (i) => `${i / 7},c${i % 150}`)}`, 450, Array.from({ length: 150 }, (_, i) => `c${i}`).toSorted()],
    ['a class called none', `x,y\n${lines(30, (i) => `${i},${['low', 'none', 'high'][i % 3]}`)}`, 30, ['high', 'low', 'none']],
  ])('of %s is used', async (_name, text, rows, classes) => {
    const data = await prepared('TABULAR_CLASSIFIER', table(text), 'y');
    expect(usedOf(data)).toBe(rows);
    expect(data.classes).toEqual(classes);
    expect(data.leftOut).toEqual([]);
    // No class without a sample to train on.
    expect(new Set(data.train.targets).size).toBe(classes.length);
  });

  it('without a target is left out, counted by what stands there', async () => {
    const text = `x,y\n${lines(20, (i) => `${i},${i < 3 ? '' : i < 5 ? 'NA' : i % 2 ? 'a' : 'b'}`)}`;
    const data = await prepared('TABULAR_CLASSIFIER', table(text), 'y');
    expect([usedOf(data), data.leftOut]).toEqual([
      15,
      [
        { reason: 'TARGET_EMPTY', word: null, rows: 3 },
        { reason: 'TARGET_WORD', word: 'na', rows: 2 },
      ],
    ]);
    const numbers = await prepared('TABULAR_REGRESSOR', table(`x;y\n${lines(20, (i) => `${i};${i % 5 === 0 ? '?' : `${i},5`}`)}`), 'y');
    expect([usedOf(numbers), numbers.leftOut, numbers.scale.mean % 1]).toEqual([16, [{ reason: 'TARGET_WORD', word: '?', rows: 4 }], expect.any(Number)]);
    expect(numbers.preprocessing).toMatchObject({ table: { decimal: 'COMMA', thousands: 'NONE' }, inputs: { columns: [{ column: 'x', missing: [] }] } });
  });

  it('of a table from before readings is promised and used by its old words', async () => {
    const text = `x,y\n${lines(12, (i) => `${i},${['01', 'A', 'none'][i % 3]}`)}`;
    const data = await prepared('TABULAR_CLASSIFIER', table(text, { known: 'LEGACY' }), 'y');
    expect([usedOf(data), data.leftOut]).toEqual([8, [{ reason: 'TARGET_WORD', word: 'none', rows: 4 }]]);
  });

  it('of a table that was inspected before its gaps were counted apart is used as promised', async () => {
    const local = table(`x,y\n${lines(20, (i) => `${i},${i < 2 ? '' : i < 5 ? 'NA' : i % 2 ? 'a' : 'b'}`)}`, { known: 'LEGACY' });
    const old = (spec: TemplateSpec): TemplateSpec => ({ ...spec, rows: { used: 15, leftOut: [{ reason: 'TARGET_MISSING', word: null, rows: 5 }] } });
    const data = await prepared('TABULAR_CLASSIFIER', local, 'y', old);
    expect([usedOf(data), data.leftOut]).toEqual([
      15,
      [
        { reason: 'TARGET_WORD', word: 'na', rows: 3 },
        { reason: 'TARGET_EMPTY', word: null, rows: 2 },
      ],
    ]);
  });

  it.each<[string, (spec: TemplateSpec) => TemplateSpec]>([
    ['more were promised', (spec) => ({ ...spec, rows: { ...spec.rows!, used: spec.rows!.used + 1 } })],
    ['none was to be left out', (spec) => ({ ...spec, rows: { ...spec.rows!, leftOut: [] } })],
    ['they are left out for another reason', (spec) => ({ ...spec, rows: { ...spec.rows!, leftOut: [{ reason: 'TARGET_WORD', word: 'x', rows: 2 }] } })],
  ])('is accounted for, or nothing is trained: %s', async (_name, change) => {
    const text = `x,y\n${lines(20, (i) => `${i},${i < 2 ? '' : i % 2 ? 'a' : 'b'}`)}`;
    await expect(prepared('TABULAR_CLASSIFIER', table(text), 'y', change)).rejects.toMatchObject({
      code: 'ROWS_UNACCOUNTED',
      params: { reason: 'ROWS_UNACCOUNTED', train: expect.any(Number), total: 20 },
    });
  });

  it('of any table is trained on, validated on or left out, as promised', async () => {
    const cell = fc.constantFrom('', 'NA', 'none', '?', '-', '01', '1', '1.0', '1,5', 'A', 'B', 'é', 'e\u0301', '5%', '−3', '"q"', '1 000', '007');
    const tables = fc.array(fc.tuple(cell, cell), { minLength: 4, maxLength: 60, size: 'max' });
    await fc.assert(
      fc.asyncProperty(
        tables,
        fc.constantFrom(',', ';', '\t'),
        fc.constantFrom<Template>('TABULAR_CLASSIFIER', 'TABULAR_REGRESSOR'),
        async (rows, delimiter, template) => {
          const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
          const text = ['n', 'x', 'y'].join(delimiter) + '\n' + rows.map(([x, y], i) => [String(i), quoted(x), quoted(y)].join(delimiter)).join('\n') + '\n';
          const local = table(text);
          const summary = await inspectDataset(local).catch(() => null);
          if (summary === null) return;
          expect(summary.sampleCount).toBe(rows.length);
          const answer = validateSpec(template, { ...DEFAULT_PARAMETERS[template], targetColumn: 'y' }, { kind: 'CSV', summary });
          if (!answer.ok) return;
          const data = await prepared(template, local, 'y');
          expect(usedOf(data) + data.leftOut.reduce((sum, one) => sum + one.rows, 0)).toBe(rows.length);
        },
      ),
      { numRuns: 60 },
    );
  });
});

it.each(['MLP_784_128_10', 'MLP_784_64_64_10', 'CNN_28X28'] as const)('%s takes as many classes of images as there are', async (template) => {
  const labels = Uint8Array.from({ length: 78 }, (_, i) => (i % 26) + 1);
  const local = folder.idx({ IMAGES: idx([78, 28, 28], new Uint8Array(78 * 784)), LABELS: idx([78], labels) });
  const data = await prepared(template, local, null);
  expect([data.classes.length, usedOf(data)]).toEqual([26, 78]);
});

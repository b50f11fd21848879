import { DEFAULT_PARAMETERS, type Template } from '@trainyard/domain';
import {
  checkGrid,
  columnChoices,
  datasetRefusal,
  engineChoices,
  firstColumn,
  firstValues,
  mayFit,
  parametersOf,
  queueResolver,
  readValues,
  variedOf,
  type ChoosableDataset,
  type OfferedEngine,
  type QueueValues,
} from './queue-form.ts';

const classes = (...counts: number[]) => counts.map((count, i) => ({ name: String(i), count }));
const digits: ChoosableDataset = {
  id: 'digits',
  name: 'digits',
  kind: 'IDX',
  state: 'READY',
  errorCode: null,
  errorParams: null,
  sampleCount: 1000,
  testCount: 0,
  inputShape: [28, 28],
  classes: classes(...Array<number>(10).fill(100)),
  columns: [],
};
const column = (name: string, type: 'NUMBER' | 'CATEGORY', values: string[] = []) => ({
  name,
  type,
  missing: 0,
  min: type === 'NUMBER' ? 0 : null,
  max: type === 'NUMBER' ? 9 : null,
  mean: null,
  categories: values.map((value) => ({ value, count: 150 / values.length })),
});
const iris: ChoosableDataset = {
  id: 'iris',
  name: 'iris',
  kind: 'CSV',
  state: 'READY',
  errorCode: null,
  errorParams: null,
  sampleCount: 150,
  testCount: 0,
  inputShape: [2],
  classes: [],
  columns: [column('length', 'NUMBER'), column('width', 'NUMBER'), column('species', 'CATEGORY', ['a', 'b', 'c'])],
};
const checking: ChoosableDataset = { ...digits, id: 'checking', state: 'CHECKING', sampleCount: null };

async function errorsOf(values: Partial<QueueValues>, datasets = [digits, iris, checking]): Promise<Record<string, string | undefined>> {
  const template: Template = values.template ?? 'CNN_28X28';
  const resolve = queueResolver(datasets, ({ code, params }) => (params?.field ? `${code} ${String(params.field)}` : code));
  const all = { ...firstValues({ template, datasetId: 'digits' }), ...values };
  const { errors } = await resolve(all, undefined, { fields: {}, shouldUseNativeValidation: false });
  return Object.fromEntries(Object.entries(errors).map(([field, error]) => [field, error?.message as string]));
}

describe('what the form refuses', () => {
  it.each<[string, Partial<QueueValues>, Record<string, string>]>([
    ['nothing wrong', {}, {}],
    ['no whole number', { epochs: '1.5' }, { epochs: 'PARAMETER_OUT_OF_RANGE epochs' }],
    ['no number at all', { learningRate: 'fast' }, { learningRate: 'PARAMETER_OUT_OF_RANGE learningRate' }],
    ['an empty field', { seed: ' ' }, { seed: 'PARAMETER_OUT_OF_RANGE seed' }],
    [
      'every field that is wrong, at once',
      { epochs: '0', dropout: '1' },
      { epochs: 'PARAMETER_OUT_OF_RANGE epochs', dropout: 'PARAMETER_OUT_OF_RANGE dropout' },
    ],
    [
      'a table for images, beside a wrong number',
      { datasetId: 'iris', epochs: '0' },
      { datasetId: 'TEMPLATE_NEEDS_OTHER_DATA', epochs: 'PARAMETER_OUT_OF_RANGE epochs' },
    ],
    ['several values, each within its bounds', { learningRate: '0.1, 0.2', seed: '1，2、3' }, {}],
    ['one of several values', { epochs: '1, 0, 2' }, { epochs: 'PARAMETER_OUT_OF_RANGE epochs' }],
    ['a comma where a point was meant', { learningRate: '0,1' }, { learningRate: 'PARAMETER_OUT_OF_RANGE learningRate' }],
    [
      'more runs than there may be, where most values are',
      { seed: Array.from({ length: 101 }, (_, i) => i).join(', '), learningRate: '0.1, 0.2' },
      { seed: 'GRID_TOO_LARGE' },
    ],
    ['one combination of several', { validationSplit: '0.1, 0', datasetId: 'iris' }, { datasetId: 'TEMPLATE_NEEDS_OTHER_DATA' }],
    ['no dataset', { datasetId: '' }, { datasetId: 'BAD_INPUT datasetId' }],
    ['a dataset still being checked', { datasetId: 'checking' }, { datasetId: 'DATASET_NOT_READY' }],
    ['no target', { template: 'TABULAR_CLASSIFIER', datasetId: 'iris' }, { targetColumn: 'TARGET_COLUMN_MISSING' }],
    [
      'a layer without units',
      { template: 'TABULAR_CLASSIFIER', datasetId: 'iris', targetColumn: 'species', hiddenUnits: '32, 0' },
      { hiddenUnits: 'PARAMETER_OUT_OF_RANGE hiddenUnits' },
    ],
    [
      'too many layers',
      { template: 'TABULAR_CLASSIFIER', datasetId: 'iris', targetColumn: 'species', hiddenUnits: '1 1 1 1 1 1 1 1 1' },
      { hiddenUnits: 'PARAMETER_OUT_OF_RANGE hiddenUnits.length' },
    ],
  ])('%s', async (_name, values, expected) => {
    expect(await errorsOf(values)).toEqual(expected);
  });
});

it('reads typed text as parameters, commas of either language between layers', () => {
  const parameters = parametersOf({
    ...firstValues({ template: 'TABULAR_REGRESSOR' }),
    learningRate: '1e-3',
    hiddenUnits: '64，32、 16',
    targetColumn: 'price',
  });
  expect(parameters).toMatchObject({ learningRate: 0.001, hiddenUnits: [64, 32, 16], targetColumn: 'price' });
  expect(parametersOf(firstValues({ template: 'CNN_28X28' }))).toEqual(DEFAULT_PARAMETERS.CNN_28X28);
});

it('takes stored values only when they are the form it has now', () => {
  expect(readValues(firstValues())).toEqual(firstValues());
  expect(readValues({ ...firstValues(), template: 'RESNET' })).toBeNull();
  expect(readValues(null)).toBeNull();
});

it('rules out a dataset for what no parameter can mend', () => {
  expect(datasetRefusal('CNN_28X28', digits)).toBeNull();
  expect(datasetRefusal('CNN_28X28', iris)?.code).toBe('TEMPLATE_NEEDS_OTHER_DATA');
  expect(datasetRefusal('TABULAR_CLASSIFIER', iris)).toBeNull();
  expect(datasetRefusal('CNN_28X28', checking)?.code).toBe('DATASET_NOT_READY');
  expect([checking, digits, iris].map((one) => mayFit('CNN_28X28', one))).toEqual([true, true, false]);
});

describe('the columns of a table', () => {
  const counted = (name: string, distinct: number, max: number) => ({ ...column(name, 'NUMBER'), distinct, gaps: [], max });

  it('are all there, and those that cannot be predicted say why', () => {
    const wide: ChoosableDataset = {
      ...iris,
      sampleCount: 5_000,
      columns: [counted('letter', 26, 25), counted('id', 5_000, 5_000), counted('measured', 1_200, 1_300), counted('uncounted', 10_001, 1)],
    };
    const codes = (template: Template) => columnChoices(template, wide).map(({ name, refusal }) => [name, refusal?.code]);
    expect(codes('TABULAR_CLASSIFIER')).toEqual([
      ['letter', undefined],
      ['id', 'TARGET_TOO_MANY_CLASSES'],
      ['measured', 'TARGET_TOO_MANY_CLASSES'],
      ['uncounted', 'TARGET_TOO_MANY_CLASSES'],
    ]);
    expect(codes('TABULAR_REGRESSOR').map(([, code]) => code)).toEqual([undefined, undefined, undefined, undefined]);
    expect(columnChoices('TABULAR_REGRESSOR', iris).map(({ refusal }) => refusal?.code)).toEqual([undefined, undefined, 'TARGET_NOT_NUMERIC']);
  });

  it('begin with the one that stands out, and with none where that would be a guess', () => {
    expect(firstColumn('TABULAR_CLASSIFIER', iris)).toBe('species');
    expect(firstColumn('TABULAR_CLASSIFIER', { ...iris, sampleCount: 5_000, columns: [counted('letter', 26, 25), counted('price', 900, 40_000)] })).toBe('');
    expect(firstColumn('TABULAR_CLASSIFIER', { ...iris, sampleCount: 5_000, columns: [counted('label', 26, 25), counted('price', 900, 40_000)] })).toBe(
      'label',
    );
    expect(firstColumn('TABULAR_CLASSIFIER', { ...iris, sampleCount: 5_000, columns: [counted('price', 900, 40_000), counted('letter', 26, 25)] })).toBe(
      'letter',
    );
  });
});

describe('engines', () => {
  const offer = (engine: OfferedEngine['engine'], overrides: Partial<OfferedEngine> = {}): OfferedEngine => ({
    engine,
    available: true,
    reason: null,
    device: `${engine} device`,
    isGpu: false,
    layers: ['DENSE', 'CONV2D', 'MAX_POOL2D', 'DROPOUT'],
    ...overrides,
  });
  const statusOf = (engines: OfferedEngine[], online = true, dropout = 0) =>
    Object.fromEntries(engineChoices([{ online, engines }], 'CNN_28X28', dropout).map((choice) => [choice.request, choice.status]));

  it('offers what a runner online has', () => {
    expect(statusOf([offer('WASM'), offer('CPU', { layers: ['DENSE'] })])).toEqual({
      AUTO: 'OFFERED',
      GPU: 'UNAVAILABLE',
      TFJS_NODE_GPU: 'UNAVAILABLE',
      WEBGPU: 'UNAVAILABLE',
      TFJS_NODE: 'UNAVAILABLE',
      WASM: 'OFFERED',
      CPU: 'LAYERS',
    });
  });

  it('takes a GPU only for one that is a GPU', () => {
    expect(statusOf([offer('WEBGPU')]).GPU).toBe('UNAVAILABLE');
    expect(statusOf([offer('WEBGPU', { isGpu: true })]).GPU).toBe('OFFERED');
    expect(statusOf([offer('WEBGPU', { isGpu: true, available: false, reason: 'no driver' })]).GPU).toBe('UNAVAILABLE');
  });

  it('asks for dropout only when it is used, and offers nothing of a runner that is away', () => {
    const plain = offer('WASM', { layers: ['DENSE', 'CONV2D', 'MAX_POOL2D'] });
    expect(statusOf([plain]).WASM).toBe('OFFERED');
    expect(statusOf([plain], true, 0.5).WASM).toBe('LAYERS');
    expect(statusOf([plain], false).WASM).toBe('NO_RUNNER');
  });
});

describe('several values', () => {
  it('vary over the first of each, and make a run of every combination', () => {
    const values = { ...firstValues({ template: 'CNN_28X28', datasetId: 'digits' }), epochs: '2, 1', learningRate: '0.1，0.2，0.1', seed: '7' };
    expect(variedOf(values)).toEqual([
      { parameter: 'epochs', values: [2, 1] },
      { parameter: 'learningRate', values: [0.1, 0.2] },
    ]);
    expect(parametersOf(values)).toMatchObject({ epochs: 2, learningRate: 0.1, seed: 7 });
    const grid = checkGrid(values, digits);
    expect(grid.ok && grid.runs.map(({ totalSteps }) => totalSteps)).toEqual([30, 30, 15, 15]);
    expect(checkGrid(values, checking)).toEqual({ ok: false, code: 'DATASET_NOT_READY', params: { state: 'CHECKING' } });
  });
});

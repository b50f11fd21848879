import type { RunParameters } from './spec.ts';
import { DEFAULT_PARAMETERS, TEMPLATES } from './templates.ts';
import { HIDDEN_LIMITS, PARAMETER_LIMITS, validateSpec, type NumericParameter, type SpecDataset } from './validate-spec.ts';

/** So large that no split and no count of steps stands in the way of a parameter. */
const points: SpecDataset = {
  kind: 'SYNTHETIC',
  summary: {
    sampleCount: 10_000,
    inputShape: [2],
    classes: [
      { name: '0', count: 5_000 },
      { name: '1', count: 5_000 },
    ],
    columns: [],
  },
};
const numbers = (name: string) => ({ name, type: 'NUMBER' as const, missing: 0, min: 0, max: 9, mean: 4, categories: [] });
const table: SpecDataset = { kind: 'CSV', summary: { sampleCount: 10_000, inputShape: [2], classes: [], columns: [numbers('x'), numbers('y')] } };

/** Null where it is taken, else the code and its facts. */
function refusal(overrides: Partial<RunParameters>): object | null {
  const answer = validateSpec('NET_2_3_1', { ...DEFAULT_PARAMETERS.NET_2_3_1, epochs: 1, ...overrides }, points);
  return answer.ok ? null : { code: answer.code, ...answer.params };
}

// As people read them in the form: said again here, so that a bound that is moved is seen.
describe.each<[NumericParameter, min: number, max: number, integer: boolean, step: number]>([
  ['epochs', 1, 10_000, true, 1],
  ['batchSize', 1, 65_536, true, 1],
  ['learningRate', 1e-9, 100, false, 1e-10],
  ['warmupSteps', 0, 10_000_000, true, 1],
  ['l2', 0, 100, false, 0.01],
  ['dropout', 0, 0.9, false, 0.01],
  ['seed', 0, 4_294_967_295, true, 1],
  ['validationSplit', 0, 0.9, false, 0.01],
  ['checkpointEveryEpochs', 1, 10_000, true, 1],
])('%s', (field, min, max, integer, step) => {
  it('is taken at both bounds, and refused with them beyond', () => {
    const outside = { code: 'PARAMETER_OUT_OF_RANGE', field, min, max, integer };
    expect(PARAMETER_LIMITS[field]).toEqual({ min, max, integer });
    expect(refusal({ [field]: max })).toBeNull();
    // Holding out nearly nothing of these data is no fault of the parameter.
    expect(refusal({ [field]: min })).toBeNull();
    expect(refusal({ [field]: min - step })).toEqual(outside);
    expect(refusal({ [field]: max + step })).toEqual(outside);
    expect(refusal({ [field]: Number.NaN })).toEqual(outside);
    if (integer) expect(refusal({ [field]: min + 0.5 })).toEqual(outside);
    else expect(refusal({ [field]: min + 0.05 })).toBeNull();
  });
});

describe('hidden layers', () => {
  const of = (hiddenUnits: number[]): object | null => {
    const answer = validateSpec('TABULAR_REGRESSOR', { ...DEFAULT_PARAMETERS.TABULAR_REGRESSOR, targetColumn: 'y', hiddenUnits }, table);
    return answer.ok ? null : { code: answer.code, ...answer.params };
  };
  const wide = { code: 'PARAMETER_OUT_OF_RANGE', field: 'hiddenUnits', min: 1, max: 4_096, integer: true };

  it.each<[number[], object | null]>([
    [[], null],
    [[1], null],
    [[4_096], null],
    [Array<number>(8).fill(4), null],
    [Array<number>(9).fill(4), { code: 'PARAMETER_OUT_OF_RANGE', field: 'hiddenUnits.length', min: 0, max: 8, integer: true }],
    [[0], wide],
    [[4_097], wide],
    [[4, 2.5], wide],
  ])('%j', (hiddenUnits, expected) => {
    expect(HIDDEN_LIMITS).toEqual({ layers: 8, units: 4_096 });
    expect(of(hiddenUnits)).toEqual(expected);
  });

  it.each<[Partial<RunParameters>, string | null]>([
    [{ hiddenUnits: [4] }, 'hiddenUnits'],
    [{ targetColumn: 'x' }, 'targetColumn'],
    [{ targetColumn: '' }, null],
    [{ targetColumn: null, hiddenUnits: [] }, null],
  ])('and a target are of tabular templates alone: %j', (overrides, field) => {
    expect(refusal(overrides)).toEqual(field === null ? null : { code: 'PARAMETER_NOT_OF_TEMPLATE', field, template: 'NET_2_3_1' });
  });
});

it('takes the first values that each template is shown with, as they are', () => {
  const base = {
    schedule: 'CONSTANT',
    warmupSteps: 0,
    optimizer: 'ADAM',
    l2: 0,
    dropout: 0,
    seed: 42,
    targetColumn: null,
    hiddenUnits: [],
    learningRate: 0.001,
    validationSplit: 0.1,
    checkpointEveryEpochs: 1,
  };
  const tabular = { ...base, epochs: 50, batchSize: 32, hiddenUnits: [32, 16], validationSplit: 0.2, checkpointEveryEpochs: 10 };
  expect(DEFAULT_PARAMETERS).toEqual({
    MLP_784_128_10: { ...base, epochs: 5, batchSize: 64 },
    MLP_784_64_64_10: { ...base, epochs: 5, batchSize: 32 },
    CNN_28X28: { ...base, epochs: 12, batchSize: 64, learningRate: 0.003, schedule: 'COSINE', dropout: 0.1 },
    NET_2_3_1: { ...base, epochs: 1_000, batchSize: 100, learningRate: 0.3, validationSplit: 0, checkpointEveryEpochs: 100 },
    TABULAR_CLASSIFIER: tabular,
    TABULAR_REGRESSOR: tabular,
  });
  expect(Object.keys(DEFAULT_PARAMETERS)).toEqual([...TEMPLATES]);
});

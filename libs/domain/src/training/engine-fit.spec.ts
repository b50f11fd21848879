import type { EngineReport } from './contract.ts';
import { canTrain, needOf, waitReason, type EngineNeed, type RunnerFacts } from './engine-fit.ts';
import { DEFAULT_PARAMETERS } from './templates.ts';

const engine = (overrides: Partial<EngineReport>): EngineReport => ({
  engine: 'CPU',
  available: true,
  reason: null,
  device: null,
  isGpu: false,
  layers: ['DENSE'],
  samplesPerSecond: {},
  versions: {},
  ...overrides,
});
const need = (overrides: Partial<EngineNeed> = {}): EngineNeed => ({ engine: 'AUTO', layers: ['DENSE'], ...overrides });
const gpu = engine({ engine: 'WEBGPU', isGpu: true });

it('is asked by a template for its engine and its layers', () => {
  const spec = { kind: 'TEMPLATE', template: 'CNN_28X28', datasetId: 'd', datasetDigest: '', engine: 'GPU', parameters: DEFAULT_PARAMETERS.CNN_28X28 } as const;
  expect(needOf(spec)).toEqual({ engine: 'GPU', layers: ['DENSE', 'CONV2D', 'MAX_POOL2D', 'DROPOUT'] });
});

describe('canTrain', () => {
  it.each<[string, EngineReport[], EngineNeed, boolean]>([
    ['any that trains it, for AUTO', [engine({})], need(), true],
    ['none that is not available', [engine({ available: false })], need(), false],
    ['none that lacks a layer of the model', [engine({})], need({ layers: ['DENSE', 'CONV2D'] }), false],
    ['none that lacks dropout where it is used', [engine({})], need({ layers: ['DENSE', 'DROPOUT'] }), false],
    ['the one asked for', [engine({}), engine({ engine: 'WASM' })], need({ engine: 'WASM' }), true],
    ['no other than the one asked for', [engine({})], need({ engine: 'WASM' }), false],
    ['a real GPU for GPU', [engine({}), gpu], need({ engine: 'GPU' }), true],
    ['never a processor for GPU', [engine({}), engine({ engine: 'WEBGPU' })], need({ engine: 'GPU' }), false],
  ])('%s', (_name, engines, asked, expected) => {
    expect(canTrain(engines, asked)).toBe(expected);
  });
});

describe('waitReason', () => {
  const fresh = { claim: 0, paused: false };
  const idle: RunnerFacts = { engines: [engine({})], busy: 0, concurrency: 1 };
  it.each<[string, EngineNeed, { claim: number; paused: boolean }, RunnerFacts[], ReturnType<typeof waitReason>]>([
    ['nobody is online', need(), fresh, [], 'NO_RUNNER'],
    ['nobody online has the engine', need({ engine: 'GPU' }), fresh, [idle], 'NO_ENGINE'],
    ['all who have it are busy', need({ engine: 'GPU' }), fresh, [idle, { engines: [gpu], busy: 2, concurrency: 2 }], 'BUSY'],
    ['it is about to be taken', need(), fresh, [{ ...idle, busy: 1 }, idle], null],
    ['it is about to be taken again', need(), { claim: 2, paused: false }, [idle], 'RETRYING'],
    ['its pause is not over, whoever is online', need(), { claim: 2, paused: true }, [], 'RETRYING'],
  ])('%s', (_name, asked, claims, online, expected) => {
    expect(waitReason(asked, claims, online)).toBe(expected);
  });
});

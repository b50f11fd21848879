import type { EngineReport } from '@trainyard/domain';
import { chooseEngine } from './choose-engine.ts';

const report = (engine: EngineReport['engine'], overrides: Partial<EngineReport> = {}): EngineReport => ({
  engine,
  available: true,
  reason: null,
  device: 'test',
  isGpu: false,
  layers: ['DENSE', 'CONV2D', 'MAX_POOL2D', 'DROPOUT'],
  samplesPerSecond: { MLP_SMALL: 10, MLP: 10, CNN: 10 },
  versions: {},
  ...overrides,
});
const absent = (engine: EngineReport['engine'], reason: string) => report(engine, { available: false, reason, layers: [], samplesPerSecond: {} });
const cpu = report('CPU', { samplesPerSecond: { MLP_SMALL: 90, MLP: 5, CNN: 1 } });
const wasm = report('WASM', { samplesPerSecond: { MLP_SMALL: 50, MLP: 100, CNN: 100 } });
const denseOnly: EngineReport = { ...wasm, layers: ['DENSE'] };
const software = report('WEBGPU', { device: 'llvmpipe (software)' });
const gpu = report('WEBGPU', { isGpu: true, device: 'NVIDIA H200', samplesPerSecond: { MLP_SMALL: 1, MLP: 900, CNN: 900 } });

it.each([
  ['the fastest for the size', 'AUTO', [cpu, wasm], 'CNN', 'WASM'],
  ['another for small nets', 'AUTO', [wasm, cpu, gpu], 'MLP_SMALL', 'CPU'],
  ['a GPU when it is fastest', 'AUTO', [cpu, wasm, gpu], 'CNN', 'WEBGPU'],
  ['what was asked', 'CPU', [cpu, wasm], 'CNN', 'CPU'],
  ['the GPU that was asked for', 'GPU', [cpu, gpu], 'MLP_SMALL', 'WEBGPU'],
] as const)('chooses %s', (_name, request, reports, size, expected) => {
  expect(chooseEngine(request, reports, ['DENSE'], size)).toMatchObject({ ok: true, report: { engine: expected } });
});

it.each([
  [
    'a GPU where none is',
    'GPU',
    [cpu, wasm, absent('TFJS_NODE_GPU', 'It is not installed.'), absent('WEBGPU', 'No GPU adapter.')],
    /asks for a GPU.*not installed.*No GPU adapter.*Usable here: CPU \(test\), WASM/,
  ],
  ['a GPU that is software', 'GPU', [cpu, software], /llvmpipe \(software\), which is no GPU/],
  ['an engine that is absent', 'TFJS_NODE', [cpu, absent('TFJS_NODE', 'It is not installed.')], /TFJS_NODE is not usable.*not installed/],
  ['layers that an engine gets wrong', 'WASM', [cpu, denseOnly], /failed the self-test for CONV2D/],
] as const)('refuses %s, and says what is there', (_name, request, reports, message) => {
  const choice = chooseEngine(request, [...reports], ['DENSE', 'CONV2D'], 'CNN');
  expect(choice).toEqual({ ok: false, message: expect.stringMatching(message) });
});

it('passes over a faster engine that gets a layer wrong', () => {
  expect(chooseEngine('AUTO', [cpu, denseOnly], ['DENSE', 'CONV2D'], 'CNN')).toMatchObject({ ok: true, report: { engine: 'CPU' } });
});

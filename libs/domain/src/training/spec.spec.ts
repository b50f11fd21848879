import { datasetOf, DEFAULT_LIMITS, ENGINE_REQUESTS, ENGINES, epochsOf } from './spec.ts';
import { DEFAULT_PARAMETERS } from './templates.ts';

it('lets a run ask for any engine, for a GPU, or for none', () => {
  expect(ENGINES).toEqual(['TFJS_NODE_GPU', 'WEBGPU', 'TFJS_NODE', 'WASM', 'CPU']);
  expect(ENGINE_REQUESTS).toEqual(['AUTO', 'GPU', 'TFJS_NODE_GPU', 'WEBGPU', 'TFJS_NODE', 'WASM', 'CPU']);
});

it('fences a run within six hours and four gibibytes', () => {
  expect(DEFAULT_LIMITS).toEqual({ wallSeconds: 21_600, memoryMiB: 4_096 });
});

it('tells of every run which data it reads, and how many epochs it plans', () => {
  const parameters = { ...DEFAULT_PARAMETERS.NET_2_3_1, epochs: 7 };
  const spec = { kind: 'TEMPLATE', template: 'NET_2_3_1', datasetId: 'points', datasetDigest: '', engine: 'AUTO', parameters } as const;
  expect([datasetOf(spec), epochsOf(spec)]).toEqual(['points', 7]);
});

import { DEFAULT_LIMITS, ENGINE_REQUESTS, ENGINES } from './spec.ts';

it('lets a run ask for any engine, for a GPU, or for none', () => {
  expect(ENGINES).toEqual(['TFJS_NODE_GPU', 'WEBGPU', 'TFJS_NODE', 'WASM', 'CPU']);
  expect(ENGINE_REQUESTS).toEqual(['AUTO', 'GPU', 'TFJS_NODE_GPU', 'WEBGPU', 'TFJS_NODE', 'WASM', 'CPU']);
});

it('fences a run within six hours and four gibibytes', () => {
  expect(DEFAULT_LIMITS).toEqual({ wallSeconds: 21_600, memoryMiB: 4_096 });
});

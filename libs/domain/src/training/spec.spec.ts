import { DEFAULT_LIMITS, ENGINE_REQUESTS, ENGINES, layersOf, TEMPLATES } from './spec.ts';

it('needs of an engine the layers of its template, and dropout where it is used', () => {
  expect(Object.fromEntries(TEMPLATES.map((template) => [template, layersOf(template, { dropout: 0 })]))).toEqual({
    MLP_784_128_10: ['DENSE'],
    MLP_784_64_64_10: ['DENSE'],
    CNN_28X28: ['DENSE', 'CONV2D', 'MAX_POOL2D'],
    NET_2_3_1: ['DENSE'],
    TABULAR_CLASSIFIER: ['DENSE'],
    TABULAR_REGRESSOR: ['DENSE'],
  });
  expect(layersOf('CNN_28X28', { dropout: 0.1 })).toEqual(['DENSE', 'CONV2D', 'MAX_POOL2D', 'DROPOUT']);
  // Each time anew: what one caller adds is not another's.
  layersOf('NET_2_3_1', { dropout: 0 }).push('DROPOUT');
  expect(layersOf('NET_2_3_1', { dropout: 0 })).toEqual(['DENSE']);
});

it('lets a run ask for any engine, for a GPU, or for none', () => {
  expect(ENGINES).toEqual(['TFJS_NODE_GPU', 'WEBGPU', 'TFJS_NODE', 'WASM', 'CPU']);
  expect(ENGINE_REQUESTS).toEqual(['AUTO', 'GPU', 'TFJS_NODE_GPU', 'WEBGPU', 'TFJS_NODE', 'WASM', 'CPU']);
});

it('fences a run within six hours and four gibibytes', () => {
  expect(DEFAULT_LIMITS).toEqual({ wallSeconds: 21_600, memoryMiB: 4_096 });
});

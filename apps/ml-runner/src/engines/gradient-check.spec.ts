import * as tf from '@tensorflow/tfjs-core';
import { LAYER_KINDS } from '@trainyard/domain';
import { checkGradients } from './gradient-check.ts';
import type { OpenEngine } from './engine.ts';
import { openEngine } from './open-engine.ts';
import { checkSteps } from './steps-check.ts';

describe.each(['CPU', 'WASM'] as const)('gradients on %s', (engine) => {
  let open: OpenEngine;
  beforeAll(async () => {
    open = await openEngine(engine);
  });

  it.each(LAYER_KINDS)('of %s agree with numerical gradients', async (layer) => {
    expect(await checkGradients(layer)).toEqual({ layer, problem: null });
  });

  it.each(LAYER_KINDS)('of whole steps through %s agree with numerical gradients', async (layer) => {
    expect(await checkSteps(layer, open)).toEqual({ layer, problem: null });
  });
});

describe('a wrong kernel', () => {
  it.each([
    ['MAX_POOL2D', 'MaxPoolGrad', /gradient of input 1/],
    ['CONV2D', 'Conv2DBackpropFilter', /gradient of input 2/],
    ['DENSE', 'BatchMatMul', /outputs differ/],
  ] as const)('of %s is found out', async (layer, kernelName, problem) => {
    await openEngine('CPU');
    const right = tf.getKernel(kernelName, 'cpu');
    tf.unregisterKernel(kernelName, 'cpu');
    tf.registerKernel({
      ...right,
      kernelFunc: (call) => {
        const out = right.kernelFunc(call) as tf.TensorInfo;
        // The last element is off, as when a window or a border is left out.
        const { values } = (call.backend as { data: { get(id: object): { values: Float32Array } } }).data.get(out.dataId);
        values[values.length - 1]! += 0.01;
        return out;
      },
    });
    try {
      expect((await checkGradients(layer)).problem).toMatch(problem);
    } finally {
      tf.unregisterKernel(kernelName, 'cpu');
      tf.registerKernel(right);
    }
  });

  it('that is missing is found out', async () => {
    await openEngine('CPU');
    const right = tf.getKernel('Conv2DBackpropInput', 'cpu');
    tf.unregisterKernel('Conv2DBackpropInput', 'cpu');
    try {
      expect((await checkGradients('CONV2D')).problem).toMatch(/Conv2DBackpropInput/);
    } finally {
      tf.registerKernel(right);
    }
  });
});

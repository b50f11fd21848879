import * as tf from '@tensorflow/tfjs-core';
import { LAYER_KINDS, type LayerKind } from '@trainyard/domain';
import { openEngine } from './open-engine.ts';
import { checkSteps } from './steps-check.ts';

describe.each(['CPU', 'WASM'] as const)('on %s', (engine) => {
  it.each(LAYER_KINDS)('scores and steps through %s agree with plain arithmetic', async (layer) => {
    expect(await checkSteps(layer, await openEngine(engine))).toBeNull();
  });
});

describe('a wrong kernel', () => {
  const GRADIENT = 'the gradient of its steps differs from the numerical gradient';
  const SCORES = 'its scores differ from plain arithmetic';

  /** The last element is off, as when a window or a border is left out. */
  const lastOff = (values: Float32Array): void => void (values[values.length - 1]! += 0.01);
  const onlyPositive = (values: Float32Array, x: Float32Array): void => values.forEach((_, i) => (values[i]! *= Number(x[i]! > 0)));

  it.each<['CPU' | 'WASM', LayerKind, string, string, string, (values: Float32Array, input: Float32Array) => void]>([
    ['CPU', 'MAX_POOL2D', 'MaxPoolGrad', 'input', GRADIENT, lastOff],
    ['CPU', 'MAX_POOL2D', 'MaxPoolGrad', 'input', GRADIENT, onlyPositive],
    ['CPU', 'CONV2D', 'Conv2DBackpropFilter', 'x', GRADIENT, lastOff],
    ['CPU', 'CONV2D', 'Conv2DBackpropInput', 'dy', GRADIENT, lastOff],
    ['CPU', 'DENSE', 'BatchMatMul', 'a', SCORES, lastOff],
    ['WASM', 'DENSE', 'BatchMatMul', 'a', SCORES, lastOff],
    ['WASM', 'CONV2D', 'Conv2D', 'x', SCORES, lastOff],
    ['WASM', 'MAX_POOL2D', 'MaxPool', 'x', SCORES, lastOff],
  ])('on %s, of %s: %s is found out', async (engine, layer, kernelName, input, problem, spoil) => {
    const open = await openEngine(engine);
    const right = tf.getKernel(kernelName, tf.getBackend());
    replace({
      ...right,
      kernelFunc: (call) => {
        const out = right.kernelFunc(call) as tf.TensorInfo;
        const backend = call.backend as Backend;
        spoil(valuesOf(backend, out), valuesOf(backend, call.inputs[input]!));
        return out;
      },
    });
    try {
      expect(await checkSteps(layer, open)).toBe(problem);
    } finally {
      replace(right);
    }
  });

  it('that is missing is found out', async () => {
    const open = await openEngine('CPU');
    const right = tf.getKernel('Conv2DBackpropInput', 'cpu');
    tf.unregisterKernel('Conv2DBackpropInput', 'cpu');
    try {
      expect(await checkSteps('CONV2D', open)).toMatch(/Conv2DBackpropInput/);
    } finally {
      tf.registerKernel(right);
    }
  });
});

function replace(kernel: tf.KernelConfig): void {
  tf.unregisterKernel(kernel.kernelName, kernel.backendName);
  tf.registerKernel(kernel);
}

/** Of WebAssembly's heap, or of plain JavaScript's tensors. */
interface Backend {
  typedArrayFromHeap?: (info: tf.TensorInfo) => Float32Array;
  data: { get: (id: object) => { values: Float32Array } };
}
const valuesOf = (backend: Backend, out: tf.TensorInfo): Float32Array => backend.typedArrayFromHeap?.(out) ?? backend.data.get(out.dataId).values;

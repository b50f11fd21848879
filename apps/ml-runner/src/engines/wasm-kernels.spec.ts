import * as tf from '@tensorflow/tfjs-core';
import { SeededRandom } from '../random/seeded-random.ts';
import { openEngine } from './open-engine.ts';

type Values = ArrayLike<number>;

/** Gradients of sum(compute(inputs) * upstream), and the output, on one engine. */
async function gradientsOn(engine: 'CPU' | 'WASM', shapes: number[][], compute: (...inputs: tf.Tensor[]) => tf.Tensor): Promise<Values[]> {
  await openEngine(engine);
  const random = SeededRandom.fromSeed(5);
  const draw = (shape: number[]): tf.Tensor =>
    tf.tensor(
      Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => random.normal()),
      shape,
    );
  const inputs = shapes.map(draw);
  const output = compute(...inputs);
  const gradients = tf.grads((...all: tf.Tensor[]) => compute(...all))(inputs, draw(output.shape));
  const values = await Promise.all([output, ...gradients].map((tensor) => tensor.data()));
  tf.dispose([...inputs, output, ...gradients]);
  return values;
}

function expectClose(got: Values[], expected: Values[]): void {
  expect(got.map((values) => values.length)).toEqual(expected.map((values) => values.length));
  for (const [i, values] of expected.entries()) {
    const scale = Math.max(1, ...Array.from(values, Math.abs));
    const worst = Math.max(...Array.from(values, (value, j) => Math.abs(value - got[i]![j]!)));
    expect(worst / scale).toBeLessThan(1e-5);
  }
}

const conv = (pad: 'same' | 'valid' | number) => (x: tf.Tensor, filter: tf.Tensor) => tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, pad);
const pool = (size: number, strides: number, pad: 'same' | 'valid') => (x: tf.Tensor) => tf.maxPool(x as tf.Tensor4D, size, strides, pad);
const matMul = (a: boolean, b: boolean) => (x: tf.Tensor, y: tf.Tensor) => tf.matMul(x, y, a, b);

describe('the wasm engine agrees with plain JavaScript', () => {
  it.each<[string, number[][], (...inputs: tf.Tensor[]) => tf.Tensor]>([
    [
      '3x3 convolution, one channel',
      [
        [4, 28, 28, 1],
        [3, 3, 1, 8],
      ],
      conv('same') as never,
    ],
    [
      '3x3 convolution, many channels',
      [
        [3, 14, 14, 8],
        [3, 3, 8, 16],
      ],
      conv('same') as never,
    ],
    [
      '5x5 convolution without padding',
      [
        [2, 12, 9, 3],
        [5, 5, 3, 4],
      ],
      conv('valid') as never,
    ],
    [
      '4x2 convolution, uneven padding',
      [
        [2, 7, 8, 3],
        [4, 2, 3, 5],
      ],
      conv('same') as never,
    ],
    [
      '1x1 convolution',
      [
        [2, 5, 5, 4],
        [1, 1, 4, 6],
      ],
      conv('same') as never,
    ],
    [
      'convolution with padding by number',
      [
        [2, 6, 6, 2],
        [3, 3, 2, 3],
      ],
      conv(2) as never,
    ],
    ['2x2 pooling', [[3, 28, 28, 4]], pool(2, 2, 'valid') as never],
    ['2x2 pooling of odd sizes', [[2, 7, 5, 3]], pool(2, 2, 'valid') as never],
    ['2x2 pooling of odd sizes, padded', [[2, 7, 5, 3]], pool(2, 2, 'same') as never],
    ['3x3 overlapping pooling', [[2, 9, 9, 3]], pool(3, 2, 'same') as never],
    [
      'matrix product',
      [
        [32, 784],
        [784, 16],
      ],
      matMul(false, false) as never,
    ],
    [
      'matrix product, left transposed',
      [
        [50, 12],
        [50, 7],
      ],
      matMul(true, false) as never,
    ],
    [
      'matrix product, right transposed',
      [
        [12, 50],
        [7, 50],
      ],
      matMul(false, true) as never,
    ],
    [
      'matrix product, both transposed',
      [
        [50, 12],
        [7, 50],
      ],
      matMul(true, true) as never,
    ],
    ['bias over a batch of images', [[4, 6, 6, 5], [5]], ((x: tf.Tensor, b: tf.Tensor) => tf.add(x, b)) as never],
    ['sum over leading axes, kept', [[4, 6, 5]], ((x: tf.Tensor) => tf.sum(x, [0, 1], true)) as never],
    ['a vector cut in pieces', [[10]], ((x: tf.Tensor) => tf.mul(tf.split(x, [3, 3, 4])[1]!, 2)) as never],
    ['sum over the last axis', [[4, 6, 5]], ((x: tf.Tensor) => tf.sum(x, -1)) as never],
  ])('%s', async (_name, shapes, compute) => {
    expectClose(await gradientsOn('WASM', shapes, compute), await gradientsOn('CPU', shapes, compute));
  });

  it('refuses to train a strided convolution instead of training it wrongly', async () => {
    await openEngine('WASM');
    const strided = (x: tf.Tensor, filter: tf.Tensor) => tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 2, 'same');
    expect(() => tf.grads(strided as never)([tf.ones([1, 6, 6, 1]), tf.ones([3, 3, 1, 2])])).toThrow(/stride 1/);
  });
});

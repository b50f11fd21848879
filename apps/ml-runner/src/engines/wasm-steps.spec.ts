import * as tf from '@tensorflow/tfjs-core';
import { OPTIMIZERS, type Optimizer } from '@trainyard/domain';
import { initialParameters, networkOf, type Head, type Layer, type Network } from '../networks/network.ts';
import { openTensorSteps, type OpenSteps } from '../networks/training-steps.ts';
import { SeededRandom } from '../random/seeded-random.ts';
import { openEngine } from './open-engine.ts';
import { problemOf } from './steps-check.ts';
import { WasmSteps } from './wasm-steps.ts';

const openWasmSteps: OpenSteps = (...all) => new WasmSteps(...all);
const dense = (units: number): Layer => ({ kind: 'DENSE', units });
const conv = (filters: number): Layer => ({ kind: 'CONV2D', filters });
const [RELU, FLATTEN, POOL]: [Layer, Layer, Layer] = [{ kind: 'RELU' }, { kind: 'FLATTEN' }, { kind: 'MAX_POOL2D' }];

beforeAll(() => openEngine('CPU'));

describe('a step has the gradient of plain arithmetic', () => {
  it.each<[string, number[], Layer[], Head, number]>([
    ['one sample', [6], [dense(10), RELU, dense(4)], 'SOFTMAX', 1],
    ['one number in, one out', [1], [dense(1)], 'LINEAR', 3],
    ['one pixel', [1, 1, 1], [conv(5), RELU, FLATTEN, dense(2)], 'SOFTMAX', 2],
    ['one row of pixels', [1, 6, 3], [conv(4), FLATTEN, dense(2)], 'SOFTMAX', 1],
    ['150 classes', [2], [dense(150)], 'SOFTMAX', 3],
    ['a product deeper than what is worked on at once', [530], [dense(2)], 'SOFTMAX', 2],
    ['7 channels to 13', [3, 3, 7], [conv(13), FLATTEN, dense(1)], 'SIGMOID', 2],
    ['a rectifier before the pool', [4, 4, 2], [conv(6), RELU, POOL, FLATTEN, dense(2)], 'SOFTMAX', 2],
    ['a pool of the image itself', [6, 4, 3], [POOL, FLATTEN, dense(2)], 'SOFTMAX', 2],
  ])('%s', async (_name, shape, layers, head, count) => {
    expect(await problemOf({ shape, layers, head, count }, { openSteps: openWasmSteps })).toBeNull();
  });
});

/** Steps with batches of the given sizes: all raw outputs, then the state. */
async function walk(open: OpenSteps, net: Network, optimizer: Optimizer, counts: readonly number[], l2 = 0): Promise<ArrayLike<number>[]> {
  const random = SeededRandom.fromSeed(7);
  const steps = open(net, initialParameters(net, random), optimizer, null, l2);
  const size = net.inputShape.reduce((a, b) => a * b);
  const seen: ArrayLike<number>[] = [];
  for (const [i, count] of counts.entries()) {
    // As a scoring between epochs would.
    expect(steps.parameters).toHaveLength(net.slots.length);
    const inputs = Float32Array.from({ length: count * size }, () => random.normal());
    const targets = new Float32Array(count * net.outputs);
    for (let row = 0; row < count; row++) targets[row * net.outputs + (row % net.outputs)] = 1;
    const outputs = steps.step(inputs, targets, count, 0.01, i + 1, random);
    seen.push(await outputs.data());
    outputs.dispose();
  }
  const { parameters, optimizer: kept } = await steps.state();
  seen.push(parameters, ...kept, ...(await Promise.all(steps.parameters.map((tensor) => tensor.data()))));
  steps.dispose();
  return seen;
}

function expectClose(got: ArrayLike<number>[], expected: ArrayLike<number>[]): void {
  expect(got.map((values) => values.length)).toEqual(expected.map((values) => values.length));
  for (const [i, values] of expected.entries()) {
    const scale = Math.max(1, ...Array.from(values, Math.abs));
    const worst = Math.max(...Array.from(values, (value, j) => Math.abs(value - got[i]![j]!)));
    expect(worst / scale).toBeLessThan(2e-5);
  }
}

describe('several steps are those of plain JavaScript', () => {
  const net = networkOf([6, 5, 2], [conv(3), POOL, RELU, conv(5), FLATTEN, dense(9), RELU, dense(3)], 'SOFTMAX');

  it.each(OPTIMIZERS)('of %s, with a penalty and a last batch of one', async (optimizer) => {
    const counts = [5, 5, 1, 8];
    expectClose(await walk(openWasmSteps, net, optimizer, counts, 0.01), await walk(openTensorSteps, net, optimizer, counts, 0.01));
  });

  it('of batches that are cut', async () => {
    expectClose(await walk(openWasmSteps, net, 'SGD', [300, 513]), await walk(openTensorSteps, net, 'SGD', [300, 513]));
  });

  it('where all of a window are equal: the first of them gets the gradient', async () => {
    // Filters of zeros make every pixel the same.
    const flat: OpenSteps = (of, initial, ...rest) => openWasmSteps(of, initial.fill(0, 0, 9 * 4), ...rest);
    const plain: OpenSteps = (of, initial, ...rest) => openTensorSteps(of, initial.fill(0, 0, 9 * 4), ...rest);
    const onlyPool = networkOf([4, 4, 1], [conv(4), POOL, FLATTEN, dense(2)], 'SOFTMAX');
    expectClose(await walk(flat, onlyPool, 'SGD', [3, 3]), await walk(plain, onlyPool, 'SGD', [3, 3]));
  });
});

it('gives the same bits again', async () => {
  const net = networkOf([7], [dense(5), { kind: 'DROPOUT', rate: 0.5 }, dense(3)], 'SOFTMAX');
  expect(await walk(openWasmSteps, net, 'ADAM', [4, 4, 2])).toEqual(await walk(openWasmSteps, net, 'ADAM', [4, 4, 2]));
});

it('ten thousand steps take no more memory than the first', () => {
  const { prototype } = WebAssembly.Memory;
  const { grow } = prototype;
  let grown = 0;
  prototype.grow = function (pages) {
    grown++;
    return grow.call(this, pages);
  };
  const net = networkOf([12, 12, 1], [conv(8), POOL, RELU, FLATTEN, dense(3)], 'SOFTMAX');
  const random = SeededRandom.fromSeed(1);
  const steps = new WasmSteps(net, initialParameters(net, random), 'ADAM', null, 0);
  const [inputs, targets] = [new Float32Array(4 * 144).fill(0.5), new Float32Array(4 * 3).fill(1 / 3)];
  const take = (count: number, step: number): void => {
    steps.step(inputs.subarray(0, count * 144), targets.subarray(0, count * 3), count, 0.001, step, random).dispose();
    // As scoring does between epochs.
    expect(steps.parameters).toHaveLength(net.slots.length);
  };
  take(4, 1);
  const before = { grown, tensors: tf.memory().numTensors };
  expect(before.grown).toBeGreaterThan(0);
  for (let step = 2; step <= 10_000; step++) take(step % 10 === 0 ? 1 : 4, step);
  expect({ grown, tensors: tf.memory().numTensors }).toEqual(before);
  steps.dispose();
  expect(tf.memory().numTensors).toBe(before.tensors - net.slots.length);
  prototype.grow = grow;
});

import * as tf from '@tensorflow/tfjs-core';
import { messageOf, type LayerKind, type Optimizer } from '@trainyard/domain';
import { forward, networkOf, type Head, type Layer, type Network } from '../networks/network.ts';
import { SeededRandom } from '../random/seeded-random.ts';
import type { OpenEngine } from './engine.ts';

/** Largest difference allowed, relative to the largest expected value: room for single precision, none for a wrong formula. */
const TOLERANCE = 2e-4;

/** A net to score with and to take one step with. */
export interface StepProbe {
  shape: number[];
  layers: Layer[];
  head: Head;
  count: number;
}

const dense = (units: number): Layer => ({ kind: 'DENSE', units });
const [RELU, FLATTEN, POOL]: Layer[] = [{ kind: 'RELU' }, { kind: 'FLATTEN' }, { kind: 'MAX_POOL2D' }];

/** Widths and counts are no multiples of 4 or 8, so that the ends of every loop are walked. */
const PROBES: Record<LayerKind, StepProbe[]> = {
  DENSE: [
    { shape: [7], layers: [dense(11), RELU!, dense(3)], head: 'SOFTMAX', count: 5 },
    { shape: [2], layers: [dense(3), { kind: 'SIGMOID' }, dense(1)], head: 'SIGMOID', count: 6 },
    { shape: [3], layers: [dense(9), RELU!, dense(1)], head: 'LINEAR', count: 1 },
  ],
  CONV2D: [
    { shape: [4, 5, 2], layers: [{ kind: 'CONV2D', filters: 3 }, { kind: 'CONV2D', filters: 9 }, RELU!, FLATTEN!, dense(2)], head: 'SOFTMAX', count: 2 },
  ],
  MAX_POOL2D: [
    { shape: [5, 7, 1], layers: [{ kind: 'CONV2D', filters: 5 }, POOL!, RELU!, FLATTEN!, dense(2)], head: 'SOFTMAX', count: 3 },
    // Without a rectifier, and with windows that are negative throughout.
    { shape: [4, 6, 1], layers: [{ kind: 'CONV2D', filters: 7 }, POOL!, FLATTEN!, dense(2)], head: 'SOFTMAX', count: 2 },
  ],
  DROPOUT: [{ shape: [6], layers: [dense(5), { kind: 'SIGMOID' }, { kind: 'DROPOUT', rate: 0.4 }, dense(2)], head: 'SOFTMAX', count: 4 }],
};

/**
 * A kernel that is there is not a correct one: before an engine is offered for a kind of layer, it scores and takes one step as a run
 * does, and both are compared with plain loops in double precision and with the numerical gradient of those loops.
 * @returns null when all agree; otherwise what differs
 */
export async function checkSteps(layer: LayerKind, engine: Pick<OpenEngine, 'openSteps'>): Promise<string | null> {
  for (const probe of PROBES[layer]) {
    const problem = await problemOf(probe, engine).catch(messageOf);
    if (problem !== null) return problem;
  }
  return null;
}

export async function problemOf({ shape, layers, head, count }: StepProbe, { openSteps }: Pick<OpenEngine, 'openSteps'>): Promise<string | null> {
  const net = networkOf(shape, layers, head);
  const size = shape.reduce((a, b) => a * b);
  const initial = spacedValues(net.parameterCount, 1);
  const inputs = spacedValues(count * size, 2);
  const targets = new Float64Array(count * net.outputs);
  for (let i = 0; i < count; i++) targets[i * net.outputs + (net.outputs === 1 ? 0 : i % net.outputs)] = net.outputs === 1 ? i % 2 : 1;
  const plain = (parameters: Float64Array, chance: boolean): Float64Array =>
    plainForward(net, parameters, inputs, count, chance ? SeededRandom.fromSeed(3) : null);

  // With plain descent at rate 1, what the parameters lose is the gradient.
  const optimizer: Optimizer = 'SGD';
  const steps = openSteps(net, Float32Array.from(initial), optimizer, null, 0);
  const scored = tf.tidy(() => forward(net, steps.parameters, tf.tensor(Float32Array.from(inputs), [count, ...shape]), null));
  const scores = await scored.data();
  const raw = steps.step(Float32Array.from(inputs), Float32Array.from(targets), count, 1, 1, SeededRandom.fromSeed(3));
  const outputs = await raw.data();
  const { parameters } = await steps.state();
  tf.dispose(scored);
  raw.dispose();
  steps.dispose();
  if (!agrees(scores, plain(initial, false))) return 'its scores differ from plain arithmetic';
  if (!agrees(outputs, plain(initial, true))) return 'the outputs of its steps differ from plain arithmetic';
  const expected = numericalGradient((moved) => plainLoss(net, plain(moved, true), targets, count), initial);
  const got = initial.map((value, i) => Math.fround(value) - parameters[i]!);
  return agrees(got, expected) ? null : 'the gradient of its steps differs from the numerical gradient';
}

/** Distinct values in (-1, 1), in a fixed scrambled order. */
function spacedValues(count: number, seed: number): Float64Array {
  const order = Array.from({ length: count }, (_, i) => i).toSorted((a, b) => scramble(a, seed) - scramble(b, seed));
  return Float64Array.from(order, (place) => ((place + 0.5) / count) * 2 - 1);
}
const scramble = (i: number, seed: number): number => Math.imul(i + 1, 0x9e3779b1 ^ Math.imul(seed, 0x85ebca6b)) >>> 0;

/** Central differences. */
function numericalGradient(objective: (values: Float64Array) => number, values: Float64Array): Float64Array {
  const step = 1e-4;
  return values.map((value, i) => (objective(values.with(i, value + step)) - objective(values.with(i, value - step))) / (2 * step));
}

function agrees(got: ArrayLike<number>, expected: Float64Array): boolean {
  if (got.length !== expected.length) return false;
  const scale = Math.max(1, ...expected.map(Math.abs));
  return expected.every((value, i) => Math.abs(got[i]! - value) <= TOLERANCE * scale);
}

/** The raw outputs of the net in plain loops. Chance is drawn in the order of a step; null is none. */
function plainForward(net: Network, parameters: Float64Array, inputs: Float64Array, count: number, random: SeededRandom | null): Float64Array {
  let x = inputs;
  let shape = net.inputShape;
  let next = 0;
  const parameter = (): Float64Array => {
    const { offset, size } = net.slots[next++]!;
    return parameters.subarray(offset, offset + size);
  };
  for (const layer of net.layers) {
    const [height, width, channels] = shape as [number, number, number];
    const before = x;
    if (layer.kind === 'DENSE') {
      const [kernel, bias, wide] = [parameter(), parameter(), shape[0]!];
      x = new Float64Array(count * layer.units).map((_, i) => {
        const [row, unit] = [Math.floor(i / layer.units), i % layer.units];
        let sum = bias[unit]!;
        for (let k = 0; k < wide; k++) sum += before[row * wide + k]! * kernel[k * layer.units + unit]!;
        return sum;
      });
      shape = [layer.units];
    } else if (layer.kind === 'CONV2D') {
      const [kernel, bias, { filters }] = [parameter(), parameter(), layer];
      x = new Float64Array(count * height * width * filters).map((_, i) => {
        const [filter, column, line] = [i % filters, Math.floor(i / filters) % width, Math.floor(i / filters / width)];
        const [row, image] = [line % height, Math.floor(line / height)];
        let sum = bias[filter]!;
        for (let k = 0; k < 9 * channels; k++) {
          const [y, at] = [row + Math.floor(k / 3 / channels) - 1, column + (Math.floor(k / channels) % 3) - 1];
          if (y < 0 || y >= height || at < 0 || at >= width) continue;
          sum += before[((image * height + y) * width + at) * channels + (k % channels)]! * kernel[k * filters + filter]!;
        }
        return sum;
      });
      shape = [height, width, layer.filters];
    } else if (layer.kind === 'MAX_POOL2D') {
      const [rows, pairs] = [Math.floor(height / 2), Math.floor(width / 2)];
      x = new Float64Array(count * rows * pairs * channels).map((_, i) => {
        const [channel, column, line] = [i % channels, Math.floor(i / channels) % pairs, Math.floor(i / channels / pairs)];
        const top = Math.floor(line / rows) * height + 2 * (line % rows);
        return Math.max(...[0, 1, 2, 3].map((k) => before[((top + (k >> 1)) * width + 2 * column + (k & 1)) * channels + channel]!));
      });
      shape = [rows, pairs, channels];
    } else if (layer.kind === 'FLATTEN') {
      shape = [shape.reduce((a, b) => a * b)];
    } else if (layer.kind === 'RELU') {
      x = before.map((value) => Math.max(0, value));
    } else if (layer.kind === 'SIGMOID') {
      x = before.map((value) => 1 / (1 + Math.exp(-value)));
    } else if (random) {
      x = before.map((value) => (random.next() < layer.rate ? 0 : value / (1 - layer.rate)));
    }
  }
  return x;
}

function plainLoss({ head, outputs }: Network, raw: Float64Array, targets: Float64Array, count: number): number {
  if (head === 'LINEAR') return raw.reduce((sum, value, i) => sum + (value - targets[i]!) ** 2, 0) / raw.length;
  if (head === 'SIGMOID') return raw.reduce((sum, value, i) => sum + Math.log1p(Math.exp(value)) - value * targets[i]!, 0) / count;
  let loss = 0;
  for (let row = 0; row < raw.length; row += outputs) {
    const logits = raw.subarray(row, row + outputs);
    const all = Math.log(logits.reduce((sum, value) => sum + Math.exp(value), 0));
    logits.forEach((value, i) => (loss += targets[row + i]! * (all - value)));
  }
  return loss / count;
}

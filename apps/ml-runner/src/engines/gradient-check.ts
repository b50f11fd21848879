import { messageOf } from '@trainyard/domain';
import * as tf from '@tensorflow/tfjs-core';
import type { LayerKind } from '@trainyard/domain';

/**
 * A registered kernel is not a correct one: before an engine is offered for a kind of layer, its outputs and gradients are compared
 * with plain loops in double precision and with numerical gradients of those loops.
 */

type Shape = readonly number[];
interface Probe {
  shapes: Shape[];
  /** On the engine. */
  compute: (...inputs: tf.Tensor[]) => tf.Tensor;
  /** The same in plain loops. */
  reference: (...inputs: Float64Array[]) => Float64Array;
}

/** Largest difference allowed, relative to the largest expected value: room for single precision, none for a wrong formula. */
const TOLERANCE = 2e-4;

const DENSE: Probe = {
  shapes: [[5, 7], [7, 3], [3]],
  compute: (x, w, b) => tf.add(tf.matMul(x!, w!), b!),
  reference: (x, w, b) => new Float64Array(15).map((_, i) => b![i % 3]! + sumOver(7, (k) => x![Math.floor(i / 3) * 7 + k]! * w![k * 3 + (i % 3)]!)),
};

/** Batch of 2, 3x3 filters from 2 to 3 channels on 5x4 images, both paddings. */
function convolution(pad: 'same' | 'valid'): Probe {
  const margin = pad === 'same' ? 1 : 0;
  const [rows, columns] = pad === 'same' ? [5, 4] : [3, 2];
  return {
    shapes: [
      [2, 5, 4, 2],
      [3, 3, 2, 3],
    ],
    compute: (x, filter) => tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, pad),
    reference: (x, filter) =>
      new Float64Array(2 * rows * columns * 3).map((_, i) => {
        const out = i % 3;
        const column = Math.floor(i / 3) % columns;
        const row = Math.floor(i / 3 / columns) % rows;
        const image = Math.floor(i / 3 / columns / rows);
        return sumOver(18, (k) => {
          const channel = k % 2;
          const y = row + Math.floor(k / 6) - margin;
          const at = column + (Math.floor(k / 2) % 3) - margin;
          if (y < 0 || y >= 5 || at < 0 || at >= 4) return 0;
          return x![((image * 5 + y) * 4 + at) * 2 + channel]! * filter![k * 3 + out]!;
        });
      }),
  };
}

/** 2x2 windows over even and odd sizes; random inputs of both signs, so that some windows have only negative values. */
function pooling(height: number, width: number): Probe {
  const [rows, columns] = [Math.floor(height / 2), Math.floor(width / 2)];
  return {
    shapes: [[2, height, width, 3]],
    compute: (x) => tf.maxPool(x as tf.Tensor4D, 2, 2, 'valid'),
    reference: (x) =>
      new Float64Array(2 * rows * columns * 3).map((_, i) => {
        const channel = i % 3;
        const column = Math.floor(i / 3) % columns;
        const row = Math.floor(i / 3 / columns) % rows;
        const image = Math.floor(i / 3 / columns / rows);
        const pixel = (k: number): number => x![((image * height + 2 * row + Math.floor(k / 2)) * width + 2 * column + (k % 2)) * 3 + channel]!;
        return Math.max(pixel(0), pixel(1), pixel(2), pixel(3));
      }),
  };
}

/** The trainer's dropout is a product with a mask (networks/network.ts); what must hold is that product. */
const DROPOUT: Probe = {
  shapes: [
    [4, 6],
    [4, 6],
  ],
  compute: (x, mask) => tf.mul(x!, mask!),
  reference: (x, mask) => x!.map((value, i) => value * mask![i]!),
};

const PROBES: Record<LayerKind, Probe[]> = {
  DENSE: [DENSE],
  CONV2D: [convolution('same'), convolution('valid')],
  MAX_POOL2D: [pooling(4, 6), pooling(5, 7)],
  DROPOUT: [DROPOUT],
};

export interface GradientCheck {
  layer: LayerKind;
  /** Null when outputs and all gradients agree; otherwise what differs. */
  problem: string | null;
}

/** Checks the engine that is open in this process for one kind of layer. */
export async function checkGradients(layer: LayerKind): Promise<GradientCheck> {
  for (const probe of PROBES[layer]) {
    try {
      const problem = await differenceOf(probe);
      if (problem !== null) return { layer, problem };
    } catch (error) {
      return { layer, problem: messageOf(error) };
    }
  }
  return { layer, problem: null };
}

async function differenceOf({ shapes, compute, reference }: Probe): Promise<string | null> {
  const values = shapes.map((shape, i) => spacedValues(tf.util.sizeFromShape([...shape]), i + 1));
  const expected = reference(...values);
  const weights = spacedValues(expected.length, 9);
  const objective = (inputs: Float64Array[]): number => reference(...inputs).reduce((sum, value, i) => sum + value * weights[i]!, 0);

  const tensors = values.map((value, i) => tf.tensor(Float32Array.from(value), [...shapes[i]!]));
  const output = tf.tidy(() => compute(...tensors));
  const upstream = tf.tensor(Float32Array.from(weights), output.shape);
  const gradients = tf.grads((...inputs: tf.Tensor[]) => compute(...inputs))(tensors, upstream);
  const got = await Promise.all([output, ...gradients].map((tensor) => tensor.data()));
  tf.dispose([...tensors, output, upstream, ...gradients]);

  if (!agrees(got[0]!, expected)) return 'its outputs differ from plain arithmetic';
  for (let input = 0; input < values.length; input++) {
    if (!agrees(got[input + 1]!, numericalGradient(objective, values, input))) return `its gradient of input ${input + 1} differs from the numerical gradient`;
  }
  return null;
}

/** Central differences. The values lie further apart than the step, so no maximum changes hands. */
export function numericalGradient(objective: (inputs: Float64Array[]) => number, values: Float64Array[], input: number): Float64Array {
  const step = 1e-4;
  return values[input]!.map((value, i) => {
    const moved = (by: number): Float64Array[] => values.map((all, j) => (j === input ? all.with(i, value + by) : all));
    return (objective(moved(step)) - objective(moved(-step))) / (2 * step);
  });
}

/** Distinct values in (-1, 1), in a fixed scrambled order. */
export function spacedValues(count: number, seed: number): Float64Array {
  const order = Array.from({ length: count }, (_, i) => i).toSorted((a, b) => scramble(a, seed) - scramble(b, seed));
  return Float64Array.from(order, (place) => ((place + 0.5) / count) * 2 - 1);
}
const scramble = (i: number, seed: number): number => Math.imul(i + 1, 0x9e3779b1 ^ Math.imul(seed, 0x85ebca6b)) >>> 0;

export function agrees(got: ArrayLike<number>, expected: Float64Array): boolean {
  if (got.length !== expected.length) return false;
  const scale = Math.max(1, ...expected.map(Math.abs));
  return expected.every((value, i) => Math.abs(got[i]! - value) <= TOLERANCE * scale);
}

function sumOver(count: number, term: (index: number) => number): number {
  let total = 0;
  for (let k = 0; k < count; k++) total += term(k);
  return total;
}

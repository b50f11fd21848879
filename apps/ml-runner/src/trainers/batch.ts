import * as tf from '@tensorflow/tfjs-core';
import type { Network } from '../networks/network.ts';
import type { SeededRandom } from '../random/seeded-random.ts';
import type { Samples, Shift } from './samples.ts';

/** Images are moved by up to this many pixels either way, anew each time they are seen. */
const MAX_SHIFT = 2;

export interface Batch {
  /** [count, ...inputShape] values. */
  inputs: Float32Array;
  /** [count, outputs]: one-hot, 0 or 1, or standardised: what the loss is taken against. */
  hot: Float32Array;
  /** Class indices, or standardised numbers: what the outputs are scored against. */
  targets: Samples['targets'];
}

/**
 * The chosen samples as a batch.
 * @param random draws the images' shifts; null leaves them where they are
 */
export function makeBatch(net: Network, samples: Samples, chosen: Uint32Array, random: SeededRandom | null): Batch {
  const size = tf.util.sizeFromShape(net.inputShape);
  const inputs = new Float32Array(chosen.length * size);
  const hot = new Float32Array(chosen.length * net.outputs);
  const targets = samples.targets instanceof Uint16Array ? new Uint16Array(chosen.length) : new Float32Array(chosen.length);
  for (const [i, index] of chosen.entries()) {
    samples.write(index, inputs, i * size, random && randomShift(random));
    targets[i] = samples.targets[index]!;
    if (net.head === 'SOFTMAX') hot[i * net.outputs + targets[i]!] = 1;
    else hot[i] = targets[i]!;
  }
  return { inputs, hot, targets };
}

function randomShift(random: SeededRandom): Shift {
  return [random.below(2 * MAX_SHIFT + 1) - MAX_SHIFT, random.below(2 * MAX_SHIFT + 1) - MAX_SHIFT];
}

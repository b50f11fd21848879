import * as tf from '@tensorflow/tfjs-core';
import type { Optimizer } from '@trainyard/domain';
import { cutParameters, forward, meanLoss, type Network } from './network.ts';
import { FlatOptimizer } from './optimizer.ts';
import type { SeededRandom } from '../random/seeded-random.ts';

/** Raw outputs of a step, [count, outputs]. */
export interface StepOutputs {
  data(): Promise<ArrayLike<number>>;
  dispose(): void;
}

/** The parameters and the optimiser on the engine, and how they move by one batch. */
export interface TrainingSteps {
  /** The parameters in the slots' shapes, for scoring; until the next step. */
  readonly parameters: tf.Tensor[];
  /**
   * One optimiser step.
   * @param inputs [count, ...inputShape] values
   * @param targets [count, outputs]: one-hot, 0 or 1, or standardised
   * @param step from 1
   * @returns the batch's raw outputs before the step; the caller disposes of them
   */
  step(inputs: Float32Array, targets: Float32Array, count: number, learningRate: number, step: number, random: SeededRandom): StepOutputs;
  state(): Promise<{ parameters: Float32Array; optimizer: Float32Array[] }>;
  dispose(): void;
}

/** @param saved the optimiser's vectors of a checkpoint; null starts from zeros */
export type OpenSteps = (net: Network, initial: Float32Array, optimizer: Optimizer, saved: Float32Array[] | null, l2: number) => TrainingSteps;

/** On any engine: made of the operations of TensorFlow.js. */
class TensorSteps implements TrainingSteps {
  parameters: tf.Tensor[];
  private flat: tf.Tensor1D;
  private readonly net: Network;
  private readonly optimizer: FlatOptimizer;
  private readonly l2: number;

  constructor(net: Network, initial: Float32Array, optimizer: Optimizer, saved: Float32Array[] | null, l2: number) {
    this.net = net;
    this.l2 = l2;
    this.flat = tf.tensor1d(initial);
    this.parameters = tf.tidy(() => cutParameters(net, this.flat));
    this.optimizer = new FlatOptimizer(optimizer, initial.length, saved);
  }

  step(inputs: Float32Array, targets: Float32Array, count: number, learningRate: number, step: number, random: SeededRandom): tf.Tensor2D {
    const { net, l2 } = this;
    const [outputs, flat, ...parameters] = tf.tidy(() => {
      const x = tf.tensor(inputs, [count, ...net.inputShape]);
      const y = tf.tensor2d(targets, [count, net.outputs]);
      let raw: tf.Tensor2D | null = null;
      const objective = (...weights: tf.Tensor[]): tf.Tensor => {
        const z = forward(net, weights, x, random);
        // The gradient's own scope would dispose of it.
        raw = tf.keep(z);
        const loss = meanLoss(net.head, z, y);
        return l2 > 0 ? tf.add(loss, tf.mul(l2, kernelSquares(net, weights))) : loss;
      };
      const gradients = tf.grads(objective)(this.parameters);
      const gradient = tf.concat1d(gradients.map((g) => tf.reshape(g, [-1]) as tf.Tensor1D));
      const moved = this.optimizer.apply(this.flat, gradient, learningRate, step);
      return [raw!, moved, ...cutParameters(net, moved)];
    });
    tf.dispose([this.flat, ...this.parameters]);
    this.flat = flat as tf.Tensor1D;
    this.parameters = parameters;
    return outputs as tf.Tensor2D;
  }

  async state(): Promise<{ parameters: Float32Array; optimizer: Float32Array[] }> {
    return { parameters: Float32Array.from(await this.flat.data()), optimizer: await this.optimizer.state() };
  }

  dispose(): void {
    tf.dispose([this.flat, ...this.parameters]);
    this.optimizer.dispose();
  }
}

export const openTensorSteps: OpenSteps = (...all) => new TensorSteps(...all);

/** The penalty l2 * sum of w^2 over kernels; biases stay free. */
function kernelSquares(net: Network, weights: readonly tf.Tensor[]): tf.Tensor {
  return net.slots
    .map((slot, i) => (slot.kernel ? tf.sum(tf.square(weights[i]!)) : null))
    .filter((term) => term !== null)
    .reduce((sum, term) => tf.add(sum, term));
}

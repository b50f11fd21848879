import * as tf from '@tensorflow/tfjs-core';
import type { Optimizer } from '@trainyard/domain';

/** How many vectors, as long as the parameters, each optimiser remembers. */
const SLOTS: Record<Optimizer, number> = { SGD: 0, MOMENTUM: 1, RMSPROP: 1, ADAM: 2 };

export const MOMENTUM = 0.9;
export const RMSPROP_DECAY = 0.9;
export const BETA1 = 0.9;
export const BETA2 = 0.999;
export const EPSILON = 1e-7;

/**
 * Optimisers over one flat vector of parameters: a handful of kernels a step however many layers there are, and a state that is
 * exactly its vectors and the number of steps, so that a continuation from a checkpoint is bit-identical.
 */
export class FlatOptimizer {
  private readonly kind: Optimizer;
  private slots: tf.Tensor1D[];

  /** @param saved slots of a checkpoint; null starts from zeros */
  constructor(kind: Optimizer, length: number, saved: Float32Array[] | null) {
    this.kind = kind;
    this.slots = Array.from({ length: SLOTS[kind] }, (_, i) => tf.keep(tf.tensor1d(saved?.[i] ?? new Float32Array(length))));
  }

  static slotCount(kind: Optimizer): number {
    return SLOTS[kind];
  }

  /**
   * The parameters after one step; call inside tf.tidy.
   * @param step from 1
   */
  apply(parameters: tf.Tensor1D, gradient: tf.Tensor1D, learningRate: number, step: number): tf.Tensor1D {
    const [first, second] = this.slots;
    switch (this.kind) {
      case 'SGD':
        return tf.sub(parameters, tf.mul(gradient, learningRate));
      case 'MOMENTUM': {
        const velocity: tf.Tensor1D = tf.add(tf.mul(first!, MOMENTUM), gradient);
        this.remember([velocity]);
        return tf.sub(parameters, tf.mul(velocity, learningRate));
      }
      case 'RMSPROP': {
        const square = average(first!, tf.square(gradient), RMSPROP_DECAY);
        this.remember([square]);
        return tf.sub(parameters, tf.div(tf.mul(gradient, learningRate), tf.add(tf.sqrt(square), EPSILON)));
      }
      case 'ADAM': {
        const mean = average(first!, gradient, BETA1);
        const square = average(second!, tf.square(gradient), BETA2);
        this.remember([mean, square]);
        return tf.sub(parameters, tf.div(tf.mul(mean, stepRate(this.kind, learningRate, step)), tf.add(tf.sqrt(square), EPSILON)));
      }
    }
  }

  async state(): Promise<Float32Array[]> {
    return (await Promise.all(this.slots.map((slot) => slot.data()))).map((data) => Float32Array.from(data));
  }

  dispose(): void {
    tf.dispose(this.slots);
  }

  private remember(slots: tf.Tensor1D[]): void {
    tf.dispose(this.slots);
    this.slots = slots.map((slot) => tf.keep(slot));
  }
}

/** The rate with the optimiser's corrections in it: ADAM's two of bias as one factor (Kingma and Ba, end of section 2). */
export function stepRate(kind: Optimizer, learningRate: number, step: number): number {
  return kind === 'ADAM' ? (learningRate * Math.sqrt(1 - BETA2 ** step)) / (1 - BETA1 ** step) : learningRate;
}

function average(old: tf.Tensor1D, now: tf.Tensor1D, decay: number): tf.Tensor1D {
  return tf.add(tf.mul(old, decay), tf.mul(now, 1 - decay));
}

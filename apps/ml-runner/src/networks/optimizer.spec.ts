import * as tf from '@tensorflow/tfjs-core';
import { OPTIMIZERS, type Optimizer } from '@trainyard/domain';
import { openEngine } from '../engines/open-engine.ts';
import { FlatOptimizer } from './optimizer.ts';

const GRADIENTS = [
  [0.5, -2],
  [0.25, 1],
  [-1, 3],
] as const;
const RATE = 0.1;
const START = [1, -1];

/** One parameter in double precision, by the formulas of those who published them. */
const PLAIN: Record<Optimizer, (gradients: readonly number[], start: number) => number> = {
  SGD: (gradients, start) => gradients.reduce((at, g) => at - RATE * g, start),
  MOMENTUM: (gradients, start) => {
    let [at, velocity] = [start, 0];
    for (const g of gradients) at -= RATE * (velocity = 0.9 * velocity + g);
    return at;
  },
  RMSPROP: (gradients, start) => {
    let [at, square] = [start, 0];
    for (const g of gradients) {
      square = 0.9 * square + 0.1 * g * g;
      at -= (RATE * g) / (Math.sqrt(square) + 1e-7);
    }
    return at;
  },
  // Kingma and Ba, algorithm 1: both averages are divided by what their start at zero took from them.
  ADAM: (gradients, start) => {
    let [at, mean, square] = [start, 0, 0];
    gradients.forEach((g, i) => {
      mean = 0.9 * mean + 0.1 * g;
      square = 0.999 * square + 0.001 * g * g;
      at -= (RATE * (mean / (1 - 0.9 ** (i + 1)))) / (Math.sqrt(square / (1 - 0.999 ** (i + 1))) + 1e-7);
    });
    return at;
  },
};

it.each(OPTIMIZERS)('three steps of %s are what its formula says, also when it goes on from what it kept', async (kind) => {
  const engine = await openEngine('CPU');
  try {
    let optimizer = new FlatOptimizer(kind, START.length, null);
    let parameters = tf.tensor1d(START);
    for (const [i, gradient] of GRADIENTS.entries()) {
      if (i === 2) {
        const kept = await optimizer.state();
        expect(kept).toHaveLength(FlatOptimizer.slotCount(kind));
        optimizer.dispose();
        optimizer = new FlatOptimizer(kind, START.length, kept);
      }
      parameters = tf.tidy(() => optimizer.apply(parameters, tf.tensor1d([...gradient]), RATE, i + 1));
    }
    const got = await parameters.data();
    START.forEach((start, i) =>
      expect(got[i]).toBeCloseTo(
        PLAIN[kind](
          GRADIENTS.map((gradient) => gradient[i]!),
          start,
        ),
        4,
      ),
    );
  } finally {
    engine.close();
  }
});

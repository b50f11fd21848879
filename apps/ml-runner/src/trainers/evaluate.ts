import * as tf from '@tensorflow/tfjs-core';
import type { RunResult } from '@trainyard/domain';
import { forward, type Head, type Network } from '../networks/network.ts';
import type { PreparedData } from './prepare-data.ts';
import type { Samples } from './samples.ts';
import { accuracyOf, addTally, emptyTally, maeOf, meanLossOf, r2Of, scoreOutputs, type Tally } from './score.ts';

const BATCH = 256;

/**
 * Scores samples without dropout or shifts, in batches, letting other work in between.
 * @param confusion counts of [true class][predicted class], added to when given
 */
export async function evaluate(
  net: Network,
  parameters: readonly tf.Tensor[],
  samples: Samples,
  data: Pick<PreparedData, 'classes' | 'scale'>,
  pause: () => Promise<void>,
  confusion: number[][] | null,
): Promise<Tally> {
  const total = emptyTally();
  const size = tf.util.sizeFromShape(net.inputShape);
  for (let from = 0; from < samples.count; from += BATCH) {
    const count = Math.min(BATCH, samples.count - from);
    const inputs = new Float32Array(count * size);
    for (let i = 0; i < count; i++) samples.write(from + i, inputs, i * size, null);
    const outputs = tf.tidy(() => forward(net, parameters, tf.tensor(inputs, [count, ...net.inputShape]), null));
    const values = await outputs.data();
    outputs.dispose();
    const targets = samples.targets.subarray(from, from + count);
    addTally(
      total,
      scoreOutputs(net.head, values, net.outputs, targets, data.classes.length, data.scale, (target, predicted) => {
        if (confusion) confusion[target]![predicted]!++;
      }),
    );
    await pause();
  }
  return total;
}

type Metric = RunResult['metrics'][number];

/** The figures of a split that a result shows. */
export function metricsOf(head: Head, split: Metric['split'], tally: Tally): Metric[] {
  const figure = (name: Metric['name'], value: number): Metric => ({ split, name, value });
  const loss = meanLossOf(tally);
  if (head !== 'LINEAR') return [figure('loss', loss), figure('accuracy', accuracyOf(tally))];
  const r2 = r2Of(tally);
  // One single value explains nothing: no figure is better than a wrong one.
  return [figure('loss', loss), figure('mae', maeOf(tally)), figure('rmse', Math.sqrt(loss)), ...(Number.isFinite(r2) ? [figure('r2', r2)] : [])];
}

/** A tally for the log, with the digits that tell two epochs apart. Text, because a loss may be no number. */
export function factsOf(head: Head, tally: Tally): { loss: string; score: string } {
  return { loss: meanLossOf(tally).toPrecision(4), score: head === 'LINEAR' ? maeOf(tally).toPrecision(4) : accuracyOf(tally).toFixed(4) };
}

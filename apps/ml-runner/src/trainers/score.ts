import type { Head } from '../networks/network.ts';

/** Sums over samples seen so far; plain numbers, so that a checkpoint can hold them. */
export interface Tally {
  samples: number;
  /** Sum over samples of cross-entropy (natural logarithm), or of the squared error in original units. */
  loss: number;
  correct: number;
  /** Regression only, in original units; targets from the training mean, so that squares of large numbers lose nothing. */
  absolute: number;
  target: number;
  targetSquared: number;
}

export const emptyTally = (): Tally => ({ samples: 0, loss: 0, correct: 0, absolute: 0, target: 0, targetSquared: 0 });

export function addTally(into: Tally, other: Tally): void {
  into.samples += other.samples;
  into.loss += other.loss;
  into.correct += other.correct;
  into.absolute += other.absolute;
  into.target += other.target;
  into.targetSquared += other.targetSquared;
}

/** Original = standardised * std + mean; classes leave it at 0 and 1. */
export interface TargetScale {
  mean: number;
  std: number;
}

/**
 * Scores raw outputs in double precision: training, validation and test all go through here.
 * @param outputs [count, width] raw outputs, row by row
 * @param targets class indices, or the standardised numbers
 * @param classes predictions are taken among the first `classes` outputs
 * @param onPrediction told each sample's target and predicted class
 */
export function scoreOutputs(
  head: Head,
  outputs: ArrayLike<number>,
  width: number,
  targets: ArrayLike<number>,
  classes: number,
  scale: TargetScale,
  onPrediction?: (target: number, predicted: number) => void,
): Tally {
  const tally = emptyTally();
  tally.samples = targets.length;
  for (let sample = 0; sample < targets.length; sample++) {
    const target = targets[sample]!;
    const at = sample * width;
    if (head === 'LINEAR') {
      const error = (outputs[at]! - target) * scale.std;
      const centred = target * scale.std;
      tally.loss += error * error;
      tally.absolute += Math.abs(error);
      tally.target += centred;
      tally.targetSquared += centred * centred;
      continue;
    }
    let predicted: number;
    if (head === 'SIGMOID') {
      const logit = outputs[at]!;
      tally.loss += Math.max(logit, 0) - logit * target + Math.log1p(Math.exp(-Math.abs(logit)));
      predicted = logit > 0 ? 1 : 0;
    } else {
      let largest = -Infinity;
      for (let i = 0; i < width; i++) largest = Math.max(largest, outputs[at + i]!);
      let total = 0;
      predicted = 0;
      for (let i = 0; i < width; i++) {
        total += Math.exp(outputs[at + i]! - largest);
        if (i < classes && outputs[at + i]! > outputs[at + predicted]!) predicted = i;
      }
      tally.loss += Math.log(total) + largest - outputs[at + target]!;
    }
    if (predicted === target) tally.correct++;
    onPrediction?.(target, predicted);
  }
  return tally;
}

export const meanLossOf = (tally: Tally): number => tally.loss / tally.samples;
export const accuracyOf = (tally: Tally): number => tally.correct / tally.samples;
export const maeOf = (tally: Tally): number => tally.absolute / tally.samples;

/** Share of the targets' variance explained; 1 is perfect, 0 is no better than their mean. */
export function r2Of(tally: Tally): number {
  const variance = tally.targetSquared / tally.samples - (tally.target / tally.samples) ** 2;
  return variance > 0 ? 1 - meanLossOf(tally) / variance : Number.NaN;
}

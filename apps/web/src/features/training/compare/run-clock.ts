import type { Curves } from '../curves.ts';

/** What the curves of several runs are laid over each other by. */
export const X_AXES = ['STEP', 'EPOCH', 'RELATIVE', 'WALL'] as const;
export type XAxis = (typeof X_AXES)[number];

/** What of a run tells when a step was made. */
export interface TimedRun {
  parameters: { batchSize: number };
  card: { step: number; totalSteps: number; totalEpochs: number; elapsedMs: number | null };
  attempt: { startedAt: string | null; endedAt: string | null } | null;
}

/** Where a step lies on the axis: a step, a pass over the samples, seconds of training, or seconds since 1970. It only rises. */
export function clockOf(axis: XAxis, { parameters, card, attempt }: TimedRun, curves: Curves): (step: number) => number {
  if (axis === 'STEP') return (step) => step;
  if (axis === 'EPOCH') return card.totalSteps > 0 ? (step) => (step * card.totalEpochs) / card.totalSteps : (step) => step;
  const elapsed = (card.elapsedMs ?? 0) / 1_000;
  const seconds = secondsOf(curves, parameters.batchSize, { step: card.step, seconds: elapsed });
  if (axis === 'RELATIVE') return seconds;
  const end = attempt?.endedAt ? Date.parse(attempt.endedAt) / 1_000 - elapsed : Number.NEGATIVE_INFINITY;
  const start = attempt?.startedAt ? Date.parse(attempt.startedAt) / 1_000 : 0;
  // what came before the first step (programs, data) lies between the start of the attempt and that of training
  const training = Math.max(start, end);
  return (step) => training + seconds(step);
}

/**
 * Seconds of training until a step, from the speeds that were reported and, where it is known, how long all of it took. No time is
 * stored with a point: a run of a million steps would be a half larger, to say what its speed says already.
 */
function secondsOf(curves: Curves, batchSize: number, end: { step: number; seconds: number }): (step: number) => number {
  const { steps, values } = curves.buffer('SAMPLES_PER_SECOND').points();
  const at = [0];
  const until = [0];
  for (let i = 0; i < steps.length; i++) {
    const [step = 0, speed = 0] = [steps[i], values[i]];
    const before = until.at(-1) ?? 0;
    if (speed <= 0 || step <= before) continue;
    until.push(step);
    at.push((at.at(-1) ?? 0) + ((step - before) * batchSize) / speed);
  }
  const [lastStep = 0, lastSecond = 0] = [until.at(-1), at.at(-1)];
  const perStep = lastStep > 0 ? lastSecond / lastStep : end.step > 0 ? end.seconds / end.step : 1;
  const reckoned = (step: number): number => {
    if (step >= lastStep) return lastSecond + (step - lastStep) * perStep;
    let [low, high] = [0, until.length - 1];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((until[middle] ?? 0) <= step) low = middle;
      else high = middle;
    }
    const [from = 0, to = 0] = [until[low], until[high]];
    const [a = 0, b = 0] = [at[low], at[high]];
    return a + ((step - from) / (to - from)) * (b - a);
  };
  const all = reckoned(end.step);
  const scale = all > 0 && end.seconds > 0 ? end.seconds / all : 1;
  return (step) => reckoned(step) * scale;
}

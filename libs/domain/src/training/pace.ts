/** A run that has succeeded, as far as it tells how long another will take. */
export interface PastRun {
  datasetId: string;
  batchSize: number;
  hiddenUnits: readonly number[];
  samplesPerSecond: number;
  /** Of its whole time what was not training: loading the data, evaluating, saving. */
  otherMs: number;
}

/** What is about to be queued. */
export interface PlannedRun {
  datasetId: string;
  batchSize: number;
  hiddenUnits: readonly number[];
  epochs: number;
  /** Samples of one epoch. */
  train: number;
}

/** Batches that differ by more are trained at another speed. */
const ALIKE = 2;

/**
 * Milliseconds that a run will take, by the median of earlier ones like it: of the same layers and about the same batch, and on the same dataset
 * where there are any. Null: there is none, and nothing is guessed.
 */
export function expectedMs(planned: PlannedRun, past: readonly PastRun[]): number | null {
  const layers = planned.hiddenUnits.join();
  const alike = past.filter(
    (run) =>
      run.samplesPerSecond > 0 && run.hiddenUnits.join() === layers && run.batchSize <= planned.batchSize * ALIKE && planned.batchSize <= run.batchSize * ALIKE,
  );
  const same = alike.filter((run) => run.datasetId === planned.datasetId);
  const known = same.length > 0 ? same : alike;
  if (known.length === 0) return null;
  const msPerSample = median(known.map((run) => 1_000 / run.samplesPerSecond));
  return median(known.map((run) => Math.max(0, run.otherMs))) + planned.epochs * planned.train * msPerSample;
}

/** Runs that must end before one can begin that is queued now. Null: no runner could take it. */
export function runsBefore({ waiting, busy, slots }: { waiting: number; busy: number; slots: number }): number | null {
  return slots === 0 ? null : Math.max(0, waiting + busy - slots + 1);
}

/** Milliseconds until the last of these runs has ended, when so many go on at once. Each takes the place that is free first. */
export function allTogetherMs(each: readonly number[], slots: number): number {
  const free = Array<number>(Math.max(1, Math.min(slots, each.length))).fill(0);
  for (const ms of each) {
    const first = free.indexOf(Math.min(...free));
    free[first] = (free[first] ?? 0) + ms;
  }
  return Math.max(...free);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

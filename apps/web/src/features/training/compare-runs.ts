import { templateOf } from '@trainyard/domain';
import type { RunParameters, RunResult, Template } from '@trainyard/domain';

interface Metric {
  split: RunResult['metrics'][number]['split'];
  name: string;
  value: number;
}

/** A run's metrics, and what decides on which samples they were measured. */
export interface MeasuredRun {
  metrics: readonly Metric[];
  template: Template;
  datasetDigest: string;
  parameters: Pick<RunParameters, 'targetColumn' | 'validationSplit' | 'seed'>;
}

/** One metric of all compared runs; null where a run has none. */
export interface ComparedMetric {
  split: Metric['split'];
  name: string;
  values: (number | null)[];
  /** All who have it were measured on the same samples, of the same thing. */
  comparable: boolean;
  /** The index of the single best value among comparable ones, else null. */
  best: number | null;
}

const SPLIT_ORDER = ['TEST', 'VALIDATION', 'TRAIN'];
const HIGHER_IS_BETTER = ['accuracy', 'r2'];

/** Lines up the metrics of several runs, those on data the model never saw first. */
export function comparedMetrics(runs: readonly MeasuredRun[]): ComparedMetric[] {
  const keys = new Map<string, { split: Metric['split']; name: string }>();
  for (const { split, name } of runs.flatMap((run) => run.metrics)) keys.set(`${split}.${name}`, { split, name });
  return [...keys.values()]
    .sort((a, b) => SPLIT_ORDER.indexOf(a.split) - SPLIT_ORDER.indexOf(b.split))
    .map(({ split, name }) => {
      const values = runs.map(({ metrics }) => metrics.find((one) => one.split === split && one.name === name)?.value ?? null);
      const comparable = !differs(runs.filter((_, i) => values[i] !== null).map((run) => measuredOn(run, split)));
      return { split, name, values, comparable, best: comparable ? bestOf(values, HIGHER_IS_BETTER.includes(name)) : null };
    });
}

/** What a metric of this split was measured on. Which samples are held out for validation is drawn by the seed; the test samples are the dataset's own. */
function measuredOn({ template, datasetDigest, parameters: { targetColumn, validationSplit, seed } }: MeasuredRun, split: Metric['split']): string {
  const regression = templateOf(template).task === 'REGRESSION';
  return JSON.stringify([datasetDigest, targetColumn, regression, ...(split === 'TEST' ? [] : [validationSplit, validationSplit > 0 && seed])]);
}

/** Not a number is no result: a run that diverged is never the best. */
function bestOf(values: readonly (number | null)[], higher: boolean): number | null {
  const known = values.filter((value): value is number => value !== null && Number.isFinite(value));
  if (known.length < 2) return null;
  const best = higher ? Math.max(...known) : Math.min(...known);
  return known.filter((value) => value === best).length === 1 ? values.indexOf(best) : null;
}

export function differs(values: readonly (string | null)[]): boolean {
  return new Set(values).size > 1;
}

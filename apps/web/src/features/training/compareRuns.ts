import type { RunResult } from '@trainyard/domain';

interface Metric {
  split: RunResult['metrics'][number]['split'];
  name: string;
  value: number;
}

/** One metric of all compared runs; null where a run has none. `best` is the index of the single best value, else null. */
export interface ComparedMetric {
  split: Metric['split'];
  name: string;
  values: (number | null)[];
  best: number | null;
}

const SPLIT_ORDER = ['TEST', 'VALIDATION', 'TRAIN'];
const HIGHER_IS_BETTER = ['accuracy', 'r2'];

/** Lines up the metrics of several runs, those on data the model never saw first. */
export function comparedMetrics(runs: readonly (readonly Metric[])[]): ComparedMetric[] {
  const keys = new Map<string, { split: Metric['split']; name: string }>();
  for (const { split, name } of runs.flat()) keys.set(`${split}.${name}`, { split, name });
  return [...keys.values()]
    .sort((a, b) => SPLIT_ORDER.indexOf(a.split) - SPLIT_ORDER.indexOf(b.split))
    .map(({ split, name }) => {
      const values = runs.map((metrics) => metrics.find((one) => one.split === split && one.name === name)?.value ?? null);
      return { split, name, values, best: bestOf(values, HIGHER_IS_BETTER.includes(name)) };
    });
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

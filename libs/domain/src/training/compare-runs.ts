import type { MetricName } from './contract.ts';
import type { MetricSplit } from './headline.ts';
import type { Series } from './series.ts';
import type { RunParameters } from './spec.ts';
import { templateOf, type Template } from './templates.ts';

/** Runs that are compared at once. */
export const COMPARED_RUNS_MIN = 2;
export const COMPARED_RUNS_MAX = 20;

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Why an address is no comparison. */
export type ComparisonFault = 'TOO_FEW' | 'TOO_MANY' | 'MALFORMED';

/** The runs that an address asks to compare: ids between commas, each once, in their order. */
export function comparedIds(text: string): { ids: string[]; fault: ComparisonFault | null } {
  const ids = [
    ...new Set(
      text
        .split(',')
        .map((one) => one.trim().toLowerCase())
        .filter((one) => one !== ''),
    ),
  ];
  if (!ids.every((id) => ID.test(id))) return { ids: [], fault: 'MALFORMED' };
  if (ids.length > COMPARED_RUNS_MAX) return { ids, fault: 'TOO_MANY' };
  return { ids, fault: ids.length < COMPARED_RUNS_MIN ? 'TOO_FEW' : null };
}

interface Metric {
  split: MetricSplit;
  name: string;
  value: number;
}

/** What a series had come to when it was last reported; null: not a number. */
interface LastPoint {
  series: string;
  step: number;
  value: number | null;
}

/** A run's metrics, and what decides on which samples they were measured. */
export interface MeasuredRun {
  /** Of its result; null: it has none. */
  metrics: readonly Metric[] | null;
  lastPoints?: readonly LastPoint[];
  template: Template;
  datasetDigest: string;
  parameters: Pick<RunParameters, 'targetColumn' | 'validationSplit' | 'seed'>;
}

/** A value of one run. `lastStep`: it is no result, but what was reported last. */
export interface ComparedValue {
  value: number;
  lastStep: number | null;
}

/** One metric of all compared runs; null where a run has none. */
export interface ComparedMetric {
  split: MetricSplit;
  name: string;
  values: (ComparedValue | null)[];
  /** All who have it were measured on the same samples, of the same thing. */
  comparable: boolean;
  /** The index of the single best value among comparable ones, else null. */
  best: number | null;
}

/** What nobody trained on says most of a model that is chosen among several: validation, then test. */
const SPLIT_ORDER: readonly MetricSplit[] = ['VALIDATION', 'TEST', 'TRAIN'];
const NAME_ORDER = ['accuracy', 'r2', 'mae', 'rmse', 'loss'];
export const HIGHER_IS_BETTER: readonly string[] = ['accuracy', 'r2'] satisfies MetricName[];
export const isHigherBetter = (metric: string): boolean => HIGHER_IS_BETTER.includes(metric);

const METRIC_OF: ReadonlyMap<string, { split: MetricSplit; name: string }> = new Map<Series, { split: MetricSplit; name: string }>([
  ['VAL_LOSS', { split: 'VALIDATION', name: 'loss' }],
  ['VAL_ACCURACY', { split: 'VALIDATION', name: 'accuracy' }],
  ['VAL_MAE', { split: 'VALIDATION', name: 'mae' }],
  ['LOSS', { split: 'TRAIN', name: 'loss' }],
  ['ACCURACY', { split: 'TRAIN', name: 'accuracy' }],
  ['MAE', { split: 'TRAIN', name: 'mae' }],
]);

/**
 * Lines up the metrics of several runs, validation first. A run without a result (it trains, was cancelled, has failed) shows what it
 * reported last: on validation samples that is as good as a result, for they are all measured; on training samples it is of one batch,
 * and never the best.
 */
export function comparedMetrics(runs: readonly MeasuredRun[]): ComparedMetric[] {
  const known = runs.map(valuesOf);
  const keys = new Map<string, { split: MetricSplit; name: string }>();
  for (const { split, name } of known.flatMap((values) => [...values.values()])) keys.set(`${split}.${name}`, { split, name });
  const place = (name: string): number => (NAME_ORDER.includes(name) ? NAME_ORDER.indexOf(name) : NAME_ORDER.length);
  return [...keys.entries()]
    .sort(([, a], [, b]) => SPLIT_ORDER.indexOf(a.split) - SPLIT_ORDER.indexOf(b.split) || place(a.name) - place(b.name))
    .map(([key, { split, name }]) => {
      const values = known.map((one) => one.get(key)?.compared ?? null);
      const measured = values.map((one) => (one && (one.lastStep === null || split === 'VALIDATION') ? one.value : null));
      const comparable = !differs(runs.filter((_, i) => values[i] !== null).map((run) => measuredOn(run, split)));
      return { split, name, values, comparable, best: comparable ? bestOf(measured, isHigherBetter(name)) : null };
    });
}

function valuesOf({ metrics, lastPoints = [] }: MeasuredRun): Map<string, { split: MetricSplit; name: string; compared: ComparedValue }> {
  if (metrics !== null) return new Map(metrics.map(({ split, name, value }) => [`${split}.${name}`, { split, name, compared: { value, lastStep: null } }]));
  return new Map(
    lastPoints.flatMap(({ series, step, value }) => {
      const metric = METRIC_OF.get(series);
      return metric ? [[`${metric.split}.${metric.name}`, { ...metric, compared: { value: value ?? Number.NaN, lastStep: step } }] as const] : [];
    }),
  );
}

/** What a metric of this split was measured on. Which samples are held out for validation is drawn by the seed; the test samples are the dataset's own. */
function measuredOn({ template, datasetDigest, parameters: { targetColumn, validationSplit, seed } }: MeasuredRun, split: MetricSplit): string {
  const regression = templateOf(template).task === 'REGRESSION';
  return JSON.stringify([datasetDigest, targetColumn, regression, ...(split === 'TEST' ? [] : [validationSplit, validationSplit > 0 && seed])]);
}

/**
 * Runs by what they came to in one metric, the best first, as places in `runs`; those without it follow in their order, and so do equal ones.
 * Null: fewer than two have it, or they were measured on different samples.
 */
export function bestFirst(
  runs: readonly MeasuredRun[],
  { split, name }: { split: MetricSplit; name: string },
): { order: number[]; best: number | null } | null {
  const metric = comparedMetrics(runs).find((one) => one.split === split && one.name === name);
  if (!metric?.comparable || metric.values.filter((one) => one?.lastStep === null).length < 2) return null;
  const sign = isHigherBetter(name) ? -1 : 1;
  const places = metric.values.map((one) => (one?.lastStep === null && Number.isFinite(one.value) ? sign * one.value : Number.POSITIVE_INFINITY));
  const order = runs.map((_, i) => i).toSorted((a, b) => (places[a] === places[b] ? a - b : (places[a] ?? 0) - (places[b] ?? 0)));
  return { order, best: metric.best };
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

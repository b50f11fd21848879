import { refuse, type Result } from '../result.ts';
import type { RunParameters } from './spec.ts';
import type { Template } from './templates.ts';
import { PARAMETER_LIMITS, validateSpec, type NumericParameter, type SampleCounts, type SpecDataset } from './validate-spec.ts';

/** Runs that are queued by one act, all or none. */
export const GRID_MAX_RUNS = 200;

/** In the order in which they vary: the last one varies fastest. */
export const NUMERIC_PARAMETERS = Object.keys(PARAMETER_LIMITS) as NumericParameter[];

/** A parameter with the values that it takes, one run each. */
export interface VariedParameter {
  parameter: NumericParameter;
  values: readonly number[];
}

/** One run of a grid. */
export interface GridRun {
  parameters: RunParameters;
  /** Its values of the parameters that vary. */
  combination: Partial<Record<NumericParameter, number>>;
}

/**
 * The values in a text, between commas of any kind. Equal ones count once. What is no number is NaN, which no limit admits;
 * nothing before, after or between commas is passed over.
 */
export function valuesOf(text: string): number[] {
  const parts = text
    .split(/[,，、]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return parts.length === 0 ? [Number.NaN] : [...new Set(parts.map(Number))];
}

/** How many runs these values make. */
export const gridSize = (varied: readonly VariedParameter[]): number => varied.reduce((runs, { values }) => runs * new Set(values).size, 1);

/** Every combination of the values over `parameters`, in an order that depends on the values' alone. */
export function gridOf(parameters: RunParameters, varied: readonly VariedParameter[]): Result<{ runs: GridRun[] }> {
  const twice = varied.find(({ parameter }, i) => varied.findIndex((one) => one.parameter === parameter) !== i);
  if (twice) return refuse('BAD_INPUT', { field: 'varied', parameter: twice.parameter });
  const empty = varied.find(({ values }) => values.length === 0);
  if (empty) return refuse('BAD_INPUT', { field: 'varied', parameter: empty.parameter });
  const size = gridSize(varied);
  if (size > GRID_MAX_RUNS) return refuse('GRID_TOO_LARGE', { runs: size, max: GRID_MAX_RUNS });
  let combinations: GridRun['combination'][] = [{}];
  for (const parameter of NUMERIC_PARAMETERS) {
    const values = varied.find((one) => one.parameter === parameter)?.values;
    if (values) combinations = combinations.flatMap((before) => [...new Set(values)].map((value) => ({ ...before, [parameter]: value })));
  }
  return { ok: true, runs: combinations.map((combination) => ({ parameters: { ...parameters, ...combination }, combination })) };
}

/** The grid with what validateSpec says of each run. The first that it refuses is named: `combination` has its values. */
export function validateGrid(
  template: Template,
  parameters: RunParameters,
  varied: readonly VariedParameter[],
  dataset: SpecDataset,
): Result<{ runs: (GridRun & SampleCounts)[] }> {
  const grid = gridOf(parameters, varied);
  if (!grid.ok) return grid;
  const runs: (GridRun & SampleCounts)[] = [];
  for (const run of grid.runs) {
    const answer = validateSpec(template, run.parameters, dataset);
    if (!answer.ok) return refuse(answer.code, { ...answer.params, ...named(run.combination) });
    const { train, validation, totalSteps, rows } = answer;
    runs.push({ ...run, train, validation, totalSteps, rows });
  }
  return { ok: true, runs };
}

function named(combination: GridRun['combination']): { combination?: string } {
  const values = Object.entries(combination).map(([parameter, value]) => `${parameter}=${value}`);
  return values.length === 0 ? {} : { combination: values.join(', ') };
}

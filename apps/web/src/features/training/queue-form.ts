import { zodResolver } from '@hookform/resolvers/zod';
import {
  DEFAULT_PARAMETERS,
  ENGINE_REQUESTS,
  GRID_MAX_RUNS,
  gridSize,
  NUMERIC_PARAMETERS,
  OPTIMIZERS,
  PARAMETER_LIMITS,
  SCHEDULES,
  TEMPLATES,
  isTabularTemplate,
  layersOf,
  likelyTarget,
  validateGrid,
  validateSpec,
  valuesOf,
  type DatasetKind,
  type DatasetState,
  type DatasetSummary,
  type EngineRequest,
  type ErrorCode,
  type ErrorParams,
  type GridRun,
  type LayerKind,
  type NumericParameter,
  type Result,
  type RunParameters,
  type SampleCounts,
  type SpecDataset,
  type Template,
  type VariedParameter,
} from '@trainyard/domain';
import type { Resolver } from 'react-hook-form';
import * as z from 'zod/mini';

/** A dataset as the choice of one needs it; what is not READY has no counts yet. */
export interface ChoosableDataset {
  id: string;
  name: string;
  kind: DatasetKind;
  state: DatasetState;
  errorCode: string | null;
  errorParams: unknown;
  sampleCount: number | null;
  testCount: number | null;
  inputShape: number[];
  classes: DatasetSummary['classes'];
  columns: DatasetSummary['columns'];
}

/** The form's values: numbers stay the text that was typed, so that nothing is rounded or swallowed before it is checked. */
const fields = z.object({
  template: z.enum(TEMPLATES),
  datasetId: z.string(),
  engine: z.enum(ENGINE_REQUESTS),
  schedule: z.enum(SCHEDULES),
  optimizer: z.enum(OPTIMIZERS),
  targetColumn: z.string(),
  hiddenUnits: z.string(),
  epochs: z.string(),
  batchSize: z.string(),
  learningRate: z.string(),
  warmupSteps: z.string(),
  l2: z.string(),
  dropout: z.string(),
  seed: z.string(),
  validationSplit: z.string(),
  checkpointEveryEpochs: z.string(),
});
export type QueueValues = z.infer<typeof fields>;

/** What a run was queued with, to be queued again. */
export interface QueueChoice {
  runId: string;
  template: Template;
  datasetId: string;
  engine: EngineRequest;
  parameters: RunParameters;
}

/** Values that an earlier version of the form may have stored; null when they are not this form's. */
export function readValues(stored: unknown): QueueValues | null {
  const read = fields.safeParse(stored);
  return read.success ? read.data : null;
}

/** A template's numbers as text; a run's own when it is queued again. */
export function parameterValues(parameters: RunParameters): Omit<QueueValues, 'template' | 'datasetId' | 'engine'> {
  const numbers = Object.fromEntries(NUMERIC_PARAMETERS.map((name) => [name, String(parameters[name])])) as Record<NumericParameter, string>;
  return {
    ...numbers,
    schedule: parameters.schedule,
    optimizer: parameters.optimizer,
    targetColumn: parameters.targetColumn ?? '',
    hiddenUnits: parameters.hiddenUnits.join(', '),
  };
}

export function firstValues(choice?: Partial<QueueChoice>): QueueValues {
  const template = choice?.template ?? 'MLP_784_128_10';
  return {
    template,
    datasetId: choice?.datasetId ?? '',
    engine: choice?.engine ?? 'AUTO',
    ...parameterValues(choice?.parameters ?? DEFAULT_PARAMETERS[template]),
  };
}

/** The typed text as parameters; what is no number becomes NaN, which no limit admits. Of several values the first. */
export function parametersOf(values: QueueValues): RunParameters {
  const numbers = Object.fromEntries(NUMERIC_PARAMETERS.map((name) => [name, valuesOf(values[name])[0]])) as Record<NumericParameter, number>;
  const tabular = isTabularTemplate(values.template);
  return {
    ...numbers,
    schedule: values.schedule,
    optimizer: values.optimizer,
    targetColumn: tabular && values.targetColumn !== '' ? values.targetColumn : null,
    hiddenUnits: tabular ? hiddenUnitsOf(values.hiddenUnits) : [],
  };
}

/** The parameters in which several values were typed. */
export function variedOf(values: QueueValues): VariedParameter[] {
  return NUMERIC_PARAMETERS.map((parameter) => ({ parameter, values: valuesOf(values[parameter]) })).filter((one) => one.values.length > 1);
}

/** Commas of either language, or blanks, between the widths. */
function hiddenUnitsOf(text: string): number[] {
  return text
    .split(/[\s,，、]+/)
    .filter((part) => part !== '')
    .map(Number);
}

/** What the domain says of every run that these values make on this dataset. */
export function checkGrid(values: QueueValues, dataset: ChoosableDataset): Result<{ runs: (GridRun & SampleCounts)[] }> {
  if (dataset.state !== 'READY' || dataset.sampleCount === null) return notReady(dataset);
  return validateGrid(values.template, parametersOf(values), variedOf(values), specDataset(dataset, dataset.sampleCount));
}

const notReady = ({ state }: ChoosableDataset): Refusal => ({ ok: false, code: 'DATASET_NOT_READY', params: { state } });

/** What the domain says of these parameters on this dataset. */
export function check(template: Template, parameters: RunParameters, dataset: ChoosableDataset): Result<SampleCounts> {
  if (dataset.state !== 'READY' || dataset.sampleCount === null) return notReady(dataset);
  return validateSpec(template, parameters, specDataset(dataset, dataset.sampleCount));
}

function specDataset({ kind, inputShape, classes, columns }: ChoosableDataset, sampleCount: number): SpecDataset {
  return { kind, summary: { sampleCount, inputShape, classes, columns } };
}

export type Refusal = Extract<Result, { ok: false }>;

/**
 * Why a dataset cannot be chosen for a template at all, whatever the parameters; null when it can.
 * Parameters that another dataset, or the reader, may still mend do not rule it out.
 */
export function datasetRefusal(template: Template, dataset: ChoosableDataset): Refusal | null {
  const answer = check(template, DEFAULT_PARAMETERS[template], dataset);
  if (answer.ok || answer.code === 'TARGET_COLUMN_MISSING') return null;
  if (answer.code === 'TOO_FEW_SAMPLES' && (dataset.sampleCount ?? 0) > 2) return null;
  return answer;
}

/** Whether it can be chosen now: what is still being checked may turn out to fit. */
export const mayFit = (template: Template, dataset: ChoosableDataset): boolean => dataset.state === 'CHECKING' || !datasetRefusal(template, dataset);

export interface ColumnChoice {
  name: string;
  /** Why it cannot be predicted; null where it can. */
  refusal: Refusal | null;
}

/** Every column of the table, in its order, each with the reason why the template cannot predict it. */
export function columnChoices(template: Template, dataset: ChoosableDataset): ColumnChoice[] {
  return dataset.columns.map(({ name }) => {
    const answer = check(template, { ...DEFAULT_PARAMETERS[template], targetColumn: name }, dataset);
    // Another validation split may still mend it.
    return { name, refusal: answer.ok || answer.code === 'TOO_FEW_SAMPLES' ? null : answer };
  });
}

/** The column to begin with; empty where none stands out, because a wrong one would be queued unseen. */
export function firstColumn(template: Template, dataset: ChoosableDataset): string {
  if (dataset.sampleCount === null) return '';
  return likelyTarget(template, DEFAULT_PARAMETERS[template], specDataset(dataset, dataset.sampleCount)) ?? '';
}

/** The field of the form that a refusal speaks of. */
function fieldOf(code: ErrorCode, params: ErrorParams | undefined): keyof QueueValues {
  const named = String(params?.field ?? '').split('.')[0] ?? '';
  if (code === 'PARAMETER_OUT_OF_RANGE') return named in fields.shape ? (named as keyof QueueValues) : 'epochs';
  if (code.startsWith('TARGET_') || (code === 'DATASET_ONE_CLASS' && params?.column !== undefined)) return 'targetColumn';
  return code === 'TOO_FEW_SAMPLES' ? 'validationSplit' : 'datasetId';
}

/** Checks by the domain's own rule and says so field by field. `say` gives the sentence of a refusal. */
export function queueResolver(datasets: readonly ChoosableDataset[], say: (refusal: Refusal) => string): Resolver<QueueValues> {
  const schema = fields.check(
    z.superRefine((values, context) => {
      const parameters = parametersOf(values);
      const refused = (refusal: Refusal): void => {
        context.addIssue({ code: 'custom', path: [fieldOf(refusal.code, refusal.params)], message: say(refusal) });
      };
      const outside = NUMERIC_PARAMETERS.flatMap(
        (name) =>
          valuesOf(values[name])
            .map((value) => outOfRange(name, value))
            .find((refusal) => refusal !== null) ?? [],
      );
      outside.forEach(refused);
      const varied = variedOf(values);
      const runs = gridSize(varied);
      if (runs > GRID_MAX_RUNS) {
        // Said where most can be taken out.
        const [most] = varied.toSorted((a, b) => b.values.length - a.values.length);
        const tooMany: Refusal = { ok: false, code: 'GRID_TOO_LARGE', params: { runs, max: GRID_MAX_RUNS } };
        if (most) context.addIssue({ code: 'custom', path: [most.parameter], message: say(tooMany) });
      }
      const dataset = datasets.find((one) => one.id === values.datasetId);
      if (!dataset) {
        refused({ ok: false, code: 'BAD_INPUT', params: { field: 'datasetId' } });
        return;
      }
      const first = { ...parameters, ...(outside.length > 0 && inside(parameters)) };
      const answer = outside.length > 0 || runs > GRID_MAX_RUNS ? check(values.template, first, dataset) : checkGrid(values, dataset);
      if (!answer.ok) refused(answer);
    }),
  );
  return zodResolver(schema);
}

function outOfRange(name: NumericParameter, value: number): Refusal | null {
  const { min, max, integer } = PARAMETER_LIMITS[name];
  if (value >= min && value <= max && (!integer || Number.isInteger(value))) return null;
  return { ok: false, code: 'PARAMETER_OUT_OF_RANGE', params: { field: name, min, max, integer } };
}

/** The numbers with those out of range replaced by defaults: so the dataset's own errors show beside theirs. */
function inside(parameters: RunParameters): Record<NumericParameter, number> {
  const safe = DEFAULT_PARAMETERS.MLP_784_128_10;
  return Object.fromEntries(NUMERIC_PARAMETERS.map((name) => [name, outOfRange(name, parameters[name]) ? safe[name] : parameters[name]])) as Record<
    NumericParameter,
    number
  >;
}

export interface OfferedEngine {
  engine: Exclude<EngineRequest, 'AUTO' | 'GPU'>;
  available: boolean;
  reason: string | null;
  reasonParams?: unknown;
  device: string | null;
  isGpu: boolean;
  layers: readonly string[];
}
export interface EngineChoice {
  request: EngineRequest;
  /** OFFERED: a runner online can start it. Otherwise why none can, and then the run waits. */
  status: 'OFFERED' | 'NO_RUNNER' | 'UNAVAILABLE' | 'LAYERS';
  device: string | null;
  /** The runner's own words when UNAVAILABLE, the layers lacking when LAYERS. */
  reason: string | null;
  reasonParams?: unknown;
  missing: LayerKind[];
}

/** Each thing that can be asked for, and whether a runner that is online could start it now. */
export function engineChoices(runners: readonly { online: boolean; engines: readonly OfferedEngine[] }[], template: Template, dropout: number): EngineChoice[] {
  const online = runners.filter((runner) => runner.online);
  const needed = layersOf(template, { dropout: Number.isNaN(dropout) ? 0 : dropout });
  const offers = online.flatMap((runner) => runner.engines);
  return ENGINE_REQUESTS.map((request) => {
    const asked = offers.filter(
      (offer) =>
        request === 'AUTO' || (request === 'GPU' ? offer.isGpu || offer.engine === 'TFJS_NODE_GPU' || offer.engine === 'WEBGPU' : offer.engine === request),
    );
    const running = asked.filter((offer) => offer.available && (request !== 'GPU' || offer.isGpu));
    const able = running.find((offer) => needed.every((layer) => offer.layers.includes(layer)));
    const base = { request, device: null, reason: null, missing: [] };
    if (able) return { ...base, status: 'OFFERED', device: request === 'AUTO' ? null : able.device };
    if (online.length === 0) return { ...base, status: 'NO_RUNNER' };
    const first = running[0];
    if (first) return { ...base, status: 'LAYERS', device: first.device, missing: needed.filter((layer) => !first.layers.includes(layer)) };
    const told = asked.find((offer) => offer.reason !== null);
    return { ...base, status: 'UNAVAILABLE', reason: told?.reason ?? null, reasonParams: told?.reasonParams };
  });
}

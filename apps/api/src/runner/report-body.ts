import {
  COLUMN_REASONS,
  COLUMN_TYPES,
  DATASET_LIMITS,
  DECIMALS,
  DELIMITERS,
  ENCODINGS,
  ENGINES,
  ERRORS,
  EVIDENCE_REASONS,
  FAILURE_CODES,
  LAYER_KINDS,
  LEFT_OUT_REASONS,
  METRIC_NAMES,
  METRIC_SPLITS,
  OUTCOMES,
  PHASES,
  QUOTES,
  READING_FIELDS,
  READING_LIMITS,
  RUNNER_NAME_MAX,
  SAMPLE_BYTES,
  SERIES_LIMITS,
  SIZE_CLASSES,
  THOUSANDS,
  isSeriesName,
  isSeriesUnit,
  paramsWithoutTrace,
  withClaim,
  withoutTrace,
  type ErrorCode,
  type EngineReasonParams,
  type FailureParams,
  type FinishRequest,
  type HeartbeatRequest,
  type HelloRequest,
  type InspectionFinishRequest,
  type InspectionProgressRequest,
  type LogParams,
  type MetricBatch,
  type ReportRequest,
} from '@trainyard/domain';
import { z } from 'zod';
import { DomainError } from '../platform/domain-error.ts';

/** Steps are int32 in storage. */
const MAX_STEP = 2 ** 31 - 1;
const NAMED_VALUES = new Set<unknown>(['NaN', 'Infinity', '-Infinity']);

const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const step = z.number().int().min(0).max(MAX_STEP);
const small = z.number().int().min(0).max(1_000_000_000);
/** A program's output may hold what PostgreSQL's text and JSON cannot: zero bytes, halves of characters cut in two. */
const text = (most: number) =>
  z
    .string()
    .max(most)
    .transform((value) => value.replaceAll('\0', '\uFFFD').toWellFormed());
const words = text(1_000);
const versions = z.record(text(100), text(200));

/** A sentence names a handful; each line of a log may bring its own, and all of them go to whoever looks. */
const MAX_FACTS = 30;
const params = z
  .record(text(100), z.union([text(10_000), z.number(), z.boolean(), z.null()]))
  .refine((facts) => Object.keys(facts).length <= MAX_FACTS, `At most ${MAX_FACTS} facts`);
/** A reason of a newer runner's passes: a screen without words for it shows the message. */
const reasonParams = params.transform((facts) => facts as EngineReasonParams);
const engineReport = z.object({
  engine: z.enum(ENGINES),
  available: z.boolean(),
  reason: text(4_000).nullable(),
  reasonParams: reasonParams.optional(),
  device: words.nullable(),
  isGpu: z.boolean(),
  layers: z.array(z.enum(LAYER_KINDS)),
  samplesPerSecond: z.partialRecord(z.enum(SIZE_CLASSES), z.number().min(0)),
  versions,
});

const hello = z.object({
  name: text(RUNNER_NAME_MAX).pipe(z.string().min(1)),
  version: words,
  contract: small.optional(),
  host: words,
  cores: small,
  memoryMiB: small,
  concurrency: z.number().int().min(1).max(10_000),
  instance: z.uuid().optional(),
  engines: z.array(engineReport).max(50),
});

/** Says which claim it is of; a runner of before contract 5 calls that `epoch`. */
const fenced = <T extends z.ZodRawShape>(shape: T) => z.preprocess(withClaim, z.object(shape));
const id = z.uuid();
const claimed = z.object({ runnerId: id });
const heartbeat = z.object({ runnerId: id, attempts: z.array(fenced({ attemptId: id, claim: small })).max(1_000) });

const progress = z.object({
  phase: z.enum(PHASES),
  step,
  totalSteps: step,
  trainingEpoch: small,
  totalEpochs: small,
  samplesPerSecond: z.number().nullable(),
  elapsedMs: z.number().min(0),
  remainingMs: z.number().min(0).nullable(),
});
const logLine = z.object({
  line: step,
  at: z.iso.datetime({ offset: true }),
  stream: z.enum(['OUT', 'ERR', 'RUNNER']),
  text: text(20_000),
  params: params.transform((facts) => facts as LogParams).optional(),
});
const environment = z.object({ engine: z.enum(ENGINES), device: words, isGpu: z.boolean(), versions, host: words, parameterCount: small });
/** Of the points only that they are arrays: `batches` looks at each number itself, several times faster. */
const report = fenced({
  claim: small,
  seq: step,
  progress: progress.nullable(),
  metrics: z.array(z.looseObject({})).max(1_000),
  logs: z.array(logLine).max(10_000),
  environment: environment.optional(),
  resumedFromStep: step.optional(),
});

const split = z.enum(METRIC_SPLITS);
const result = z.object({
  metrics: z.array(z.object({ split, name: z.enum(METRIC_NAMES), value: z.number() })).max(100),
  confusion: z.object({ split, classes: z.array(words).max(1_000), counts: z.array(z.array(count).max(1_000)).max(1_000) }).nullable(),
  sampleCounts: z.object({ train: count, validation: count, test: count }),
  leftOut: z
    .array(z.object({ reason: z.enum(LEFT_OUT_REASONS), word: text(10_000).nullable(), rows: count }))
    .max(100)
    .optional(),
  steps: count,
  samplesPerSecond: z.number(),
  flopsPerSecond: z.number(),
  trainMs: z.number(),
  datasetDigest: words,
  parameterCount: count,
});
/** As with an engine's reason. */
const failureParams = params.transform((facts) => paramsWithoutTrace(facts) as FailureParams);
const finish = fenced({
  claim: small,
  outcome: z.enum(OUTCOMES),
  failure: z.object({ code: z.enum(FAILURE_CODES), message: text(20_000).transform(withoutTrace), params: failureParams.optional() }).nullable(),
  result: result.nullable(),
});

const summary = z.object({
  digest: z.string().min(1).max(1_000),
  sampleCount: small,
  testCount: small,
  inputShape: z.array(small).max(8),
  classes: z.array(z.object({ name: words, count: small })).max(1_000),
  columns: z
    .array(
      z.object({
        name: words,
        type: z.enum(['NUMBER', 'CATEGORY']),
        missing: small,
        min: z.number().nullable(),
        max: z.number().nullable(),
        mean: z.number().nullable(),
        distinct: small.nullish(),
        gaps: z
          .array(z.object({ word: text(10_000), count: small }))
          .max(100)
          .nullish(),
        evidence: z.object({ reason: z.enum(COLUMN_REASONS), example: words.nullable() }).nullish(),
        categories: z.array(z.object({ value: text(10_000), count: small })).max(100),
      }),
    )
    .max(5_000),
  preview: z.object({ images: z.array(z.object({ pixels: z.string().max(1_000_000), label: words })).max(30), rows: z.array(z.array(text(10_000))).max(20) }),
  sizeBytes: count,
});
const errorCode = z.custom<ErrorCode>((value) => typeof value === 'string' && Object.hasOwn(ERRORS, value));
const inspectedTable = z.object({
  reading: z
    .object({
      encoding: z.enum(ENCODINGS),
      delimiter: z.enum(DELIMITERS),
      quote: z.enum(QUOTES),
      // Runners of before send none.
      skip: small.max(READING_LIMITS.skip).default(0),
      header: z.boolean(),
      decimal: z.enum(DECIMALS),
      thousands: z.enum(THOUSANDS),
      columns: z
        .array(z.object({ name: words, type: z.enum(COLUMN_TYPES), missing: z.array(text(READING_LIMITS.wordLength)).max(READING_LIMITS.words) }))
        .max(DATASET_LIMITS.columns),
    })
    .nullable(),
  evidence: z.array(z.object({ field: z.enum(READING_FIELDS), reason: z.enum(EVIDENCE_REASONS), params })).max(READING_FIELDS.length),
  sample: z.base64().max(Math.ceil(SAMPLE_BYTES / 3) * 4),
});
const inspectionProgress = fenced({ claim: small, share: z.number().min(0).max(1) });
const inspectionFinish = fenced({
  claim: small,
  summary: summary.nullable(),
  error: z.object({ code: errorCode, params }).nullable(),
  table: inspectedTable.nullish(),
});

const checkpointQuery = fenced({
  claim: z.coerce.number().int().min(0).max(MAX_STEP),
  step: z.coerce.number().int().min(0).max(MAX_STEP),
  trainingEpoch: z.coerce.number().int().min(0).max(MAX_STEP),
});
const artifactQuery = fenced({ claim: z.coerce.number().int().min(0).max(MAX_STEP) });

export const helloBody = (body: unknown): HelloRequest => parse(hello, body);
export const claimBody = (body: unknown): { runnerId: string } => parse(claimed, body);
export const heartbeatBody = (body: unknown): HeartbeatRequest => parse(heartbeat, body);
export const finishBody = (body: unknown): FinishRequest => parse(finish, body);
export const inspectionProgressBody = (body: unknown): InspectionProgressRequest => parse(inspectionProgress, body);
export const inspectionFinishBody = (body: unknown): InspectionFinishRequest => parse(inspectionFinish, body);
export const checkpointPlace = (query: unknown): { claim: number; step: number; trainingEpoch: number } => parse(checkpointQuery, query);
export const artifactPlace = (query: unknown): { claim: number } => parse(artifactQuery, query);

export function reportBody(body: unknown): ReportRequest {
  const { metrics, ...rest } = parse(report, body);
  return { ...rest, metrics: metrics.map(batch) };
}

function batch(from: Record<string, unknown>, at: number): MetricBatch {
  const { series, unit, steps, values } = from;
  const refuse = (reason: string, field = ''): DomainError => new DomainError('BAD_INPUT', { field: `metrics.${at}${field}`, reason });
  if (typeof series !== 'string' || !isSeriesName(series))
    throw refuse(`a series has a name of 1 to ${SERIES_LIMITS.name} letters, digits, blanks inside, or any of _ . / -`, '.series');
  if (unit !== undefined && (typeof unit !== 'string' || !isSeriesUnit(unit)))
    throw refuse(`a unit has 1 to ${SERIES_LIMITS.unit} printable characters and no blank at its ends`, '.unit');
  if (!Array.isArray(steps) || !Array.isArray(values) || steps.length !== values.length) throw refuse('steps and values must be arrays of one length');
  let last = -1;
  for (const one of steps as unknown[]) {
    if (!Number.isInteger(one) || (one as number) <= last || (one as number) > MAX_STEP) throw refuse('steps must be whole numbers that rise strictly');
    last = one as number;
  }
  for (const value of values as unknown[])
    if (typeof value !== 'number' && !NAMED_VALUES.has(value)) throw refuse('values must be numbers, NaN, Infinity or -Infinity');
  return { series, unit, steps, values } as MetricBatch;
}

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new DomainError('BAD_INPUT', { field: issue?.path.join('.') ?? '', reason: issue?.message ?? 'not as the contract says' });
}

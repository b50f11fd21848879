import { Injectable } from '@nestjs/common';
import { bucketStride, builtInUnit, CHUNK_STEPS, SERIES_LIMITS, thinSeries, type MetricBatch, type ThinnedSeries } from '@trainyard/domain';
import { DomainError } from '../platform/domain-error.ts';
import { row, rows, type Tx } from '../platform/sql/database.ts';

/** step int32, value float64, little endian. */
const POINT_BYTES = 12;

interface Chunk {
  series: string;
  slot: number;
  points: { steps: number[]; values: number[] };
}

/** Whose points they are, and the units of the run's series as far as they are known. */
interface Reporting {
  id: string;
  runId: string;
  series: Record<string, string | null> | null;
}
export interface SeriesRead extends ThinnedSeries {
  series: string;
  /** What it counts in; null: nobody said. */
  unit: string | null;
  /** Living points in the range asked for. */
  pointCount: number;
}
export interface SeriesRange {
  series: readonly string[];
  /** Buckets at most; each gives its minimum and maximum. */
  width: number;
  fromStep?: number | null;
  toStep?: number | null;
}

interface ChunkRow {
  series: string;
  slot: number;
  claim: number;
  count: number;
  from_step: number;
  to_step: number;
  min: number | null;
  min_step: number | null;
  max: number | null;
  max_step: number | null;
}

/**
 * Points of training, in chunks of 256 steps with their extremes beside them. Reports append to chunks in one statement;
 * a reader at screen width looks at extremes only and decodes what its buckets cut through. What an earlier claim reported
 * beyond the step a later one resumed after is left out on reading; nothing is deleted.
 */
@Injectable()
export class MetricStore {
  /** Stores a report's points. The caller has locked the attempt, checked the fence and that this report is new. */
  async append(tx: Tx, attempt: Reporting, claim: number, batches: readonly MetricBatch[]): Promise<void> {
    const chunks = chunksOf(batches);
    if (chunks.length === 0) return;
    await nameSeries(tx, attempt, batches);
    const extremes = chunks.map(({ points }) => extremesOf(points.steps, points.values));
    await tx.query(
      /* sql */ `
      INSERT INTO metric_chunk AS m (attempt_id, claim, series, slot, count, from_step, to_step, min, min_step, max, max_step, data)
      SELECT $1, $2, * FROM unnest($3::text[], $4::int[], $5::int[], $6::int[], $7::int[], $8::float8[], $9::int[], $10::float8[], $11::int[], $12::bytea[])
      ON CONFLICT (attempt_id, series, slot, claim) DO UPDATE SET
        count = m.count + EXCLUDED.count,
        from_step = LEAST(m.from_step, EXCLUDED.from_step), to_step = GREATEST(m.to_step, EXCLUDED.to_step),
        min_step = CASE WHEN m.min IS NULL OR EXCLUDED.min < m.min THEN EXCLUDED.min_step ELSE m.min_step END,
        min = LEAST(m.min, EXCLUDED.min),
        max_step = CASE WHEN m.max IS NULL OR EXCLUDED.max > m.max THEN EXCLUDED.max_step ELSE m.max_step END,
        max = GREATEST(m.max, EXCLUDED.max),
        data = m.data || EXCLUDED.data`,
      [
        attempt.id,
        claim,
        chunks.map((chunk) => chunk.series),
        chunks.map((chunk) => chunk.slot),
        chunks.map((chunk) => chunk.points.steps.length),
        chunks.map((chunk) => Math.min(...chunk.points.steps)),
        chunks.map((chunk) => Math.max(...chunk.points.steps)),
        extremes.map((extreme) => extreme?.min ?? null),
        extremes.map((extreme) => extreme?.minStep ?? null),
        extremes.map((extreme) => extreme?.max ?? null),
        extremes.map((extreme) => extreme?.maxStep ?? null),
        chunks.map((chunk) => encodePoints(chunk.points.steps, chunk.points.values)),
      ],
    );
  }

  /** The series asked for, thinned to `width` buckets; those without points are left out. Exact: every bucket keeps its extremes. */
  async read(tx: Tx, attemptId: string, range: SeriesRange): Promise<SeriesRead[]> {
    const from = range.fromStep ?? 0;
    const to = range.toStep ?? 2 ** 31 - 1;
    const [living, units] = await Promise.all([livingUntil(tx, attemptId), this.units(tx, attemptId)]);
    const found = await rows<ChunkRow>(
      tx,
      /* sql */ `
      SELECT series, slot, claim, count, from_step, to_step, min, min_step, max, max_step FROM metric_chunk
      WHERE attempt_id = $1 AND series = ANY ($2) AND slot BETWEEN $3 AND $4 AND to_step >= $5 AND from_step <= $6`,
      [attemptId, range.series, Math.floor(from / CHUNK_STEPS), Math.floor(to / CHUNK_STEPS), from, to],
    );
    const bySeries = Map.groupBy(
      found.filter((chunk) => chunk.from_step <= living(chunk.claim)),
      (chunk) => chunk.series,
    );
    const plans = range.series.flatMap((series) => {
      const chunks = bySeries.get(series);
      return chunks ? [planOf(series, chunks, range.width, (chunk) => chunk.from_step < from || chunk.to_step > Math.min(to, living(chunk.claim)))] : [];
    });
    const data = await this.decode(
      tx,
      attemptId,
      plans.flatMap((plan) => plan.decoded),
    );
    return plans.map((plan) => ({ ...thinned(plan, data, from, (claim) => Math.min(to, living(claim))), unit: units.get(plan.series) ?? null }));
  }

  /** Every point one claim reported after the given step of each series (from its first where none is given) up to `until`, in step order. */
  async since(tx: Tx, attemptId: string, claim: number, after: ReadonlyMap<string, number>, until = Infinity): Promise<SeriesRead[]> {
    const found = await rows<{ series: string; unit: string | null; data: Buffer }>(
      tx,
      /* sql */ `
      SELECT m.series, s.unit, m.data FROM attempt a JOIN metric_series s ON s.run_id = a.run_id
      LEFT JOIN unnest($3::text[], $4::int[]) AS k (series, after) ON k.series = s.name
      JOIN metric_chunk m ON m.attempt_id = a.id AND m.series = s.name AND m.slot >= COALESCE(k.after, 0) / ${CHUNK_STEPS} AND m.to_step > COALESCE(k.after, -1)
      WHERE a.id = $1 AND m.claim = $2 ORDER BY s.name`,
      [attemptId, claim, [...after.keys()], [...after.values()]],
    );
    const series = new Map<string, { unit: string | null; steps: number[]; values: number[] }>();
    for (const { series: name, unit, data } of found) {
      const last = after.get(name) ?? -1;
      const into = series.get(name) ?? { unit, steps: [], values: [] };
      series.set(name, into);
      decodePoints(data, (step, value) => {
        if (step <= last || step > until) return;
        into.steps.push(step);
        into.values.push(value);
      });
    }
    return [...series].flatMap(([name, { unit, steps, values }]) =>
      steps.length > 0 ? [{ series: name, unit, pointCount: steps.length, ...thinSeries(steps, values, 0) }] : [],
    );
  }

  /** The run's series by name, and what each counts in. */
  async units(tx: Tx, attemptId: string): Promise<Map<string, string | null>> {
    const found = await rows<{ name: string; unit: string | null }>(
      tx,
      'SELECT s.name, s.unit FROM attempt a JOIN metric_series s ON s.run_id = a.run_id WHERE a.id = $1 ORDER BY s.name',
      [attemptId],
    );
    return new Map(found.map(({ name, unit }) => [name, unit]));
  }

  /** The last step of each series that this claim reported. */
  async lastSteps(tx: Tx, attemptId: string, claim: number): Promise<Map<string, number>> {
    const found = await rows<{ series: string; last: number }>(
      tx,
      /* sql */ `
      SELECT s.name AS series, m.to_step AS last FROM attempt a JOIN metric_series s ON s.run_id = a.run_id
      CROSS JOIN LATERAL (SELECT to_step FROM metric_chunk WHERE attempt_id = a.id AND series = s.name AND claim = $2 ORDER BY slot DESC LIMIT 1) m
      WHERE a.id = $1`,
      [attemptId, claim],
    );
    return new Map(found.map(({ series, last }) => [series, last]));
  }

  private async decode(tx: Tx, attemptId: string, chunks: readonly ChunkRow[]): Promise<Map<string, Buffer>> {
    if (chunks.length === 0) return new Map();
    const found = await rows<{ series: string; slot: number; claim: number; data: Buffer }>(
      tx,
      /* sql */ `
      SELECT m.series, m.slot, m.claim, m.data
      FROM metric_chunk m JOIN unnest($2::text[], $3::int[], $4::int[]) AS k (series, slot, claim) USING (series, slot, claim)
      WHERE m.attempt_id = $1`,
      [attemptId, chunks.map((chunk) => chunk.series), chunks.map((chunk) => chunk.slot), chunks.map((chunk) => chunk.claim)],
    );
    return new Map(found.map((chunk) => [keyOf(chunk), chunk.data]));
  }
}

/**
 * Notes the series that a report brings in and what they count in. A run has SERIES_LIMITS.series of them at most, and each has one
 * unit, which may come late but never changes.
 */
async function nameSeries(tx: Tx, { runId, series }: Reporting, batches: readonly MetricBatch[]): Promise<void> {
  const known = new Map(Object.entries(series ?? {}));
  const asked = batches.map(({ series: name, unit }) => ({ name, unit: unit ?? null }));
  const fresh = asked.filter(({ name, unit }) => !known.has(name) || (unit !== null && known.get(name) !== unit));
  if (fresh.length === 0) return;
  for (const { name, unit } of fresh) {
    const noted = await row<{ unit: string | null; count: number }>(
      tx,
      /* sql */ `
      INSERT INTO metric_series AS s (run_id, name, unit) VALUES ($1, $2, COALESCE($3, $4))
      ON CONFLICT (run_id, name) DO UPDATE SET unit = COALESCE(s.unit, $3)
      RETURNING unit, (SELECT count(*)::int FROM metric_series WHERE run_id = $1 AND name <> $2) AS count`,
      [runId, name, unit, builtInUnit(name)],
    );
    const at = `metrics.${asked.findIndex((one) => one.name === name && one.unit === unit)}`;
    if (noted && noted.count >= SERIES_LIMITS.series)
      throw new DomainError('BAD_INPUT', { field: `${at}.series`, reason: `a run has at most ${SERIES_LIMITS.series} series`, max: SERIES_LIMITS.series });
    if (unit !== null && noted?.unit !== unit)
      throw new DomainError('BAD_INPUT', {
        field: `${at}.unit`,
        reason: `the series ${name} counts in ${noted?.unit ?? 'nothing'}`,
        unit: noted?.unit ?? null,
      });
  }
}

/** The last step that counts of what each claim reported: the smallest one a later claim resumed after. */
async function livingUntil(tx: Tx, attemptId: string): Promise<(claim: number) => number> {
  const claims = await rows<{ claim: number; resumed: string }>(
    tx,
    'SELECT claim, resumed_from_step AS resumed FROM attempt_claim WHERE attempt_id = $1 AND resumed_from_step IS NOT NULL',
    [attemptId],
  );
  return (claim) => Math.min(Infinity, ...claims.filter((later) => later.claim > claim).map((later) => Number(later.resumed)));
}

interface Plan {
  series: string;
  stride: number;
  /** Chunks that lie within the range: their extremes stand for them. */
  whole: ChunkRow[];
  /** Chunks whose points are needed. */
  decoded: ChunkRow[];
}

function planOf(series: string, chunks: readonly ChunkRow[], width: number, isCut: (chunk: ChunkRow) => boolean): Plan {
  let count = 0;
  let first = Infinity;
  let last = 0;
  for (const chunk of chunks) {
    count += chunk.count;
    first = Math.min(first, chunk.from_step);
    last = Math.max(last, chunk.to_step);
  }
  // As many points as the thinned curve may have: send them as they are.
  const stride = count <= 2 * width ? 0 : bucketStride(first, last, width);
  if (stride === 0 || stride % CHUNK_STEPS !== 0) return { series, stride, whole: [], decoded: [...chunks] };
  return { series, stride, whole: chunks.filter((chunk) => !isCut(chunk)), decoded: chunks.filter(isCut) };
}

function thinned(plan: Plan, data: ReadonlyMap<string, Buffer>, from: number, untilOf: (claim: number) => number): Omit<SeriesRead, 'unit'> {
  const steps: number[] = [];
  const values: number[] = [];
  let pointCount = 0;
  for (const chunk of plan.whole) {
    pointCount += chunk.count;
    steps.push(chunk.min_step ?? chunk.from_step, chunk.max_step ?? chunk.from_step);
    values.push(chunk.min ?? NaN, chunk.max ?? NaN);
  }
  for (const chunk of plan.decoded) {
    const buffer = data.get(keyOf(chunk));
    if (!buffer) continue;
    const until = untilOf(chunk.claim);
    decodePoints(buffer, (step, value) => {
      if (step < from || step > until) return;
      pointCount += 1;
      steps.push(step);
      values.push(value);
    });
  }
  return { series: plan.series, pointCount, ...thinSeries(steps, values, plan.stride) };
}

function keyOf(chunk: { series: string; slot: number; claim: number }): string {
  return `${chunk.series} ${chunk.slot} ${chunk.claim}`;
}

function chunksOf(batches: readonly MetricBatch[]): Chunk[] {
  const chunks = new Map<string, Chunk>();
  for (const { series, steps, values } of batches) {
    let current: Chunk | null = null;
    for (let i = 0; i < steps.length; i++) {
      const step = steps[i] as number;
      const slot = Math.floor(step / CHUNK_STEPS);
      if (current === null || current.slot !== slot) {
        const key: string = `${series} ${slot}`;
        current = chunks.get(key) ?? { series, slot, points: { steps: [], values: [] } };
        chunks.set(key, current);
      }
      current.points.steps.push(step);
      // NaN and the infinities travel as their names.
      current.points.values.push(Number(values[i]));
    }
  }
  return [...chunks.values()];
}

/** The extremes among finite values, each at its first step; null where there are none. */
function extremesOf(steps: readonly number[], values: readonly number[]): { min: number; minStep: number; max: number; maxStep: number } | null {
  let found: { min: number; minStep: number; max: number; maxStep: number } | null = null;
  for (let i = 0; i < steps.length; i++) {
    const [step, value] = [steps[i] as number, values[i] as number];
    if (!Number.isFinite(value)) continue;
    found ??= { min: value, minStep: step, max: value, maxStep: step };
    if (value < found.min) [found.min, found.minStep] = [value, step];
    if (value > found.max) [found.max, found.maxStep] = [value, step];
  }
  return found;
}

function encodePoints(steps: readonly number[], values: readonly number[]): Buffer {
  const buffer = Buffer.allocUnsafe(steps.length * POINT_BYTES);
  for (let i = 0; i < steps.length; i++) {
    buffer.writeInt32LE(steps[i] as number, i * POINT_BYTES);
    buffer.writeDoubleLE(values[i] as number, i * POINT_BYTES + 4);
  }
  return buffer;
}

export function decodePoints(buffer: Buffer, visit: (step: number, value: number) => void): void {
  for (let at = 0; at + POINT_BYTES <= buffer.length; at += POINT_BYTES) visit(buffer.readInt32LE(at), buffer.readDoubleLE(at + 4));
}

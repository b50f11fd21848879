import { Injectable } from '@nestjs/common';
import { COMPARED_RUNS_MAX, type Actor, type ProjectScope, type RunResult } from '@trainyard/domain';
import { ticketsByIds } from '../ticket/ticket.rows.ts';
import type { TicketType } from '../ticket/ticket.types.ts';
import type { RequestContext } from '../platform/actor.ts';
import { demandProject, PROJECT_SCOPE, READABLE_PROJECT, readableBy } from '../platform/authorize.ts';
import { isId } from '../platform/input.ts';
import { Database, row, rows, type Tx } from '../platform/sql/database.ts';
import { DomainError } from '../platform/domain-error.ts';
import { grouped, inOrderOf, loader } from '../platform/sql/loader.ts';
import { decodeCursor, page, pageSize } from '../platform/lists/page.types.ts';
import { pageOf, type PageRequest } from '../platform/lists/reading.ts';
import type { ArtifactType, AttemptType, LogLineType, RunResultType, RunSeriesType } from './attempt.types.ts';
import { CHECKPOINT_STEP } from './newest-checkpoint.ts';
import { RUN_COLUMNS } from './run-columns.ts';
import { RUN_LIST } from './run.list.ts';
import type { RunConnectionType, RunType } from './run-detail.types.ts';

/** Of the first claim of `attempt a`: 1, or less where it inherited those of another. Only later claims can go on from something. */
export const FIRST_CLAIM = /* sql */ `(SELECT min(f.claim) FROM attempt_claim f WHERE f.attempt_id = a.id)`;

const ATTEMPT_COLUMNS = /* sql */ `
  a.id, a.run_id AS "runId", a.number, a.claim, a.state, n.name AS "runnerName", a.engine, a.device, a.is_gpu AS "isGpu", a.versions, a.parameter_count::int AS "parameterCount",
  COALESCE((SELECT array_agg(c.resumed_from_step::int ORDER BY c.claim) FROM attempt_claim c WHERE c.attempt_id = a.id AND c.claim > 0 AND c.claim > ${FIRST_CLAIM} AND c.resumed_from_step IS NOT NULL), '{}') AS "resumedFromSteps",
  ${CHECKPOINT_STEP} AS "checkpointStep",
  a.failure_code AS "failureCode", a.failure_message AS "failureMessage", a.failure_params AS "failureParams", a.started_at AS "startedAt", a.ended_at AS "endedAt"`;

/** A page of the runs on a dataset: those queued before a run, or the newest. */
interface DatasetPageKey {
  datasetId: string;
  size: number;
  before: (string | number)[] | null;
}

const MAX_LOG_LINES = 2_000;
/** A line may have 20,000: the last lines together have no more than a reader could look through. */
const MAX_LOG_LETTERS = 1_000_000;
/** Of one ticket. */
const MAX_RUNS = 200;

/** Runs and what belongs to them, as people look at them. */
@Injectable()
export class RunReader {
  private readonly attemptsByRun = loader<string, AttemptType[]>(async (runIds) => {
    const found = await rows<AttemptType & { runId: string }>(
      this.database.direct,
      `SELECT ${ATTEMPT_COLUMNS} FROM attempt a LEFT JOIN runner n ON n.id = a.runner_id WHERE a.run_id = ANY ($1) ORDER BY a.number`,
      [runIds],
    );
    return grouped(runIds, found, (attempt) => attempt.runId);
  });
  private readonly artifactsByAttempt = loader<string, ArtifactType[]>(async (attemptIds) => {
    const found = await rows<ArtifactType & { attemptId: string }>(
      this.database.direct,
      `SELECT id, attempt_id AS "attemptId", name, size::float8 AS "sizeBytes", digest, created_at AS "createdAt" FROM artifact WHERE attempt_id = ANY ($1) ORDER BY name`,
      [attemptIds],
    );
    return grouped(attemptIds, found, (artifact) => artifact.attemptId);
  });
  private readonly seriesByRun = loader<string, RunSeriesType[]>(async (runIds) => {
    const found = await rows<RunSeriesType & { runId: string }>(
      this.database.direct,
      'SELECT run_id AS "runId", name, unit FROM metric_series WHERE run_id = ANY ($1) ORDER BY name',
      [runIds],
    );
    return grouped(runIds, found, (series) => series.runId);
  });
  private readonly runsByTicket = loader<string, RunType[]>(async (ticketIds) => {
    const found = await rows<RunType>(
      this.database.direct,
      /* sql */ `
      SELECT ${RUN_COLUMNS} FROM (SELECT id, row_number() OVER (PARTITION BY ticket_id ORDER BY number DESC) AS place FROM run WHERE ticket_id = ANY ($1)) newest
      JOIN run r USING (id) JOIN attempt a ON a.id = r.attempt_id WHERE newest.place <= $2 ORDER BY r.number DESC`,
      [ticketIds, MAX_RUNS],
    );
    return grouped(ticketIds, found, (run) => run.ticketId);
  });
  private readonly runsByDataset = loader<DatasetPageKey, RunConnectionType>((keys, context) => this.readDatasetPages(keys, context));
  private readonly tickets = loader<string, TicketType>(async (ids) => inOrderOf(ids, await ticketsByIds(this.database.direct, ids), (ticket) => ticket.id));

  constructor(private readonly database: Database) {}

  /** The run, or NOT_FOUND where there is none or the actor may not know of it. */
  async run(actor: Actor, id: string, tx: Tx = this.database.direct): Promise<RunType> {
    const found = await row<RunType & ProjectScope>(
      tx,
      `SELECT ${RUN_COLUMNS}, ${PROJECT_SCOPE} FROM run r JOIN attempt a ON a.id = r.attempt_id JOIN project p ON p.id = r.project_id WHERE r.id = $1`,
      [id],
    );
    return demandProject(actor, 'project.read', found);
  }

  /** The same, with null for NOT_FOUND. */
  async runOrNull(actor: Actor, id: string, tx: Tx = this.database.direct): Promise<RunType | null> {
    return this.run(actor, id, tx).catch((error: unknown) => {
      if (error instanceof DomainError && error.code === 'NOT_FOUND') return null;
      throw error;
    });
  }

  /** Those of these runs that the actor may read, in the order asked for. Nothing tells of the others whether there are any. */
  async runsById(actor: Actor, ids: readonly string[]): Promise<RunType[]> {
    const asked = [...new Set(ids)];
    if (asked.length < 1 || asked.length > COMPARED_RUNS_MAX) throw new DomainError('BAD_INPUT', { field: 'ids', min: 1, max: COMPARED_RUNS_MAX });
    if (!asked.every(isId)) throw new DomainError('BAD_INPUT', { field: 'ids', reason: 'NOT_AN_ID' });
    const found = await rows<RunType>(
      this.database.direct,
      `SELECT ${RUN_COLUMNS} FROM run r JOIN attempt a ON a.id = r.attempt_id JOIN project p ON p.id = r.project_id WHERE r.id = ANY ($3) AND ${READABLE_PROJECT(1)}`,
      [...readableBy(actor), asked],
    );
    return inOrderOf(asked, found, (run) => run.id).filter((run) => run !== null);
  }

  /** A page of the list of runs. */
  async runs(actor: Actor, asked: PageRequest): Promise<RunConnectionType> {
    return pageOf<RunType>(this.database, RUN_LIST, actor, asked, { columns: RUN_COLUMNS, sources: 'JOIN attempt a ON a.id = r.attempt_id' });
  }

  /** The newest 200, newest first. The caller was allowed to read the ticket. */
  async runsOfTicket(context: RequestContext, ticketId: string): Promise<RunType[]> {
    return (await this.runsByTicket(context).load(ticketId)) ?? [];
  }

  /** Of a dataset the actor was given, the runs they may read, newest first. */
  async runsOfDataset(context: RequestContext, datasetId: string, first: number, after: string | null): Promise<RunConnectionType> {
    const found = await this.runsByDataset(context).load({ datasetId, size: pageSize(first), before: decodeCursor(after, 2) });
    if (!found) throw new DomainError('NOT_FOUND');
    return found;
  }

  /** The ticket of a run the actor was given; null when it was deleted. */
  async ticketOf(context: RequestContext, run: RunType): Promise<TicketType | null> {
    return this.tickets(context).load(run.ticketId);
  }

  async attempts(context: RequestContext, runId: string): Promise<AttemptType[]> {
    return (await this.attemptsByRun(context).load(runId)) ?? [];
  }

  async artifacts(context: RequestContext, attemptId: string): Promise<ArtifactType[]> {
    return (await this.artifactsByAttempt(context).load(attemptId)) ?? [];
  }

  async series(context: RequestContext, runId: string): Promise<RunSeriesType[]> {
    return (await this.seriesByRun(context).load(runId)) ?? [];
  }

  /** The last lines, oldest first; fewer where they are very long. */
  async log(attemptId: string, last: number): Promise<LogLineType[]> {
    if (last < 1 || last > MAX_LOG_LINES) throw new DomainError('BAD_INPUT', { field: 'last', min: 1, max: MAX_LOG_LINES });
    const found = await rows<LogLineType>(
      this.database.direct,
      /* sql */ `
      SELECT claim, line, at, stream, text, params FROM (
        SELECT newest.*, sum(length(text)) OVER (ORDER BY claim DESC, line DESC) AS letters
        FROM (SELECT claim, line, at, stream, text, params FROM log_line WHERE attempt_id = $1 ORDER BY claim DESC, line DESC LIMIT $2) newest
      ) counted WHERE letters <= $3 ORDER BY claim DESC, line DESC`,
      [attemptId, last, MAX_LOG_LETTERS],
    );
    return found.reverse();
  }

  /** The artifact of a run the actor may read, with what its download needs. */
  async artifact(actor: Actor, id: string): Promise<{ name: string; digest: string; size: number }> {
    const found = await row<ProjectScope & { name: string; digest: string; size: number }>(
      this.database.direct,
      /* sql */ `
      SELECT f.name, f.digest, f.size::float8 AS size, ${PROJECT_SCOPE}
      FROM artifact f JOIN attempt a ON a.id = f.attempt_id JOIN run r ON r.id = a.run_id JOIN project p ON p.id = r.project_id WHERE f.id = $1`,
      [id],
    );
    return demandProject(actor, 'project.read', found);
  }

  /** Pages and counts of any number of datasets are one statement; what the actor may not read is in neither. */
  private async readDatasetPages(keys: readonly DatasetPageKey[], { actor }: RequestContext): Promise<(RunConnectionType | null)[]> {
    if (!actor) return keys.map(() => null);
    const readable = `r.dataset_id = w.dataset_id AND ${READABLE_PROJECT(5)}`;
    const found = await rows<RunType & { id: string | null; place: number; total: number; position: string }>(
      this.database.direct,
      /* sql */ `
      SELECT w.place::int, counted.total, newest.*
      FROM unnest($1::uuid[], $2::int[], $3::timestamptz[], $4::uuid[]) WITH ORDINALITY AS w (dataset_id, size, before_at, before_id, place)
      CROSS JOIN LATERAL (SELECT count(*)::int AS total FROM run r JOIN project p ON p.id = r.project_id WHERE ${readable}) counted
      LEFT JOIN LATERAL (
        SELECT ${RUN_COLUMNS}, r.queued_at::text AS position
        FROM run r JOIN project p ON p.id = r.project_id JOIN attempt a ON a.id = r.attempt_id
        WHERE ${readable} AND (w.before_at IS NULL OR (r.queued_at, r.id) < (w.before_at, w.before_id))
        ORDER BY r.queued_at DESC, r.id DESC LIMIT w.size + 1
      ) newest ON true
      ORDER BY w.place, newest."queuedAt" DESC, newest.id DESC`,
      [
        keys.map((key) => key.datasetId),
        keys.map((key) => key.size),
        keys.map((key) => key.before?.[0] ?? null),
        keys.map((key) => key.before?.[1] ?? null),
        ...readableBy(actor),
      ],
    );
    const byPlace = Map.groupBy(found, (run) => run.place);
    return keys.map(({ size }, i) => {
      const runs = byPlace.get(i + 1) ?? [];
      return {
        ...page(
          runs.filter((run) => run.id !== null),
          size,
          (run) => [run.position, run.id],
        ),
        totalCount: runs[0]?.total ?? 0,
        totalCountIsCapped: false,
      };
    });
  }
}

export function resultOf(result: RunResult): RunResultType {
  const { sampleCounts, ...rest } = result;
  return { ...rest, trainCount: sampleCounts.train, validationCount: sampleCounts.validation, testCount: sampleCounts.test };
}

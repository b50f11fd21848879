import { Injectable } from '@nestjs/common';
import type { Actor, ProjectScope, RunResult } from '@trainyard/domain';
import type { EntityManager } from 'typeorm';
import type { RequestContext } from '../platform/actor.ts';
import { demandProject } from '../platform/authorize.ts';
import { Database, row, rows } from '../platform/database.ts';
import { DomainError } from '../platform/domain-error.ts';
import { loader } from '../platform/loader.ts';
import type { ArtifactType, AttemptType, LogLineType, RunResultType } from './attempt.types.ts';
import type { RunType } from './run-detail.types.ts';

const RUN_COLUMNS = /* sql */ `
  r.id, r.number, r.ticket_id AS "ticketId", r.project_id AS "projectId", r.template, r.engine, r.spec -> 'parameters' AS parameters,
  r.dataset_digest AS "datasetDigest", r.state, a.failure_code AS "failureCode", a.failure_message AS "failureMessage",
  a.cancel_requested AS "cancelRequested", r.queued_at AS "queuedAt", r.started_at AS "startedAt", r.ended_at AS "endedAt", r.version,
  r.dataset_id AS "datasetId", r.created_by AS "createdById", r.attempt_id AS "attemptId", a.result AS "resultData"`;

const ATTEMPT_COLUMNS = /* sql */ `
  a.id, a.run_id AS "runId", a.number, a.epoch, a.state, n.name AS "runnerName", a.engine, a.device, a.is_gpu AS "isGpu", a.versions, a.parameter_count::int AS "parameterCount",
  COALESCE((SELECT array_agg(c.resumed_from_step::int ORDER BY c.epoch) FROM attempt_claim c WHERE c.attempt_id = a.id AND c.epoch > 1 AND c.resumed_from_step IS NOT NULL), '{}') AS "resumedFromSteps",
  (SELECT c.step::int FROM checkpoint c WHERE c.attempt_id = a.id ORDER BY c.epoch DESC, c.step DESC LIMIT 1) AS "checkpointStep",
  a.failure_code AS "failureCode", a.failure_message AS "failureMessage", a.started_at AS "startedAt", a.ended_at AS "endedAt"`;

const MAX_LOG_LINES = 2_000;
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
    const byRun = Map.groupBy(found, (attempt) => attempt.runId);
    return runIds.map((id) => byRun.get(id) ?? []);
  });
  private readonly artifactsByAttempt = loader<string, ArtifactType[]>(async (attemptIds) => {
    const found = await rows<ArtifactType & { attemptId: string }>(
      this.database.direct,
      `SELECT id, attempt_id AS "attemptId", name, size::float8 AS "sizeBytes", digest, created_at AS "createdAt" FROM artifact WHERE attempt_id = ANY ($1) ORDER BY name`,
      [attemptIds],
    );
    const byAttempt = Map.groupBy(found, (artifact) => artifact.attemptId);
    return attemptIds.map((id) => byAttempt.get(id) ?? []);
  });
  private readonly runsByTicket = loader<string, RunType[]>(async (ticketIds) => {
    const found = await rows<RunType>(
      this.database.direct,
      /* sql */ `
      SELECT ${RUN_COLUMNS} FROM (SELECT id, row_number() OVER (PARTITION BY ticket_id ORDER BY number DESC) AS place FROM run WHERE ticket_id = ANY ($1)) newest
      JOIN run r USING (id) JOIN attempt a ON a.id = r.attempt_id WHERE newest.place <= $2 ORDER BY r.number DESC`,
      [ticketIds, MAX_RUNS],
    );
    const byTicket = Map.groupBy(found, (run) => run.ticketId);
    return ticketIds.map((id) => byTicket.get(id) ?? []);
  });

  constructor(private readonly database: Database) {}

  /** The run, or NOT_FOUND where there is none or the actor may not know of it. */
  async run(actor: Actor, id: string, tx: EntityManager = this.database.direct): Promise<RunType> {
    const found = await row<RunType & ProjectScope>(
      tx,
      `SELECT ${RUN_COLUMNS}, p.visibility, p.team_id AS "teamId" FROM run r JOIN attempt a ON a.id = r.attempt_id JOIN project p ON p.id = r.project_id WHERE r.id = $1`,
      [id],
    );
    return demandProject(actor, 'project.read', found);
  }

  /** The same, with null for NOT_FOUND. */
  async runOrNull(actor: Actor, id: string): Promise<RunType | null> {
    return this.run(actor, id).catch((error: unknown) => {
      if (error instanceof DomainError && error.code === 'NOT_FOUND') return null;
      throw error;
    });
  }

  /** The newest 200, newest first. The caller was allowed to read the ticket. */
  async runsOfTicket(context: RequestContext, ticketId: string): Promise<RunType[]> {
    return (await this.runsByTicket(context).load(ticketId)) ?? [];
  }

  async attempts(context: RequestContext, runId: string): Promise<AttemptType[]> {
    return (await this.attemptsByRun(context).load(runId)) ?? [];
  }

  async artifacts(context: RequestContext, attemptId: string): Promise<ArtifactType[]> {
    return (await this.artifactsByAttempt(context).load(attemptId)) ?? [];
  }

  /** The last lines, oldest first. */
  async log(attemptId: string, last: number): Promise<LogLineType[]> {
    if (last < 1 || last > MAX_LOG_LINES) throw new DomainError('BAD_INPUT', { field: 'last', min: 1, max: MAX_LOG_LINES });
    const found = await rows<LogLineType>(this.database.direct, 'SELECT epoch, line, at, stream, text FROM log_line WHERE attempt_id = $1 ORDER BY epoch DESC, line DESC LIMIT $2', [attemptId, last]);
    return found.reverse();
  }

  /** The artifact of a run the actor may read, with what its download needs. */
  async artifact(actor: Actor, id: string): Promise<{ name: string; digest: string; size: number }> {
    const found = await row<ProjectScope & { name: string; digest: string; size: number }>(
      this.database.direct,
      /* sql */ `
      SELECT f.name, f.digest, f.size::float8 AS size, p.visibility, p.team_id AS "teamId"
      FROM artifact f JOIN attempt a ON a.id = f.attempt_id JOIN run r ON r.id = a.run_id JOIN project p ON p.id = r.project_id WHERE f.id = $1`,
      [id],
    );
    return demandProject(actor, 'project.read', found);
  }
}

export function resultOf(result: RunResult): RunResultType {
  const { sampleCounts, ...rest } = result;
  return { ...rest, trainCount: sampleCounts.train, validationCount: sampleCounts.validation, testCount: sampleCounts.test };
}

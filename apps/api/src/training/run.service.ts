import { Injectable } from '@nestjs/common';
import {
  decideAttempt,
  decideRetry,
  DEFAULT_LIMITS,
  epochsOf,
  needOf,
  validateSpec,
  waitReason,
  type Actor,
  type DatasetKind,
  type DatasetState,
  type DatasetSummary,
  type Owned,
  type ProjectScope,
  type RetryFacts,
  type RunParameters,
  type RunSpec,
  type RunState,
  type TemplateSpec,
} from '@trainyard/domain';
import { randomUUID } from 'node:crypto';
import { nextRunNumber } from '../project/project.rows.ts';
import { ActivityLog } from '../platform/log/activity-log.ts';
import { demandProject, PROJECT_SCOPE } from '../platform/authorize.ts';
import { Creation } from '../platform/sql/create-once.ts';
import { afterCommit, Database, row, type Tx } from '../platform/sql/database.ts';
import { decided, DomainError } from '../platform/domain-error.ts';
import { RunnerBell } from '../platform/jobs/queue.ts';
import { onlineRunners } from './online-runners.ts';
import { AttemptStates, showOnTicket } from './attempt-state.service.ts';
import { inherit } from './inherit.ts';
import { CHECKPOINT_STEP } from './newest-checkpoint.ts';
import type { RunType } from './run-detail.types.ts';
import { RunReader } from './run-reader.ts';
import type { QueueRunInput } from './run.types.ts';

interface TicketProject extends ProjectScope {
  projectId: string;
}
interface SpecDatasetRow {
  id: string;
  state: DatasetState;
  kind: DatasetKind;
  digest: string;
  projectId: string | null;
  sampleCount: number;
  inputShape: number[];
  classes: DatasetSummary['classes'];
  columns: DatasetSummary['columns'];
}
interface LockedRun extends ProjectScope, Owned {
  id: string;
  ticketId: string;
  projectId: string;
  state: RunState;
  attemptId: string;
  datasetId: string | null;
  datasetDigest: string;
  spec: RunSpec;
  ticketDeleted: boolean;
}

/** Queueing, cancelling and trying again. */
@Injectable()
export class RunService {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
    private readonly states: AttemptStates,
    private readonly reader: RunReader,
    private readonly bell: RunnerBell,
  ) {}

  /** Freezes what to train, and rings for a runner after the commit. */
  async queue(actor: Actor, input: QueueRunInput): Promise<RunType> {
    const runId = await this.database.transaction(async (tx) => {
      const creation = new Creation(tx, actor, 'RUN', input.id);
      const ticket = demandProject(
        actor,
        'run.queue',
        await row<TicketProject>(
          tx,
          /* sql */ `
          SELECT t.project_id AS "projectId", ${PROJECT_SCOPE} FROM ticket t JOIN project p ON p.id = t.project_id
          WHERE t.id = $1 AND t.deleted_at IS NULL FOR KEY SHARE OF t`,
          [input.ticketId],
        ),
      );
      const parameters: RunParameters = { ...input.parameters, targetColumn: input.parameters.targetColumn ?? null };
      const { ticketId, datasetId, template, engine } = input;
      const { id: runId, before } = await creation.find({ ticketId, datasetId, template, engine, parameters }, (id) => this.reader.runOrNull(actor, id, tx));
      if (before) return runId;
      const dataset = await this.datasetFor(tx, input.datasetId, ticket.projectId);
      const { totalSteps, rows: promised } = decided(validateSpec(input.template, parameters, { kind: dataset.kind, summary: dataset }));
      const spec: TemplateSpec = {
        kind: 'TEMPLATE',
        template: input.template,
        datasetId: dataset.id,
        datasetDigest: dataset.digest,
        engine: input.engine,
        parameters,
        rows: promised,
      };
      const attemptId = randomUUID();
      const number = await nextRunNumber(tx, ticket.projectId);
      await tx.query(
        /* sql */ `
        INSERT INTO run (id, project_id, ticket_id, number, template, engine, spec, limits, dataset_id, dataset_digest, attempt_id, created_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
        [
          runId,
          ticket.projectId,
          input.ticketId,
          number,
          spec.template,
          spec.engine,
          spec,
          DEFAULT_LIMITS,
          dataset.id,
          dataset.digest,
          attemptId,
          actor.userId,
        ],
      );
      await this.insertAttempt(tx, { attemptId, runId, number: 1, tick: 0, totalSteps, spec });
      await showOnTicket(tx, input.ticketId);
      await this.activity.append(tx, ticket.projectId, actor.userId, [
        {
          entity: 'RUN',
          entityId: runId,
          ticketId: input.ticketId,
          action: 'CREATED',
          changes: { state: { from: null, to: 'QUEUED' }, template: { from: null, to: spec.template } },
        },
      ]);
      this.states.wakeAfter(tx, { runId, projectId: ticket.projectId });
      afterCommit(tx, () => void this.bell.ringAttempt(attemptId, 1));
      return runId;
    });
    return this.reader.run(actor, runId);
  }

  /** Ends a queued run at once; a running one learns of it with its next heartbeat. Asking twice is the same as once. */
  async cancel(actor: Actor, runId: string): Promise<RunType> {
    await this.database.transaction(async (tx) => {
      const run = await this.demandRun(tx, runId, (found) => demandProject(actor, 'run.cancel', found), false);
      const attempt = await this.states.lock(tx, run.attemptId);
      if (!attempt) throw new DomainError('NOT_FOUND');
      await this.states.apply(tx, attempt, decided(decideAttempt(attempt, { type: 'REQUEST_CANCEL' }, new Date())), actor.userId);
    });
    return this.reader.run(actor, runId);
  }

  /** A new attempt of the same frozen spec, which goes on after the last one's checkpoint or begins at the first step (see decideRetry). */
  async retry(actor: Actor, runId: string, fromBeginning: boolean): Promise<RunType> {
    await this.database.transaction(async (tx) => {
      const run = await this.demandRun(tx, runId, (found) => demandProject(actor, 'run.queue', found), true);
      if (run.ticketDeleted) throw new DomainError('TICKET_DELETED');
      const before = await row<Omit<RetryFacts, 'state'> & { number: number; tick: number; totalSteps: number }>(
        tx,
        `SELECT a.number, a.tick, a.total_steps::float8 AS "totalSteps", a.failure_code AS "failureCode", ${CHECKPOINT_STEP} AS "checkpointStep" FROM attempt a WHERE a.id = $1`,
        [run.attemptId],
      );
      if (!before) throw new DomainError('NOT_FOUND');
      const { resumeStep } = decided(decideRetry({ ...before, state: run.state }, fromBeginning));
      const dataset = await row<SpecDatasetRow>(tx, `SELECT state, digest FROM dataset WHERE id = $1 FOR KEY SHARE`, [run.datasetId]);
      if (dataset?.state !== 'READY' || dataset.digest !== run.datasetDigest) throw new DomainError('DATASET_NOT_READY', { state: dataset?.state ?? null });
      const attemptId = randomUUID();
      await this.insertAttempt(tx, { attemptId, runId, number: before.number + 1, tick: before.tick + 1, totalSteps: before.totalSteps, spec: run.spec });
      if (resumeStep !== null) await inherit(tx, run.attemptId, attemptId);
      await tx.query(`UPDATE run SET attempt_id = $2, state = 'QUEUED', ended_at = NULL, version = version + 1 WHERE id = $1`, [runId, attemptId]);
      await showOnTicket(tx, run.ticketId);
      await this.activity.append(tx, run.projectId, actor.userId, [
        {
          entity: 'RUN',
          entityId: runId,
          ticketId: run.ticketId,
          action: 'UPDATED',
          changes: { state: { from: run.state, to: 'QUEUED' }, attempt: { from: before.number, to: before.number + 1 } },
        },
      ]);
      this.states.wakeAfter(tx, { runId, projectId: run.projectId });
      afterCommit(tx, () => void this.bell.ringAttempt(attemptId, 1));
    });
    return this.reader.run(actor, runId);
  }

  private async insertAttempt(
    tx: Tx,
    attempt: { attemptId: string; runId: string; number: number; tick: number; totalSteps: number; spec: RunSpec },
  ): Promise<void> {
    const waiting = waitReason(needOf(attempt.spec), { claim: 0, paused: false }, await onlineRunners(tx));
    await tx.query(
      /* sql */ `
      INSERT INTO attempt (id, run_id, number, tick, total_steps, total_epochs, waiting, rings, rung_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 1, now())`,
      [attempt.attemptId, attempt.runId, attempt.number, attempt.tick, attempt.totalSteps, epochsOf(attempt.spec), waiting],
    );
  }

  /** A READY dataset that this project may use: its own or the organisation's. */
  private async datasetFor(tx: Tx, datasetId: string, projectId: string): Promise<SpecDatasetRow> {
    const dataset = await row<SpecDatasetRow>(
      tx,
      /* sql */ `
      SELECT id, state, kind, digest, project_id AS "projectId", sample_count AS "sampleCount", input_shape AS "inputShape", classes, columns
      FROM dataset WHERE id = $1 AND (project_id IS NULL OR project_id = $2) FOR KEY SHARE`,
      [datasetId, projectId],
    );
    if (!dataset) throw new DomainError('NOT_FOUND');
    if (dataset.state !== 'READY') throw new DomainError('DATASET_NOT_READY', { state: dataset.state });
    return dataset;
  }

  private async demandRun(tx: Tx, runId: string, demand: (found: LockedRun | null) => LockedRun, lock: boolean): Promise<LockedRun> {
    return demand(
      await row<LockedRun>(
        tx,
        /* sql */ `
        SELECT r.id, r.ticket_id AS "ticketId", r.project_id AS "projectId", r.state, r.attempt_id AS "attemptId", r.created_by AS "ownerId",
          r.dataset_id AS "datasetId", r.dataset_digest AS "datasetDigest", r.spec, t.deleted_at IS NOT NULL AS "ticketDeleted", ${PROJECT_SCOPE}
        FROM run r JOIN project p ON p.id = r.project_id JOIN ticket t ON t.id = r.ticket_id WHERE r.id = $1 ${lock ? 'FOR UPDATE OF r' : ''}`,
        [runId],
      ),
    );
  }
}

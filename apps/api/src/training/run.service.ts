import { Injectable } from '@nestjs/common';
import {
  decideAttempt,
  decideRetry,
  validateSpec,
  type Actor,
  type DatasetState,
  type Owned,
  type ProjectScope,
  type RetryFacts,
  type RunParameters,
  type RunSpec,
  type RunState,
} from '@trainyard/domain';
import { randomUUID } from 'node:crypto';
import { ActivityLog } from '../platform/log/activity-log.ts';
import { demandProject, PROJECT_SCOPE } from '../platform/authorize.ts';
import { Creation } from '../platform/sql/create-once.ts';
import { afterCommit, Database, row, type Tx } from '../platform/sql/database.ts';
import { decided, DomainError } from '../platform/domain-error.ts';
import { RunnerBell } from '../platform/jobs/queue.ts';
import { AttemptStates, showOnTicket } from './attempt-state.service.ts';
import { inherit } from './inherit.ts';
import { CHECKPOINT_STEP } from './newest-checkpoint.ts';
import { Queueing } from './queueing.ts';
import type { RunType } from './run-detail.types.ts';
import { RunReader } from './run-reader.ts';
import type { QueueRunInput } from './run.types.ts';

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
    private readonly queueing: Queueing,
  ) {}

  /** Freezes what to train, and rings for a runner after the commit. */
  async queue(actor: Actor, input: QueueRunInput): Promise<RunType> {
    const runId = await this.database.transaction(async (tx) => {
      const creation = new Creation(tx, actor, 'RUN', input.id);
      const { projectId } = await this.queueing.ticketProject(tx, actor, input.ticketId);
      const parameters: RunParameters = { ...input.parameters, targetColumn: input.parameters.targetColumn ?? null };
      const { ticketId, datasetId, template, engine } = input;
      const { id: runId, before } = await creation.find({ ticketId, datasetId, template, engine, parameters }, (id) => this.reader.runOrNull(actor, id, tx));
      if (before) return runId;
      const dataset = await this.queueing.datasetFor(tx, datasetId, projectId);
      const { totalSteps, rows } = decided(validateSpec(template, parameters, { kind: dataset.kind, summary: dataset }));
      await this.queueing.put(tx, actor, { ticketId, projectId, template, engine, dataset, groupId: null }, [{ id: runId, parameters, totalSteps, rows }]);
      return runId;
    });
    return this.reader.run(actor, runId);
  }

  /** Ends a queued run at once; a running one learns of it with its next heartbeat. Asking twice is the same as once. */
  async cancel(actor: Actor, runId: string): Promise<RunType> {
    await this.database.transaction((tx) => this.cancelIn(tx, actor, runId));
    return this.reader.run(actor, runId);
  }

  /** The same as a part of `tx`. */
  async cancelIn(tx: Tx, actor: Actor, runId: string): Promise<void> {
    const run = await this.demandRun(tx, runId, (found) => demandProject(actor, 'run.cancel', found), false);
    const attempt = await this.states.lock(tx, run.attemptId);
    if (!attempt) throw new DomainError('NOT_FOUND');
    await this.states.apply(tx, attempt, decided(decideAttempt(attempt, { type: 'REQUEST_CANCEL' }, new Date())), actor.userId);
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
      const dataset = await row<{ state: DatasetState; digest: string }>(tx, `SELECT state, digest FROM dataset WHERE id = $1 FOR KEY SHARE`, [run.datasetId]);
      if (dataset?.state !== 'READY' || dataset.digest !== run.datasetDigest) throw new DomainError('DATASET_NOT_READY', { state: dataset?.state ?? null });
      const attemptId = randomUUID();
      await this.queueing.insertAttempts(tx, [
        { attemptId, runId, number: before.number + 1, tick: before.tick + 1, totalSteps: before.totalSteps, spec: run.spec },
      ]);
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

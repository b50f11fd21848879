import { Injectable } from '@nestjs/common';
import {
  DEFAULT_LIMITS,
  epochsOf,
  needOf,
  validateSpec,
  waitReason,
  type Actor,
  type DatasetKind,
  type DatasetState,
  type DatasetSummary,
  type EngineRequest,
  type ProjectScope,
  type RunParameters,
  type RunSpec,
  type SampleCounts,
  type Template,
  type TemplateSpec,
} from '@trainyard/domain';
import { randomUUID } from 'node:crypto';
import { demandProject, PROJECT_SCOPE } from '../platform/authorize.ts';
import { decided, DomainError } from '../platform/domain-error.ts';
import { RunnerBell } from '../platform/jobs/queue.ts';
import { ActivityLog } from '../platform/log/activity-log.ts';
import { afterCommit, row, type Tx } from '../platform/sql/database.ts';
import { nextRunNumber } from '../project/project.rows.ts';
import { AttemptStates, showOnTicket } from './attempt-state.service.ts';
import { onlineRunners } from './online-runners.ts';

export interface TicketProject extends ProjectScope {
  projectId: string;
}

/** A dataset as far as it decides what can be trained on it. */
export interface SpecDataset {
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

/** What runs of one act have in common. */
export interface Queued {
  ticketId: string;
  projectId: string;
  template: Template;
  engine: EngineRequest;
  dataset: SpecDataset;
  groupId: string | null;
}

/** One of them; its parameters have been validated. */
export interface QueuedRun extends Pick<SampleCounts, 'totalSteps' | 'rows'> {
  id: string;
  parameters: RunParameters;
}

/** Puts runs into the queue, one or many by one act. */
@Injectable()
export class Queueing {
  constructor(
    private readonly activity: ActivityLog,
    private readonly states: AttemptStates,
    private readonly bell: RunnerBell,
  ) {}

  /** The project of a ticket from which the actor may queue. */
  async ticketProject(tx: Tx, actor: Actor, ticketId: string): Promise<TicketProject> {
    return demandProject(
      actor,
      'run.queue',
      await row<TicketProject>(
        tx,
        /* sql */ `
        SELECT t.project_id AS "projectId", ${PROJECT_SCOPE} FROM ticket t JOIN project p ON p.id = t.project_id
        WHERE t.id = $1 AND t.deleted_at IS NULL FOR KEY SHARE OF t`,
        [ticketId],
      ),
    );
  }

  /** A READY dataset that this project may use: its own or the organisation's. */
  async datasetFor(tx: Tx, datasetId: string, projectId: string): Promise<SpecDataset> {
    const dataset = await row<SpecDataset>(
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

  /** Freezes what each run trains, and rings for runners after the commit. Call it last: it appends the activity. */
  async put(tx: Tx, actor: Actor, queued: Queued, runs: readonly QueuedRun[]): Promise<void> {
    const { ticketId, projectId, template, engine, dataset, groupId } = queued;
    const first = await nextRunNumber(tx, projectId, runs.length);
    const specs = runs.map(({ parameters, rows }): TemplateSpec => ({
      kind: 'TEMPLATE',
      template,
      datasetId: dataset.id,
      datasetDigest: dataset.digest,
      engine,
      parameters,
      rows,
    }));
    const attempts = runs.map(({ id, totalSteps }, i) => ({ attemptId: randomUUID(), runId: id, number: 1, tick: 0, totalSteps, spec: specs[i]! }));
    // A moment apart, so that they stand in line, and in lists, in their own order.
    await tx.query(
      /* sql */ `
      INSERT INTO run (id, project_id, ticket_id, number, template, engine, spec, limits, dataset_id, dataset_digest, attempt_id, created_by, group_id, queued_at)
      SELECT one.id, $1, $2, $3::int + one.place - 1, $4, $5, one.spec, $6, $7, $8, one.attempt_id, $9, $10, now() + (one.place - 1) * interval '1 microsecond'
      FROM unnest($11::uuid[], $12::uuid[], $13::jsonb[]) WITH ORDINALITY AS one (id, attempt_id, spec, place)`,
      [
        projectId,
        ticketId,
        first,
        template,
        engine,
        DEFAULT_LIMITS,
        dataset.id,
        dataset.digest,
        actor.userId,
        groupId,
        attempts.map(({ runId }) => runId),
        attempts.map(({ attemptId }) => attemptId),
        specs.map((spec) => JSON.stringify(spec)),
      ],
    );
    await this.insertAttempts(tx, attempts);
    await showOnTicket(tx, ticketId);
    await this.activity.append(
      tx,
      projectId,
      actor.userId,
      runs.map(({ id }) => ({
        entity: 'RUN',
        entityId: id,
        ticketId,
        action: 'CREATED',
        changes: { state: { from: null, to: 'QUEUED' }, template: { from: null, to: template } },
      })),
    );
    for (const { id: runId } of runs) this.states.wakeAfter(tx, { runId, projectId });
    afterCommit(tx, () => {
      for (const { attemptId } of attempts) void this.bell.ringAttempt(attemptId, 1);
    });
  }

  /** Queues once more what the newest run of a ticket trained, as a run of its own. Call it last: it appends the activity. */
  async repeatIn(tx: Tx, actor: Actor, ticketId: string): Promise<string> {
    const { projectId } = await this.ticketProject(tx, actor, ticketId);
    const last = await row<{ spec: RunSpec }>(tx, 'SELECT r.spec FROM ticket t JOIN run r ON r.id = t.latest_run_id WHERE t.id = $1', [ticketId]);
    if (last?.spec.kind !== 'TEMPLATE') throw new DomainError('RUN_NOT_REPEATABLE');
    const { template, engine, parameters, datasetId } = last.spec;
    const dataset = await this.datasetFor(tx, datasetId, projectId);
    const { totalSteps, rows } = decided(validateSpec(template, parameters, { kind: dataset.kind, summary: dataset }));
    const id = randomUUID();
    await this.put(tx, actor, { ticketId, projectId, template, engine, dataset, groupId: null }, [{ id, parameters, totalSteps, rows }]);
    return id;
  }

  async insertAttempts(
    tx: Tx,
    attempts: readonly { attemptId: string; runId: string; number: number; tick: number; totalSteps: number; spec: RunSpec }[],
  ): Promise<void> {
    const online = await onlineRunners(tx);
    await tx.query(
      /* sql */ `
      INSERT INTO attempt (id, run_id, number, tick, total_steps, total_epochs, waiting, rings, rung_at, queued_at)
      SELECT one.id, one.run_id, one.number, one.tick, one.steps, one.epochs, one.waiting, 1, now(), now() + (one.place - 1) * interval '1 microsecond'
      FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[], $5::bigint[], $6::int[], $7::text[]) WITH ORDINALITY
        AS one (id, run_id, number, tick, steps, epochs, waiting, place)`,
      [
        attempts.map(({ attemptId }) => attemptId),
        attempts.map(({ runId }) => runId),
        attempts.map(({ number }) => number),
        attempts.map(({ tick }) => tick),
        attempts.map(({ totalSteps }) => totalSteps),
        attempts.map(({ spec }) => epochsOf(spec)),
        attempts.map(({ spec }) => waitReason(needOf(spec), { claim: 0, paused: false }, online)),
      ],
    );
  }
}

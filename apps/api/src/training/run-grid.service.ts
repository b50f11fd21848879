import { Injectable } from '@nestjs/common';
import { decideAttempt, isEnded, validateGrid, type Actor, type Owned, type ProjectScope, type RunParameters } from '@trainyard/domain';
import { randomUUID } from 'node:crypto';
import { demandProject, PROJECT_SCOPE } from '../platform/authorize.ts';
import type { RequestContext } from '../platform/actor.ts';
import { decided, DomainError } from '../platform/domain-error.ts';
import { Creation } from '../platform/sql/create-once.ts';
import { Database, row, rows, type Tx } from '../platform/sql/database.ts';
import { grouped, inOrderOf, loader } from '../platform/sql/loader.ts';
import { AttemptStates } from './attempt-state.service.ts';
import { Queueing } from './queueing.ts';
import type { RunType } from './run-detail.types.ts';
import type { QueueRunsInput, RunGridType } from './run-grid.types.ts';
import { RUN_COLUMNS } from './run-columns.ts';
import { GOING } from './run-states.ts';

const GRID_COLUMNS = /* sql */ `
  g.id, g.ticket_id AS "ticketId", g.project_id AS "projectId", g.created_at AS "createdAt", g.varied, g.created_by AS "createdById",
  (SELECT count(*)::int FROM run r WHERE r.group_id = g.id) AS count,
  (SELECT count(*)::int FROM run r WHERE r.group_id = g.id AND r.state NOT IN ${GOING}) AS ended`;

/** Grids of runs: queued by one act, looked at together and cancelled as one. */
@Injectable()
export class RunGrids {
  private readonly byId = loader<string, RunGridType>(async (ids) =>
    inOrderOf(ids, await rows<RunGridType>(this.database.direct, `SELECT ${GRID_COLUMNS} FROM run_group g WHERE g.id = ANY ($1)`, [ids]), (grid) => grid.id),
  );
  private readonly runsById = loader<string, (RunType & { groupId: string })[]>(async (ids) => {
    const found = await rows<RunType & { groupId: string }>(
      this.database.direct,
      `SELECT ${RUN_COLUMNS} FROM run r JOIN attempt a ON a.id = r.attempt_id WHERE r.group_id = ANY ($1) ORDER BY r.number`,
      [ids],
    );
    return grouped(ids, found, (run) => run.groupId);
  });

  constructor(
    private readonly database: Database,
    private readonly queueing: Queueing,
    private readonly states: AttemptStates,
  ) {}

  /** Freezes what every combination trains, all or none of them, and rings for runners after the commit. */
  async queue(actor: Actor, input: QueueRunsInput): Promise<RunGridType> {
    const gridId = await this.database.transaction(async (tx) => {
      const creation = new Creation(tx, actor, 'RUN_GROUP', input.id);
      const { projectId } = await this.queueing.ticketProject(tx, actor, input.ticketId);
      const parameters: RunParameters = { ...input.parameters, targetColumn: input.parameters.targetColumn ?? null };
      const { ticketId, datasetId, template, engine, varied } = input;
      const { id, before } = await creation.find({ ticketId, datasetId, template, engine, parameters, varied }, (known) => this.gridOrNull(tx, actor, known));
      if (before) return id;
      const dataset = await this.queueing.datasetFor(tx, datasetId, projectId);
      const { runs } = decided(validateGrid(template, parameters, varied, { kind: dataset.kind, summary: dataset }));
      await tx.query('INSERT INTO run_group (id, project_id, ticket_id, varied, created_by) VALUES ($1, $2, $3, $4, $5)', [
        id,
        projectId,
        ticketId,
        JSON.stringify(varied.map((one) => ({ parameter: one.parameter, values: [...new Set(one.values)] }))),
        actor.userId,
      ]);
      await this.queueing.put(
        tx,
        actor,
        { ticketId, projectId, template, engine, dataset, groupId: id },
        runs.map((run) => ({ id: randomUUID(), parameters: run.parameters, totalSteps: run.totalSteps, rows: run.rows })),
      );
      return id;
    });
    return this.grid(this.database.direct, actor, gridId);
  }

  /** Ends those that wait at once; those that run learn of it with their next heartbeat. Those that have ended stay as they are. */
  async cancel(actor: Actor, gridId: string): Promise<RunGridType> {
    await this.database.transaction(async (tx) => {
      demandProject(
        actor,
        'run.cancel',
        await row<ProjectScope & Owned>(
          tx,
          `SELECT g.created_by AS "ownerId", ${PROJECT_SCOPE} FROM run_group g JOIN project p ON p.id = g.project_id WHERE g.id = $1`,
          [gridId],
        ),
      );
      const going = await rows<{ attemptId: string }>(
        tx,
        `SELECT attempt_id AS "attemptId" FROM run WHERE group_id = $1 AND state IN ${GOING} ORDER BY number`,
        [gridId],
      );
      // All are held before the first changes: runners take an attempt first, and the ticket after it.
      const held = [];
      for (const { attemptId } of going) held.push(await this.states.lock(tx, attemptId));
      for (const attempt of held) {
        // One that ended before it was held has nothing to cancel.
        if (!attempt || isEnded(attempt.state)) continue;
        await this.states.apply(tx, attempt, decided(decideAttempt(attempt, { type: 'REQUEST_CANCEL' }, new Date())), actor.userId);
      }
    });
    return this.grid(this.database.direct, actor, gridId);
  }

  /** Of a run that the actor was given. */
  async gridOf(context: RequestContext, run: RunType): Promise<RunGridType | null> {
    return run.groupId === null ? null : this.byId(context).load(run.groupId);
  }

  async runsOf(context: RequestContext, gridId: string): Promise<RunType[]> {
    return (await this.runsById(context).load(gridId)) ?? [];
  }

  private async grid(tx: Tx, actor: Actor, id: string): Promise<RunGridType> {
    return demandProject(
      actor,
      'project.read',
      await row<RunGridType & ProjectScope>(
        tx,
        `SELECT ${GRID_COLUMNS}, ${PROJECT_SCOPE} FROM run_group g JOIN project p ON p.id = g.project_id WHERE g.id = $1`,
        [id],
      ),
    );
  }

  private async gridOrNull(tx: Tx, actor: Actor, id: string): Promise<RunGridType | null> {
    return this.grid(tx, actor, id).catch((error: unknown) => {
      if (error instanceof DomainError && error.code === 'NOT_FOUND') return null;
      throw error;
    });
  }
}

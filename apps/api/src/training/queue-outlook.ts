import { Injectable } from '@nestjs/common';
import { canTrain, layersOf, type Actor, type EngineNeed, type EngineRequest, type Template } from '@trainyard/domain';
import { demandProject, PROJECT_SCOPE, READABLE_PROJECT, readableBy } from '../platform/authorize.ts';
import { inTurn } from '../platform/lists/reading.ts';
import { Database, row, rows } from '../platform/sql/database.ts';
import { onlineRunners } from './online-runners.ts';
import type { PastRunType, QueueOutlookType } from './queue-outlook.types.ts';
import type { TicketProject } from './queueing.ts';

export interface OutlookRequest {
  ticketId: string;
  template: Template;
  datasetId: string;
  engine: EngineRequest;
  /** Whether activations are dropped: an engine must have proved that. */
  dropout: boolean;
}

/** Runs that queue for the same reasons, counted. */
interface WaitingRuns {
  template: Template;
  engine: EngineRequest;
  dropout: boolean;
  count: number;
}

const MAX_PAST = 40;
const needOf = ({ template, engine, dropout }: Omit<WaitingRuns, 'count'>): EngineNeed => ({
  engine,
  layers: layersOf(template, { dropout: dropout ? 0.1 : 0 }),
});

/** What a run would meet that is queued now: who could take it, who is before it, and how fast those like it were. */
@Injectable()
export class QueueOutlooks {
  constructor(private readonly database: Database) {}

  async outlook(actor: Actor, asked: OutlookRequest): Promise<QueueOutlookType> {
    const { direct } = this.database;
    const { projectId } = demandProject(
      actor,
      'run.queue',
      await row<TicketProject>(
        direct,
        `SELECT t.project_id AS "projectId", ${PROJECT_SCOPE} FROM ticket t JOIN project p ON p.id = t.project_id WHERE t.id = $1 AND t.deleted_at IS NULL`,
        [asked.ticketId],
      ),
    );
    const fitting = (await onlineRunners(direct)).filter((runner) => canTrain(runner.engines, needOf(asked)));
    const slots = fitting.reduce((sum, runner) => sum + runner.concurrency, 0);
    if (fitting.length === 0) return { runners: [], slots, busy: 0, waiting: 0, past: [] };
    const [waiting, past] = await inTurn(this.database, actor, (tx) =>
      Promise.all([
        rows<WaitingRuns>(
          tx,
          /* sql */ `
      SELECT r.template, r.engine, (r.spec #>> '{parameters,dropout}')::float8 > 0 AS dropout, count(*)::int AS count
      FROM attempt a JOIN run r ON r.id = a.run_id WHERE a.state = 'QUEUED' AND (a.retry_at IS NULL OR a.retry_at <= now()) GROUP BY 1, 2, 3`,
        ),
        rows<PastRunType>(
          tx,
          // One that was interrupted trained some of it twice, and says nothing of a whole one. A dataset that the ticket may not use is none:
          // runs as wide as it would tell how wide it is.
          /* sql */ `
      SELECT r.dataset_id AS "datasetId", a.engine, (r.spec #>> '{parameters,batchSize}')::int AS "batchSize",
        ARRAY(SELECT width::int FROM jsonb_array_elements_text(r.spec #> '{parameters,hiddenUnits}') width) AS "hiddenUnits",
        (a.result ->> 'samplesPerSecond')::float8 AS "samplesPerSecond",
        extract(epoch FROM a.ended_at - a.started_at)::float8 * 1000 - (a.result ->> 'trainMs')::float8 AS "otherMs"
      FROM run r JOIN attempt a ON a.id = r.attempt_id JOIN project p ON p.id = r.project_id JOIN dataset d ON d.id = r.dataset_id
      WHERE r.state = 'SUCCEEDED' AND r.template = $3 AND (r.engine = $4 OR a.engine = $4) AND a.runner_id = ANY ($5) AND a.number = 1 AND a.claim = 1
        AND d.input_shape = (SELECT input_shape FROM dataset WHERE id = $6 AND (project_id IS NULL OR project_id = $7)) AND ${READABLE_PROJECT(1)}
      ORDER BY r.dataset_id = $6 DESC, r.ended_at DESC, r.id LIMIT ${MAX_PAST}`,
          [...readableBy(actor), asked.template, asked.engine, fitting.map((runner) => runner.id), asked.datasetId, projectId],
        ),
      ]),
    );
    return {
      runners: fitting.map((runner) => runner.name),
      slots,
      busy: fitting.reduce((sum, runner) => sum + runner.busy, 0),
      waiting: waiting.filter((run) => fitting.some((runner) => canTrain(runner.engines, needOf(run)))).reduce((sum, run) => sum + run.count, 0),
      past,
    };
  }
}

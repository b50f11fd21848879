import { Injectable } from '@nestjs/common';
import type { RequestContext } from '../platform/actor.ts';
import { READABLE_PROJECT, readableBy } from '../platform/authorize.ts';
import { inTurn } from '../platform/lists/reading.ts';
import { Database, rows } from '../platform/sql/database.ts';
import { inOrderOf, loader } from '../platform/sql/loader.ts';
import { MERIT } from './merit.ts';
import { RUN_COLUMNS } from './run-columns.ts';
import type { RunType } from './run-detail.types.ts';

/** Runs that a run is measured by: each in one statement a request. */
@Injectable()
export class RunNeighbours {
  private readonly best = loader<string, RunType & { of: string }>(async (runIds, { actor }) => {
    if (!actor) return runIds.map(() => null);
    const found = await inTurn(this.database, actor, (tx) =>
      rows<RunType & { of: string }>(
        tx,
        // Of the same samples alone: what is held out for validation follows from its share and the seed; the test samples are the dataset's own.
        /* sql */ `
      SELECT mine.of, ${RUN_COLUMNS}
      FROM (SELECT o.id AS of, o.project_id, o.dataset_id, o.dataset_digest, o.template, o.spec -> 'parameters' AS parameters, oa.headline
        FROM run o JOIN attempt oa ON oa.id = o.attempt_id WHERE o.id = ANY ($3) AND oa.headline IS NOT NULL) mine
      CROSS JOIN LATERAL (
        SELECT b.id FROM run b JOIN attempt ba ON ba.id = b.attempt_id JOIN project p ON p.id = b.project_id
        WHERE b.dataset_id = mine.dataset_id AND b.dataset_digest = mine.dataset_digest AND b.template = mine.template AND b.id <> mine.of AND b.state = 'SUCCEEDED'
          AND ba.headline ->> 'name' = mine.headline ->> 'name' AND ba.headline ->> 'split' = mine.headline ->> 'split'
          AND b.spec -> 'parameters' -> 'targetColumn' IS NOT DISTINCT FROM mine.parameters -> 'targetColumn'
          AND (mine.headline ->> 'split' = 'TEST' OR b.spec -> 'parameters' -> 'validationSplit' IS NOT DISTINCT FROM mine.parameters -> 'validationSplit'
            AND (b.spec -> 'parameters' -> 'seed' IS NOT DISTINCT FROM mine.parameters -> 'seed' OR mine.parameters -> 'validationSplit' = '0'))
          AND ${READABLE_PROJECT(1)}
        ORDER BY ${MERIT("(mine.headline ->> 'name')", "(ba.headline ->> 'value')::float8")} DESC, b.queued_at, b.id LIMIT 1) best
      JOIN run r ON r.id = best.id JOIN attempt a ON a.id = r.attempt_id`,
        [...readableBy(actor), runIds],
      ),
    );
    return inOrderOf(runIds, found, (run) => run.of);
  });
  private readonly before = loader<string, RunType & { of: string }>(async (runIds) => {
    const found = await rows<RunType & { of: string }>(
      this.database.direct,
      /* sql */ `
      SELECT mine.id AS of, ${RUN_COLUMNS} FROM run mine
      CROSS JOIN LATERAL (
        SELECT b.id FROM run b WHERE b.ticket_id = mine.ticket_id AND b.number < mine.number AND b.template = mine.template ORDER BY b.number DESC LIMIT 1) before
      JOIN run r ON r.id = before.id JOIN attempt a ON a.id = r.attempt_id WHERE mine.id = ANY ($1)`,
      [runIds],
    );
    return inOrderOf(runIds, found, (run) => run.of);
  });

  constructor(private readonly database: Database) {}

  /** The best that has ended well and was measured as this one is, on the same samples; null where there is none that the caller may read. */
  bestLike(context: RequestContext, runId: string): Promise<RunType | null> {
    return this.best(context).load(runId);
  }

  /** The run before it, of the same ticket and template. */
  runBefore(context: RequestContext, runId: string): Promise<RunType | null> {
    return this.before(context).load(runId);
  }
}

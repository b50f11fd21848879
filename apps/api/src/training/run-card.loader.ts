import { Injectable } from '@nestjs/common';
import { EMPTY_SPARKLINE, sparklineValues, type Sparkline } from '@trainyard/domain';
import type { RequestContext } from '../platform/actor.ts';
import { Database, rows, type Tx } from '../platform/sql/database.ts';
import { inOrderOf, loader } from '../platform/sql/loader.ts';
import type { RunCardType } from './run.types.ts';

/** The columns of a card, over `run r` joined with its newest attempt `a`. */
export const RUN_CARD_COLUMNS = /* sql */ `
  r.id, r.ticket_id AS "ticketId", r.number, r.state, a.queued_at AS "queuedAt", a.waiting, a.retry_at AS "retryAt", a.phase, a.step::int AS step, a.total_steps::int AS "totalSteps",
  a.training_epoch AS "trainingEpoch", a.total_epochs AS "totalEpochs", a.samples_per_second AS "samplesPerSecond",
  a.elapsed_ms AS "elapsedMs", a.remaining_ms AS "remainingMs", a.headline, a.doubt, a.spark, a.tick`;

export type RunCardRow = Omit<RunCardType, 'sparkline'> & { spark: Sparkline | null };

export function runCardOf({ spark, ...card }: RunCardRow): RunCardType {
  return { ...card, sparkline: sparklineValues(spark ?? EMPTY_SPARKLINE) };
}

/** Cards by run id, in no particular order. Rights are the caller's: a card is shown where its ticket is. */
export async function runCardsByIds(tx: Tx, ids: readonly string[]): Promise<RunCardType[]> {
  if (ids.length === 0) return [];
  const found = await rows<RunCardRow>(tx, `SELECT ${RUN_CARD_COLUMNS} FROM run r JOIN attempt a ON a.id = r.attempt_id WHERE r.id = ANY ($1)`, [ids]);
  return found.map(runCardOf);
}

/** Cards by run id, one query a request. */
@Injectable()
export class RunCardLoader {
  private readonly byId = loader<string, RunCardType>(async (ids) => inOrderOf(ids, await runCardsByIds(this.database.direct, ids), (card) => card.id));

  constructor(private readonly database: Database) {}

  async load(context: RequestContext, runId: string | null): Promise<RunCardType | null> {
    return runId === null ? null : this.byId(context).load(runId);
  }
}

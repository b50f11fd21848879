import { NEWEST_FIRST } from './newest-checkpoint.ts';
import type { Tx } from '../platform/sql/database.ts';

/**
 * Lets a new attempt go on where an ended one left off: with its newest checkpoint, its curves, and what a card shows of them.
 * The claims of the old attempt stand before the new one's first, as epochs 0 and below: what each of them superseded, and
 * what the first claim of the new one supersedes, is left out on reading as within one attempt.
 */
export async function inherit(tx: Tx, from: string, to: string): Promise<void> {
  await tx.query(
    /* sql */ `
    WITH inherited AS (
      INSERT INTO checkpoint (attempt_id, claim, step, training_epoch, digest)
      SELECT $2, 0, step, training_epoch, digest FROM checkpoint WHERE attempt_id = $1 ${NEWEST_FIRST} LIMIT 1
      RETURNING step, training_epoch
    )
    UPDATE attempt a SET step = c.step, training_epoch = c.training_epoch, headline = o.headline, spark = o.spark, elapsed_ms = o.elapsed_ms
    FROM attempt o, inherited c WHERE a.id = $2 AND o.id = $1`,
    [from, to],
  );
  await tx.query(
    /* sql */ `
    INSERT INTO attempt_claim (attempt_id, claim, runner_id, claimed_at, resumed_from_step)
    SELECT $2, c.claim - a.claim, c.runner_id, c.claimed_at, c.resumed_from_step FROM attempt_claim c JOIN attempt a ON a.id = c.attempt_id WHERE a.id = $1`,
    [from, to],
  );
  await tx.query(
    /* sql */ `
    INSERT INTO metric_chunk (attempt_id, series, slot, claim, count, from_step, to_step, min, min_step, max, max_step, data)
    SELECT $2, m.series, m.slot, m.claim - a.claim, m.count, m.from_step, m.to_step, m.min, m.min_step, m.max, m.max_step, m.data
    FROM metric_chunk m JOIN attempt a ON a.id = m.attempt_id WHERE a.id = $1`,
    [from, to],
  );
}

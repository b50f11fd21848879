import type { ClientBase } from 'pg';
import { ADVISORY_LOCKS } from '../sql/advisory-locks.ts';
import { row, type Tx } from '../sql/database.ts';

/** From now until the connection ends no stored bytes are deleted; waits for a deletion that is under way. */
export async function holdSweep(client: ClientBase): Promise<void> {
  await client.query('SELECT pg_advisory_lock_shared($1)', [ADVISORY_LOCKS.blobSweep]);
}

/** Whether stored bytes may be deleted in this transaction: not while a backup reads them. */
export async function maySweep(tx: Tx): Promise<boolean> {
  const answer = await row<{ may: boolean }>(tx, 'SELECT pg_try_advisory_xact_lock($1) AS may', [ADVISORY_LOCKS.blobSweep]);
  return answer?.may === true;
}

import type { ClientBase } from 'pg';
import type { EntityManager } from 'typeorm';
import { row } from './database.ts';

/** Held by whoever deletes stored bytes, and shared by all who need that none are deleted. */
const KEY = 7262;

/** From now until the connection ends no stored bytes are deleted; waits for a deletion that is under way. */
export async function holdSweep(client: ClientBase): Promise<void> {
  await client.query('SELECT pg_advisory_lock_shared($1)', [KEY]);
}

/** Whether stored bytes may be deleted in this transaction: not while a backup reads them. */
export async function maySweep(tx: EntityManager): Promise<boolean> {
  const answer = await row<{ may: boolean }>(tx, 'SELECT pg_try_advisory_xact_lock($1) AS may', [KEY]);
  return answer?.may === true;
}

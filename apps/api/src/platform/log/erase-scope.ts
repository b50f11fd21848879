import { rows, type Tx } from '../sql/database.ts';

/** Erases up to `limit` entries of a scope, all for null; answers how many. The log is append-only but for the scope that a transaction names as the one it erases. */
export async function eraseEntries(tx: Tx, scope: string, limit: number | null): Promise<number> {
  await tx.query(`SELECT set_config('trainyard.erased_scope', $1, true)`, [scope]);
  const gone = await rows(
    tx,
    'DELETE FROM activity WHERE scope = $1 AND seq IN (SELECT seq FROM activity WHERE scope = $1 ORDER BY seq LIMIT $2) RETURNING seq',
    [scope, limit],
  );
  return gone.length;
}

/** Erases a scope with what is left of its log, and where its readers were. */
export async function eraseScope(tx: Tx, scope: string): Promise<void> {
  await tx.query('DELETE FROM log_position WHERE scope = $1', [scope]);
  await eraseEntries(tx, scope, null);
  await tx.query('DELETE FROM activity_scope WHERE id = $1', [scope]);
}

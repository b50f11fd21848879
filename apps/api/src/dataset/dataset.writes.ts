import type { Tx } from '../platform/sql/database.ts';

/** Checks of a runner whose token was revoked are nobody's, and are rung for again. */
export async function endChecksOf(tx: Tx, credentialId: string): Promise<void> {
  await tx.query(
    `UPDATE dataset SET lease_until = NULL, runner_id = NULL WHERE state = 'CHECKING' AND runner_id IN (SELECT id FROM runner WHERE credential_id = $1)`,
    [credentialId],
  );
}

import type { Tx } from '../platform/sql/database.ts';

/** What was registered by path in the folder `from` is looked for in `to` from now on: a home that moved took its folder of datasets along. */
export async function followFolder(tx: Tx, from: string, to: string): Promise<void> {
  await tx.query(`UPDATE dataset_file SET path = $2 || substr(path, length($1) + 1) WHERE starts_with(path, $1 || '/')`, [from, to]);
}

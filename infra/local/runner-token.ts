import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { withClient } from './connection.ts';
import { readKept, writeAtomically } from './kept.ts';

/**
 * The token of a runner that a start brings along: kept in the runner's folder, known to the database by its hash. One that an
 * administrator revoked stays revoked: removing the file makes a new one.
 */
export async function ensureRunnerToken(databaseUrl: string, folder: string, runner: string): Promise<string> {
  const file = join(folder, 'token.json');
  const kept = readKept<{ token: string }>(file, 'remove it; a new token is then made.');
  const token = kept?.token ?? `trainyard_runner_${randomBytes(32).toString('base64url')}`;
  if (kept === null) writeAtomically(file, JSON.stringify({ token }));
  await withClient(databaseUrl, (client) =>
    client.query(`INSERT INTO runner_credential (id, name, token_hash) VALUES (gen_random_uuid(), $1, sha256(convert_to($2, 'UTF8'))) ON CONFLICT (token_hash) DO NOTHING`, [
      `${hostname()} (npm start, ${runner})`,
      token,
    ]),
  );
  return token;
}

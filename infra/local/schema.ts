import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from './api-program.ts';
import { ROOT } from './build.ts';
import type { Home } from './home.ts';
import { keepIdentity } from './identity.ts';
import { keepInstallation, startedFrom } from './installation.ts';
import type { OpenDatabase } from './open-database.ts';

/** Which migrations the code holds: a database that has them by this code already need not be asked. */
function migrationsDigest(): string {
  const folder = join(ROOT, 'apps/api/src/migrations');
  const hash = createHash('sha256').update(readFileSync(join(ROOT, 'package-lock.json')));
  for (const name of readdirSync(folder).sort()) if (!name.endsWith('.spec.ts')) hash.update(name).update(readFileSync(join(folder, name)));
  return hash.digest('hex');
}

/** Brings the database to this code's schema, and then notes in it and in the home that they belong together. */
export async function migrate(home: Home, env: NodeJS.ProcessEnv, database: OpenDatabase): Promise<string> {
  const { url, at, installation, standing } = database;
  const digest = migrationsDigest();
  // A copy has its original's datasets in its own folder; a moved home its own.
  const moved = standing.from !== null && standing.kind !== 'same' ? [standing.from, home.path].map((place) => join(place, 'datasets')) : [];
  const said = database.migratedBy === digest && moved.length === 0 ? 'current' : await runProgram('migrate', env, moved);
  await keepInstallation(url, { id: installation, migratedBy: digest, startedFrom: startedFrom(home.path) });
  keepIdentity(home.path, installation, at);
  return said.trim().split('\n').at(-1) ?? '';
}

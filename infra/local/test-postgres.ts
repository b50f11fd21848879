import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopLeftovers } from './leftovers.ts';
import { startPostgres } from './postgres.ts';
import { identify, isAlive, type ProcessIdentity } from './process-identity.ts';
import { Supervisor } from './supervisor.ts';

const PREFIX = 'trainyard-test-pg-';

/** A PostgreSQL of its own for one run of tests; nothing on it survives. */
export interface TestPostgres {
  /** Superuser's connection URL, database `postgres`. */
  url: string;
  stop: () => Promise<void>;
}

/** Starts a fast, forgetful server in a temporary folder. Servers left behind by killed test runs are removed first. */
export async function startTestPostgres(): Promise<TestPostgres> {
  await sweep();
  const home = mkdtempSync(join(tmpdir(), PREFIX));
  writeFileSync(join(home, 'owner.json'), JSON.stringify(identify(process.pid)));
  const supervisor = new Supervisor(home);
  const prepared = await startPostgres(supervisor, { home, volatile: true });
  return {
    url: prepared.adminUrl,
    stop: async () => {
      await supervisor.stopAll([['postgres']]);
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const home = join(tmpdir(), name);
    try {
      const owner = JSON.parse(readFileSync(join(home, 'owner.json'), 'utf8')) as ProcessIdentity;
      if (isAlive(owner)) continue;
      await stopLeftovers(home);
      rmSync(home, { recursive: true, force: true });
    } catch {
      // Just being made, or another's: left alone.
    }
  }
}

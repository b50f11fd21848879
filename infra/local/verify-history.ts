import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { SOURCE_MAPS } from './api-program.ts';
import { build, isStale, PRODUCTS, ROOT } from './build.ts';
import { openUsed } from './home-database.ts';
import { homePath, postgresAddress } from './options.ts';
import { explainFault, StartError } from './start-error.ts';

const HELP = `npm run verify-history [-- --rebuild]

Makes the past of all tickets anew from the log and compares it with what reports read.
Trainyard may be running.

  --rebuild   forget what is kept instead: the worker makes it anew
  --help      this

Environment: TRAINYARD_HOME and DATABASE_URL as for npm start.
Ends with 0; 1: it could not be looked at; 2: something is kept otherwise than the log tells it, and what.`;

const args = process.argv.slice(2);
const strange = args.find((arg) => arg !== '--rebuild' && arg !== '--help');
if (args.includes('--help') || strange !== undefined) {
  process.stdout.write(`${strange === undefined ? '' : `Unknown option ${strange}.\n\n`}${HELP}\n`);
  process.exit(strange === undefined ? 0 : 1);
}
try {
  if (isStale('api')) await build('api');
  const database = await openUsed(homePath(process.env), postgresAddress('DATABASE_URL', process.env));
  try {
    const child = spawn(process.execPath, [SOURCE_MAPS, join(ROOT, PRODUCTS.api.out, 'verify-history.js'), ...args], {
      cwd: ROOT,
      env: { ...process.env, NODE_ENV: 'production', DATABASE_URL: database.url },
      stdio: 'inherit',
    });
    const [code] = (await once(child, 'close')) as [number | null];
    process.exitCode = code ?? 1;
  } finally {
    await database.close();
  }
} catch (error) {
  process.stderr.write(`${error instanceof StartError ? error.message : explainFault(error)}\n`);
  process.exitCode = 1;
}

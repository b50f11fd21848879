import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build, isStale, PRODUCTS, ROOT } from './build.ts';
import { explainFault, StartError } from './start-error.ts';

/** Where the data is. */
export interface Place {
  databaseUrl: string;
  dataDir: string;
}

/**
 * Runs the api's program of this name on the data of `place`, with our standard input, output and error; answers its exit code.
 * Ctrl-C reaches it and us: we wait for its end.
 */
export async function runOn(name: 'backup' | 'restore', { databaseUrl, dataDir }: Place, args: string[]): Promise<number> {
  if (isStale('api')) await build('api');
  const child = spawn(process.execPath, [join(ROOT, PRODUCTS.api.out, `${name}.js`), ...args], {
    stdio: 'inherit',
    // npm runs scripts in the repository's root: a file is meant from where the person is.
    cwd: process.env['npm_lifecycle_event'] === name ? (process.env['INIT_CWD'] ?? process.cwd()) : process.cwd(),
    env: { ...process.env, NODE_ENV: 'production', DATABASE_URL: databaseUrl, TRAINYARD_DATA_DIR: dataDir },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) => done(code ?? 1));
  });
}

/** Ends the process as `work` says; what a person can mend is one sentence. */
export async function endWith(help: string, work: (args: string[]) => Promise<number>): Promise<never> {
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    process.stdout.write(`${help}\n`);
    process.exit(0);
  }
  try {
    process.exit(await work(args));
  } catch (error) {
    process.stderr.write(`${error instanceof StartError ? error.message : explainFault(error)}\n`);
    process.exit(1);
  }
}

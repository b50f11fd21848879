import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build, isStale, PRODUCTS, ROOT } from './build.ts';
import { explainFault, StartError } from './start-error.ts';

/** Where the data is. */
export interface Place {
  databaseUrl: string;
  dataDir: string;
}

type Command = 'backup' | 'restore';

/** Whether the command can do what its arguments say, as far as they tell; it has said why not. Before a database is opened or made for it. */
export const accepts = async (name: Command, args: string[]): Promise<boolean> => (await runProgram(name, [...args, '--check'], {})) === 0;

/** Runs the command on the data of `place`; answers its exit code. */
export const runOn = (name: Command, { databaseUrl, dataDir }: Place, args: string[]): Promise<number> => runProgram(name, args, { DATABASE_URL: databaseUrl, TRAINYARD_DATA_DIR: dataDir });

/** Runs the api's program of this name, with our standard input, output and error. Ctrl-C reaches it and us: we wait for its end. */
async function runProgram(name: Command, args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  if (isStale('api')) await build('api');
  const child = spawn(process.execPath, [join(ROOT, PRODUCTS.api.out, `${name}.js`), ...args], {
    stdio: 'inherit',
    // npm runs scripts in the repository's root: a file is meant from where the person is.
    cwd: process.env['npm_lifecycle_event'] === name ? (process.env['INIT_CWD'] ?? process.cwd()) : process.cwd(),
    env: { ...process.env, NODE_ENV: 'production', ...env },
  });
  const stop = (signal: NodeJS.Signals): void => void child.kill(signal);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, stop);
  try {
    return await new Promise((done, fail) => {
      child.once('error', fail);
      child.once('close', (code) => done(code ?? 1));
    });
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
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

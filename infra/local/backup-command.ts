import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { build, isStale, PRODUCTS, ROOT } from './build.ts';
import { explainFault, StartError } from './start-error.ts';

/** Where the data is. */
export interface Place {
  databaseUrl: string;
  dataDir: string;
  secretsKeyFile: string;
}

type CommandName = 'backup' | 'restore';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const INTERRUPTED = 130;

/** The api's program of this name, with our standard input, output and error. Ctrl-C reaches it and us: we wait for its end. */
export class Command {
  /** Its exit code. */
  readonly ended: Promise<number>;
  /** Whether it can do what its arguments say, as far as they tell; else it ends, and has said why. Before a database is opened or made for it. */
  readonly accepted: Promise<boolean>;
  private readonly child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.child = child;
    this.ended = new Promise((done, fail) => {
      child.once('error', fail);
      child.once('close', (code, signal) => done(code ?? (SIGNALS.some((one) => one === signal) ? INTERRUPTED : 1)));
    });
    this.accepted = Promise.race([new Promise<true>((resolve) => void child.once('message', () => resolve(true))), this.ended.then(() => false)]);
    for (const signal of SIGNALS) process.on(signal, () => void child.kill(signal));
  }

  static async begin(name: CommandName, args: string[]): Promise<Command> {
    if (isStale('api')) await build('api');
    return new Command(
      spawn(process.execPath, [join(ROOT, PRODUCTS.api.out, `${name}.js`), ...args], {
        // By the channel it says that it accepts, and is told where the data is.
        stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
        // npm runs scripts in the repository's root: a file is meant from where the person is.
        cwd: process.env['npm_lifecycle_event'] === name ? (process.env['INIT_CWD'] ?? process.cwd()) : process.cwd(),
        env: { ...process.env, NODE_ENV: 'production', DATABASE_URL: undefined, TRAINYARD_DATA_DIR: undefined },
      }),
    );
  }

  /** Lets it work on the data of `place`; answers its exit code. */
  async runOn(place: Place): Promise<number> {
    // It may have been interrupted meanwhile: its end tells.
    this.child.send(place, () => undefined);
    return this.ended;
  }

  /** Without a place for it there is nothing to do, and nothing that it should say about that. */
  giveUp(): void {
    this.child.kill('SIGKILL');
  }
}

/** Ends the process as `work` says; what a person can mend is one sentence. */
export async function endWith(name: CommandName, help: string, work: (command: Command) => Promise<number>): Promise<never> {
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    process.stdout.write(`${help}\n`);
    process.exit(0);
  }
  let command: Command | null = null;
  try {
    command = await Command.begin(name, args);
    process.exit((await command.accepted) ? await work(command) : await command.ended);
  } catch (error) {
    command?.giveUp();
    process.stderr.write(`${error instanceof StartError ? error.message : explainFault(error)}\n`);
    process.exit(1);
  }
}

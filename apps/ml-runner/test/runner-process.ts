import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { TOKEN } from './peer-api.ts';
import { until } from './until.ts';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const CHILD = fileURLToPath(new URL('./test-child.ts', import.meta.url));

export interface RunnerOptions {
  apiUrl: string;
  queueUrl: string;
  dir: string;
  /** `null`: the real one. */
  childPath?: string | null;
  env?: Record<string, string>;
}

/** The runner as people start it: a process of its own, seen only from outside. */
export class RunnerProcess {
  readonly output: string[] = [];
  private readonly child: ChildProcess;
  private readonly exited: Promise<unknown>;

  constructor(options: RunnerOptions) {
    const childPath = options.childPath === undefined ? CHILD : options.childPath;
    this.child = spawn(process.execPath, [MAIN], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        // As npm start sets it: what the children load is compiled once.
        NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
        TRAINYARD_API_URL: options.apiUrl,
        TRAINYARD_RUNNER_TOKEN: TOKEN,
        TRAINYARD_QUEUE_URL: options.queueUrl,
        TRAINYARD_RUNNER_DIR: options.dir,
        TRAINYARD_RUNNER_NAME: 'test',
        TRAINYARD_LOG_LEVEL: 'debug',
        ...(childPath === null ? {} : { TRAINYARD_RUNNER_CHILD: childPath }),
        ...options.env,
      },
    });
    for (const stream of [this.child.stdout, this.child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => this.output.push(text));
    this.exited = once(this.child, 'exit');
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  async takingWork(): Promise<this> {
    await until(
      'the runner listens to its queues',
      () => {
        if (this.child.exitCode !== null) throw new Error(`The runner ended with ${this.child.exitCode}:\n${this.output.join('')}`);
        return this.output.join('').match(/Listening to the queue/g)?.length === 2;
      },
      30_000,
    );
    return this;
  }

  async port(): Promise<number> {
    return until('the port is printed', () => Number(/"port":(\d+)/.exec(this.output.join(''))?.[1]) || null, 30_000);
  }

  /** Resolves to the exit code; null when a signal ended it. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    this.child.kill(signal);
    await this.exited;
    return this.child.exitCode;
  }

  async exitCode(): Promise<number | null> {
    await this.exited;
    return this.child.exitCode;
  }
}

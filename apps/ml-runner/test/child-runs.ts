import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Engine, EngineReport } from '@trainyard/domain';
import type { ChildJob, ChildMessage } from '../src/job/child-job.ts';

const CHILD = fileURLToPath(new URL('../src/child.ts', import.meta.url));

export interface ChildRun {
  child: ChildProcess;
  messages: ChildMessage[];
  ended: Promise<{ code: number | null; signal: string | null; stderr: string }>;
  /** Resolves with the first message of a type. */
  message<T extends ChildMessage['type']>(type: T): Promise<Extract<ChildMessage, { type: T }>>;
}

/** The runner's real children, each with one job; none outlives the test file. */
export class ChildRuns {
  private readonly running = new Set<ChildProcess>();

  start(job: ChildJob, environment: Record<string, string> = {}): ChildRun {
    const { running } = this;
    const child = fork(CHILD, [], {
      // Jest's own flags are not for the child.
      execArgv: ['--disable-warning=ExperimentalWarning'],
      env: { ...process.env, NODE_OPTIONS: '', ...environment },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    running.add(child);
    const messages: ChildMessage[] = [];
    const waiting: (() => void)[] = [];
    const wake = (): void => waiting.splice(0).forEach((resume) => resume());
    let stderr = '';
    child.stderr!.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('message', (message) => {
      messages.push(message as ChildMessage);
      wake();
    });
    const written = once(child.stderr!, 'close');
    // Not 'close', which a child that was disconnected never sends.
    const ended = new Promise<Awaited<ChildRun['ended']>>((resolve) => {
      child.once('exit', (code, signal) => {
        void written.then(() => {
          running.delete(child);
          resolve({ code, signal, stderr });
          wake();
        });
      });
    });
    child.send(job);
    return {
      child,
      messages,
      ended,
      async message(type) {
        for (;;) {
          const found = messages.find((message) => message.type === type);
          if (found) return found as Extract<ChildMessage, { type: typeof type }>;
          if (!running.has(child)) throw new Error(`The child ended without ${type}: ${JSON.stringify(await ended)}`);
          await new Promise<void>((resume) => waiting.push(resume));
        }
      },
    };
  }

  async probe(engine: Engine, environment?: Record<string, string>): Promise<EngineReport & { stderr: string }> {
    const run = this.start({ kind: 'PROBE', engine }, environment);
    const { report } = await run.message('PROBED');
    const { code, stderr } = await run.ended;
    if (code !== 0) throw new Error(`The probing child ended with ${code}: ${stderr}`);
    return { ...report, stderr };
  }

  kill(): void {
    for (const child of this.running) child.kill('SIGKILL');
  }
}

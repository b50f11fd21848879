import { spawn, type ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { ChildJob, ChildMessage } from '../job/child-job.ts';
import { MemoryWatch } from './memory-watch.ts';

/** Why this runner killed a child. */
export type StopReason = 'CANCEL' | 'FENCED' | 'SHUTDOWN' | 'TIME_LIMIT' | 'MEMORY_LIMIT';

/** How a child ended, as facts; failure-of-exit.ts says what they mean. */
export interface ChildEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** Set when this runner killed it. */
  stopped: StopReason | null;
  /** The last lines it wrote to standard error, without native stack frames: several threads' worth would push out what they say. */
  stderrTail: string[];
  /** Largest resident memory seen, in MiB; null where the system does not tell. */
  peakMiB: number | null;
  /** The kernel's out-of-memory killer was at work on this machine in the child's last moments. */
  kernelKilledForMemory: boolean;
  /** The program could not be started at all. */
  spawnError: Error | null;
}

export interface ChildOptions {
  childPath: string;
  job: ChildJob;
  workDir: string;
  memoryMiB: number;
  wallSeconds: number;
  /** A GPU driver maps far more than it uses: the address-space limit is left out, the resident memory is watched all the same. */
  usesGpu: boolean;
  onMessage: (message: ChildMessage) => void;
  onLine: (stream: 'OUT' | 'ERR', text: string) => void;
}

/** Between asking and killing, in milliseconds. */
const GRACE_MS = 500;
const STDERR_TAIL = 20;
const NATIVE_FRAME = /^\s*\d+: 0x[0-9a-f]+ /;
/** A line without an end is cut here, so that it cannot fill our memory. */
const MAX_LINE = 16_384;

/** What a child may see of our environment: never a token, an address of the api or of a database. */
const ENVIRONMENT = /^(PATH|HOME|LANG|LC_.*|TZ|TMPDIR|NODE_ENV|XDG_RUNTIME_DIR)$/;
/** And what native libraries read: where they find others and how they compute. */
export const LIBRARY_SETTINGS = /^(LD_LIBRARY_PATH|(CUDA|NVIDIA|TF|OMP|VK|MESA|LIBGL|DAWN|TRAINYARD_ALLOW)_.*)$/;

/** A job in a process group of its own on this machine, inside a memory and a time limit. */
export class LocalProcess {
  readonly pid: number | undefined;
  readonly ended: Promise<ChildEnd>;
  private readonly child: ChildProcess;
  private readonly wall: NodeJS.Timeout;
  private readonly memory: MemoryWatch | null;
  private stopped: StopReason | null = null;
  private grace: NodeJS.Timeout | null = null;
  private over = false;

  constructor(options: ChildOptions) {
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => ENVIRONMENT.test(name) || LIBRARY_SETTINGS.test(name)));
    const node = [process.execPath, '--disable-warning=ExperimentalWarning', `--max-old-space-size=${options.memoryMiB}`, options.childPath];
    // --max-old-space-size covers only JavaScript objects; tensors live outside the heap, where only the system's limit holds.
    const limited = process.platform === 'linux' && !options.usesGpu;
    const kib = String(Math.ceil((options.memoryMiB * 1.25 + 512) * 1024));
    const [command, ...args] = limited ? ['/bin/sh', '-c', 'ulimit -d "$0" && exec "$@"', kib, ...node] : node;
    this.child = spawn(command ?? process.execPath, args, { cwd: options.workDir, env, detached: true, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    this.pid = this.child.pid;
    this.wall = setTimeout(() => this.stop('TIME_LIMIT'), Math.min(options.wallSeconds * 1000, 2 ** 31 - 1));
    this.memory = this.pid === undefined ? null : MemoryWatch.start(this.pid, options.memoryMiB, () => this.stop('MEMORY_LIMIT'));
    this.ended = this.watch(options);
    if (this.pid !== undefined) this.child.send(options.job, () => undefined);
  }

  /** Asks the whole group to end and kills it after 500 ms; at once where asking makes no sense. The first reason counts. */
  stop(reason: StopReason): void {
    if (this.over) return;
    this.stopped ??= reason;
    if (reason === 'CANCEL' || reason === 'SHUTDOWN') {
      this.signal('SIGTERM');
      this.grace ??= setTimeout(() => this.signal('SIGKILL'), GRACE_MS);
    } else {
      this.signal('SIGKILL');
    }
  }

  private signal(signal: NodeJS.Signals): void {
    if (this.pid === undefined) return;
    try {
      process.kill(-this.pid, signal);
    } catch {
      // The group is gone already.
    }
  }

  private async watch(options: ChildOptions): Promise<ChildEnd> {
    const stderrTail: string[] = [];
    let spawnError: Error | null = null;
    let exit: { code: number | null; signal: NodeJS.Signals | null } = { code: null, signal: null };
    this.child.on('message', (message) => options.onMessage(message as ChildMessage));
    const lines = [
      eachLine(this.child.stdout, (text) => options.onLine('OUT', text)),
      eachLine(this.child.stderr, (text) => {
        if (text.trim() !== '' && !NATIVE_FRAME.test(text)) stderrTail.push(text);
        if (stderrTail.length > STDERR_TAIL) stderrTail.shift();
        options.onLine('ERR', text);
      }),
    ];
    // The last messages may still be in the channel when the process is gone: wait for channel and pipes too.
    const disconnected = new Promise<void>((resolve) => this.child.once('disconnect', resolve));
    await new Promise<void>((resolve) => {
      // Every one is heard: an error of the channel may come more than once, and one that nobody hears ends the runner.
      this.child.on('error', (error) => {
        if (this.pid !== undefined) return;
        spawnError = error;
        resolve();
      });
      this.child.once('exit', (code, signal) => {
        exit = { code, signal };
        resolve();
      });
    });
    const kernelKilledForMemory = this.memory?.kernelKilled() ?? false;
    // Whatever the child started dies with it; that also closes the pipes they may hold.
    this.signal('SIGKILL');
    this.over = true;
    clearTimeout(this.wall);
    if (this.grace !== null) clearTimeout(this.grace);
    this.memory?.stop();
    if (spawnError === null) await Promise.all([disconnected, ...lines]);
    return { ...exit, stopped: this.stopped, stderrTail, peakMiB: this.memory?.peakMiB ?? null, kernelKilledForMemory, spawnError };
  }
}

async function eachLine(stream: Readable | null, onLine: (text: string) => void): Promise<void> {
  if (stream === null) return;
  stream.setEncoding('utf8');
  let rest = '';
  try {
    for await (const chunk of stream as AsyncIterable<string>) {
      const lines = (rest + chunk).split(/\r?\n/);
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line.slice(0, MAX_LINE));
      if (rest.length > MAX_LINE) {
        onLine(rest);
        rest = '';
      }
    }
  } catch {
    // The pipe broke with the process; what was read was passed on.
  }
  if (rest !== '') onLine(rest);
}

import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { BoundedLog } from './bounded-log.ts';
import { dropRecord, keepRecord } from './leftovers.ts';
import { complaint, readable } from './log-line.ts';
import { identify, isAlive, sameFolder, signalGroup, waitForExit, type ProcessIdentity } from './process-identity.ts';

/** A process to keep running. */
export interface ServiceSpec {
  name: string;
  command: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
  uid?: number;
  gid?: number;
  /** What asks it to stop in order; after `stopMs` its whole group is killed. */
  stopSignal: NodeJS.Signals;
  stopMs: number;
  /** Resolves true when it serves. Asked again and again until it does or the process ends. */
  isReady: () => Promise<boolean>;
  readyMs: number;
}

export interface SupervisorEvents {
  /** It ended unasked; `restartMs` is how long until it is started again. */
  crashed: [{ name: string; how: string; lastLines: string[]; restartMs: number }];
  restarted: [{ name: string; afterMs: number }];
  /** A line it logged at level error or fatal. */
  complained: [{ name: string; text: string }];
}

interface Service {
  spec: ServiceSpec;
  child: ChildProcess | null;
  identity: ProcessIdentity | null;
  log: BoundedLog;
  lastLines: string[];
  ended: Promise<void>;
  failures: number;
  restart: NodeJS.Timeout | null;
}

const RESTART_MS = [250, 500, 1000, 2000, 5000, 10_000, 30_000];
/** Alive this long, an earlier series of crashes is forgotten. */
const STEADY_MS = 60_000;
const KEPT_LINES = 20;

/** How a process ended, in words. */
const describeEnd = (code: number | null, signal: NodeJS.Signals | null): string =>
  signal !== null ? `was killed (${signal})` : `stopped with exit code ${code ?? 'unknown'}`;

/**
 * Starts processes, each in its own group (so that Ctrl-C reaches only us and we stop them in order), logs what they print,
 * starts them again when they crash, and records them on disk so that a later start finds what a killed one left behind.
 */
export class Supervisor extends EventEmitter<SupervisorEvents> {
  private readonly services = new Map<string, Service>();
  private readonly paused = new Map<string, ServiceSpec>();
  private stopping = false;
  private hasRecorded = false;
  private readonly home: string;
  private readonly hasHome: () => boolean;

  constructor(home: string) {
    super();
    this.home = home;
    mkdirSync(join(home, 'logs'), { recursive: true });
    this.hasHome = sameFolder(home);
  }

  logFile(name: string): string {
    return join(this.home, 'logs', `${name}.log`);
  }

  pid(name: string): number | null {
    return this.services.get(name)?.identity?.pid ?? null;
  }

  /**
   * Starts `spec` and resolves when it is ready. Rejects with its last words when it ends before; with `keepTrying` it is
   * nevertheless started again and again like one that crashed later.
   */
  async start(spec: ServiceSpec, keepTrying: boolean = false): Promise<void> {
    const service: Service = {
      spec,
      child: null,
      identity: null,
      log: new BoundedLog(this.logFile(spec.name), this.hasHome),
      lastLines: [],
      ended: Promise.resolve(),
      failures: 0,
      restart: null,
    };
    this.services.set(spec.name, service);
    try {
      await this.launch(service);
    } catch (error) {
      if (keepTrying && !this.stopping) {
        if (service.identity !== null && isAlive(service.identity)) signalGroup(service.identity.pid, 'SIGKILL');
        this.watch(service);
      } else {
        await this.stop(spec.name);
      }
      throw error;
    }
    this.watch(service);
  }

  private async launch(service: Service): Promise<void> {
    const { spec } = service;
    service.lastLines = [];
    // PostgreSQL would open the data that lie there now.
    if (!this.hasHome()) throw new Error(`${spec.name} is not started: ${this.home} was moved away or replaced.`);
    const child = spawn(spec.command, spec.args, {
      cwd: spec.cwd,
      env: spec.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      ...(spec.uid === undefined ? {} : { uid: spec.uid }),
      ...(spec.gid === undefined ? {} : { gid: spec.gid }),
    });
    let failure: Error | null = null;
    let ended = false;
    service.child = child;
    service.ended = new Promise((resolve) => {
      child.once('error', (error) => {
        failure = error;
        ended = true;
        resolve();
      });
      child.once('close', () => {
        ended = true;
        resolve();
      });
    });
    child.stdout.on('data', (chunk: Buffer) => this.take(service, chunk));
    child.stderr.on('data', (chunk: Buffer) => this.take(service, chunk));
    if (child.pid !== undefined) service.identity = identify(child.pid);
    this.record();

    const began = Date.now();
    const deadline = began + spec.readyMs;
    while (!(await spec.isReady())) {
      if (failure !== null) throw failure;
      if (ended) {
        throw new Error(`${spec.name} ${describeEnd(child.exitCode, child.signalCode)} while starting.${lastWords(service)}`);
      }
      if (this.stopping) throw new Error(`${spec.name} was asked to stop while starting.`);
      if (Date.now() > deadline) throw new Error(`${spec.name} was not ready within ${spec.readyMs / 1000} s.${lastWords(service)}`);
      // What takes long is asked less often: it needs the processor itself.
      await new Promise((resolve) => setTimeout(resolve, Math.min(25 + (Date.now() - began) / 20, 100)));
    }
  }

  /** Restarts the service whenever it ends unasked. */
  private watch(service: Service): void {
    const { spec, child } = service;
    const began = Date.now();
    void service.ended.then(() => {
      if (this.stopping || this.services.get(spec.name) !== service) return;
      // What it had started itself (training children) must not outlive it.
      if (service.identity !== null) signalGroup(service.identity.pid, 'SIGKILL');
      if (Date.now() - began > STEADY_MS) service.failures = 0;
      const restartMs = RESTART_MS[Math.min(service.failures, RESTART_MS.length - 1)] ?? 0;
      service.failures++;
      this.emit('crashed', {
        name: spec.name,
        how: describeEnd(child?.exitCode ?? null, child?.signalCode ?? null),
        lastLines: service.lastLines,
        restartMs,
      });
      const crashedAt = Date.now();
      service.restart = setTimeout(() => {
        service.restart = null;
        this.launch(service).then(
          () => {
            this.emit('restarted', { name: spec.name, afterMs: Date.now() - crashedAt });
            this.watch(service);
          },
          () => {
            // Not ready: the process, should it still be there, is no use; its end starts the next try.
            if (service.identity !== null && isAlive(service.identity)) signalGroup(service.identity.pid, 'SIGKILL');
            this.watch(service);
          },
        );
      }, restartMs);
    });
  }

  private take(service: Service, chunk: Buffer): void {
    service.log.write(chunk);
    for (const line of chunk.toString('utf8').split('\n')) {
      if (line.trim() === '') continue;
      service.lastLines.push(line);
      if (service.lastLines.length > KEPT_LINES) service.lastLines.shift();
      const text = complaint(line);
      if (text !== null) this.emit('complained', { name: service.spec.name, text });
    }
  }

  /** Gives up on whatever is still starting; stopAll must follow. */
  abandon(): void {
    this.stopping = true;
  }

  /** Kills without asking, as a crash would; the service is then restarted. For tests of what must survive. */
  kill(name: string): void {
    const pid = this.pid(name);
    if (pid === null) throw new Error(`${name} is not running`);
    process.kill(pid, 'SIGKILL');
  }

  /** Stops a service in order until it is resumed: for tests and benches of what happens meanwhile. */
  async pause(name: string): Promise<void> {
    const spec = this.services.get(name)?.spec;
    if (spec === undefined) throw new Error(`${name} is not running`);
    await this.stop(name);
    this.paused.set(name, spec);
  }

  async resume(name: string): Promise<void> {
    const spec = this.paused.get(name);
    if (spec === undefined) throw new Error(`${name} is not paused`);
    this.paused.delete(name);
    await this.start(spec);
  }

  async stop(name: string): Promise<void> {
    const service = this.services.get(name);
    if (service === undefined) return;
    this.services.delete(name);
    if (service.restart !== null) clearTimeout(service.restart);
    const { identity, spec } = service;
    if (identity !== null && isAlive(identity)) {
      try {
        process.kill(identity.pid, spec.stopSignal);
      } catch {
        // Ended in between.
      }
      if (!(await waitForExit(identity, spec.stopMs))) signalGroup(identity.pid, 'SIGKILL');
      await waitForExit(identity, 5000);
    }
    if (identity !== null) signalGroup(identity.pid, 'SIGKILL');
    service.log.close();
    this.record();
  }

  /** Stops everything: each group of names at once, the groups one after the other; whatever is not named comes first. */
  async stopAll(order: string[][]): Promise<void> {
    this.stopping = true;
    const named = order.flat();
    const others = [...this.services.keys()].filter((name) => !named.includes(name));
    for (const group of [others, ...order]) await Promise.all(group.map((name) => this.stop(name)));
    // What an earlier start left is not ours to forget.
    if (this.hasRecorded && this.hasHome()) dropRecord(this.home);
  }

  private record(): void {
    // The record of another home names the processes of another start.
    if (!this.hasHome()) return;
    const running = [...this.services.values()].flatMap(({ identity, spec: { name, stopSignal } }) =>
      identity === null ? [] : [{ name, stopSignal, ...identity }],
    );
    try {
      keepRecord(this.home, running);
      this.hasRecorded = true;
    } catch (error) {
      // A full disk keeps nothing from running, and above all not from stopping.
      this.emit('complained', {
        name: 'start',
        text: `What runs could not be noted in ${this.home}: ${error instanceof Error ? error.message : String(error)}`,
      });
    }
  }
}

function lastWords(service: Service): string {
  const said = service.lastLines.slice(-6).map(readable);
  return said.length === 0 ? '' : ` It said: ${said.join(' / ')}`;
}

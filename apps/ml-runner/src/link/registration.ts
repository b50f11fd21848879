import { CONTRACT_VERSION, messageOf } from '@trainyard/domain';
import { EventEmitter } from 'node:events';
import os from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { EngineReport, HeartbeatRequest, HelloRequest, Verdict } from '@trainyard/domain';
import { ApiAway, ApiRefusal, type ApiClient } from './api-client.ts';
import { backoff } from './retry.ts';

/** With a wait of 500 ms before a stubborn child is killed, a cancellation is heard and done well inside 2 s. */
const BUSY_MS = 1_000;
const IDLE_MS = 2_000;

interface RegistrationDependencies {
  api: ApiClient;
  log: Logger;
  about: Pick<HelloRequest, 'name' | 'version' | 'concurrency' | 'instance'>;
  engines: () => EngineReport[];
  held: () => HeartbeatRequest['attempts'];
  onVerdict: (attemptId: string, claim: number, verdict: Verdict) => void;
}

/** Says hello to the api, and again when it forgot us or the engines changed; then beats for the runner and its attempts. */
export class Registration {
  /** Null until the api knows this runner. */
  runnerId: string | null = null;
  /** The api answered the last request. */
  apiReachable = false;
  /** Why the api does not take us; null when it does. */
  refusal: string | null = null;
  /** Resolves after the first hello. */
  readonly registered: Promise<void>;
  private readonly deps: RegistrationDependencies;
  private readonly stopping = new AbortController();
  private readonly events = new EventEmitter();
  private markRegistered: () => void = () => undefined;
  private helloDue = true;
  private wake = new AbortController();

  constructor(deps: RegistrationDependencies) {
    this.deps = deps;
    this.registered = new Promise((resolve) => {
      this.markRegistered = resolve;
    });
  }

  start(): void {
    void this.run();
  }

  /** The engines changed, or the api does not know us: say hello with the next beat, which is now. Resolves when it was heard. */
  helloAgain(): Promise<void> {
    this.helloDue = true;
    this.wake.abort();
    return new Promise((resolve) => this.events.once('hello', () => resolve()));
  }

  stop(): void {
    this.stopping.abort();
    this.wake.abort();
  }

  private async run(): Promise<void> {
    let tries = 0;
    while (!this.stopping.signal.aborted) {
      try {
        if (this.helloDue) await this.hello();
        else await this.beat();
        if (tries > 0) this.deps.log.info({ tries }, 'The api is back');
        this.apiReachable = true;
        this.refusal = null;
        tries = 0;
      } catch (error) {
        this.note(error, tries);
        tries += 1;
      }
      const wait = tries > 0 ? backoff(tries) : this.deps.held().length > 0 ? BUSY_MS : IDLE_MS;
      this.wake = new AbortController();
      if (this.stopping.signal.aborted) return;
      // Said hello again while we were busy: no wait.
      if (tries > 0 || !this.helloDue) await delay(wait, undefined, { signal: this.wake.signal }).catch(() => undefined);
    }
  }

  private async hello(): Promise<void> {
    this.helloDue = false;
    const { api, log, about, engines } = this.deps;
    try {
      const reply = await api.hello({
        ...about,
        contract: CONTRACT_VERSION,
        host: os.hostname(),
        cores: os.availableParallelism(),
        memoryMiB: Math.floor(os.totalmem() / 1024 / 1024),
        engines: engines(),
      });
      this.runnerId = reply.runnerId;
      log.info({ runnerId: reply.runnerId, leaseSeconds: reply.leaseSeconds }, 'Said hello to the api');
      this.markRegistered();
      // One that was asked for while this one travelled tells more: wait for that.
      if (!this.helloDue) this.events.emit('hello');
    } catch (error) {
      this.helloDue = true;
      throw error;
    }
  }

  private async beat(): Promise<void> {
    if (this.runnerId === null) return;
    const { api, held, onVerdict } = this.deps;
    const reply = await api.heartbeat({ runnerId: this.runnerId, attempts: held() });
    for (const { attemptId, claim, verdict } of reply.attempts) onVerdict(attemptId, claim, verdict);
  }

  private note(error: unknown, tries: number): void {
    const reason = messageOf(error);
    this.apiReachable = error instanceof ApiRefusal;
    if (error instanceof ApiAway) {
      if (tries === 0) this.deps.log.warn({ reason }, 'The api is away; trying until it is back');
    } else if (error instanceof ApiRefusal) {
      // A token may be replaced and a database restored while we wait, so a refusal is no reason to end.
      this.refusal = `${error.code}: ${reason}`;
      this.helloDue = true;
      if (tries === 0) this.deps.log.error({ status: error.status, code: error.code, reason }, `The api refuses this runner: ${reason}`);
      // What it holds was given to others.
      if (error.code === 'RUNNER_REVOKED') for (const { attemptId, claim } of this.deps.held()) this.deps.onVerdict(attemptId, claim, 'FENCED');
    } else this.deps.log.error({ err: error }, 'A heartbeat failed');
  }
}

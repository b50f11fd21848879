import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { EventEmitter } from 'node:events';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { CONFIG, type Config } from '../../config.ts';
import { Database } from '../sql/database.ts';

const CHANNEL = 'trainyard_wakeups';
/** Other processes hear of a burst at once, not of each of its commits. */
const NOTIFY_AFTER_MS = 4;
/** NOTIFY carries at most 8,000 bytes; 100 topics stay far below. */
const TOPICS_PER_NOTIFY = 100;
/** A wake-up lost with a process or connection is made up for by looking anyway. */
const FALLBACK_MS = 5_000;
const RECONNECT_MS = 500;

/**
 * "Something changed, look": listeners are woken, told nothing, and read the truth from the database. Within this process
 * at once; to the others by one NOTIFY for many commits, outside their transactions (NOTIFY inside one serialises commits).
 */
@Injectable()
export class Wakeups implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger(Wakeups.name);
  private readonly emitter = new EventEmitter().setMaxListeners(0);
  private readonly origin = randomUUID();
  private pending = new Set<string>();
  private timer: NodeJS.Timeout | null = null;
  private listener: Client | null = null;
  private closed = false;

  constructor(
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.listen();
  }

  async onApplicationShutdown(): Promise<void> {
    this.closed = true;
    if (this.timer) clearTimeout(this.timer);
    this.emitter.emit('close');
    await this.listener?.end().catch(() => undefined);
  }

  /** Wakes everybody who watches `topic` (such as `activity:<scope>`), here and in other processes. */
  wake(topic: string): void {
    this.emitter.emit(topic);
    this.pending.add(topic);
    this.timer ??= setTimeout(() => void this.notify(), NOTIFY_AFTER_MS);
  }

  /** Calls `woken` at each wake-up of `topic`; returns the way to stop. */
  on(topic: string, woken: () => void): () => void {
    this.emitter.on(topic, woken);
    return () => this.emitter.off(topic, woken);
  }

  /**
   * Yields at once, then after each wake-up of `topic` (many while the consumer is busy become one) and every few seconds
   * regardless. Ends when the process shuts down, the consumer returns, or `ended` is aborted.
   */
  async *watch(topic: string, ended?: AbortSignal): AsyncGenerator<void> {
    let woken = true;
    let resume: (() => void) | null = null;
    const wake = (): void => {
      woken = true;
      resume?.();
    };
    const off = [this.on(topic, wake), this.on('close', wake), () => ended?.removeEventListener('abort', wake)];
    ended?.addEventListener('abort', wake);
    try {
      while (!this.closed && !ended?.aborted) {
        if (!woken) {
          const fallback = setTimeout(wake, FALLBACK_MS);
          await new Promise<void>((resolve) => (resume = resolve));
          clearTimeout(fallback);
          resume = null;
        }
        if (this.closed || ended?.aborted) return;
        woken = false;
        yield;
      }
    } finally {
      for (const stop of off) stop();
    }
  }

  private async notify(): Promise<void> {
    this.timer = null;
    const topics = [...this.pending];
    this.pending = new Set();
    for (let at = 0; at < topics.length; at += TOPICS_PER_NOTIFY) {
      const payload = JSON.stringify({ origin: this.origin, topics: topics.slice(at, at + TOPICS_PER_NOTIFY) });
      try {
        await this.database.direct.query('SELECT pg_notify($1, $2)', [CHANNEL, payload]);
      } catch (error) {
        // The watchers' own fallback looks again; nothing is lost but a few seconds.
        this.log.warn(`Other processes could not be woken: ${String(error)}`);
      }
    }
  }

  private async listen(): Promise<void> {
    if (this.closed) return;
    const client = new Client({ connectionString: this.config.databaseUrl, application_name: 'trainyard-wakeups', keepAlive: true });
    const again = (): void => {
      if (this.listener !== client || this.closed) return;
      this.listener = null;
      setTimeout(() => void this.listen(), RECONNECT_MS).unref();
    };
    this.listener = client;
    client.on('error', again);
    client.on('notification', ({ payload }) => {
      const message = JSON.parse(payload ?? '{}') as { origin?: string; topics?: string[] };
      if (message.origin === this.origin) return;
      for (const topic of message.topics ?? []) this.emitter.emit(topic);
    });
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
    } catch (error) {
      this.log.warn(`Cannot listen for wake-ups, trying again: ${String(error)}`);
      again();
      // It may have been LISTEN that failed: the connection is then open, and nobody else would end it.
      void client.end().catch(() => undefined);
    }
  }
}

import { messageOf } from '@trainyard/domain';
import { setTimeout as delay } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import { createPostgresBackend, DEFAULT_SCHEMA, withBackend } from 'bullmq';
import { Pool } from 'pg';
import type { Logger } from 'pino';
import type { RunnerMetrics } from '../monitor/metrics.ts';
import { backoff } from './retry.ts';

const { Worker } = withBackend(createPostgresBackend);

/** A ring of the bell: the name and data of a queue job, not yet checked. */
export interface Ring {
  name: string;
  data: unknown;
}

interface DoorbellDependencies {
  queueUrl: string;
  queue: string;
  log: Logger;
  metrics: RunnerMetrics;
  untilRoom: (signal: AbortSignal) => Promise<void>;
  onRing: (ring: Ring) => Promise<void>;
}

/**
 * Listens to one queue of BullMQ on PostgreSQL. The job is only a doorbell: it is taken when there is room for its work,
 * answered (the api's claim decides) and completed at once, not held while the work runs. So a lost lock, a stalled job, a
 * second delivery or a database restarted in the middle of training change nothing.
 */
export class Doorbell {
  connected = false;
  private readonly deps: DoorbellDependencies;
  private readonly stopping = new AbortController();
  private worker: InstanceType<typeof Worker> | null = null;

  constructor(deps: DoorbellDependencies) {
    this.deps = deps;
    void this.run();
  }

  /** Closes the connections. A wait for the bell that is under way ends by itself within `drainDelay`; nobody has to wait for it. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.worker?.close(true).catch(() => undefined);
  }

  private async run(): Promise<void> {
    const { queue, log } = this.deps;
    const { signal } = this.stopping;
    for (let tries = 0; !signal.aborted;) {
      // BullMQ remembers a failed first connection for good: after an error in connecting only a new Worker helps.
      const pool = this.openPool();
      const worker = new Worker(queue, null, {
        connection: pool,
        autorun: false,
        // Also bounds how long a bell that fell silent while the listening connection was cut goes unheard, in seconds.
        drainDelay: 2,
      });
      this.worker = worker;
      worker.on('error', (error) => this.note(error));
      try {
        await worker.waitUntilReady();
        await worker.startStalledCheckTimer();
        this.connected = true;
        log.info({ queue }, tries === 0 ? 'Listening to the queue' : 'The queue is back');
        tries = 0;
        await this.listen(worker, signal);
      } catch (error) {
        if (!signal.aborted) {
          this.note(error);
          if (this.connected || tries === 0) log.warn({ queue, reason: messageOf(error) }, 'The queue is away');
          tries += 1;
        }
      }
      this.connected = false;
      await worker.close(true).catch(() => undefined);
      // Not waited for: a connection to a dead server may take its time to end.
      void pool.end().catch(() => undefined);
      if (!signal.aborted) await delay(backoff(tries), undefined, { signal }).catch(() => undefined);
    }
  }

  private openPool(): Pool {
    const pool = new Pool({
      connectionString: this.deps.queueUrl,
      // One of them listens all the time.
      max: 3,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      options: `-c search_path=${DEFAULT_SCHEMA}`,
      application_name: 'trainyard-runner',
    });
    pool.on('error', (error) => this.note(error));
    // A connection cut while it is checked out emits its error on the client, where nobody listens: that would end the process.
    pool.on('connect', (client) => client.on('error', (error) => this.note(error)));
    return pool;
  }

  private async listen(worker: InstanceType<typeof Worker>, signal: AbortSignal): Promise<void> {
    const { untilRoom, onRing } = this.deps;
    const token = randomUUID();
    while (!signal.aborted) {
      await untilRoom(signal);
      const job = await worker.getNextJob(token);
      if (job === undefined || job === null) continue;
      await onRing({ name: job.name, data: job.data });
      job.opts.removeOnComplete = true;
      // A lock that expired while the api was away: somebody else answers the bell as well, and the claim decides.
      await job.moveToCompleted(null, token, false).catch((error: unknown) => this.note(error));
    }
  }

  private note(error: unknown): void {
    const { queue, log, metrics } = this.deps;
    metrics.queueErrors.inc();
    log.debug({ queue, reason: messageOf(error) }, 'Queue error');
  }
}

import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { messageOf } from '@trainyard/domain';
import { createPostgresBackend, withBackend, type JobsOptions } from 'bullmq';
import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import { Counter } from 'prom-client';
import { CONFIG, type Config } from '../../config.ts';
import { Wakeups } from '../log/wakeups.ts';
import { registry } from '../metrics.ts';
import { Database, rows } from '../sql/database.ts';
import { Jobs, JOBS_TOPIC, type JobDefinition } from './jobs.ts';
import { openQueuePool, Queues } from './queue-pool.ts';

const { Worker } = withBackend(createPostgresBackend);

/** Rows handed over in one transaction. */
const STRETCH = 200;
/** A job whose worker was not heard of for so long is another's. */
const LOCK_MS = 15_000;
const LOCKS_LOOKED_AT_MS = 5_000;
/** As many as PostgreSQL's integer holds. */
const STALLS = 2 ** 31 - 1;
const RECONNECT_MS = 1_000;
/** Jobs under way may come to their end while the process stops. */
const STOP_MS = 3_000;
/** Two connections for each queue (one of them listens), and some for what is handed over. */
const POOL_EACH = 2;
const POOL_MORE = 2;

const failed = new Counter({
  name: 'trainyard_job_failures_total',
  help: 'Tries of jobs that failed, by job.',
  labelNames: ['job'] as const,
  registers: [registry],
});

/** Does the jobs, in the worker process: hands what was written down to BullMQ, and runs what BullMQ delivers. Any number may run at once. */
@Injectable()
export class JobWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(JobWorker.name);
  private readonly stopping = new AbortController();
  private readonly workers = new Set<InstanceType<typeof Worker>>();
  private pool: Pool | null = null;
  private opened: Queues | null = null;

  constructor(
    private readonly database: Database,
    private readonly wakeups: Wakeups,
    private readonly jobs: Jobs,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    const { definitions } = this.jobs;
    this.pool = openQueuePool(this.config.databaseUrl, definitions.size * POOL_EACH + POOL_MORE, this.log);
    this.opened = new Queues(this.pool, this.log);
    for (const [name, definition] of definitions) void this.serve(this.pool, name, definition);
    void this.handOverAlways();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    const closed = Promise.allSettled([...[...this.workers].map((worker) => worker.close()), this.opened?.close()]);
    // What is not done by then is taken for lost with its worker, and done by another.
    await Promise.race([closed, delay(STOP_MS, undefined, { ref: false })]);
    void this.pool?.end();
  }

  /** Hands what was written down to BullMQ. Killed in between, it does so again: BullMQ knows a job by its id. */
  async handOver(): Promise<void> {
    for (let count = STRETCH; count === STRETCH;) {
      count = await this.database.transaction(async (tx) => {
        const found = await rows<{ id: string; name: string; key: string; payload: object }>(
          tx,
          `SELECT id, name, key, payload FROM job_outbox WHERE name = ANY ($1) ORDER BY id LIMIT ${STRETCH} FOR UPDATE SKIP LOCKED`,
          [[...this.jobs.definitions.keys()]],
        );
        for (const [name, definition] of this.jobs.definitions) {
          const due = found.filter((job) => job.name === name);
          if (due.length > 0) await this.queues.use(name, (queue) => queue.addBulk(due.map((job) => jobOf(name, job, definition))));
        }
        if (found.length > 0) await tx.query('DELETE FROM job_outbox WHERE id = ANY ($1::bigint[])', [found.map(({ id }) => id)]);
        return found.length;
      });
    }
  }

  private async handOverAlways(): Promise<void> {
    for await (const _ of this.wakeups.watch(JOBS_TOPIC, this.stopping.signal)) {
      await this.handOver().catch((error: unknown) => this.log.warn(`Jobs wait for the queue: ${messageOf(error)}`));
    }
  }

  /** Runs the jobs of one name until the process stops, whatever becomes of the connection. */
  private async serve(pool: Pool, name: string, definition: JobDefinition<object>): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      // BullMQ remembers a failed first connection for good: after an error in connecting only a new Worker helps.
      const worker = new Worker(name, (job) => this.run(name, definition, job), {
        connection: pool,
        autorun: false,
        concurrency: definition.atOnce ?? 1,
        lockDuration: LOCK_MS,
        stalledInterval: LOCKS_LOOKED_AT_MS,
        // A worker that was killed is no fault of the job.
        maxStalledCount: STALLS,
        drainDelay: 2,
        runRetryDelay: RECONNECT_MS,
        settings: { backoffStrategy: (tries: number) => definition.retries[tries - 1] ?? 0 },
      });
      this.workers.add(worker);
      worker.on('error', (error) => this.log.warn(`Jobs ${name}: ${error.message}`));
      try {
        await worker.waitUntilReady();
        await this.schedule(name, definition);
        await worker.run();
      } catch (error) {
        if (!signal.aborted) this.log.warn(`Jobs ${name} wait for the queue: ${messageOf(error)}`);
      }
      this.workers.delete(worker);
      await worker.close(true).catch(() => undefined);
      await delay(RECONNECT_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private async schedule(name: string, definition: JobDefinition<object>): Promise<void> {
    const pattern = this.jobs.schedules.get(name);
    if (pattern !== undefined)
      await this.queues.use(name, (queue) => queue.upsertJobScheduler(name, { pattern }, { name, data: {}, opts: optionsOf(definition) }));
  }

  private get queues(): Queues {
    if (this.opened === null) throw new Error('the job worker has not begun');
    return this.opened;
  }

  private async run(
    name: string,
    { run }: JobDefinition<object>,
    job: { id?: string; data: unknown; attemptsMade: number; opts: { attempts?: number } },
  ): Promise<void> {
    const number = job.attemptsMade + 1;
    try {
      await run(job.data as object, { key: keyOf(name, job.id), number, isLast: number >= (job.opts.attempts ?? 1) });
    } catch (error) {
      failed.inc({ job: name });
      this.log.warn(`Job ${job.id ?? name}, try ${number}: ${messageOf(error)}`);
      throw error;
    }
  }
}

const keyOf = (name: string, id: string = ''): string => (id.startsWith(`${name}/`) ? id.slice(name.length + 1) : id);

const jobOf = (name: string, { key, payload }: { key: string; payload: object }, definition: JobDefinition<object>) => ({
  name,
  data: payload,
  opts: { ...optionsOf(definition), jobId: `${name}/${key}` },
});

const optionsOf = ({ retries }: JobDefinition<object>): JobsOptions => ({
  attempts: retries.length + 1,
  backoff: { type: 'pauses' },
  // What came of it stands in the rows of its room.
  removeOnComplete: true,
  removeOnFail: true,
});

import type { Logger } from '@nestjs/common';
import { createPostgresBackend, DEFAULT_SCHEMA, withBackend } from 'bullmq';
import { Pool } from 'pg';

/** Connections to BullMQ's schema. A connection that breaks is told to `log`, and ends nothing. */
export function openQueuePool(databaseUrl: string, max: number, log: Logger): Pool {
  const pool = new Pool({
    connectionString: databaseUrl,
    max,
    keepAlive: true,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 5_000,
    options: `-c search_path=${DEFAULT_SCHEMA}`,
    application_name: 'trainyard-queue',
  });
  const note = (error: Error): void => log.warn(`The queue's connection broke: ${error.message}`);
  pool.on('error', note);
  // Cut while BullMQ has it checked out, a connection emits its error on itself, where nobody listens: that would end the process.
  pool.on('connect', (client) => client.on('error', note));
  return pool;
}

const { Queue } = withBackend(createPostgresBackend);
type JobQueue = InstanceType<typeof Queue>;

/** BullMQ's queues by name, each opened at its first use. */
export class Queues {
  private readonly opened = new Map<string, JobQueue>();

  constructor(
    private readonly pool: Pool,
    private readonly log: Logger,
  ) {}

  async use<T>(name: string, work: (queue: JobQueue) => Promise<T>): Promise<T> {
    let queue = this.opened.get(name);
    if (queue === undefined) {
      queue = new Queue(name, { connection: this.pool });
      queue.on('error', (error) => this.log.warn(`Queue ${name}: ${error.message}`));
      this.opened.set(name, queue);
    }
    try {
      return await work(queue);
    } catch (error) {
      // BullMQ remembers a failed first connection for good: the next use begins with a new one.
      this.opened.delete(name);
      await queue.close().catch(() => undefined);
      throw error;
    }
  }

  async close(): Promise<void> {
    await Promise.allSettled([...this.opened.values()].map((queue) => queue.close()));
  }
}

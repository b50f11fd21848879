import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { INSPECTION_QUEUE, messageOf, RUNNER_JOBS, RUNNER_QUEUE, type RunnerJob } from '@trainyard/domain';
import type { Pool } from 'pg';
import { CONFIG, type Config } from '../../config.ts';
import { openQueuePool, Queues } from './queue-pool.ts';

type RunnerQueueName = typeof RUNNER_QUEUE | typeof INSPECTION_QUEUE;

/** Jobs the reconciler looks at; with more than this waiting, ringing again is pointless anyway. */
const KNOWN_LIMIT = 10_000;

/**
 * The doorbell of runners. A ring carries an id and may get lost or come twice: the claim decides (house rule: the queue
 * delivers, the database decides). A ring's id is made of the thing and of how often it was rung, so that ringing the same
 * ring twice is one job and a new ring is never swallowed by an old one that a dead runner still holds.
 */
@Injectable()
export class RunnerBell implements OnApplicationShutdown {
  private readonly log = new Logger(RunnerBell.name);
  private readonly pool: Pool;
  private readonly queues: Queues;

  constructor(@Inject(CONFIG) config: Config) {
    this.pool = openQueuePool(config.databaseUrl, 3, this.log);
    this.queues = new Queues(this.pool, this.log);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.queues.close();
    await this.pool.end();
  }

  /** Rings for an attempt, after a delay where one is given. Never throws: what the queue did not take, the reconciler rings again. */
  async ringAttempt(attemptId: string, ring: number, delayMs = 0): Promise<void> {
    await this.ring(RUNNER_QUEUE, RUNNER_JOBS.attempt, { attemptId }, ringId(attemptId, ring), delayMs);
  }

  /** Rings for the inspection of a dataset. Never throws. */
  async ringInspection(datasetId: string, ring: number): Promise<void> {
    await this.ring(INSPECTION_QUEUE, RUNNER_JOBS.inspection, { datasetId }, ringId(datasetId, ring), 0);
  }

  /** Ids of the rings nobody has answered yet. */
  async unanswered(name: RunnerQueueName): Promise<Set<string>> {
    const jobs = await this.queues.use(name, (queue) => queue.getJobs(['waiting', 'prioritized', 'delayed'], 0, KNOWN_LIMIT));
    return new Set(jobs.flatMap((job) => (job?.id ? [job.id] : [])));
  }

  private async ring(name: RunnerQueueName, job: string, data: RunnerJob, jobId: string, delay: number): Promise<void> {
    try {
      await this.queues.use(name, (queue) => queue.add(job, data, { jobId, delay, removeOnComplete: true, removeOnFail: true }));
    } catch (error) {
      this.log.warn(`The queue did not take ${job} ${jobId}; the worker will ring again: ${messageOf(error)}`);
    }
  }
}

export function ringId(id: string, ring: number): string {
  return `${id}.${ring}`;
}

import { Injectable } from '@nestjs/common';
import { Wakeups } from '../log/wakeups.ts';
import { afterCommit, type Tx } from '../sql/database.ts';

/** Woken when a job was written down. */
export const JOBS_TOPIC = 'jobs';

/** One try of a job. */
export interface JobTry {
  /** What it was enqueued under; of a scheduled one a name that its next has not. */
  key: string;
  /** Which try it is, from 1. */
  number: number;
  /** No other follows if this one fails. */
  isLast: boolean;
}

export interface JobDefinition<Payload extends object> {
  /**
   * Does the work; throws when it is to be tried again. A job may come twice (a worker was killed in the middle of it): whether there
   * is something left to do, its own rows say.
   */
  run: (payload: Payload, attempt: JobTry) => Promise<void>;
  /** Pauses before the second try, the third ..., in milliseconds. Empty: it is tried once. */
  retries: readonly number[];
  /** How many a worker does at once; 1 unless told. */
  atOnce?: number;
}

/** What is done later, by the worker process: jobs that a change asks for, and jobs by the clock. */
@Injectable()
export class Jobs {
  readonly definitions = new Map<string, JobDefinition<object>>();
  /** Cron patterns, by job. */
  readonly schedules = new Map<string, string>();

  constructor(private readonly wakeups: Wakeups) {}

  /** Says, in the worker process, what a job does. */
  define<Payload extends object>(name: string, definition: JobDefinition<Payload>): void {
    if (this.definitions.has(name)) throw new Error(`job ${name} is defined twice`);
    this.definitions.set(name, definition as unknown as JobDefinition<object>);
  }

  /** Has the job done by the clock (cron pattern), once each time however many workers there are. */
  every(cron: string, name: string): void {
    this.schedules.set(name, cron);
  }

  /** Has the job done once `tx` is committed. A second one of the same key is the same job until it is done. */
  enqueue(tx: Tx, name: string, payload: object, key: string): Promise<void> {
    return this.enqueueAll(tx, name, [{ payload, key }]);
  }

  /** The same of many, in their order. */
  async enqueueAll(tx: Tx, name: string, jobs: readonly { payload: object; key: string }[]): Promise<void> {
    if (jobs.length === 0) return;
    await tx.query(
      /* sql */ `INSERT INTO job_outbox (name, key, payload) SELECT $1, n.key, n.payload FROM unnest($2::text[], $3::jsonb[]) WITH ORDINALITY AS n (key, payload, place)
        ORDER BY n.place ON CONFLICT (name, key) DO NOTHING`,
      [name, jobs.map(({ key }) => key), jobs.map(({ payload }) => JSON.stringify(payload))],
    );
    afterCommit(tx, () => this.wakeups.wake(JOBS_TOPIC));
  }
}

import { CONFIG, type Config } from '../src/config.ts';
import { InspectionService } from '../src/dataset/inspection.service.ts';
import { rows } from '../src/platform/sql/database.ts';
import { RunnerBell } from '../src/platform/jobs/queue.ts';
import { AttemptStates } from '../src/training/attempt-state.service.ts';
import { Reconciler } from '../src/training/reconciler.service.ts';
import { Waiting } from '../src/training/waiting.ts';
import type { BuiltRun } from './factories/training.ts';
import type { TestTrainyard } from './trainyard.ts';

const RUN = /* GraphQL */ `
  query ($id: ID!) {
    run(id: $id) {
      state failureCode failureMessage cancelRequested
      card { state waiting retryAt step totalSteps headline { split name value } doubt sparkline tick }
      attempt { id number claim state runnerName engine resumedFromSteps checkpointStep metrics(series: ["LOSS"]) { steps values pointCount } log { line text params } artifacts { id name sizeBytes } }
      attempts { number state metrics(series: ["LOSS"], width: 2) { pointCount } }
      result { metrics { split name value } trainCount confusion { counts } }
    }
  }`;
export interface RunAnswer {
  state: string;
  failureCode: string | null;
  cancelRequested: boolean;
  card: {
    state: string;
    waiting: string | null;
    retryAt: string | null;
    step: number;
    headline: { split: string; value: number } | null;
    sparkline: number[];
    tick: number;
  };
  attempt: {
    id: string;
    number: number;
    claim: number;
    state: string;
    runnerName: string | null;
    resumedFromSteps: number[];
    checkpointStep: number | null;
    metrics: { steps: number[]; values: number[]; pointCount: number }[];
    log: { line: number; text: string; params: object | null }[];
    artifacts: { id: string; name: string }[];
  };
  attempts: { number: number; state: string; metrics: { pointCount: number }[] }[];
  result: { trainCount: number } | null;
}

/** The run as its owner reads it. */
export const readRun = async (run: BuiltRun): Promise<RunAnswer> => (await run.member.ask<{ run: RunAnswer }>(RUN, { id: run.id })).run;

/** A worker's reconciler; several of them are several workers. */
export const reconcilerOf = ({ app, database }: TestTrainyard): Reconciler =>
  new Reconciler(database, app.get(AttemptStates), app.get(Waiting), app.get(InspectionService), app.get(RunnerBell), app.get<Config>(CONFIG));

/** Ids of the jobs by which the queue tells of an attempt. */
export const jobsOf = async ({ database }: TestTrainyard, attemptId: string): Promise<string[]> =>
  (await rows<{ id: string }>(database.direct, `SELECT id FROM bullmq.job WHERE queue = 'runner' AND id LIKE $1 || '.%' ORDER BY id`, [attemptId])).map(
    (job) => job.id,
  );

/** No test takes so long: one that failed looks on no more, which would keep Jest from its end. */
const LOOKS_FOR_MS = 150_000;

/** Looks until what is seen is good. */
export async function until<T>(look: () => Promise<T>, good: (seen: T) => boolean): Promise<T> {
  const end = performance.now() + LOOKS_FOR_MS;
  for (;;) {
    const seen = await look();
    if (good(seen)) return seen;
    if (performance.now() > end) throw new Error(`never seen; at last: ${JSON.stringify(seen)}`);
  }
}

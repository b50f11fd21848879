import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from 'pino';
import type { InspectionClaimReply, InspectionFinishRequest } from '@trainyard/domain';
import { ApiAway, ApiRefusal, type ApiClient } from './api-client.ts';
import { DatasetUnavailable, type DatasetFiles } from './dataset-files.ts';
import { temporaryFolder } from './folder-lock.ts';
import { LocalProcess } from './executors/local-process.ts';
import { failureOfExit } from './failure-of-exit.ts';
import { untilAnswered } from './retry.ts';

/** Reading and checking even the largest permitted file stays well inside this; what does not is told so, never left hanging. */
const MEMORY_MIB = 6144;
const SHORTEST_WALL_SECONDS = 120;

export interface InspectionDependencies {
  api: ApiClient;
  files: DatasetFiles;
  log: Logger;
  dir: string;
  childPath: string;
  memoryMiB: number;
}

type Answer = Pick<InspectionFinishRequest, 'summary' | 'error'>;

/** Reads a claimed dataset in a child, inside limits, and tells the api its summary or what is wrong with it. */
export async function runInspection(datasetId: string, claim: InspectionClaimReply, deps: InspectionDependencies, signal: AbortSignal): Promise<void> {
  const log = deps.log.child({ datasetId, epoch: claim.epoch });
  let answer: Answer;
  try {
    answer = await inspect(claim, deps, signal);
  } catch (error) {
    // The runner ends: the claim's lease runs out and somebody else inspects.
    if (signal.aborted) return;
    if (!(error instanceof DatasetUnavailable)) log.error({ err: error }, 'An inspection could not be run');
    answer =
      error instanceof DatasetUnavailable
        ? { summary: null, error: { code: error.code, params: error.params } }
        : { summary: null, error: { code: 'INTERNAL', params: { reason: error instanceof Error ? error.message : String(error) } } };
  }
  log.info({ samples: answer.summary?.sampleCount, error: answer.error }, 'Dataset inspected');
  try {
    await untilAnswered(
      () =>
        deps.api.finishInspection(datasetId, { epoch: claim.epoch, ...answer }).catch((error: unknown) => {
          throw error instanceof ApiRefusal && error.status === 401 ? new ApiAway(error.message, { cause: error }) : error;
        }),
      { signal },
    );
  } catch (error) {
    if (!signal.aborted) log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'The inspection was not wanted any more');
  }
}

async function inspect(claim: InspectionClaimReply, deps: InspectionDependencies, signal: AbortSignal): Promise<Answer> {
  const dataset = await deps.files.localise(claim.dataset, signal);
  const workDir = await mkdtemp(path.join(temporaryFolder(deps.dir), 'inspection-'));
  const limits = { memoryMiB: Math.min(MEMORY_MIB, deps.memoryMiB), wallSeconds: Math.max(SHORTEST_WALL_SECONDS, claim.leaseSeconds) };
  let answer: Answer | null = null;
  try {
    const child = new LocalProcess({
      childPath: deps.childPath,
      job: { kind: 'INSPECT', dataset },
      workDir,
      ...limits,
      usesGpu: false,
      onLine: (stream, text) => deps.log.debug({ stream, text }, 'Inspection output'),
      onMessage: (message) => {
        if (message.type === 'INSPECTED') answer = { summary: message.summary, error: null };
        if (message.type === 'REFUSED') answer = { summary: null, error: { code: message.code, params: message.params } };
      },
    });
    const kill = () => child.stop('SHUTDOWN');
    signal.addEventListener('abort', kill, { once: true });
    const end = await child.ended;
    signal.removeEventListener('abort', kill);
    signal.throwIfAborted();
    if (answer !== null) return answer;
    const failure = failureOfExit(end, limits);
    const tooLarge = failure.code === 'OUT_OF_MEMORY' || failure.code === 'TIME_LIMIT';
    return { summary: null, error: { code: tooLarge ? 'DATASET_TOO_LARGE' : 'INTERNAL', params: { reason: failure.message } } };
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
}

import { messageOf } from '@trainyard/domain';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from 'pino';
import type { INSPECTION_REASONS, InspectionClaimReply, InspectionFinishRequest } from '@trainyard/domain';
import type { RunnerConfig } from './config.ts';
import { DatasetUnavailable, type DatasetFiles } from './datasets/dataset-files.ts';
import { failureOfExit } from './executors/failure-of-exit.ts';
import { LocalProcess } from './executors/local-process.ts';
import { ApiAway, ApiRefusal, isFenced, type ApiClient } from './link/api-client.ts';
import { untilAnswered } from './link/retry.ts';
import { temporaryFolder } from './machine/runner-folder.ts';

/** Reading and checking even the largest permitted file stays well inside this; what does not is told so, never left hanging. */
const MEMORY_MIB = 6144;
const SHORTEST_WALL_SECONDS = 120;

export interface InspectionDependencies extends Pick<RunnerConfig, 'dir' | 'childPath' | 'memoryMiB'> {
  api: ApiClient;
  files: DatasetFiles;
  log: Logger;
}

type Answer = Pick<InspectionFinishRequest, 'summary' | 'error' | 'table'>;

const claimedFolder = (dir: string): string => path.join(dir, 'inspections');

/** Datasets that an earlier life of this runner had claimed and not answered: the api lets the same runner claim them again. */
export async function interruptedInspections(dir: string): Promise<string[]> {
  const names = await readdir(claimedFolder(dir)).catch((): string[] => []);
  await rm(claimedFolder(dir), { recursive: true, force: true });
  return names.map(decodeURIComponent);
}

/** Reads a claimed dataset in a child, inside limits, and tells the api its summary or what is wrong with it. */
export async function runInspection(datasetId: string, given: InspectionClaimReply, deps: InspectionDependencies, signal: AbortSignal): Promise<void> {
  const log = deps.log.child({ datasetId, claim: given.claim });
  await mkdir(claimedFolder(deps.dir), { recursive: true });
  const note = path.join(claimedFolder(deps.dir), encodeURIComponent(datasetId));
  await writeFile(note, '');
  const finish = (said: Answer): Promise<unknown> =>
    untilAnswered(
      () =>
        deps.api.finishInspection(datasetId, { claim: given.claim, ...said }).catch((error: unknown) => {
          throw error instanceof ApiRefusal && error.status === 401 ? new ApiAway(error.message, { cause: error }) : error;
        }),
      { signal },
    );
  try {
    const answer = await answerOf(datasetId, given, deps, log, signal);
    if (answer === null) return;
    log.info({ samples: answer.summary?.sampleCount, error: answer.error }, 'Dataset inspected');
    await finish(answer).catch((error: unknown) => {
      if (!(error instanceof ApiRefusal) || isFenced(error)) throw error;
      log.error({ status: error.status, code: error.code, reason: error.message }, 'The api refused what the inspection found');
      // Said nothing, the api would wait for its lease and have others find the same.
      return finish({ summary: null, error: unforeseen('SUMMARY_REFUSED') });
    });
  } catch (error) {
    if (signal.aborted) return;
    const reason = messageOf(error);
    if (isFenced(error)) log.warn({ reason }, 'The inspection was not wanted any more');
    else log.error({ reason }, 'The end of an inspection could not be told');
  }
  await rm(note, { force: true });
}

/** Null when the runner ends before there is an answer. Throws where nobody wants one. */
async function answerOf(
  datasetId: string,
  given: InspectionClaimReply,
  deps: InspectionDependencies,
  log: Logger,
  signal: AbortSignal,
): Promise<Answer | null> {
  try {
    return await inspect(datasetId, given, deps, signal);
  } catch (error) {
    if (signal.aborted) return null;
    if (isFenced(error)) throw error;
    if (error instanceof DatasetUnavailable) return { summary: null, error: { code: error.code, params: error.params } };
    log.error({ err: error }, 'An inspection could not be run');
    return { summary: null, error: unforeseen('CRASHED') };
  }
}

/** What nobody foresaw is put into words by the screen; its own words, with stack and paths, stay in this runner's log. */
const unforeseen = (reason: (typeof INSPECTION_REASONS)[number]): Answer['error'] => ({ code: 'INTERNAL', params: { reason } });

async function inspect(datasetId: string, given: InspectionClaimReply, deps: InspectionDependencies, signal: AbortSignal): Promise<Answer> {
  const dataset = await deps.files.localise(given.dataset, signal);
  const workDir = await mkdtemp(path.join(temporaryFolder(deps.dir), 'inspection-'));
  const limits = { memoryMiB: Math.min(MEMORY_MIB, deps.memoryMiB), wallSeconds: Math.max(SHORTEST_WALL_SECONDS, given.leaseSeconds) };
  let answer: Answer | null = null;
  let fenced: unknown = null;
  let telling = false;
  try {
    const child = new LocalProcess({
      childPath: deps.childPath,
      job: { kind: 'INSPECT', dataset },
      workDir,
      ...limits,
      usesGpu: false,
      onLine: (stream, text) => deps.log.debug({ stream, text }, 'Inspection output'),
      onMessage: (message) => {
        if (message.type === 'READ') void tell(message.share);
        if (message.type === 'INSPECTED') answer = { summary: message.summary, error: null, table: message.table };
        if (message.type === 'REFUSED') answer = { summary: null, error: { code: message.code, params: message.params }, table: message.table };
      },
    });
    /** Told while nothing else is: the end is what counts. An api of before does not know it. */
    const tell = async (share: number): Promise<void> => {
      if (telling) return;
      telling = true;
      try {
        await deps.api.inspectionProgress(datasetId, { claim: given.claim, share });
      } catch (error) {
        // Deleted, or to be read otherwise: nobody waits for the rest of a large file.
        if (isFenced(error)) {
          fenced = error;
          child.stop('FENCED');
        }
      }
      telling = false;
    };
    const kill = () => child.stop('SHUTDOWN');
    signal.addEventListener('abort', kill, { once: true });
    const end = await child.ended;
    signal.removeEventListener('abort', kill);
    signal.throwIfAborted();
    if (fenced !== null) throw fenced;
    if (answer !== null) return answer;
    const failure = failureOfExit(end, limits);
    const tooLarge = failure.code === 'OUT_OF_MEMORY' || failure.code === 'TIME_LIMIT';
    if (tooLarge) return { summary: null, error: { code: 'DATASET_TOO_LARGE', params: failure.params ?? {} } };
    deps.log.error({ code: failure.code, reason: failure.message }, 'An inspection ended without an answer');
    return { summary: null, error: unforeseen(failure.code === 'CHILD_KILLED' ? 'KILLED' : 'CRASHED') };
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
}

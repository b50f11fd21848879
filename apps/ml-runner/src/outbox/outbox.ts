import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { FinishRequest, Verdict } from '@trainyard/domain';
import { ApiAway, ApiRefusal, isFenced, type ApiClient, type Upload } from '../link/api-client.ts';
import { backoff } from '../link/retry.ts';
import { hasCode } from '../machine/system-error.ts';
import type { Spool, SpoolRecord } from './spool.ts';

/** Opens a file to be sent. Hash and content come from one handle, so a file renamed over it meanwhile does not matter. */
export async function withUpload<T>(path: string, send: (upload: Upload) => Promise<T>): Promise<T> {
  const file = await open(path, 'r');
  try {
    const hash = createHash('sha256');
    let size = 0;
    for await (const chunk of file.createReadStream({ start: 0, autoClose: false }) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      size += chunk.length;
    }
    return await send({ file, size, digest: hash.digest('hex') });
  } finally {
    await file.close();
  }
}

/** Between tries while the api's disk is full: each sends the beginning of a file, and hashes all of it. */
const FULL_DISK_MS = 10_000;

interface OutboxDependencies {
  api: ApiClient;
  spool: Spool;
  log: Logger;
  onVerdict: (verdict: Verdict) => void;
}

/**
 * Sends one attempt's spool in its order, one record at a time, until its finish is accepted. At least once: a record is
 * sent again until the api answers, and the api recognises what it already has by claim and `seq`.
 */
export class Outbox {
  private readonly deps: OutboxDependencies;
  private readonly stopping = new AbortController();
  private isCancelled = false;
  private lostArtifact: string | null = null;
  private refusedFinish: string | null = null;
  /** Ends when the finish is accepted (true), or when it was fenced or stopped (false). */
  readonly done: Promise<boolean>;

  constructor(deps: OutboxDependencies) {
    this.deps = deps;
    this.done = this.run();
  }

  /** Ends without delivering the rest; what is spooled stays on disk. */
  stop(): void {
    this.stopping.abort();
  }

  /** The run is not wanted any more: what it made waits no longer for room on the api's disk. */
  cancel(): void {
    this.isCancelled = true;
  }

  private async run(): Promise<boolean> {
    const { spool, log } = this.deps;
    const { signal } = this.stopping;
    let tries = 0;
    while (!signal.aborted) {
      try {
        await spool.untilRecord(signal);
        const record = await spool.head();
        if (record === null) continue;
        const delivered = await this.deliver(record);
        if (tries > 0) log.info({ tries, waiting: spool.pendingRecords }, 'The api is back: delivering what was spooled');
        tries = 0;
        if (!delivered) return false;
        await spool.acknowledge();
        if (record.kind === 'FINISH') return true;
      } catch (error) {
        if (signal.aborted) return false;
        if (!(error instanceof ApiAway)) log.error({ err: error }, 'A record could not be delivered; trying again');
        else if (tries === 0) log.warn({ reason: error.message }, 'The api is away or its disk is full: what it must get waits on disk here');
        tries += 1;
        const pause = isFullDisk((error as Error).cause) ? backoff(tries, FULL_DISK_MS) : backoff(tries);
        await delay(pause, undefined, { signal }).catch(() => undefined);
      }
    }
    return false;
  }

  /** False when the api says that this claim is over. A refusal of a single record is told in the log and does not hold up the rest. */
  private async deliver(record: SpoolRecord): Promise<boolean> {
    const { spool, log, onVerdict } = this.deps;
    try {
      await this.send(record);
    } catch (error) {
      if (isFenced(error)) {
        log.warn({ waiting: spool.pendingRecords }, 'Fenced: the attempt was given to somebody else; what was spooled for this claim is dropped');
        onVerdict('FENCED');
        return false;
      }
      if (!(error instanceof ApiRefusal)) throw error;
      // Not known (any more): the hello that heartbeats repeat, or a person, puts that right. Nothing is lost until then.
      if (error.status === 401) throw new ApiAway(error.message, { cause: error });
      // Numbers, ends and what a run made wait here until there is room. A checkpoint does not: the end waits behind it, and whoever takes
      // up the attempt goes on from an earlier one.
      const waits = record.kind !== 'CHECKPOINT' && !(record.kind === 'ARTIFACT' && this.isCancelled);
      if (isFullDisk(error) && waits) throw new ApiAway(error.message, { cause: error });
      if (record.kind === 'ARTIFACT') this.lostArtifact = `${record.name} could not be stored by the api (${error.code}): ${error.message}`;
      if (record.kind === 'FINISH' && this.refusedFinish === null) {
        // An end that cannot be told would be tried again by others, for nothing.
        this.refusedFinish = `The api refused the run's ${record.body.outcome} end (${error.code}): ${error.message}`;
        return this.deliver(record);
      }
      log.error({ kind: record.kind, status: error.status, code: error.code, reason: error.message }, 'The api refused a record; it is dropped');
    }
    return true;
  }

  private async send(record: SpoolRecord): Promise<void> {
    const { api, spool, onVerdict } = this.deps;
    const { attemptId, claim } = spool.owner;
    const { signal } = this.stopping;
    switch (record.kind) {
      case 'REPORT': {
        const reply = await api.report(attemptId, record.body);
        onVerdict(reply.verdict);
        return;
      }
      case 'ARTIFACT':
        await this.sendFile(record.path, (upload) => api.putArtifact(attemptId, claim, record.name, upload, signal));
        return;
      case 'CHECKPOINT': {
        const { step, trainingEpoch } = record.checkpoint;
        await this.sendFile(record.checkpoint.path, (upload) => api.putCheckpoint(attemptId, { claim, step, trainingEpoch }, upload, signal));
        return;
      }
      case 'FINISH':
        await api.finish(attemptId, this.trueEnd(record.body));
    }
  }

  private async sendFile(path: string, send: (upload: Upload) => Promise<unknown>): Promise<void> {
    try {
      await withUpload(path, send);
    } catch (error) {
      if (!hasCode(error, 'ENOENT')) throw error;
      this.deps.log.error({ path }, 'A file to upload is gone; it is left out');
    }
  }

  /** A run whose model nobody can download did not succeed, whatever its accuracy. */
  private trueEnd(finish: FinishRequest): FinishRequest {
    if (this.refusedFinish !== null)
      return { claim: finish.claim, outcome: 'FAILED', failure: { code: 'RUNNER_ERROR', message: this.refusedFinish }, result: null };
    if (this.lostArtifact === null || finish.outcome !== 'SUCCEEDED') return finish;
    return { ...finish, outcome: 'FAILED', failure: { code: 'STORAGE_FULL', message: this.lostArtifact, params: { reason: 'SERVER_STORAGE' } } };
  }
}

const isFullDisk = (error: unknown): boolean => error instanceof ApiRefusal && error.status === 507;

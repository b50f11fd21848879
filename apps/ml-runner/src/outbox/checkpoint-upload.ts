import { messageOf } from '@trainyard/domain';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { ApiAway, ApiRefusal, isFenced, type ApiClient } from '../link/api-client.ts';
import { backoff } from '../link/retry.ts';
import { withUpload } from './outbox.ts';
import type { CheckpointFile, Spool } from './spool.ts';

interface UploadDependencies {
  api: ApiClient;
  spool: Spool;
  log: Logger;
  flushReports: () => Promise<void>;
  onFenced: () => void;
  onRefused: (reason: string) => void;
}

/**
 * Uploads checkpoints beside training: one at a time, and when several were written meanwhile only the newest.
 * A slow or absent api therefore never holds up training, nor the reports, which travel on their own.
 */
export class CheckpointUploads {
  private readonly deps: UploadDependencies;
  private readonly stopping = new AbortController();
  private next: CheckpointFile | null = null;
  private running: Promise<void> | null = null;

  constructor(deps: UploadDependencies) {
    this.deps = deps;
  }

  offer(checkpoint: CheckpointFile): void {
    this.next = checkpoint;
    void this.note(checkpoint);
    this.running ??= this.run().finally(() => {
      this.running = null;
    });
  }

  /** Ends at once; the spool knows which checkpoint is not stored yet. */
  async stop(): Promise<void> {
    this.next = null;
    this.stopping.abort();
    await this.running;
  }

  /** Behind the reports of its steps: whoever finds it in the spool of a runner that was killed goes on from it, and repeats none of them. */
  private async note(checkpoint: CheckpointFile): Promise<void> {
    await this.deps.flushReports();
    await this.deps.spool.noteCheckpoint(checkpoint);
  }

  private async run(): Promise<void> {
    const { log, onFenced, onRefused } = this.deps;
    const { signal } = this.stopping;
    for (let tries = 0; this.next !== null && !signal.aborted;) {
      const checkpoint = this.next;
      this.next = null;
      try {
        await this.upload(checkpoint, signal);
        tries = 0;
      } catch (error) {
        if (signal.aborted) return;
        if (isFenced(error)) return onFenced();
        if (error instanceof ApiRefusal && error.status !== 401) {
          log.error({ code: error.code, reason: error.message }, 'The api refused a checkpoint');
          onRefused(error.message);
        } else if (error instanceof ApiAway || error instanceof ApiRefusal) {
          this.next ??= checkpoint;
          tries += 1;
          await delay(backoff(tries), undefined, { signal }).catch(() => undefined);
        } else {
          // Most likely a newer checkpoint replaced the file.
          log.warn({ reason: messageOf(error) }, 'A checkpoint could not be read');
        }
      }
    }
  }

  private async upload(checkpoint: CheckpointFile, signal: AbortSignal): Promise<void> {
    const { api, spool, flushReports } = this.deps;
    const { attemptId, claim } = spool.owner;
    const { step, trainingEpoch } = checkpoint;
    await withUpload(checkpoint.path, async (upload) => {
      // Whoever goes on from this checkpoint does not repeat its steps: what they reported must be stored before it is.
      await flushReports();
      await spool.untilDelivered(signal);
      await api.putCheckpoint(attemptId, { claim, step, trainingEpoch }, upload, signal);
    });
    await spool.noteCheckpointStored(step);
  }
}

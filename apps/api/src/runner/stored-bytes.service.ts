import { Injectable } from '@nestjs/common';
import type { StoredReply } from '@trainyard/domain';
import type { Readable } from 'node:stream';
import { BlobStore, type Announced, type StoredBlob } from '../platform/blobs/blob-store.ts';
import { Database, row, type Tx } from '../platform/sql/database.ts';
import { DomainError } from '../platform/domain-error.ts';
import { line } from '../platform/input.ts';
import { AttemptStates } from '../training/attempt-state.service.ts';
import { keepArtifact, keepCheckpoint } from '../training/attempt.writes.ts';
import { LIVE } from '../training/run-states.ts';
import { AttemptProtocol } from './attempt-protocol.service.ts';

/** What one runner says of an attempt: under which claim, and with which token; null: the shared one. */
interface Sender {
  claim: number;
  credentialId: string | null;
}

/** A model of a few hundred million parameters with its optimiser. */
export const CHECKPOINT_MAX_BYTES = 8 * 1024 ** 3;
/** Older ones are deleted: one may be half read by a runner while the next arrives. */
const CHECKPOINTS_KEPT = 2;

/** Checkpoints and artifacts runners send, and the bytes they fetch. */
@Injectable()
export class StoredBytes {
  constructor(
    private readonly database: Database,
    private readonly blobs: BlobStore,
    private readonly attempts: AttemptProtocol,
    private readonly states: AttemptStates,
  ) {}

  async checkpoint(attemptId: string, at: Sender & { step: number; trainingEpoch: number }, body: Readable, announced: Announced): Promise<StoredReply> {
    return this.store(attemptId, at, body, announced, (tx, stored) => keepCheckpoint(tx, attemptId, at, stored, CHECKPOINTS_KEPT));
  }

  async artifact(attemptId: string, sender: Sender, name: string, body: Readable, announced: Announced): Promise<StoredReply> {
    const clean = line('name', name, 200);
    return this.store(attemptId, sender, body, announced, (tx, stored) => keepArtifact(tx, attemptId, sender.claim, clean, stored));
  }

  /** The size of bytes that something names which a runner with this token holds right now: a dataset file or a checkpoint. NOT_FOUND for anything else. */
  async size(digest: string, credentialId: string | null): Promise<number> {
    const named = await row(
      this.database.direct,
      /* sql */ `
      SELECT 1 FROM runner n WHERE n.credential_id IS NOT DISTINCT FROM $2 AND (
        EXISTS (SELECT FROM checkpoint c JOIN attempt a ON a.id = c.attempt_id WHERE c.digest = $1 AND a.runner_id = n.id AND a.state IN ${LIVE})
        OR EXISTS (SELECT FROM dataset_file f JOIN dataset d ON d.id = f.dataset_id WHERE f.digest = $1 AND (
          d.state = 'CHECKING' AND d.lease_until > now() AND d.runner_id = n.id
          OR EXISTS (SELECT FROM run r JOIN attempt a ON a.id = r.attempt_id WHERE r.dataset_id = d.id AND a.runner_id = n.id AND a.state IN ${LIVE}))))
      LIMIT 1`,
      [digest, credentialId],
    );
    const size = named ? await this.blobs.size(digest) : null;
    if (size === null) throw new DomainError('NOT_FOUND');
    return size;
  }

  /** Refuses a stale claim before the bytes and again, under lock, before they count. */
  private async store(
    attemptId: string,
    { claim, credentialId }: Sender,
    body: Readable,
    announced: Announced,
    write: (tx: Tx, stored: StoredBlob) => Promise<void>,
  ): Promise<StoredReply> {
    await this.database.transaction((tx) => this.attempts.demandLiving(tx, attemptId, claim, credentialId));
    const stored = await this.blobs.store(body, CHECKPOINT_MAX_BYTES, announced);
    await this.database.transaction(async (tx) => {
      const attempt = await this.attempts.demandLiving(tx, attemptId, claim, credentialId);
      await write(tx, stored);
      this.states.wakeAfter(tx, attempt);
    });
    return stored;
  }
}

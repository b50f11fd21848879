import { EventEmitter, once } from 'node:events';
import { mkdir, open, readFile, unlink, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { withClaim, type FinishRequest, type ReportRequest } from '@trainyard/domain';

export interface CheckpointFile {
  path: string;
  step: number;
  trainingEpoch: number;
}

/** What the api must get, in this order. */
export type SpoolRecord =
  | { kind: 'REPORT'; body: ReportRequest }
  | { kind: 'ARTIFACT'; name: string; path: string }
  | { kind: 'CHECKPOINT'; checkpoint: CheckpointFile }
  | { kind: 'FINISH'; body: FinishRequest };

export interface SpoolOwner {
  attemptId: string;
  claim: number;
  /** e.g. "NLP-12 run 3": for logs. */
  title: string;
  workDir: string;
}

type Line =
  | { open: SpoolOwner }
  | { record: SpoolRecord }
  /** How many records of this file, counted from its start, the api has acknowledged. */
  | { acknowledged: number }
  | { checkpointWritten: CheckpointFile }
  | { checkpointStored: number };

interface Pending {
  kind: SpoolRecord['kind'];
  bytes: number;
  offset: number;
  /** Kept while there is little of it, or when the disk did not take it; else read back from the file. */
  text: string | null;
}

/** Pending records are held in memory too up to this, so that a healthy api costs no reads. */
const MEMORY_BYTES = 8 * 1024 * 1024;
/** A file of acknowledged records is started anew beyond this. */
const COMPACT_BYTES = 4 * 1024 * 1024;

/**
 * The write-ahead file of one attempt and claim: a record is on disk before it is sent, so neither an api that is away nor
 * the death of this process loses it. One JSON value a line; a torn last line (power cut) is ignored when read back.
 */
export class Spool {
  readonly owner: SpoolOwner;
  private readonly file: string;
  private readonly handle: FileHandle;
  private readonly events = new EventEmitter();
  private readonly pending: Pending[] = [];
  private size: number;
  private acknowledged = 0;
  /** Records the api has taken in this life; unlike `acknowledged` it never starts anew. */
  private delivered = 0;
  private memory = 0;
  private bytes = 0;
  private writes: Promise<void> = Promise.resolve();
  private closed = false;
  private newestCheckpoint: CheckpointFile | null = null;
  private storedStep = -1;
  /** The first write that failed (a full disk): from then on records are only in memory. */
  private diskError: Error | null = null;

  private constructor(file: string, handle: FileHandle, owner: SpoolOwner, size: number) {
    this.file = file;
    this.handle = handle;
    this.owner = owner;
    this.size = size;
  }

  static async create(folder: string, owner: SpoolOwner): Promise<Spool> {
    await mkdir(folder, { recursive: true });
    const file = path.join(folder, `${encodeURIComponent(owner.attemptId)}.${owner.claim}.jsonl`);
    const spool = new Spool(file, await open(file, 'w+'), owner, 0);
    await spool.write({ open: owner }, true);
    return spool;
  }

  /**
   * Opens what an earlier life of the runner left; null when not even its first line was written.
   * @param attempts where attempts lie now: the folder may have been moved or copied, and where it was is nobody's, or another runner's
   */
  static async reopen(file: string, attempts: string): Promise<Spool | null> {
    const whole = await readFile(file);
    const end = whole.lastIndexOf(10) + 1;
    let spool: Spool | null = null;
    let offset = 0;
    const records: Pending[] = [];
    while (offset < end) {
      const next = whole.indexOf(10, offset) + 1;
      const text = whole.toString('utf8', offset, next - 1);
      const line = JSON.parse(text) as Line;
      if ('open' in line) {
        const owner = withClaim(line.open);
        const workDir = path.join(attempts, path.basename(owner.workDir));
        spool = new Spool(file, await open(file, 'r+'), { ...owner, workDir }, end);
      } else if (spool === null) {
        return null;
      } else if ('record' in line) {
        records.push({ kind: line.record.kind, bytes: next - offset, offset, text: null });
      } else if ('acknowledged' in line) {
        spool.acknowledged = line.acknowledged;
      } else if ('checkpointWritten' in line) {
        spool.newestCheckpoint = spool.here(line.checkpointWritten);
      } else {
        spool.storedStep = line.checkpointStored;
      }
      offset = next;
    }
    if (spool === null) return null;
    await spool.handle.truncate(end);
    spool.pending.push(...records.slice(spool.acknowledged));
    spool.bytes = spool.pending.reduce((sum, record) => sum + record.bytes, 0);
    return spool;
  }

  get pendingRecords(): number {
    return this.pending.length;
  }
  get pendingBytes(): number {
    return this.bytes;
  }
  /** True once the end of the attempt is written (by this life or an earlier one). */
  get hasFinish(): boolean {
    return this.pending.at(-1)?.kind === 'FINISH';
  }
  /** The newest checkpoint that the api does not have yet. */
  get unstoredCheckpoint(): CheckpointFile | null {
    return this.newestCheckpoint !== null && this.newestCheckpoint.step > this.storedStep ? this.newestCheckpoint : null;
  }

  /** Calls back once the disk has refused a write, also when that was before. */
  onDiskError(listener: (error: Error) => void): void {
    if (this.diskError !== null) listener(this.diskError);
    else this.events.once('diskError', listener);
  }

  /** Resolves when the record is on disk; on a full disk, when it is in memory. */
  async append(record: SpoolRecord): Promise<void> {
    await this.write({ record }, true, record.kind);
    this.events.emit('record');
  }

  /** The oldest record not acknowledged; null when there is none. */
  async head(): Promise<SpoolRecord | null> {
    const first = this.pending[0];
    if (first === undefined) return null;
    if (first.text !== null) return this.recordOf(first.text);
    const buffer = Buffer.alloc(first.bytes);
    await this.handle.read(buffer, 0, first.bytes, first.offset);
    return this.recordOf(buffer.toString('utf8'));
  }

  /** The oldest record was accepted by the api (or is given up). */
  async acknowledge(): Promise<void> {
    const first = this.pending.shift();
    if (first === undefined) return;
    this.bytes -= first.bytes;
    if (first.text !== null) this.memory -= first.bytes;
    this.acknowledged += 1;
    this.delivered += 1;
    this.events.emit('delivered');
    if (this.size > COMPACT_BYTES && (await this.startAnew())) return;
    // Losing this line to a power cut only means a redelivery, which the api recognises: no fsync.
    await this.write({ acknowledged: this.acknowledged }, false);
  }

  async noteCheckpoint(checkpoint: CheckpointFile): Promise<void> {
    this.newestCheckpoint = checkpoint;
    await this.write({ checkpointWritten: checkpoint }, false);
  }
  async noteCheckpointStored(step: number): Promise<void> {
    this.storedStep = Math.max(this.storedStep, step);
    await this.write({ checkpointStored: this.storedStep }, false);
  }

  /** Waits until there is a record that is not acknowledged. */
  async untilRecord(signal: AbortSignal): Promise<void> {
    while (this.pending.length === 0) await once(this.events, 'record', { signal });
  }

  /** Waits until the api has taken every record that is in the spool now. */
  async untilDelivered(signal: AbortSignal): Promise<void> {
    await this.writes;
    const last = this.delivered + this.pending.length;
    while (this.delivered < last) await once(this.events, 'delivered', { signal });
  }

  /** Ends with the file in place, for the next life. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.writes;
    await this.handle.close();
  }

  /** Ends and removes the file: all is delivered, or nobody wants it any more. */
  async discard(): Promise<void> {
    await this.close();
    this.pending.length = 0;
    this.bytes = 0;
    await unlink(this.file).catch(() => undefined);
  }

  private write(line: Line, durable: boolean, kind?: SpoolRecord['kind']): Promise<void> {
    const work = this.writes.then(async () => {
      if (this.closed) return;
      const text = `${JSON.stringify(line)}\n`;
      const bytes = Buffer.byteLength(text);
      const offset = this.size;
      let onDisk = this.diskError === null;
      if (onDisk) {
        try {
          await this.handle.write(text, offset, 'utf8');
          if (durable) await this.handle.datasync();
          this.size += bytes;
        } catch (error) {
          this.diskError = error instanceof Error ? error : new Error(String(error));
          this.events.emit('diskError', this.diskError);
          onDisk = false;
        }
      }
      if (kind === undefined) return;
      const keep = !onDisk || this.memory + bytes <= MEMORY_BYTES;
      if (keep) this.memory += bytes;
      this.bytes += bytes;
      this.pending.push({ kind, bytes, offset, text: keep ? text : null });
    });
    this.writes = work;
    return work;
  }

  /** Empties the file when all of it is acknowledged, so that a long attempt does not fill the disk. */
  private async startAnew(): Promise<boolean> {
    let emptied = false;
    const work = this.writes.then(async () => {
      if (this.closed || this.diskError !== null || this.pending.length > 0) return;
      await this.handle.truncate(0);
      this.size = 0;
      this.acknowledged = 0;
      emptied = true;
    });
    this.writes = work;
    await work;
    if (!emptied) return false;
    await this.write({ open: this.owner }, false);
    if (this.newestCheckpoint !== null) await this.write({ checkpointWritten: this.newestCheckpoint }, false);
    await this.write({ checkpointStored: this.storedStep }, true);
    return true;
  }

  private recordOf(text: string): SpoolRecord {
    const line = JSON.parse(text) as Line;
    if (!('record' in line)) throw new Error('The spool is corrupt: a record was expected.');
    const { record } = line;
    if (record.kind === 'ARTIFACT') return this.here(record);
    if (record.kind === 'CHECKPOINT') return { ...record, checkpoint: this.here(record.checkpoint) };
    return { ...record, body: withClaim(record.body) } as SpoolRecord;
  }

  /** A file of the attempt where its folder is now. */
  private here<T extends { path: string }>(file: T): T {
    return { ...file, path: path.join(this.owner.workDir, path.basename(file.path)) };
  }
}

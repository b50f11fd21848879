import { ATTACHMENT_BYTES_MAX } from '@trainyard/domain';
import { newId } from '../../new-id.ts';
import { UploadError } from '../shell/send-file.ts';

/** A file that is being attached, or could not be. */
export interface SentFile {
  /** Also of the attachment it becomes: a file whose answer was lost on the way is not attached twice. */
  readonly id: string;
  readonly file: File;
  /** Bytes; null: it waits for its turn. */
  readonly sent: number | null;
  readonly error: UploadError | null;
}

export type SendOne = (file: File, id: string, signal: AbortSignal, onProgress: (sentBytes: number) => void) => Promise<unknown>;

/** A browser opens six connections to a server, and the page needs some. */
const AT_ONCE = 3;

/** Files on their way to one thing, in the order in which they were chosen: a few at once, each cancelled or sent again by itself. */
export class FileQueue {
  private files: readonly SentFile[] = [];
  private readonly aborts = new Map<string, AbortController>();
  private readonly listeners = new Set<() => void>();
  private readonly send: SendOne;
  private readonly onFailed: (error: UploadError) => void;

  constructor(send: SendOne, onFailed: (error: UploadError) => void) {
    this.send = send;
    this.onFailed = onFailed;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };
  readonly current = (): readonly SentFile[] => this.files;

  add(files: readonly File[]): void {
    this.set([...this.files, ...files.map((file): SentFile => ({ id: newId(), file, sent: null, error: checkFile(file) }))]);
    this.next();
  }

  retry(id: string): void {
    this.change(id, { error: null, sent: null });
    this.next();
  }

  /** Stops what is under way and forgets it. */
  remove(id: string): void {
    this.set(this.files.filter((one) => one.id !== id));
    this.aborts.get(id)?.abort();
    this.next();
  }

  private next(): void {
    const waiting = this.files.filter(({ sent, error }) => sent === null && error === null);
    for (const one of waiting.slice(0, Math.max(0, AT_ONCE - this.aborts.size))) void this.start(one);
  }

  private async start({ id, file }: SentFile): Promise<void> {
    const abort = new AbortController();
    this.aborts.set(id, abort);
    this.change(id, { sent: 0 });
    let error: UploadError | null = null;
    try {
      await this.send(file, id, abort.signal, (sent) => this.change(id, { sent }));
    } catch (failure) {
      error = failure instanceof UploadError ? failure : new UploadError('INTERNAL');
    }
    this.aborts.delete(id);
    if (!abort.signal.aborted) {
      if (error) {
        this.change(id, { sent: null, error });
        this.onFailed(error);
      } else this.set(this.files.filter((one) => one.id !== id));
    }
    this.next();
  }

  private change(id: string, to: Partial<SentFile>): void {
    this.set(this.files.map((one) => (one.id === id ? { ...one, ...to } : one)));
  }

  private set(files: readonly SentFile[]): void {
    this.files = files;
    for (const listener of this.listeners) listener();
  }
}

/** What need not be sent to know that it will be refused. */
function checkFile(file: File): UploadError | null {
  if (file.size > ATTACHMENT_BYTES_MAX) return new UploadError('TOO_LARGE', { limit: ATTACHMENT_BYTES_MAX, reason: 'FILE' });
  return file.size === 0 ? new UploadError('BAD_INPUT', { field: 'file', reason: 'EMPTY' }) : null;
}

/** Whether it is of use to send the same once more. */
export const canRetry = ({ file, error }: SentFile): boolean => error !== null && checkFile(file) === null;

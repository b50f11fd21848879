import { closeSync, existsSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const LIMIT_BYTES = 10 * 1024 * 1024;

/** A log file that never takes more than twice `limit` bytes: when full it becomes `<file>.1`, replacing the one before. */
export class BoundedLog {
  private descriptor: number;
  private size: number;
  readonly file: string;
  private readonly isPlace: () => boolean;
  private readonly limit: number;

  /** @param isPlace whether the folder of that name still is the one the log was begun in */
  constructor(file: string, isPlace: () => boolean, limit: number = LIMIT_BYTES) {
    this.file = file;
    this.isPlace = isPlace;
    this.limit = limit;
    mkdirSync(dirname(file), { recursive: true });
    this.descriptor = openSync(file, 'a', 0o600);
    this.size = fstatSync(this.descriptor).size;
  }

  /** A full disk must not stop what is being logged, so a line that cannot be written is lost. */
  write(chunk: Buffer): void {
    if (this.descriptor < 0) return;
    try {
      if (this.size + chunk.length > this.limit) {
        // What stands there now has a log of its own.
        if (!this.isPlace()) return;
        this.turn();
      }
      writeSync(this.descriptor, chunk);
      this.size += chunk.length;
    } catch {
      // Lost; see above.
    }
  }

  /** What fails half-way is tried again at the next line. A descriptor that was closed may be another file's by then: it goes last. */
  private turn(): void {
    if (existsSync(this.file)) renameSync(this.file, `${this.file}.1`);
    const full = this.descriptor;
    this.descriptor = openSync(this.file, 'a', 0o600);
    this.size = 0;
    closeSync(full);
  }

  close(): void {
    if (this.descriptor >= 0) closeSync(this.descriptor);
    this.descriptor = -1;
  }
}

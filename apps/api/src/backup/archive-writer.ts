import { once } from 'node:events';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress } from 'node:zlib';
import { pack, type Pack } from 'tar-stream';
import { sha256 } from './archive-format.ts';
import { seal, WORK_FACTOR } from './sealing.ts';
import { addTrailer } from './trailer.ts';

/** Checkpoints hardly compress and rows do at any level: the fastest that compresses rows well. */
const ZSTD = { params: { [constants.ZSTD_c_compressionLevel]: 3, [constants.ZSTD_c_checksumFlag]: 1 } };

/** Puts entries into an archive, one after the other; never holds more than one chunk of one of them. */
export class ArchiveWriter {
  private readonly tar: Pack = pack();
  /** Settles when all is written to the end, or rejects with what went wrong. */
  private readonly written: Promise<void>;
  private failure: Error | null = null;
  private readonly madeAt = new Date();

  private constructor(out: Writable, sealed: (source: Readable) => Promise<Readable>, signal: AbortSignal) {
    const compressed = addTrailer();
    const packed = pipeline(this.tar as unknown as Readable, createZstdCompress(ZSTD), compressed, { signal });
    // What fails further on must end the packing too, or it would wait for ever for room.
    const sent = sealed(compressed).then((source) => pipeline(source, out, { signal }));
    sent.catch((error: unknown) => {
      // At once: whoever adds the next entry must learn this, and not that the packing has ended.
      this.failure ??= error as Error;
      this.tar.destroy(error as Error);
    });
    this.written = Promise.all([packed, sent]).then(() => undefined);
    this.written.catch((error: unknown) => (this.failure ??= error as Error));
  }

  static to(out: Writable, passphrase: string | null, signal: AbortSignal, workFactor = WORK_FACTOR): ArchiveWriter {
    return new ArchiveWriter(out, passphrase === null ? async (source) => source : (source) => seal(source, passphrase, workFactor), signal);
  }

  /** An entry whose name ends in the digest of its bytes. */
  async add(name: string, bytes: Buffer): Promise<void> {
    await this.addStream(`${name}.${sha256(bytes)}`, bytes.length, Readable.from([bytes]));
  }

  /** @param size what `source` will yield to the byte */
  async addStream(name: string, size: number, source: Readable): Promise<void> {
    if (this.failure) throw this.failure;
    const entry = this.tar.entry({ name, size, mtime: this.madeAt });
    const ended = once(entry, 'close');
    ended.catch(() => undefined);
    try {
      for await (const chunk of source as AsyncIterable<Buffer>) {
        if (this.failure) throw this.failure;
        if (!entry.write(chunk)) await Promise.race([once(entry, 'drain'), this.written]);
      }
      entry.end(null);
      await Promise.race([ended, this.written]);
      if (this.failure) throw this.failure;
    } catch (error) {
      throw this.failure ?? error;
    }
  }

  async end(): Promise<void> {
    this.tar.finalize();
    await this.written;
  }

  /** Gives up: whoever reads the archive finds it cut off. */
  async abandon(error: Error): Promise<void> {
    this.tar.destroy(error);
    await this.written.catch(() => undefined);
  }
}

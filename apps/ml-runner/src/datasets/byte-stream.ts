import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { DATASET_LIMITS, type PATH_REASONS } from '@trainyard/domain';
import { DatasetError } from './dataset-error.ts';

/** A deflate stream can grow at most this much: a header that promises more is false. */
const MAX_INFLATION = 1_032;

export type OnRead = (bytes: number) => void;

export interface ByteSource {
  sizeBytes: number;
  gzip: boolean;
  /** Most bytes its content can have: its size, or for gzip the format's largest growth of it. */
  largestContent: number;
  /**
   * The content, gunzipped where the file is gzip. Throws DatasetError.
   * @param onRead told of the file's own bytes as they are read
   */
  chunks(onRead?: OnRead): AsyncGenerator<Uint8Array>;
}

/** Opens a file whose content is read as a stream, so that neither a large file nor a small one that inflates fills the memory. */
export async function openSource(path: string): Promise<ByteSource> {
  const sizeBytes = await sizeOf(path);
  if (sizeBytes > DATASET_LIMITS.fileBytes) throw new DatasetError('DATASET_TOO_LARGE', { unit: 'BYTES', limit: DATASET_LIMITS.fileBytes, got: sizeBytes });
  if (sizeBytes === 0) throw new DatasetError('DATASET_EMPTY');
  const gzip = await startsWithGzipMagic(path);
  return { sizeBytes, gzip, largestContent: gzip ? sizeBytes * MAX_INFLATION : sizeBytes, chunks: (onRead) => read(path, gzip, onRead) };
}

async function sizeOf(path: string): Promise<number> {
  try {
    const found = await stat(path);
    if (!found.isFile()) throw new DatasetError('DATASET_PATH_UNREADABLE', { path, reason: 'NOT_A_FILE' });
    return found.size;
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function startsWithGzipMagic(path: string): Promise<boolean> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(2), position: 0 });
      return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
    } finally {
      await file.close();
    }
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function* read(path: string, gzip: boolean, onRead?: OnRead): AsyncGenerator<Uint8Array> {
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  // pipeline closes the file when the reader stops early; the error itself arrives through the iteration.
  const source: Readable = gzip ? pipeline(file, createGunzip(), () => undefined) : file;
  let total = 0;
  let told = 0;
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      total += chunk.length;
      if (total > DATASET_LIMITS.decodedBytes) throw new DatasetError('DATASET_TOO_LARGE', { unit: 'BYTES', limit: DATASET_LIMITS.decodedBytes });
      yield chunk;
      onRead?.(file.bytesRead - told);
      told = file.bytesRead;
    }
  } catch (error) {
    if (error instanceof DatasetError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'Z_BUF_ERROR') throw new DatasetError('DATASET_TRUNCATED', { form: 'GZIP', byte: total }, { cause: error });
    if (code.startsWith('Z_')) throw new DatasetError('DATASET_MALFORMED', { form: 'GZIP', got: code, byte: total }, { cause: error });
    throw unreadable(path, error);
  } finally {
    file.destroy();
  }
}

/** Why the system does not open a path, by its error code; other codes say it themselves. */
const REASONS: Record<string, (typeof PATH_REASONS)[number]> = {
  ENOENT: 'NO_FILE',
  ENOTDIR: 'NO_FILE',
  EACCES: 'NO_PERMISSION',
  EPERM: 'NO_PERMISSION',
  EISDIR: 'NOT_A_FILE',
};

function unreadable(path: string, error: unknown): Error {
  if (error instanceof DatasetError) return error;
  const code = (error as NodeJS.ErrnoException).code;
  if (code === undefined) return error instanceof Error ? error : new Error(String(error));
  return new DatasetError('DATASET_PATH_UNREADABLE', { path, reason: pathReason(code) }, { cause: error });
}

export const pathReason = (code: string): string => REASONS[code] ?? code;

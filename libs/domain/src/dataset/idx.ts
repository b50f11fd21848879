import { refuse, type Result } from '../result.ts';

/**
 * The IDX format (Yann LeCun's MNIST files): two zero bytes, the type of element, the number of dimensions, then each dimension as a
 * big-endian 32-bit integer, then the elements in row-major order. Only unsigned bytes (type 8) are read.
 */
export interface IdxHeader {
  dimensions: number[];
  headerBytes: number;
  /** Bytes of elements that must follow. */
  dataBytes: number;
}

const UNSIGNED_BYTE = 8;
/** Images have 3 dimensions, labels 1. */
const MAX_DIMENSIONS = 3;
export const IDX_HEADER_BYTES = 4 + 4 * MAX_DIMENSIONS;

/**
 * Reads a header.
 * @param start the file's first bytes, IDX_HEADER_BYTES of them where the file has as many
 * @param dimensions 3 for images, 1 for labels
 */
export function parseIdxHeader(start: Uint8Array, dimensions: 1 | 3): Result<IdxHeader> {
  const headerBytes = 4 + 4 * dimensions;
  if (start.length === 0) return refuse('DATASET_EMPTY');
  if (start.length < 4 || start[0] !== 0 || start[1] !== 0) {
    return refuse('DATASET_MALFORMED', { form: 'IDX', got: hex(start.subarray(0, 4)) });
  }
  if (start[2] !== UNSIGNED_BYTE) return refuse('DATASET_MALFORMED', { form: 'UNSIGNED_BYTES', got: start[2] ?? null });
  if (start[3] !== dimensions) return refuse('DATASET_MALFORMED', { unit: 'DIMENSIONS', expected: dimensions, got: start[3] ?? null });
  if (start.length < headerBytes) return refuse('DATASET_TRUNCATED', { unit: 'BYTES', expected: headerBytes, got: start.length });
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  const sizes = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  if (sizes.includes(0)) return refuse('DATASET_EMPTY', { shape: sizes.join('x') });
  return { ok: true, dimensions: sizes, headerBytes, dataBytes: sizes.reduce((a, b) => a * b, 1) };
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

import { IDX_HEADER_BYTES, parseIdxHeader } from './idx.ts';

const header = (...bytes: number[]) => Uint8Array.from(bytes);
const images = header(0, 0, 8, 3, 0, 0, 0x27, 0x10, 0, 0, 0, 28, 0, 0, 0, 28);
const labels = header(0, 0, 8, 1, 0, 0, 0, 5);

describe('parseIdxHeader', () => {
  it('reads images and labels, whatever follows and wherever they lie in memory', () => {
    expect(parseIdxHeader(images, 3)).toEqual({ ok: true, dimensions: [10_000, 28, 28], headerBytes: 16, dataBytes: 7_840_000 });
    expect(parseIdxHeader(header(0, 0, 8, 1, 0, 0, 0, 5, 9, 9), 1)).toEqual({ ok: true, dimensions: [5], headerBytes: 8, dataBytes: 5 });
    expect(parseIdxHeader(labels, 1)).toMatchObject({ ok: true, dimensions: [5] });
    const within = new Uint8Array(40);
    within.set(images, 7);
    expect(parseIdxHeader(within.subarray(7, 23), 3)).toMatchObject({ ok: true, dimensions: [10_000, 28, 28] });
  });

  it('asks for no more of a file than its longest header', () => {
    expect(IDX_HEADER_BYTES).toBe(16);
    expect(parseIdxHeader(images.subarray(0, IDX_HEADER_BYTES), 3).ok).toBe(true);
  });

  it.each<[string, Uint8Array, 1 | 3, string, object | undefined]>([
    ['nothing', header(), 3, 'DATASET_EMPTY', undefined],
    ['text', header(0x61, 0x62, 0x0a, 0x64, 0x65), 3, 'DATASET_MALFORMED', { form: 'IDX', got: '61 62 0a 64' }],
    ['two bytes', header(0, 0), 3, 'DATASET_MALFORMED', { form: 'IDX', got: '00 00' }],
    ['three bytes', header(0, 0, 8), 3, 'DATASET_MALFORMED', { form: 'IDX', got: '00 00 08' }],
    ['a first byte that is not zero', header(1, 0, 8, 3), 3, 'DATASET_MALFORMED', { form: 'IDX', got: '01 00 08 03' }],
    ['a second byte that is not zero', header(0, 1, 8, 3), 3, 'DATASET_MALFORMED', { form: 'IDX', got: '00 01 08 03' }],
    ['floats', header(0, 0, 13, 3), 3, 'DATASET_MALFORMED', { form: 'UNSIGNED_BYTES', got: 13 }],
    ['labels for images', labels, 3, 'DATASET_MALFORMED', { unit: 'DIMENSIONS', expected: 3, got: 1 }],
    ['images for labels', images, 1, 'DATASET_MALFORMED', { unit: 'DIMENSIONS', expected: 1, got: 3 }],
    ['four bytes that begin well', header(0, 0, 8, 3), 3, 'DATASET_TRUNCATED', { unit: 'BYTES', expected: 16, got: 4 }],
    ['a header that lacks a byte', images.subarray(0, 15), 3, 'DATASET_TRUNCATED', { unit: 'BYTES', expected: 16, got: 15 }],
    ['labels that lack a byte', labels.subarray(0, 7), 1, 'DATASET_TRUNCATED', { unit: 'BYTES', expected: 8, got: 7 }],
    ['no image', header(0, 0, 8, 3, 0, 0, 0, 0, 0, 0, 0, 28, 0, 0, 0, 28), 3, 'DATASET_EMPTY', { shape: '0x28x28' }],
    ['images without width', header(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 28, 0, 0, 0, 0), 3, 'DATASET_EMPTY', { shape: '2x28x0' }],
  ])('refuses %s', (_name, bytes, dimensions, code, params) => {
    expect(parseIdxHeader(bytes, dimensions)).toEqual({ ok: false, code, ...(params && { params }) });
  });

  it('does not overflow on huge sizes', () => {
    const huge = parseIdxHeader(header(0, 0, 8, 3, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255), 3);
    expect(huge.ok && huge.dataBytes).toBeGreaterThan(2 ** 90);
  });
});

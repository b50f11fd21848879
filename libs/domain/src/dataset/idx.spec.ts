import { parseIdxHeader } from './idx.ts';

const header = (...bytes: number[]) => Uint8Array.from(bytes);
const images = header(0, 0, 8, 3, 0, 0, 0x27, 0x10, 0, 0, 0, 28, 0, 0, 0, 28);

describe('parseIdxHeader', () => {
  it('reads images and labels', () => {
    expect(parseIdxHeader(images, 3)).toEqual({ ok: true, dimensions: [10_000, 28, 28], headerBytes: 16, dataBytes: 7_840_000 });
    expect(parseIdxHeader(header(0, 0, 8, 1, 0, 0, 0, 5, 9, 9), 1)).toEqual({ ok: true, dimensions: [5], headerBytes: 8, dataBytes: 5 });
  });

  it.each([
    ['nothing', header(), 'DATASET_EMPTY'],
    ['text', header(0x61, 0x62, 0x63, 0x64), 'DATASET_MALFORMED'],
    ['two bytes', header(0, 0), 'DATASET_MALFORMED'],
    ['floats', header(0, 0, 13, 3), 'DATASET_MALFORMED'],
    ['labels for images', header(0, 0, 8, 1, 0, 0, 0, 1), 'DATASET_MALFORMED'],
    ['half a header', images.subarray(0, 10), 'DATASET_TRUNCATED'],
    ['no image', header(0, 0, 8, 3, 0, 0, 0, 0, 0, 0, 0, 28, 0, 0, 0, 28), 'DATASET_EMPTY'],
  ])('refuses %s', (_name, bytes, code) => {
    expect(parseIdxHeader(bytes, 3)).toMatchObject({ ok: false, code });
  });

  it('does not overflow on huge sizes', () => {
    const huge = parseIdxHeader(header(0, 0, 8, 3, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255), 3);
    expect(huge.ok && huge.dataBytes).toBeGreaterThan(2 ** 90);
  });
});

import { Blob } from 'node:buffer';
import { gzipSync } from 'node:zlib';
import { readIdxHeader } from './idx-file.ts';

const images = new Uint8Array([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 28, 0, 0, 0, 28, ...new Uint8Array(2 * 784)]);
const labels = new Uint8Array([0, 0, 8, 1, 0, 0, 0, 2, 7, 2]);
const file = (bytes: Uint8Array) => new Blob([bytes]) as unknown as globalThis.Blob;
const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

describe('the beginning of a chosen file', () => {
  it.each([
    ['as it is', images],
    ['in gzip', gzipSync(images)],
  ])('says how many images there are, and how large: %s', async (_how, bytes) => {
    expect(await readIdxHeader(file(bytes), 'TEST_IMAGES')).toMatchObject({ ok: true, dimensions: [2, 28, 28] });
  });

  it.each([
    ['a picture', png, 'IMAGES', { form: 'IDX', got: '89 50 4e 47' }],
    ['a picture in gzip', gzipSync(png), 'IMAGES', { form: 'IDX', got: '89 50 4e 47' }],
    ['labels in the place of images', labels, 'IMAGES', { unit: 'DIMENSIONS', expected: 3, got: 1 }],
    ['images in the place of labels', images, 'TEST_LABELS', { unit: 'DIMENSIONS', expected: 1, got: 3 }],
    ['gzip that is none', new Uint8Array([0x1f, 0x8b, 1, 2, 3]), 'LABELS', { form: 'GZIP' }],
  ] as const)('refuses %s', async (_what, bytes, role, params) => {
    expect(await readIdxHeader(file(bytes), role)).toEqual({ ok: false, code: 'DATASET_MALFORMED', params });
  });
});

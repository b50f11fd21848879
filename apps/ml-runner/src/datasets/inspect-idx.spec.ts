import { existsSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { DATASET_LIMITS, type ErrorCode, type ErrorParams } from '@trainyard/domain';
import type { LocalDataset } from '../job/child-job.ts';
import { FixtureFolder, idx, refusal } from './dataset-files.fixture.ts';
import { inspectDataset } from './inspect-dataset.ts';

const folder = new FixtureFolder();
afterAll(() => folder.remove());

const pixels = (count: number) => Uint8Array.from({ length: count * 4 }, (_, i) => (i * 37) % 256);
const images = (count: number, data = pixels(count)) => idx([count, 2, 2], data);
const labels = (...values: number[]) => idx([values.length], Uint8Array.from(values));
const good = { IMAGES: images(3), LABELS: labels(7, 3, 7) };

const filesAt = (imagesPath: string, labelsPath: string): LocalDataset => ({
  kind: 'IDX',
  files: [
    { role: 'IMAGES', path: imagesPath },
    { role: 'LABELS', path: labelsPath },
  ],
});

describe('IDX', () => {
  it('is summarised with classes, shapes and a preview', async () => {
    const dataset = folder.idx({ ...good, TEST_IMAGES: images(2), TEST_LABELS: labels(3, 3) });
    expect(await inspectDataset(dataset)).toMatchObject({
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      sampleCount: 3,
      testCount: 2,
      inputShape: [2, 2],
      classes: [
        { name: '3', count: 1 },
        { name: '7', count: 2 },
      ],
      preview: { images: [{ pixels: Buffer.from(pixels(1)).toString('base64'), label: '7' }, { label: '3' }, { label: '7' }], rows: [] },
    });
  });

  it('shows only as much of large images as travels in one piece', async () => {
    const side = 500;
    const large = idx([4, side, side], new Uint8Array(4 * side * side));
    const { preview } = await inspectDataset(folder.idx({ IMAGES: large, LABELS: labels(1, 2, 1, 2) }));
    expect(preview.images.map(({ label }) => label)).toEqual(['1', '2']);
    expect(preview.images[0]?.pixels).toBe(Buffer.alloc(side * side).toString('base64'));
  });

  it('has the same digest plain and gzipped, and another for other content', async () => {
    const { digest } = await inspectDataset(folder.idx(good));
    expect((await inspectDataset(folder.idx(good, true))).digest).toBe(digest);
    expect((await inspectDataset(folder.idx({ ...good, LABELS: labels(7, 7, 3) }))).digest).not.toBe(digest);
  });

  it.each<[string, Record<string, Uint8Array>, ErrorCode, ErrorParams]>([
    ['an empty file', { ...good, IMAGES: Buffer.alloc(0) }, 'DATASET_EMPTY', { file: 'IMAGES' }],
    ['no samples', { IMAGES: images(0), LABELS: labels() }, 'DATASET_EMPTY', { file: 'IMAGES' }],
    ['text', { ...good, LABELS: Buffer.from('label\n1\n') }, 'DATASET_MALFORMED', { file: 'LABELS' }],
    ['files swapped', { IMAGES: good.LABELS, LABELS: good.IMAGES }, 'DATASET_MALFORMED', { file: 'IMAGES', unit: 'DIMENSIONS', expected: 3, got: 1 }],
    ['images cut off', { ...good, IMAGES: good.IMAGES.subarray(0, 20) }, 'DATASET_TRUNCATED', { file: 'IMAGES', unit: 'BYTES', expected: 12, got: 4 }],
    ['a gzip cut off', { ...good, IMAGES: gzipSync(images(300)).subarray(0, 200) }, 'DATASET_TRUNCATED', { file: 'IMAGES' }],
    [
      'a gzip that holds less than its header promises',
      { ...good, IMAGES: gzipSync(idx([3, 2, 2], pixels(2))) },
      'DATASET_TRUNCATED',
      { file: 'IMAGES', unit: 'BYTES', expected: 12, got: 8 },
    ],
    [
      'a damaged gzip',
      { ...good, IMAGES: Buffer.from(gzipSync(images(300)).map((byte, i) => (i === 60 ? byte ^ 255 : byte))) },
      'DATASET_MALFORMED',
      { file: 'IMAGES' },
    ],
    ['bytes too many', { ...good, IMAGES: Buffer.concat([good.IMAGES, Buffer.alloc(5)]) }, 'DATASET_MALFORMED', { file: 'IMAGES' }],
    ['more labels than images', { ...good, LABELS: labels(1, 2, 3, 4) }, 'DATASET_COUNT_MISMATCH', { images: 3, labels: 4 }],
    ['one image', { IMAGES: images(1), LABELS: labels(5) }, 'DATASET_TOO_SMALL', { file: 'IMAGES', needed: 2, got: 1 }],
    ['one class', { ...good, LABELS: labels(5, 5, 5) }, 'DATASET_ONE_CLASS', { class: '5' }],
    ['no labels', { IMAGES: good.IMAGES }, 'DATASET_MALFORMED', { file: 'LABELS' }],
    [
      'test images of another size',
      { ...good, TEST_IMAGES: idx([1, 3, 3], new Uint8Array(9)), TEST_LABELS: labels(3) },
      'DATASET_SHAPE_MISMATCH',
      { expected: '2x2', got: '3x3' },
    ],
    ['more samples than allowed', { ...good, IMAGES: idx([DATASET_LIMITS.samples + 1, 1, 1], new Uint8Array(1)) }, 'DATASET_TOO_LARGE', { unit: 'SAMPLES' }],
    ['a header that promises terabytes', { ...good, IMAGES: idx([4_000_000, 65_535, 65_535], new Uint8Array(1)) }, 'DATASET_TOO_LARGE', { unit: 'BYTES' }],
    [
      'a header that promises more than the file can hold',
      { ...good, IMAGES: idx([1_000_000, 28, 28], new Uint8Array(9)) },
      'DATASET_TRUNCATED',
      { expected: 784_000_000 },
    ],
  ])('refuses %s', async (_name, files, code, params) => {
    expect(await refusal(folder.idx(files))).toMatchObject({ code, params });
  });

  it('believes no header that promises more than the best gzip of its size could hold', async () => {
    const { code, params } = await refusal(folder.idx({ ...good, IMAGES: gzipSync(idx([1_000_000, 28, 28], new Uint8Array(9))) }));
    expect(code).toBe('DATASET_TRUNCATED');
    // Told before room is made for them: not the nine that are there.
    expect(params).toMatchObject({ expected: 784_000_000 });
    expect(params['got']).toBeGreaterThan(9);
  });

  it('stops at a gzip that inflates to more than its header says', async () => {
    const bomb = gzipSync(Buffer.concat([images(3), Buffer.alloc(64 * 1024 * 1024)]));
    const before = process.memoryUsage().arrayBuffers;
    expect(await refusal(folder.idx({ ...good, IMAGES: bomb }))).toMatchObject({
      code: 'DATASET_MALFORMED',
      params: { unit: 'BYTES', expected: 12, got: expect.any(Number) },
    });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 1024 * 1024);
  });

  it('refuses a file larger than the limit without reading it', async () => {
    const path = folder.write('');
    truncateSync(path, DATASET_LIMITS.fileBytes + 1);
    expect(await refusal(filesAt(path, path))).toMatchObject({ code: 'DATASET_TOO_LARGE', params: { file: 'IMAGES' } });
  });

  it.each([
    ['missing', () => join(folder.path, 'nowhere'), 'NO_FILE'],
    ['a folder', () => folder.path, 'NOT_A_FILE'],
  ])('says that a path is %s', async (_name, path, reason) => {
    expect(await refusal(filesAt(path(), path()))).toMatchObject({ code: 'DATASET_PATH_UNREADABLE', params: { reason } });
  });
});

const digits = fileURLToPath(new URL('../../../../../shared/data/mnist-t10k/', import.meta.url));
const real = existsSync(digits) ? it : it.skip;
real('reads the 10,000 real handwritten digits (skipped where ../shared/data/mnist-t10k is absent)', async () => {
  const summary = await inspectDataset(filesAt(join(digits, 't10k-images-idx3-ubyte.gz'), join(digits, 't10k-labels-idx1-ubyte.gz')));
  expect(summary).toMatchObject({ sampleCount: 10_000, inputShape: [28, 28] });
  expect(summary.classes.map((c) => c.count)).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
});

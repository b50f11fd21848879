import { DATASET_LIMITS } from '@trainyard/domain';
import type { LocalDataset } from '../job/child-job.ts';
import { refusal } from './dataset-files.fixture.ts';
import { inspectDataset } from './inspect-dataset.ts';

describe('synthetic sets', () => {
  const make = (synthetic: 'COMPARISON' | 'STROKE_DIGITS', samples: number, seed: number): LocalDataset => ({ kind: 'SYNTHETIC', synthetic, samples, seed });

  it('are the same for the same seed and other for another', async () => {
    const [a, b, c] = await Promise.all([1, 1, 2].map((seed) => inspectDataset(make('STROKE_DIGITS', 50, seed))));
    expect(a!.digest).toBe(b!.digest);
    expect(a!.digest).not.toBe(c!.digest);
  });

  it('of digits hold ten classes of 28x28 images with ink on paper', async () => {
    const summary = await inspectDataset(make('STROKE_DIGITS', 500, 3));
    expect(summary).toMatchObject({ sampleCount: 500, inputShape: [28, 28] });
    expect(summary.classes.map((c) => c.name)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    for (const image of summary.preview.images) {
      const bytes = Buffer.from(image.pixels, 'base64');
      const ink = bytes.filter((byte) => byte > 127).length;
      expect(bytes).toHaveLength(784);
      expect(ink).toBeGreaterThan(20);
      expect(ink).toBeLessThan(300);
    }
  });

  it('of comparisons hold two classes of points', async () => {
    const summary = await inspectDataset(make('COMPARISON', 100, 4));
    expect(summary).toMatchObject({ inputShape: [2], columns: [{ name: 'x0', type: 'NUMBER' }, { name: 'x1' }] });
    expect(summary.classes.reduce((sum, c) => sum + c.count, 0)).toBe(100);
    for (const [x0, x1, label] of summary.preview.rows) expect(label).toBe(Number(x0) > Number(x1) ? '1' : '0');
  });

  it.each([
    ['too few', 1, 'DATASET_TOO_SMALL'],
    ['too many', DATASET_LIMITS.samples, 'DATASET_TOO_LARGE'],
  ])('refuse %s samples', async (_name, samples, code) => {
    expect(await refusal(make('STROKE_DIGITS', samples, 1))).toMatchObject({ code });
  });
});

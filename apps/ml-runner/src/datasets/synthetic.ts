import { createHash } from 'node:crypto';
import { DATASET_LIMITS } from '@trainyard/domain';
import type { LocalDataset } from '../job/child-job.ts';
import { SeededRandom } from '../random/seeded-random.ts';
import type { ClassContent, LoadedDataset } from './dataset-content.ts';
import { DatasetError } from './dataset-error.ts';
import { drawDigit, DIGIT_SIZE } from './stroke-digits.ts';

type Synthetic = Extract<LocalDataset, { kind: 'SYNTHETIC' }>;

/** Makes a synthetic set; the same kind, number and seed give the same content on every machine. */
export function makeSynthetic({ synthetic, samples, seed }: Synthetic): LoadedDataset & { content: ClassContent } {
  const bytesEach = synthetic === 'STROKE_DIGITS' ? DIGIT_SIZE * DIGIT_SIZE : 8;
  if (samples < DATASET_LIMITS.minSamples) throw new DatasetError('DATASET_TOO_SMALL', { unit: 'SAMPLES', needed: DATASET_LIMITS.minSamples, got: samples });
  if (samples > DATASET_LIMITS.samples || samples * bytesEach > DATASET_LIMITS.decodedBytes) {
    throw new DatasetError('DATASET_TOO_LARGE', {
      unit: 'SAMPLES',
      limit: Math.min(DATASET_LIMITS.samples, Math.floor(DATASET_LIMITS.decodedBytes / bytesEach)),
      got: samples,
    });
  }
  const random = SeededRandom.fromSeed(seed);
  const content = synthetic === 'STROKE_DIGITS' ? strokeDigits(samples, random) : comparison(samples, random);
  const { inputs, labels } = content.train;
  const digest = createHash('sha256')
    .update(`SYNTHETIC ${content.inputShape.join('x')}\n`)
    .update(new Uint8Array(inputs.buffer, inputs.byteOffset, inputs.byteLength))
    .update(new Uint8Array(labels.buffer, labels.byteOffset, labels.byteLength))
    .digest('hex');
  return { digest, content };
}

/** Closer to the line between the classes no point lies, so that a small net can tell them all apart. */
const MARGIN = 0.002;

/** Two numbers in [0, 1); class 1 when the first is the larger. */
function comparison(count: number, random: SeededRandom): ClassContent {
  const inputs = new Float32Array(count * 2);
  const labels = new Uint16Array(count);
  for (let i = 0; i < count; i++) {
    do {
      inputs[2 * i] = random.next();
      inputs[2 * i + 1] = random.next();
    } while (Math.abs(inputs[2 * i]! - inputs[2 * i + 1]!) < MARGIN);
    labels[i] = inputs[2 * i]! > inputs[2 * i + 1]! ? 1 : 0;
  }
  // Both classes are there even among very few points.
  if (new Set(labels).size < 2) {
    [inputs[0], inputs[1]] = [inputs[1]!, inputs[0]!];
    labels[0] = 1 - labels[0]!;
  }
  return { type: 'CLASSES', inputShape: [2], classes: ['0', '1'], train: { count, inputs, labels }, test: null };
}

function strokeDigits(count: number, random: SeededRandom): ClassContent {
  const size = DIGIT_SIZE * DIGIT_SIZE;
  const inputs = new Uint8Array(count * size);
  const labels = new Uint16Array(count);
  for (let i = 0; i < count; i++) {
    labels[i] = i < 10 ? i : random.below(10);
    drawDigit(labels[i]!, inputs.subarray(i * size, (i + 1) * size), random);
  }
  const classes = Array.from({ length: Math.min(10, Math.max(2, count)) }, (_, digit) => String(digit));
  return { type: 'CLASSES', inputShape: [DIGIT_SIZE, DIGIT_SIZE], classes, train: { count, inputs, labels }, test: null };
}

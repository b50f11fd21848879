import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DEFAULT_PARAMETERS, type TemplateSpec } from '@trainyard/domain';
import { checkpointFile, readCheckpoint, writeByRename, writeCheckpoint, type CheckpointState } from './checkpoint.ts';
import { SeededRandom } from '../random/seeded-random.ts';
import { emptyTally } from './score.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'trainyard-checkpoint-'));
  file = checkpointFile(folder, 12);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const SPEC: TemplateSpec = {
  kind: 'TEMPLATE',
  template: 'NET_2_3_1',
  datasetId: 'd',
  datasetDigest: 'a'.repeat(64),
  engine: 'CPU',
  parameters: DEFAULT_PARAMETERS.NET_2_3_1,
};
const STATE: CheckpointState = {
  step: 12,
  epoch: 2,
  batch: 3,
  random: SeededRandom.fromSeed(1).state(),
  randomAtEpoch: SeededRandom.fromSeed(2).state(),
  tally: { ...emptyTally(), samples: 5, correct: 4 },
  elapsedMs: 99,
  trainMs: 88,
  samplesTrained: 77,
  parameters: Float32Array.from([1.5, -2, 3]),
  optimizer: [Float32Array.from([4, 5, 6]), Float32Array.from([7, 8, 9])],
};
/** The file with its body changed and a checksum that is right. */
function rewrite(change: (text: string) => string): void {
  const body = readFileSync(file).subarray(0, -32).toString('latin1');
  const changed = Buffer.from(change(body), 'latin1');
  writeFileSync(file, Buffer.concat([changed, createHash('sha256').update(changed).digest()]));
}

describe('a checkpoint', () => {
  it('is read as it was written, and leaves no draft', async () => {
    await writeCheckpoint(file, SPEC, STATE);
    expect(await readCheckpoint(file, SPEC)).toEqual({ state: STATE });
    expect(readdirSync(folder)).toEqual(['checkpoint-12.bin']);
  });

  it('serves a run that is saved more often or on another engine', async () => {
    await writeCheckpoint(file, SPEC, STATE);
    expect(await readCheckpoint(file, { ...SPEC, engine: 'WASM', parameters: { ...SPEC.parameters, checkpointEveryEpochs: 7 } })).toEqual({ state: STATE });
  });

  it.each<[string, Partial<TemplateSpec>]>([
    ['data', { datasetDigest: 'b'.repeat(64) }],
    ['template', { template: 'CNN_28X28' }],
    ['learning rate', { parameters: { ...SPEC.parameters, learningRate: 0.5 } }],
    ['seed', { parameters: { ...SPEC.parameters, seed: 1 } }],
  ])('of other %s is of another run', async (_, other) => {
    await writeCheckpoint(file, SPEC, STATE);
    expect(await readCheckpoint(file, { ...SPEC, ...other })).toEqual({ problem: 'it belongs to another run' });
  });

  it('is of no use when a byte of it is another, when it is cut, of another format, or not there', async () => {
    await writeCheckpoint(file, SPEC, STATE);
    const whole = readFileSync(file);
    for (const at of [0, 40, whole.length - 33, whole.length - 1]) {
      const bytes = Buffer.from(whole);
      bytes[at]! ^= 1;
      writeFileSync(file, bytes);
      expect(await readCheckpoint(file, SPEC)).toEqual({ problem: 'it is damaged (its checksum is wrong)' });
    }
    for (const length of [0, 31, 32, whole.length - 1]) {
      writeFileSync(file, whole.subarray(0, length));
      expect(await readCheckpoint(file, SPEC)).toEqual({ problem: 'it is damaged (its checksum is wrong)' });
    }
    writeFileSync(file, whole);
    rewrite((body) => body.replace('trainyard-checkpoint-1', 'trainyard-checkpoint-2'));
    expect(await readCheckpoint(file, SPEC)).toEqual({ problem: 'its format is trainyard-checkpoint-2, not trainyard-checkpoint-1' });
    expect(await readCheckpoint(path.join(folder, 'gone'), SPEC)).toEqual({ problem: 'it cannot be read (ENOENT)' });
  });
});

describe('writing by renaming', () => {
  it('leaves what was there when it fails, and no draft', async () => {
    writeFileSync(file, 'before');
    await expect(writeByRename(file, [Buffer.from('half'), null as unknown as Buffer])).rejects.toThrow();
    expect([readFileSync(file, 'utf8'), readdirSync(folder)]).toEqual(['before', ['checkpoint-12.bin']]);
    const place = path.join(folder, 'a folder');
    mkdirSync(path.join(place, 'within'), { recursive: true });
    await expect(writeByRename(place, [Buffer.from('whole')])).rejects.toThrow();
    expect(existsSync(`${place}.part`)).toBe(false);
  });
});

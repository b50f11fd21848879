import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { DEFAULT_PARAMETERS, validateSpec, type Engine, type RunParameters, type RunResult, type Template } from '@trainyard/domain';
import type { LocalDataset, TrainingJob, TrainingMessage } from '../job/child-job.ts';
import { inspectDataset } from '../datasets/inspect-dataset.ts';
import { train } from './train.ts';

export interface Trained {
  result: RunResult;
  messages: TrainingMessage[];
  /** Copies of the checkpoints as they were announced. */
  checkpoints: string[];
  model: Record<string, Buffer>;
}

export const COMPARISON: LocalDataset = { kind: 'SYNTHETIC', synthetic: 'COMPARISON', samples: 100, seed: 1 };
export const digits = (samples: number): LocalDataset => ({ kind: 'SYNTHETIC', synthetic: 'STROKE_DIGITS', samples, seed: 1 });

/** Real training in this process, in a folder removed at the end of the test file. */
export class TrainingBench {
  readonly folder = mkdtempSync(join(tmpdir(), 'trainyard-training-'));

  csv(text: string): LocalDataset {
    const path = join(this.folder, `${Math.random().toString(36).slice(2)}.csv`);
    writeFileSync(path, text);
    return { kind: 'CSV', files: [{ role: 'TABLE', path }] };
  }

  async job(template: Template, dataset: LocalDataset, overrides: Partial<RunParameters> = {}, engine: Engine = 'CPU'): Promise<TrainingJob> {
    const summary = await inspectDataset(dataset);
    const parameters = { ...DEFAULT_PARAMETERS[template], ...overrides };
    const checked = validateSpec(template, parameters, { kind: dataset.kind, summary });
    return {
      spec: {
        kind: 'TEMPLATE',
        template,
        datasetId: 'dataset',
        datasetDigest: summary.digest,
        engine: 'AUTO',
        parameters,
        ...(checked.ok && { rows: checked.rows }),
      },
      engine,
      dataset,
      checkpointPath: null,
      workDir: mkdtempSync(join(this.folder, 'attempt-')),
    };
  }

  /** @param checkpointMs as for `train` */
  async train(job: TrainingJob, checkpointMs?: number): Promise<Trained> {
    const messages: TrainingMessage[] = [];
    const checkpoints: string[] = [];
    const model: Record<string, Buffer> = {};
    const result = await train(
      job,
      (message) => {
        messages.push(message);
        if (message.type === 'CHECKPOINT') {
          const copy = `${message.path}.copy`;
          copyFileSync(message.path, copy);
          checkpoints.push(copy);
        }
        if (message.type === 'ARTIFACT') Object.assign(model, unzip(readFileSync(message.path)));
      },
      checkpointMs,
    );
    return { result, messages, checkpoints, model };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function metric({ metrics }: RunResult, split: 'TRAIN' | 'VALIDATION' | 'TEST', name: string): number {
  const found = metrics.find((m) => m.split === split && m.name === name);
  if (!found) throw new Error(`No ${name} on ${split}.`);
  return found.value;
}

/** All points of one series, in the order they were sent. */
export function points(messages: TrainingMessage[], series: string): [step: number, value: number | string][] {
  return messages.flatMap((message) =>
    message.type === 'METRICS'
      ? message.batches.filter((b) => b.series === series).flatMap((b) => b.steps.map((step, i): [number, number | string] => [step, b.values[i]!]))
      : [],
  );
}

/** Reads by the local headers, independently of how the archive was written. */
function unzip(archive: Buffer): Record<string, Buffer> {
  const files: Record<string, Buffer> = {};
  for (let at = 0; archive.readUInt32LE(at) === 0x04034b50;) {
    const [packed, size, nameLength] = [archive.readUInt32LE(at + 18), archive.readUInt32LE(at + 22), archive.readUInt16LE(at + 26)];
    const name = archive.toString('ascii', at + 30, at + 30 + nameLength);
    const start = at + 30 + nameLength;
    const data = inflateRawSync(archive.subarray(start, start + packed));
    if (data.length !== size) throw new Error(`${name} has ${data.length} bytes, not ${size}.`);
    files[name] = data;
    at = start + packed;
  }
  return files;
}

import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DEFAULT_PARAMETERS,
  ENGINES,
  type DatasetSummary,
  type Engine,
  type EngineReport,
  type RunResult,
  type Template,
  type TemplateSpec,
} from '@trainyard/domain';
import { ROOT } from '../infra/local/build.ts';
import { atLeast, type Measurement } from './measurement.ts';

const CHILD = join(ROOT, 'apps/ml-runner/src/child.ts');

type Answer =
  | { type: 'PROBED'; report: EngineReport }
  | { type: 'INSPECTED'; summary: DatasetSummary }
  | { type: 'DONE'; result: RunResult }
  | { type: 'FAILED'; code: string; message: string }
  | { type: 'ENVIRONMENT' | 'RESUMED' | 'PROGRESS' | 'METRICS' | 'LOG' | 'CHECKPOINT' | 'ARTIFACT' };

/** Gives a training child of the runner one job and answers its last message. */
async function ask(job: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = fork(CHILD, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], serialization: 'json' });
    child.on('message', (message) => {
      const answer = message as Answer;
      if (['PROBED', 'INSPECTED', 'DONE', 'FAILED'].includes(answer.type)) resolve(answer);
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => reject(new Error(`the child ended (${signal ?? code ?? 'unknown'}) without an answer`)));
    child.send(job);
  });
}

const MODELS: { template: Template; name: string }[] = [
  { template: 'MLP_784_128_10', name: 'MLP 784-128-10' },
  { template: 'MLP_784_64_64_10', name: 'MLP 784-64-64-10' },
  { template: 'CNN_28X28', name: 'convolutional net' },
];
/** Enough for some seconds of training on each. */
const SAMPLES: Record<'fast' | 'slow', Record<string, number>> = {
  fast: { MLP_784_128_10: 20_000, MLP_784_64_64_10: 20_000, CNN_28X28: 4000 },
  slow: { MLP_784_128_10: 2000, MLP_784_64_64_10: 2000, CNN_28X28: 64 },
};

async function speed(engine: Engine, template: Template, samples: number): Promise<RunResult> {
  const dataset = { kind: 'SYNTHETIC', synthetic: 'STROKE_DIGITS', samples, seed: 1 };
  const inspected = await ask({ kind: 'INSPECT', dataset });
  if (inspected.type !== 'INSPECTED') throw new Error('The synthetic digits could not be inspected');
  const workDir = mkdtempSync(join(tmpdir(), 'trainyard-bench-engine-'));
  try {
    const spec: TemplateSpec = {
      kind: 'TEMPLATE',
      template,
      datasetId: 'bench',
      datasetDigest: inspected.summary.digest,
      engine,
      parameters: { ...DEFAULT_PARAMETERS[template], epochs: 1, batchSize: 32, dropout: 0, validationSplit: 0, schedule: 'CONSTANT' },
    };
    const answer = await ask({ kind: 'TRAIN', job: { spec, engine, dataset, checkpointPath: null, workDir } });
    if (answer.type !== 'DONE') throw new Error(answer.type === 'FAILED' ? `${answer.code}: ${answer.message}` : answer.type);
    return answer.result;
  } finally {
    rmSync(workDir, { recursive: true, force: true });
  }
}

/** Training speed of each engine of this machine, batch 32, stroke-drawn digits, in the very child the runner uses. */
export async function run(): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (const engine of ENGINES) {
    const probe = await ask({ kind: 'PROBE', engine }).catch((error: unknown) => ({ type: 'FAILED' as const, code: 'CRASHED', message: String(error) }));
    const report = probe.type === 'PROBED' ? probe.report : null;
    if (report === null || !report.available) {
      measurements.push(atLeast(`${engine}`, 'samples/s', null, 0, `not on this machine: ${report?.reason ?? (probe.type === 'FAILED' ? probe.message : '')}`));
      continue;
    }
    for (const { template, name } of MODELS) {
      const result = await speed(engine, template, SAMPLES[engine === 'CPU' ? 'slow' : 'fast'][template] ?? 1000);
      measurements.push(
        atLeast(`${engine} ${name}`, 'samples/s', null, result.samplesPerSecond, `${(result.flopsPerSecond / 1e9).toFixed(2)} GFLOP/s, ${report.device ?? ''}`),
      );
    }
  }
  return measurements;
}

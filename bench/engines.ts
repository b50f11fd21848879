import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_PARAMETERS, ENGINES, type Engine, type RunResult, type Template, type TemplateSpec } from '@trainyard/domain';
import { atLeast, type Measurement } from './measurement.ts';
import { ask, IMAGE_NETS } from './training-child.ts';

/** Enough for some seconds of training on each. */
const SAMPLES: Record<'fast' | 'slow', Record<string, number>> = {
  fast: { MLP_784_128_10: 20_000, MLP_784_64_64_10: 20_000, CNN_28X28: 4000 },
  slow: { MLP_784_128_10: 2000, MLP_784_64_64_10: 2000, CNN_28X28: 64 },
};

async function speed(engine: Engine, template: Template, samples: number): Promise<RunResult> {
  const dataset = { kind: 'SYNTHETIC', synthetic: 'STROKE_DIGITS', samples, seed: 1 } as const;
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
    for (const { template, name } of IMAGE_NETS) {
      const result = await speed(engine, template, SAMPLES[engine === 'CPU' ? 'slow' : 'fast'][template] ?? 1000);
      measurements.push(
        atLeast(`${engine} ${name}`, 'samples/s', null, result.samplesPerSecond, `${(result.flopsPerSecond / 1e9).toFixed(2)} GFLOP/s, ${report.device ?? ''}`),
      );
    }
  }
  return measurements;
}

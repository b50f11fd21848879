import '../../../apps/ml-runner/src/engines/webassembly.d.ts';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXAMPLE_RUNS, parametersOf } from '../src/seed/example-runs.ts';
import type { Recording } from '../src/seed/recording.ts';
import { DATASETS } from '../src/seed/workspace.ts';
import type { TrainingJob, TrainingMessage } from '../../../apps/ml-runner/src/job/child-job.ts';
import { train } from '../../../apps/ml-runner/src/trainers/train.ts';
import { points, TrainingBench } from '../../../apps/ml-runner/src/trainers/training-bench.fixture.ts';
import { TrainingFailure } from '../../../apps/ml-runner/src/trainers/training-failure.ts';

/**
 * Trains the example runs of the demonstration and writes down what came of them:
 *
 *   node apps/api/test/record-examples.ts
 *
 * Needed again when an example is trained otherwise (apps/api/src/seed/example-runs.ts) or its data are made otherwise.
 */
const FILE = join(import.meta.dirname, '../src/seed/recorded-runs.ts');
/** Points of a curve, about: it is as wide as a screen draws it. */
const POINTS = 100;

const packed = (values: readonly (number | string)[]): string => Buffer.from(Float32Array.from(values, Number).buffer).toString('base64');

async function record(job: TrainingJob): Promise<{ messages: TrainingMessage[] } & Pick<Recording, 'result' | 'failure'>> {
  const messages: TrainingMessage[] = [];
  try {
    return { messages, result: await train(job, (message) => messages.push(message)), failure: null };
  } catch (error) {
    if (!(error instanceof TrainingFailure)) throw error;
    return { messages, result: null, failure: { code: error.code, message: error.message, params: error.params ?? null } };
  }
}

const bench = new TrainingBench();
const recordings: Record<string, Recording> = {};
try {
  for (const run of EXAMPLE_RUNS) {
    if (run.key in recordings) continue;
    const dataset = DATASETS.find(({ name }) => name === run.dataset);
    if (!dataset) throw new Error(`there is no dataset ${run.dataset}`);
    const { synthetic, samples, seed } = dataset;
    const job = await bench.job(run.template, { kind: 'SYNTHETIC', synthetic, samples, seed }, parametersOf(run), 'WASM');
    const { messages, result, failure } = await record(job);
    const [loss, accuracy] = ['LOSS', 'ACCURACY'].map((series) => points(messages, series));
    const last = loss!.length - 1;
    const every = Math.max(1, Math.ceil(loss!.length / POINTS));
    // The end is kept, whatever the stride.
    const kept = <T>(_: T, i: number): boolean => i % every === 0 || i === last;
    const [steps, losses] = [loss!.filter(kept).map(([step]) => step), loss!.filter(kept).map(([, value]) => value)];
    recordings[run.key] = {
      digest: job.spec.kind === 'TEMPLATE' ? job.spec.datasetDigest : '',
      steps: Buffer.from(Int32Array.from(steps).buffer).toString('base64'),
      loss: packed(losses),
      accuracy: packed(accuracy!.filter(kept).map(([, value]) => value)),
      validation: points(messages, 'VAL_LOSS').map(([step, value], i) => [step, Number(value), Number(points(messages, 'VAL_ACCURACY')[i]?.[1])]),
      failure,
      result,
    };
    process.stdout.write(`${run.key}: ${loss!.length} steps, ${failure ? failure.code : JSON.stringify(result?.metrics)}\n`);
  }
} finally {
  bench.remove();
}
/** One line each: they are data, and read by nobody. */
const line = ([key, recording]: [string, Recording]): string => `  ${JSON.stringify(key)}: read(${JSON.stringify(JSON.stringify(recording))}),`;
writeFileSync(
  FILE,
  `import type { Recording } from './recording.ts';

const read = (json: string): Recording => JSON.parse(json);

/** Written by apps/api/test/record-examples.ts. */
export const RECORDED: Readonly<Record<string, Recording>> = {
${Object.entries(recordings).map(line).join('\n')}
};
`,
);

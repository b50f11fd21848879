import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_PARAMETERS, type Template, type TemplateSpec } from '@trainyard/domain';
import { makeSynthetic } from '../apps/ml-runner/src/datasets/synthetic.ts';
import { ROOT } from '../infra/local/build.ts';
import { say } from '../infra/local/terminal.ts';
import { processorSeconds } from './machine.ts';
import { atLeast, percentile, type Measurement } from './measurement.ts';
import { ask, IMAGE_NETS } from './training-child.ts';

/** Ours and Keras in turns, so that what else the machine does meets both. */
const ROUNDS = 3;
const GOAL = 1;
/** Some seconds on each side. */
const WORK: Record<string, { samples: number; epochs: number }> = {
  MLP_784_128_10: { samples: 10_000, epochs: 6 },
  MLP_784_64_64_10: { samples: 10_000, epochs: 6 },
  CNN_28X28: { samples: 5_000, epochs: 5 },
};

/** Of training alone: neither start, nor reading data, nor the evaluation after it. */
interface Speed {
  /** Samples a second of the clock on the wall, and of the processor (user and system, all threads). */
  wall: number;
  processor: number;
  accuracy: number;
}

/** Training on one core against Keras on TensorFlow's CPU build: the same nets, data, batch of 32, Adam and number of steps. */
export async function run(): Promise<Measurement[]> {
  const python = process.env['KERAS_PYTHON'] ?? 'python3';
  const lacking = whatLacks(python);
  if (lacking !== null) {
    say(`\nkeras is skipped: ${lacking}. KERAS_PYTHON names a Python with tensorflow-cpu.`);
    return [];
  }
  const under = pinning();
  const folder = mkdtempSync(join(tmpdir(), 'trainyard-bench-keras-'));
  try {
    const measurements: Measurement[] = [];
    for (const { template, name } of IMAGE_NETS) {
      const { samples, epochs } = WORK[template]!;
      const data = writeData(folder, samples);
      const [ours, theirs]: [Speed[], Speed[]] = [[], []];
      let versions = '';
      for (let round = 0; round < ROUNDS; round++) {
        ours.push(await trainHere(template, samples, epochs, under));
        const keras = trainKeras(python, { template, ...data, samples, epochs }, under);
        theirs.push(keras.speed);
        ({ versions } = keras);
      }
      const ratios = (kind: 'wall' | 'processor'): number[] => ours.map((one, i) => one[kind] / theirs[i]![kind]);
      const range = (values: number[]): string => `${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)}`;
      const middle = (speeds: Speed[], kind: 'wall' | 'processor'): string =>
        Math.round(
          percentile(
            speeds.map((one) => one[kind]),
            0.5,
          ),
        ).toLocaleString('en');
      const accuracy = (speeds: Speed[]): string => speeds.at(-1)!.accuracy.toFixed(3);
      measurements.push(
        atLeast(
          `${name}, of Keras`,
          'x',
          GOAL,
          percentile(ratios('processor'), 0.5),
          `samples/s of processor time ${middle(ours, 'processor')} : ${middle(theirs, 'processor')}, pairs ${range(ratios('processor'))}; ` +
            `wall ${middle(ours, 'wall')} : ${middle(theirs, 'wall')}, pairs ${range(ratios('wall'))}; accuracy ${accuracy(ours)} : ${accuracy(theirs)}; ` +
            `${under.join(' ') || 'not pinned'}; ${versions}`,
        ),
      );
    }
    return measurements;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function whatLacks(python: string): string | null {
  const { error, status, stderr } = spawnSync(python, ['-c', 'import tensorflow, keras'], {
    encoding: 'utf8',
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' },
  });
  if (error) return `${python} does not start (${error.message})`;
  return status === 0 ? null : `${python} says ${stderr.trim().split('\n').at(-1) ?? `exit ${String(status)}`}`;
}

/** Both sides get the same core where the machine can give them one. */
function pinning(): string[] {
  const command = ['taskset', '-c', String(availableParallelism() - 1)];
  try {
    execFileSync(command[0]!, [...command.slice(1), 'true'], { stdio: 'ignore' });
    return command;
  } catch {
    return [];
  }
}

const digits = (samples: number) => ({ kind: 'SYNTHETIC', synthetic: 'STROKE_DIGITS', samples, seed: 1 }) as const;

function writeData(folder: string, samples: number): { images: string; labels: string } {
  const { inputs, labels } = makeSynthetic(digits(samples)).content.train;
  const files = { images: join(folder, `images-${samples}`), labels: join(folder, `labels-${samples}`) };
  writeFileSync(files.images, inputs);
  writeFileSync(files.labels, labels);
  return files;
}

/** In the child that the runner uses. */
async function trainHere(template: Template, samples: number, epochs: number, under: readonly string[]): Promise<Speed> {
  const dataset = digits(samples);
  const inspected = await ask({ kind: 'INSPECT', dataset });
  if (inspected.type !== 'INSPECTED') throw new Error('The synthetic digits could not be inspected');
  const workDir = mkdtempSync(join(tmpdir(), 'trainyard-bench-ours-'));
  const spec: TemplateSpec = {
    kind: 'TEMPLATE',
    template,
    datasetId: 'bench',
    datasetDigest: inspected.summary.digest,
    engine: 'WASM',
    parameters: {
      ...DEFAULT_PARAMETERS[template],
      ...{ epochs, batchSize: 32, dropout: 0, validationSplit: 0, optimizer: 'ADAM', learningRate: 0.001, schedule: 'CONSTANT', warmupSteps: 0 },
      ...{ checkpointEveryEpochs: epochs },
    },
  };
  let [began, ended] = [Number.NaN, Number.NaN];
  try {
    const answer = await ask(
      { kind: 'TRAIN', job: { spec, engine: 'WASM', dataset, checkpointPath: null, workDir } },
      {
        under,
        onMessage: (message, pid) => {
          if (message.type === 'ENVIRONMENT') began = processorSeconds(pid);
          if (message.type === 'PROGRESS' && message.progress.phase === 'EVALUATING' && Number.isNaN(ended)) ended = processorSeconds(pid);
        },
      },
    );
    if (answer.type !== 'DONE') throw new Error(answer.type === 'FAILED' ? `${answer.code}: ${answer.message}` : answer.type);
    const { result } = answer;
    const accuracy = result.metrics.find((one) => one.split === 'TRAIN' && one.name === 'accuracy')!.value;
    return { wall: result.samplesPerSecond, processor: (samples * epochs) / (ended - began), accuracy };
  } finally {
    rmSync(workDir, { recursive: true, force: true });
  }
}

function trainKeras(
  python: string,
  job: { template: Template; images: string; labels: string; samples: number; epochs: number },
  under: readonly string[],
): { speed: Speed; versions: string } {
  const [command, ...rest] = [...under, python, join(ROOT, 'bench/train-with-keras.py')];
  const output = execFileSync(command!, rest, { encoding: 'utf8', input: JSON.stringify(job), stdio: ['pipe', 'pipe', 'pipe'] });
  const told = JSON.parse(output.trim().split('\n').at(-1)!) as { seconds: number; processorSeconds: number; accuracy: number; versions: string };
  const trained = job.samples * job.epochs;
  return { speed: { wall: trained / told.seconds, processor: trained / told.processorSeconds, accuracy: told.accuracy }, versions: told.versions };
}

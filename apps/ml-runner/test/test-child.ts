/** A child that speaks the real protocol and does as its spec's dataset id says: the tests' stand-in for training. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { LAYER_KINDS } from '@trainyard/domain';
import type { ChildJob, ChildMessage, LocalDataset, TrainingJob } from '../src/job/child-job.ts';
import { behaviourOf } from './behaviour.ts';

const say = (message: ChildMessage): Promise<void> => new Promise((resolve) => process.send?.(message, () => resolve()));

process.on('disconnect', () => process.exit(2));
process.once('message', (job: ChildJob) => void run(job));

async function run(job: ChildJob): Promise<void> {
  if (job.kind === 'TRAIN') await train(job.job);
  else if (job.kind === 'INSPECT') await inspect(job.dataset);
  else {
    const available = job.engine === 'CPU';
    const layers = available ? [...LAYER_KINDS] : [];
    const reason = available ? null : 'Not in this test.';
    // As TensorFlow does on a machine that lacks CUDA.
    if (job.engine === 'TFJS_NODE_GPU')
      for (const name of ['libcudart.so.11.0', 'libcudnn.so.8'])
        process.stderr.write(`W tensorflow/dso_loader.cc:64] Could not load dynamic library '${name}'; dlerror: no such file\n`);
    await say({ type: 'PROBED', report: { engine: job.engine, available, reason, device: null, isGpu: false, layers, samplesPerSecond: {}, versions: {} } });
  }
  process.exit(0);
}

async function train(job: TrainingJob): Promise<void> {
  const behaviour = behaviourOf(job.spec.datasetId);
  if (behaviour.end === 'DEAF') process.on('SIGTERM', () => undefined);
  const from = job.checkpointPath === null ? 0 : Number(readFileSync(job.checkpointPath, 'utf8'));
  const environment = { engine: job.engine, device: 'test', isGpu: false, versions: {}, host: 'test', parameterCount: 13 };
  await say({ type: 'ENVIRONMENT', environment });
  if (from > 0) await say({ type: 'RESUMED', fromStep: from });
  for (let line = 0; line < behaviour.lines; line += 1) process.stdout.write(`line ${line}\n`);
  for (let step = from + 1; step <= behaviour.steps; step += 1) {
    if (behaviour.everyMs > 0) await delay(behaviour.everyMs);
    await say({ type: 'METRICS', batches: [{ series: 'LOSS', steps: [step], values: [1 / step] }] });
    if (behaviour.checkpointEvery > 0 && step % behaviour.checkpointEvery === 0) {
      const file = path.join(job.workDir, 'checkpoint.bin');
      writeFileSync(`${file}.part`, String(step));
      renameSync(`${file}.part`, file);
      await say({ type: 'CHECKPOINT', path: file, step, trainingEpoch: 1 });
    }
  }
  await end(job, behaviour.end, behaviour.steps);
}

async function end(job: TrainingJob, how: ReturnType<typeof behaviourOf>['end'], steps: number): Promise<void> {
  switch (how) {
    case 'DONE':
    case 'DONE_THEN_CRASH': {
      const model = path.join(job.workDir, 'model.zip');
      writeFileSync(model, 'the model');
      await say({ type: 'ARTIFACT', name: 'model.zip', path: model });
      const sampleCounts = { train: 100, validation: 0, test: 0 };
      const result = {
        metrics: [],
        confusion: null,
        sampleCounts,
        steps,
        samplesPerSecond: 1,
        flopsPerSecond: 1,
        trainMs: 1,
        datasetDigest: job.spec.datasetDigest,
        parameterCount: 13,
      };
      await say({ type: 'DONE', result });
      if (how === 'DONE_THEN_CRASH') process.exit(3);
      return;
    }
    case 'FAILED':
      await say({ type: 'FAILED', code: 'DIVERGED', message: 'The loss became NaN at step 5.' });
      process.exit(1);
      break;
    case 'CRASH':
      process.stderr.write('boom: something native broke\n');
      process.exit(3);
      break;
    case 'BURY_ITS_REASON':
      for (const thread of [1, 2, 3]) {
        process.stderr.write(`FATAL ERROR: Ineffective mark-compacts in thread ${thread} - JavaScript heap out of memory\n----- Native stack trace -----\n\n`);
        for (let frame = 1; frame <= 15; frame += 1)
          process.stderr.write(`${String(frame).padStart(2)}: 0x${(0xf70000 + frame).toString(16)}  [/usr/bin/node]\n`);
      }
      process.abort();
      break;
    case 'EAT_MEMORY':
      return eatMemory();
    case 'EAT_HEAP':
      return eatHeap();
    case 'SILENT':
      return;
    case 'HANG':
    case 'DEAF':
      return hang();
  }
}

async function eatMemory(): Promise<never> {
  const eaten: Buffer[] = [];
  for (;;) {
    eaten.push(Buffer.alloc(16 * 1024 * 1024, 1));
    await delay(5);
  }
}

function eatHeap(): never {
  const eaten: object[] = [];
  for (;;) eaten.push({ at: eaten.length, text: `item ${eaten.length}` });
}

async function hang(): Promise<never> {
  for (;;) await delay(1_000);
}

async function inspect(dataset: LocalDataset): Promise<void> {
  const first = dataset.kind === 'SYNTHETIC' ? 'synthetic' : readFileSync(dataset.files[0]?.path ?? '', 'utf8');
  if (first.startsWith('broken')) return say({ type: 'REFUSED', code: 'DATASET_MALFORMED', params: { row: 3 }, table: null });
  if (first.startsWith('crash')) process.exit(3);
  if (first.startsWith('heap')) {
    // As V8 does where its heap is full.
    process.stderr.write('FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n');
    process.exit(134);
  }
  if (first.startsWith('endless')) await hang();
  if (first.startsWith('large')) {
    await say({ type: 'READ', share: 0.25 });
    await hang();
  }
  if (first.startsWith('slow')) {
    await say({ type: 'READ', share: 0.5 });
    await delay(50);
  }
  const summary = {
    digest: '0'.repeat(64),
    sampleCount: first.length,
    testCount: 0,
    inputShape: [2],
    classes: [],
    columns: [],
    preview: { images: [], rows: [] },
    sizeBytes: first.length,
  };
  await say({ type: 'INSPECTED', summary, table: null });
}

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { DEFAULT_LIMITS, ENGINE_PACKAGES, LAYER_KINDS } from '@trainyard/domain';
import { ChildRuns } from '../../test/child-runs.ts';
import type { ChildMessage } from '../job/child-job.ts';
import { failureOfExit } from '../executors/failure-of-exit.ts';
import { LocalProcess } from '../executors/local-process.ts';
import { COMPARISON, digits, TrainingBench } from '../trainers/training-bench.fixture.ts';

const bench = new TrainingBench();
const children = new ChildRuns();
afterAll(() => {
  children.kill();
  bench.remove();
});

/** A person installs these packages: what is tested depends on which are there, and the report says which. */
const isInstalled = (name: string): boolean => {
  try {
    return createRequire(import.meta.url).resolve(`${name}/package.json`) !== '';
  } catch {
    return false;
  }
};
const { TFJS_NODE: NODE, TFJS_NODE_GPU: GPU } = ENGINE_PACKAGES;
const [nodeThere, gpuThere] = [isInstalled(NODE), isInstalled(GPU)];
const hasDriver = existsSync('/proc/driver/nvidia/version');
const only = (condition: boolean) => (condition ? it : it.skip);

describe(`TFJS_NODE, which is ${nodeThere ? 'installed' : 'not installed'} here`, () => {
  only(!nodeThere)('says which command installs it', async () => {
    const report = await children.probe('TFJS_NODE');
    const command = `npm install --no-save ${NODE}@4.22.0${gpuThere ? ` ${GPU}@4.22.0` : ''}`;
    expect(report).toMatchObject({
      available: false,
      isGpu: false,
      reason: `${NODE} is not installed. Install it with: ${command}`,
      reasonParams: { reason: 'NOT_INSTALLED', package: NODE, command },
    });
  });

  only(nodeThere)('proves every layer and writes nothing into logs', async () => {
    const report = await children.probe('TFJS_NODE');
    expect(report).toMatchObject({
      available: true,
      reason: null,
      isGpu: false,
      layers: LAYER_KINDS,
      stderr: '',
      versions: { 'tfjs-node': '4.22.0', libtensorflow: expect.stringMatching(/^2\.\d+\.\d+/) },
    });
    expect(Object.values(report.samplesPerSecond)).toEqual([expect.any(Number), expect.any(Number), expect.any(Number)]);
  });

  only(nodeThere)('trains to the same numbers as plain JavaScript', async () => {
    const job = await bench.job('NET_2_3_1', COMPARISON, { epochs: 200 }, 'TFJS_NODE');
    const run = children.start({ kind: 'TRAIN', job });
    const { result } = await run.message('DONE');
    const onCpu = await bench.train({ ...job, engine: 'CPU' });
    const loss = (metrics: typeof result.metrics): number => metrics.find(({ name }) => name === 'loss')!.value;
    expect(loss(result.metrics)).toBeCloseTo(loss(onCpu.result.metrics), 5);
    expect((await run.message('ENVIRONMENT')).environment).toMatchObject({ engine: 'TFJS_NODE', isGpu: false });
  });

  only(nodeThere)('killed in the middle, goes on from a checkpoint bit by bit', async () => {
    const job = () => bench.job('CNN_28X28', digits(1_000), { epochs: 3, checkpointEveryEpochs: 1, batchSize: 16, dropout: 0.3 }, 'TFJS_NODE');
    const model = async (run: ReturnType<ChildRuns['start']>): Promise<Buffer> => {
      const { path } = await run.message('ARTIFACT');
      await run.message('DONE');
      return readFileSync(path);
    };
    const whole = await model(children.start({ kind: 'TRAIN', job: await job() }));
    const interrupted = await job();
    const killed = children.start({ kind: 'TRAIN', job: interrupted });
    const { path: checkpointPath } = await killed.message('CHECKPOINT');
    killed.child.kill('SIGKILL');
    expect(await killed.ended).toMatchObject({ signal: 'SIGKILL' });
    const resumed = children.start({ kind: 'TRAIN', job: { ...interrupted, checkpointPath } });
    expect((await resumed.message('RESUMED')).fromStep).toBeGreaterThan(0);
    expect((await model(resumed)).equals(whole)).toBe(true);
  });

  // Where it runs out is a matter of luck: loading the library, in V8 or in TensorFlow.
  only(nodeThere)('fails for want of memory in 128 MiB', async () => {
    const job = await bench.job('CNN_28X28', digits(4_000), { epochs: 50, batchSize: 512 }, 'TFJS_NODE');
    const limits = { ...DEFAULT_LIMITS, memoryMiB: 128 };
    const said: ChildMessage[] = [];
    const childPath = join(import.meta.dirname, '../child.ts');
    const child = new LocalProcess({
      childPath,
      job: { kind: 'TRAIN', job },
      workDir: job.workDir,
      ...limits,
      usesGpu: false,
      onMessage: (message) => said.push(message),
      onLine: () => undefined,
    });
    const end = await child.ended;
    expect(said.find(({ type }) => type === 'FAILED') ?? failureOfExit(end, limits)).toMatchObject({ code: 'OUT_OF_MEMORY' });
  });
});

describe(`TFJS_NODE_GPU, which is ${gpuThere ? 'installed' : 'not installed'} here`, () => {
  only(!gpuThere)('says which command installs it, when probed and when a run asks for it', async () => {
    const reason = `${GPU} is not installed. Install it with: npm install --no-save ${nodeThere ? `${NODE}@4.22.0 ` : ''}${GPU}@4.22.0`;
    expect(await children.probe('TFJS_NODE_GPU')).toMatchObject({ available: false, isGpu: false, reason });
    const run = children.start({ kind: 'TRAIN', job: await bench.job('NET_2_3_1', COMPARISON, {}, 'TFJS_NODE_GPU') });
    expect(await run.message('FAILED')).toMatchObject({ code: 'ENGINE_UNAVAILABLE', message: reason });
  });

  only(gpuThere && !hasDriver)('refuses to train on the processor of a machine without a GPU', async () => {
    expect(await children.probe('TFJS_NODE_GPU')).toMatchObject({
      available: false,
      isGpu: false,
      reason: expect.stringMatching(/runs on the CPU: TensorFlow found no usable GPU/),
    });
    const run = children.start({ kind: 'TRAIN', job: await bench.job('NET_2_3_1', COMPARISON, {}, 'TFJS_NODE_GPU') });
    expect(await run.message('FAILED')).toMatchObject({ code: 'ENGINE_UNAVAILABLE', message: expect.stringMatching(/runs on the CPU/) });
    await run.ended;
    expect(run.messages.map(({ type }) => type)).toEqual(['FAILED']);
  });

  only(gpuThere && hasDriver)('trains on the GPU, or says why not', async () => {
    const report = await children.probe('TFJS_NODE_GPU');
    if (report.available) expect(report).toMatchObject({ isGpu: true, layers: LAYER_KINDS });
    else expect(report.reason).toMatch(/runs on the CPU|does not load/);
  });
});

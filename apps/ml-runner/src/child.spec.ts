import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LAYER_KINDS } from '@trainyard/domain';
import { ChildRuns } from '../test/child-runs.ts';
import { ALLOW_SOFTWARE_GPU } from './engines/webgpu.ts';
import { COMPARISON, digits, TrainingBench } from './trainers/training-bench.fixture.ts';

const bench = new TrainingBench();
const children = new ChildRuns();
afterAll(() => {
  children.kill();
  bench.remove();
});

describe('a training child', () => {
  it('sends its environment, metrics, a checkpoint, the model and the result, and exits with 0', async () => {
    const run = children.start({ kind: 'TRAIN', job: await bench.job('MLP_784_64_64_10', digits(200), { epochs: 2 }, 'WASM') });
    const { result } = await run.message('DONE');
    expect(await run.ended).toMatchObject({ code: 0, signal: null });
    expect(result.steps).toBe(12);
    const types = run.messages.map((message) => message.type);
    expect(types[0]).toBe('ENVIRONMENT');
    expect(types.at(-1)).toBe('DONE');
    expect(types).toEqual(expect.arrayContaining(['METRICS', 'PROGRESS', 'CHECKPOINT', 'ARTIFACT', 'LOG']));
    const artifact = await run.message('ARTIFACT');
    expect(artifact.name).toBe('model.zip');
    expect(existsSync(artifact.path)).toBe(true);
  });

  it('sends metrics while it trains, not at the end', async () => {
    const job = await bench.job('NET_2_3_1', COMPARISON, { epochs: 10_000, checkpointEveryEpochs: 10_000 });
    const run = children.start({ kind: 'TRAIN', job });
    const first = await run.message('METRICS');
    expect(first.batches[0]!.steps.length).toBeLessThan(5_000);
    expect(run.messages.some((message) => message.type === 'DONE')).toBe(false);
    run.child.kill('SIGKILL');
    expect(await run.ended).toMatchObject({ signal: 'SIGKILL' });
  });

  it('killed in the middle leaves a checkpoint that another child ends the same run from', async () => {
    const parameters = { epochs: 6, checkpointEveryEpochs: 1, batchSize: 16 };
    const whole = await bench.train(await bench.job('MLP_784_64_64_10', digits(300), parameters, 'WASM'));
    const job = await bench.job('MLP_784_64_64_10', digits(300), parameters, 'WASM');
    const killed = children.start({ kind: 'TRAIN', job });
    await killed.message('CHECKPOINT');
    killed.child.kill('SIGKILL');
    await killed.ended;
    const files = readdirSync(job.workDir).filter((name) => /^checkpoint-\d+\.bin$/.test(name));
    expect(files.length).toBeGreaterThan(0);
    const resumed = children.start({ kind: 'TRAIN', job: { ...job, checkpointPath: join(job.workDir, files[0]!) } });
    const { result } = await resumed.message('DONE');
    expect((await resumed.message('RESUMED')).fromStep).toBeGreaterThan(0);
    expect(result.metrics).toEqual(whole.result.metrics);
    await resumed.ended;
  });

  it('says why it cannot train and exits with 1', async () => {
    const job = await bench.job('NET_2_3_1', COMPARISON);
    const run = children.start({ kind: 'TRAIN', job: { ...job, spec: { ...job.spec, datasetDigest: 'f'.repeat(64) } } });
    expect(await run.message('FAILED')).toMatchObject({ code: 'DATASET_CHANGED' });
    expect(await run.ended).toMatchObject({ code: 1 });
  });

  it('that crashes leaves its stack on standard error', async () => {
    const job = await bench.job('NET_2_3_1', COMPARISON);
    const run = children.start({ kind: 'TRAIN', job: { ...job, workDir: join(job.workDir, 'not', 'there') } });
    expect(await run.ended).toMatchObject({ code: 70, stderr: expect.stringMatching(/ENOENT/) });
  });

  it('ends when its parent lets go of it', async () => {
    const run = children.start({ kind: 'TRAIN', job: await bench.job('NET_2_3_1', COMPARISON, { epochs: 10_000, checkpointEveryEpochs: 10_000 }) });
    await run.message('METRICS');
    run.child.disconnect();
    expect(await run.ended).toMatchObject({ code: 1, signal: null });
  });
});

describe('an inspecting child', () => {
  it('answers with the summary', async () => {
    const run = children.start({ kind: 'INSPECT', dataset: COMPARISON });
    expect(await run.message('INSPECTED')).toMatchObject({ summary: { sampleCount: 100, inputShape: [2] } });
    expect(await run.ended).toMatchObject({ code: 0 });
  });

  it('answers with what is wrong and where', async () => {
    const run = children.start({ kind: 'INSPECT', dataset: bench.csv('a,b\n1,2\n3\n4,5\n') });
    // With how the file was read, so that its owner can read it otherwise.
    expect(await run.message('REFUSED')).toEqual({
      type: 'REFUSED',
      code: 'DATASET_MALFORMED',
      params: { file: 'TABLE', row: 3, unit: 'COLUMNS', expected: 2, got: 1 },
      table: expect.objectContaining({ evidence: expect.arrayContaining([expect.objectContaining({ field: 'delimiter', reason: 'SAME_WIDTH' })]) }),
    });
    expect(await run.ended).toMatchObject({ code: 0 });
  });
});

describe('a probing child', () => {
  it('finds that wasm trains every layer, convolutions many times faster than plain JavaScript', async () => {
    const wasm = await children.probe('WASM');
    const cpu = await children.probe('CPU');
    expect(wasm).toMatchObject({ available: true, reason: null, isGpu: false, layers: LAYER_KINDS });
    expect(cpu).toMatchObject({ available: true, reason: null, isGpu: false, layers: LAYER_KINDS });
    expect(wasm.samplesPerSecond.CNN).toBeGreaterThan(10 * cpu.samplesPerSecond.CNN!);
    expect(wasm.samplesPerSecond.MLP).toBeGreaterThan(3 * cpu.samplesPerSecond.MLP!);
  });

  const software = softwareVulkan();
  // Debian's chromium brings SwiftShader, a Vulkan driver that computes in software; without it there is no driver to test with.
  const withVulkan = software ? it : it.skip;
  withVulkan('refuses a WebGPU adapter that computes in software (skipped where no Vulkan driver exists)', async () => {
    const report = await children.probe('WEBGPU', { ...software, [ALLOW_SOFTWARE_GPU]: '' });
    expect(report).toMatchObject({ available: false, isGpu: false, reason: expect.stringMatching(/computes in software \(SwiftShader/) });
  });

  withVulkan('finds that WebGPU trains every layer (skipped where no Vulkan driver exists)', async () => {
    const report = await children.probe('WEBGPU', { ...software, [ALLOW_SOFTWARE_GPU]: '1' });
    expect(report).toMatchObject({ available: true, isGpu: false, layers: LAYER_KINDS, device: expect.stringMatching(/SwiftShader.*\(software\)/) });
    const job = await bench.job('NET_2_3_1', COMPARISON, { epochs: 8, checkpointEveryEpochs: 4 }, 'WEBGPU');
    const run = children.start({ kind: 'TRAIN', job }, { ...software, [ALLOW_SOFTWARE_GPU]: '1' });
    const onGpu = await run.message('DONE');
    const onCpu = await bench.train({ ...job, engine: 'CPU' });
    const [gpuLoss, cpuLoss] = [onGpu.result, onCpu.result].map(({ metrics }) => metrics.find((m) => m.name === 'loss')!.value);
    expect(gpuLoss).toBeCloseTo(cpuLoss!, 3);
    expect((await run.message('ENVIRONMENT')).environment).toMatchObject({ engine: 'WEBGPU', isGpu: false });
  });
});

/** Environment that makes Dawn use the SwiftShader of an installed chromium; null where there is none. */
function softwareVulkan(): Record<string, string> | null {
  const folder = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome'].find((path) => existsSync(join(path, 'vk_swiftshader_icd.json')));
  if (!folder) return null;
  const driver = join(folder, 'vk_swiftshader_icd.json');
  return { LD_LIBRARY_PATH: folder, VK_ICD_FILENAMES: driver, VK_DRIVER_FILES: driver };
}

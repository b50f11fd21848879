import * as tf from '@tensorflow/tfjs-core';
import { DEFAULT_PARAMETERS, LAYER_KINDS, TEMPLATE_LAYERS, type Engine, type EngineReport, type LayerKind, type Template } from '@trainyard/domain';
import { buildNetwork, initialParameters } from '../trainers/network.ts';
import { SeededRandom } from '../trainers/random.ts';
import { TrainingSteps } from '../trainers/training-steps.ts';
import { EngineError, type OpenEngine } from './engine.ts';
import { checkGradients } from './gradient-check.ts';
import { openEngine } from './open-engine.ts';
import { SIZE_CLASSES, type SizeClass } from './choose-engine.ts';

/** Training measured per size class, in milliseconds; at least one step, however long it takes. */
const MEASURE_MS = 300;
const BATCH = 32;
/** Steps between two reads of an engine that is slow to read from. */
const READ_EVERY = 8;

/** Opens an engine, tests its gradients per kind of layer and measures its speed. Runs in a child of its own. */
export async function probeEngine(engine: Engine): Promise<EngineReport> {
  let open: OpenEngine;
  try {
    open = await openEngine(engine);
  } catch (error) {
    const reason = error instanceof EngineError ? error.message : `It does not start: ${error instanceof Error ? error.message : String(error)}`;
    return { engine, available: false, reason, device: null, isGpu: false, layers: [], samplesPerSecond: {}, versions: {} };
  }
  const { device, isGpu, versions } = open;
  const checks = [];
  for (const layer of LAYER_KINDS) checks.push(await checkGradients(layer));
  const layers = checks.filter(({ problem }) => problem === null).map(({ layer }) => layer);
  const problems = checks.filter(({ problem }) => problem !== null).map(({ layer, problem }) => `${layer}: ${problem}`);
  const samplesPerSecond: EngineReport['samplesPerSecond'] = {};
  let failure = problems.length > 0 ? `Gradient self-test failed. ${problems.join('; ')}` : null;
  try {
    for (const [sizeClass, template] of Object.entries(SIZE_CLASSES) as [SizeClass, Template][]) {
      if (covers(layers, TEMPLATE_LAYERS[template])) samplesPerSecond[sizeClass] = await measure(template, open);
    }
    open.check();
  } catch (error) {
    failure = `Training steps failed: ${error instanceof Error ? error.message : String(error)}`;
  }
  open.close();
  // An engine that trains nothing is not there; one that trains some kinds of layer is offered for those.
  const available = Object.keys(samplesPerSecond).length > 0 && !failure?.startsWith('Training');
  return { engine, available, reason: available ? null : failure, device, isGpu, layers: available ? layers : [], samplesPerSecond: available ? samplesPerSecond : {}, versions };
}

const covers = (have: readonly LayerKind[], needed: readonly LayerKind[]): boolean => needed.every((layer) => have.includes(layer));

/** Samples a second of real training steps on random data. */
async function measure(template: Template, engine: OpenEngine): Promise<number> {
  const random = SeededRandom.fromSeed(1);
  const net = buildNetwork(template, { ...DEFAULT_PARAMETERS[template], dropout: 0 }, 2, 2);
  const inputs = Float32Array.from({ length: BATCH * tf.util.sizeFromShape(net.inputShape) }, () => random.next());
  const targets = new Float32Array(BATCH * net.outputs);
  for (let i = 0; i < BATCH; i++) targets[i * net.outputs + (i % net.outputs)] = 1;
  const steps = new TrainingSteps(net, initialParameters(net, random), 'ADAM', null, 0);
  let done = 0;
  const step = async (batch: number): Promise<void> => {
    const values = inputs.subarray(0, (inputs.length / BATCH) * batch);
    const outputs = steps.step(values, targets.subarray(0, net.outputs * batch), batch, 0.001, ++done, random);
    // Waiting now and then, as training does, keeps an asynchronous engine busy and honest.
    if (!engine.readsAreSlow || done % READ_EVERY === 0) await check(outputs);
    outputs.dispose();
  };
  // What computes on this thread alone is timed by the processor time it got: other work on the machine says nothing about it.
  const clock = engine.singleThreaded ? threadMs : () => performance.now();
  const timed = async (batch: number, atLeastMs: number): Promise<number> => {
    const [before, started] = [done, clock()];
    do await step(batch);
    while (clock() - started < atLeastMs || (engine.readsAreSlow && done % READ_EVERY !== 0));
    return ((done - before) * batch * 1000) / (clock() - started);
  };
  // Warm-up: shaders and just-in-time compilation. An engine that is slow even then is not made to do whole batches.
  await step(1);
  const rough = await timed(1, MEASURE_MS / 6);
  let speed = rough;
  if (rough * 2 > BATCH) {
    await timed(BATCH, MEASURE_MS / 3);
    speed = await timed(BATCH, MEASURE_MS);
  }
  steps.dispose();
  return Math.round(speed);
}

function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

async function check(outputs: tf.Tensor): Promise<void> {
  if (!(await outputs.data()).every(Number.isFinite)) throw new EngineError('a training step on plain data gave numbers that are not finite');
}

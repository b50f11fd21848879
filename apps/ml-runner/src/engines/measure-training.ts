import * as tf from '@tensorflow/tfjs-core';
import { DEFAULT_PARAMETERS, type Template } from '@trainyard/domain';
import { buildNetwork, initialParameters } from '../networks/network.ts';
import { SeededRandom } from '../random/seeded-random.ts';
import type { StepOutputs } from '../networks/training-steps.ts';
import { EngineError, type OpenEngine } from './engine.ts';

/** Milliseconds measured; at least one step, however long it takes. */
const MEASURE_MS = 300;
/** Outputs of an image net that is measured: as many as there are digits. */
const CLASSES = 10;
/** Steps between two reads of an engine that is slow to read from, at most; fewer where so many take longer than this, in milliseconds. */
const READ_EVERY = 8;
const READ_AFTER_MS = 100;

/**
 * Samples a second of real training steps on random data.
 * @param batch samples a step; an engine that would take seconds for so many is measured one at a time
 */
export async function measureTraining(template: Template, engine: OpenEngine, batch: number): Promise<number> {
  const random = SeededRandom.fromSeed(1);
  const net = buildNetwork(template, { ...DEFAULT_PARAMETERS[template], dropout: 0 }, 2, CLASSES);
  const inputs = Float32Array.from({ length: batch * tf.util.sizeFromShape(net.inputShape) }, () => random.next());
  const targets = new Float32Array(batch * net.outputs);
  for (let i = 0; i < batch; i++) targets[i * net.outputs + (i % net.outputs)] = 1;
  const steps = engine.openSteps(net, initialParameters(net, random), 'ADAM', null, 0);
  let done = 0;
  const step = async (count: number, read: boolean): Promise<void> => {
    const values = inputs.subarray(0, (inputs.length / batch) * count);
    const outputs = steps.step(values, targets.subarray(0, net.outputs * count), count, 0.001, ++done, random);
    if (read) await check(outputs);
    outputs.dispose();
  };
  const { clock } = engine;
  /** @param every steps between two reads: waiting now and then, as training does, keeps an asynchronous engine busy and honest */
  const timed = async (count: number, atLeastMs: number, every: number): Promise<number> => {
    const [before, started] = [done, clock()];
    do for (let left = every; left > 0; left--) await step(count, left === 1);
    while (clock() - started < atLeastMs);
    return ((done - before) * count * 1000) / (clock() - started);
  };
  /** @param speed samples a second, as far as it is known */
  const readEvery = (count: number, speed: number): number =>
    engine.readsAreSlow ? Math.min(READ_EVERY, Math.max(1, Math.floor((READ_AFTER_MS * speed) / count / 1000))) : 1;
  // Warm-up: shaders and just-in-time compilation. An engine that is slow even then is not made to do whole batches.
  await step(1, true);
  let speed = await timed(1, 0, 1);
  speed = await timed(1, MEASURE_MS / 6, readEvery(1, speed));
  if (speed * 2 > batch) {
    speed = await timed(batch, MEASURE_MS / 3, readEvery(batch, speed));
    speed = await timed(batch, MEASURE_MS, readEvery(batch, speed));
  }
  steps.dispose();
  return Math.round(speed);
}

async function check(outputs: StepOutputs): Promise<void> {
  if (!Array.from(await outputs.data()).every(Number.isFinite)) throw new EngineError('a training step on plain data gave numbers that are not finite');
}

import * as tf from '@tensorflow/tfjs-core';
import { processorName, threadMs, type EngineDriver } from './engine.ts';
import { openTensorSteps } from '../networks/training-steps.ts';

/** Plain JavaScript: there on every machine, and the fastest for nets of a few dozen weights. */
export const cpuEngine: EngineDriver = {
  engine: 'CPU',
  async open() {
    const { version_cpu } = await import('@tensorflow/tfjs-backend-cpu');
    await tf.setBackend('cpu');
    await tf.ready();
    // It would advertise tfjs-node in every run's log.
    (tf.backend() as unknown as { firstUse: boolean }).firstUse = false;
    return {
      engine: 'CPU',
      device: processorName(),
      isGpu: false,
      versions: { 'tfjs-core': tf.version_core, 'tfjs-backend-cpu': version_cpu, node: process.versions.node },
      readsAreSlow: false,
      clock: threadMs,
      openSteps: openTensorSteps,
      check: () => undefined,
      close: () => undefined,
    };
  },
};

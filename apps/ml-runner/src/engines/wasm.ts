import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { EngineError, processorName, threadMs, type EngineDriver } from './engine.ts';
import { WasmSteps } from './wasm-steps.ts';

/** WebAssembly with SIMD on one core (its threads need a browser's workers), with training steps of our own; scoring is TensorFlow.js'. */
export const wasmEngine: EngineDriver = {
  engine: 'WASM',
  async open() {
    const { setWasmPaths, version_wasm } = await import('@tensorflow/tfjs-backend-wasm');
    const entry = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
    setWasmPaths(join(dirname(entry), sep));
    if (!(await tf.setBackend('wasm')))
      throw new EngineError('The WebAssembly backend did not start: its .wasm file beside the package could not be loaded. Run npm ci.');
    await tf.ready();
    return {
      engine: 'WASM',
      device: processorName(),
      isGpu: false,
      versions: { 'tfjs-core': tf.version_core, 'tfjs-backend-wasm': version_wasm, node: process.versions.node },
      readsAreSlow: false,
      clock: threadMs,
      openSteps: (...all) => new WasmSteps(...all),
      check: () => undefined,
      close: () => undefined,
    };
  },
};

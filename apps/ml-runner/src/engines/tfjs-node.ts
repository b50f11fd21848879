import { createRequire } from 'node:module';
import util from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import type { Engine } from '@trainyard/domain';
import { EngineError, processorName, type EngineDriver } from './engine.ts';

/** TensorFlow's C library, 2.9.1. Both packages register the same backend name: one process opens one of them. */
const PACKAGES = {
  TFJS_NODE: '@tensorflow/tfjs-node',
  TFJS_NODE_GPU: '@tensorflow/tfjs-node-gpu',
} as const satisfies Partial<Record<Engine, string>>;

const VERSION = '4.22.0';

/** The package's backend, as far as it is asked here (tfjs-node/src/nodejs_kernel_backend.ts). */
interface NodeBackend {
  isGPUPackage: boolean;
  isUsingGpuDevice: boolean;
}

export const tfjsNodeEngine: EngineDriver = { engine: 'TFJS_NODE', open: () => open('TFJS_NODE') };
export const tfjsNodeGpuEngine: EngineDriver = { engine: 'TFJS_NODE_GPU', open: () => open('TFJS_NODE_GPU') };

async function open(engine: keyof typeof PACKAGES) {
  const name = PACKAGES[engine];
  const require = createRequire(import.meta.url);
  let manifest: { version: string };
  try {
    manifest = require(`${name}/package.json`) as { version: string };
  } catch {
    throw new EngineError(`${name} is not installed. Install it with: ${installCommand(engine)}`);
  }
  restoreRemovedUtilities();
  let version: Record<string, string>;
  try {
    // Loading registers the backend `tensorflow`; it throws when the native addon or libtensorflow is missing.
    ({ version } = require(name) as { version: Record<string, string> });
  } catch (cause) {
    throw new EngineError(`${name} ${manifest.version} is installed but does not load: ${firstLine(cause)}`, { cause });
  }
  if (!(await tf.setBackend('tensorflow'))) {
    throw new EngineError(`${name} ${manifest.version} loaded, but its backend does not start; it must share @tensorflow/tfjs-core ${tf.version_core} with the runner.`);
  }
  await tf.ready();
  const usesGpu = engine === 'TFJS_NODE_GPU' && (await gpuIsUsed());
  if (engine === 'TFJS_NODE_GPU' && !usesGpu) {
    throw new EngineError(
      `${name} runs on the CPU: TensorFlow found no usable GPU. It needs an NVIDIA driver, CUDA 11.2 and cuDNN 8.1 libraries on LD_LIBRARY_PATH; the lines TensorFlow wrote to the log name the missing one.`,
    );
  }
  return {
    engine,
    device: usesGpu ? await nvidiaName() : processorName(),
    isGpu: usesGpu,
    versions: { 'tfjs-core': tf.version_core, [name.split('/')[1]!]: version['tfjs-node'] ?? manifest.version, libtensorflow: '2.9.1', node: process.versions.node },
    readsAreSlow: usesGpu,
    singleThreaded: false,
    check: () => undefined,
    close: () => undefined,
  };
}

/** `--no-save` keeps package.json and the lock file as they are: the package stays an option of this machine alone. */
export function installCommand(engine: keyof typeof PACKAGES): string {
  return `npm install --no-save -w apps/ml-runner ${PACKAGES[engine]}@${VERSION}`;
}

/**
 * Missing CUDA libraries only make TensorFlow warn and compute on the CPU. Its own flag says which it chose, but is set from the
 * device list at start; so a product is computed first, which fails when the device cannot be used.
 */
async function gpuIsUsed(): Promise<boolean> {
  const backend = tf.backend() as unknown as NodeBackend;
  if (!backend.isGPUPackage || !backend.isUsingGpuDevice) return false;
  const product = tf.tidy(() => tf.sum(tf.matMul(tf.ones([64, 64]), tf.ones([64, 64]))));
  const [value] = await product.data();
  product.dispose();
  return value === 64 ** 3 && backend.isUsingGpuDevice;
}

async function nvidiaName(): Promise<string> {
  const { execFile } = await import('node:child_process');
  return new Promise((resolve) => {
    execFile('nvidia-smi', ['--query-gpu=name', '--format=csv,noheader'], { timeout: 5_000 }, (error, out) => {
      resolve(error ? 'NVIDIA GPU' : (out.split('\n')[0] ?? '').trim() || 'NVIDIA GPU');
    });
  });
}

/** Node 23 removed two type tests of `util` that tfjs-node 4.22 still calls. */
function restoreRemovedUtilities(): void {
  // The package reads the CommonJS object, which the default import is.
  const target = util as unknown as Record<string, unknown>;
  target['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
  target['isArray'] ??= Array.isArray;
}

function firstLine(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  return message.split('\n')[0] ?? message;
}

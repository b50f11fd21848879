import { createRequire } from 'node:module';
import util from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { ENGINE_PACKAGES, installCommand, messageOf } from '@trainyard/domain';
import { saysOutOfMemory } from '../machine/system-error.ts';
import { EngineError, processMs, processorName, wallMs, type EngineDriver } from './engine.ts';
import { openTensorSteps } from '../networks/training-steps.ts';

/** How many threads TensorFlow spreads one operation over. */
const THREADS = 'TF_NUM_INTRAOP_THREADS';

const require = createRequire(import.meta.url);

/** The package's backend, as far as it is asked here (tfjs-node/src/nodejs_kernel_backend.ts). */
interface NodeBackend {
  isGPUPackage: boolean;
  isUsingGpuDevice: boolean;
  binding: { TF_Version: string };
}

/** TensorFlow's C library. Both packages register the same backend name: one process opens one of them. */
export const tfjsNodeEngine: EngineDriver = { engine: 'TFJS_NODE', open: () => open('TFJS_NODE') };
export const tfjsNodeGpuEngine: EngineDriver = { engine: 'TFJS_NODE_GPU', open: () => open('TFJS_NODE_GPU') };

async function open(engine: keyof typeof ENGINE_PACKAGES) {
  const name = ENGINE_PACKAGES[engine];
  const version = installedVersion(name);
  if (version === null) {
    const wanted = Object.values(ENGINE_PACKAGES).filter((other) => other === name || installedVersion(other) !== null);
    const command = installCommand(wanted);
    throw new EngineError(`${name} is not installed. Install it with: ${command}`, { params: { reason: 'NOT_INSTALLED', package: name, command } });
  }
  restoreRemovedUtilities();
  setUpTensorFlow(engine);
  try {
    // Loading registers the backend `tensorflow`; it throws when the native addon or libtensorflow is missing.
    require(name);
  } catch (cause) {
    if (saysOutOfMemory(firstLine(cause))) throw cause;
    throw new EngineError(`${name} ${version} is installed but does not load: ${firstLine(cause)}`, {
      cause,
      params: { reason: 'DOES_NOT_LOAD', package: `${name} ${version}`, detail: firstLine(cause) },
    });
  }
  if (!(await tf.setBackend('tensorflow'))) {
    throw new EngineError(`${name} ${version} loaded, but its backend does not start; it must share @tensorflow/tfjs-core ${tf.version_core} with the runner.`);
  }
  await tf.ready();
  const usesGpu = engine === 'TFJS_NODE_GPU' && (await gpuIsUsed());
  if (engine === 'TFJS_NODE_GPU' && !usesGpu) {
    throw new EngineError(
      `${name} runs on the CPU: TensorFlow found no usable GPU. It needs an NVIDIA driver, and the libraries of CUDA 11.2 and cuDNN 8.1 on LD_LIBRARY_PATH.`,
      { params: { reason: 'NO_CUDA_GPU', package: name } },
    );
  }
  return {
    engine,
    device: usesGpu ? await nvidiaName() : processorName(),
    isGpu: usesGpu,
    versions: { 'tfjs-core': tf.version_core, [name.split('/')[1]!]: version, libtensorflow: nodeBackend().binding.TF_Version, node: process.versions.node },
    readsAreSlow: usesGpu,
    clock: usesGpu || process.env[THREADS] !== '1' ? wallMs : processMs,
    openSteps: openTensorSteps,
    check: () => undefined,
    close: () => undefined,
  };
}

function installedVersion(name: string): string | null {
  try {
    return (require(`${name}/package.json`) as { version: string }).version;
  } catch {
    return null;
  }
}

/** TensorFlow reads these when it is loaded; what the machine's owner set stays. */
function setUpTensorFlow(engine: keyof typeof ENGINE_PACKAGES): void {
  // Its notes on every start would fill the log of each run, and the dump of its memory pushes out the line that says it ran out.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '1';
  // Our operations are small: handing one to a second thread takes longer than doing it (half the samples a second of an MLP).
  if (engine === 'TFJS_NODE') process.env[THREADS] ??= '1';
  // It would take all of the GPU's memory at once, and the next child find none.
  else process.env['TF_FORCE_GPU_ALLOW_GROWTH'] ??= 'true';
}

const nodeBackend = (): NodeBackend => tf.backend() as unknown as NodeBackend;

/**
 * Missing CUDA libraries only make TensorFlow warn and compute on the CPU. Its own flag says which it chose, but is set from the
 * device list at start; so a product is computed first, which fails when the device cannot be used.
 */
async function gpuIsUsed(): Promise<boolean> {
  const backend = nodeBackend();
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

/** tfjs-node 4.22 calls two type tests of `util`: Node 23 removed one and warns of the other in every run's log. */
function restoreRemovedUtilities(): void {
  // The package reads the CommonJS object, which the default import is.
  Object.assign(util, { isNullOrUndefined: (value: unknown) => value === null || value === undefined, isArray: Array.isArray });
}

function firstLine(cause: unknown): string {
  const message = messageOf(cause);
  return message.split('\n')[0] ?? message;
}

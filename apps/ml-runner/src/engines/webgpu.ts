import { messageOf } from '@trainyard/domain';
import { createRequire } from 'node:module';
import * as tf from '@tensorflow/tfjs-core';
import { EngineError, wallMs, type EngineDriver } from './engine.ts';
import { openTensorSteps } from '../networks/training-steps.ts';

/** Set to 1 to accept an adapter that computes in software; for tests on machines without a GPU. */
export const ALLOW_SOFTWARE_GPU = 'TRAINYARD_ALLOW_SOFTWARE_GPU';

/** The part of WebGPU used here; the package's own types need the browser's library. */
interface GpuDevice {
  lost: Promise<{ reason: string; message: string }>;
  addEventListener(type: 'uncapturederror', listener: (event: { error: { message: string } }) => void): void;
}
interface GpuAdapter {
  info: { vendor: string; architecture: string; device: string; description: string; isFallbackAdapter?: boolean };
}
interface Gpu {
  requestAdapter(options: { powerPreference: 'high-performance' }): Promise<GpuAdapter | null>;
}

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|warp|basic render/i;

/** A GPU through Dawn (npm package webgpu): Vulkan, Metal or Direct3D 12, whatever its maker. */
export const webgpuEngine: EngineDriver = {
  engine: 'WEBGPU',
  async open() {
    const gpu = await loadDawn();
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
    if (!adapter) {
      throw new EngineError("No GPU adapter: Dawn found no Vulkan, Metal or Direct3D 12 driver. On Linux install the GPU maker's driver and libvulkan1.", {
        params: { reason: 'NO_ADAPTER' },
      });
    }
    const { info } = adapter;
    const name = info.description || info.device || [info.vendor, info.architecture].filter(Boolean).join(' ');
    const software = SOFTWARE.test([info.vendor, info.architecture, info.device, info.description].join(' ')) || info.isFallbackAdapter === true;
    if (software && process.env[ALLOW_SOFTWARE_GPU] !== '1') {
      throw new EngineError(`The only adapter computes in software (${name}): it is no GPU. Install the GPU maker's driver.`, {
        params: { reason: 'SOFTWARE_ADAPTER', adapter: name },
      });
    }
    const packages = await loadBackend();
    if (!(await tf.setBackend('webgpu'))) throw new EngineError(`TensorFlow.js could not start on ${name}.`);
    await tf.ready();
    const device = (tf.backend() as unknown as { device: GpuDevice }).device;
    // A failed validation or a lost device gives zeros and NaN and throws nothing: remember it for check().
    let failure: string | null = null;
    let closing = false;
    device.addEventListener('uncapturederror', (event) => (failure ??= event.error.message));
    void device.lost.then((lost) => {
      if (!closing) failure ??= `the device was lost (${lost.reason}): ${lost.message}`;
    });
    return {
      engine: 'WEBGPU',
      device: software ? `${name} (software)` : name,
      isGpu: !software,
      versions: { 'tfjs-core': tf.version_core, ...packages, node: process.versions.node },
      readsAreSlow: true,
      clock: wallMs,
      openSteps: openTensorSteps,
      check() {
        if (failure !== null) throw new EngineError(`The GPU reported an error: ${failure}`);
      },
      close() {
        closing = true;
        tf.removeBackend('webgpu');
      },
    };
  },
};

/** WebGPU's globals and navigator.gpu, which the backend looks for while it loads. */
async function loadDawn(): Promise<Gpu> {
  try {
    const { create, globals } = (await import('webgpu')) as unknown as { create(options: string[]): Gpu; globals: object };
    Object.assign(globalThis, globals);
    const gpu = create([]);
    Object.defineProperty(globalThis, 'navigator', { value: { ...globalThis.navigator, gpu }, configurable: true });
    return gpu;
  } catch (cause) {
    throw new EngineError(`The package webgpu does not load here: ${messageOf(cause)}`, {
      cause,
      params: { reason: 'DOES_NOT_LOAD', package: 'webgpu', detail: messageOf(cause) },
    });
  }
}

async function loadBackend(): Promise<Record<string, string>> {
  await import('@tensorflow/tfjs-backend-webgpu');
  const require = createRequire(import.meta.url);
  const versionOf = (name: string): string => (require(`${name}/package.json`) as { version: string }).version;
  return { 'tfjs-backend-webgpu': versionOf('@tensorflow/tfjs-backend-webgpu'), webgpu: versionOf('webgpu') };
}

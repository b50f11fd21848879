import type { Engine } from '@trainyard/domain';
import './gradients.ts';
import { cpuEngine } from './cpu.ts';
import type { EngineDriver, OpenEngine } from './engine.ts';
import { tfjsNodeEngine, tfjsNodeGpuEngine } from './tfjs-node.ts';
import { wasmEngine } from './wasm.ts';
import { webgpuEngine } from './webgpu.ts';

const DRIVERS: Record<Engine, EngineDriver> = {
  TFJS_NODE_GPU: tfjsNodeGpuEngine,
  WEBGPU: webgpuEngine,
  TFJS_NODE: tfjsNodeEngine,
  WASM: wasmEngine,
  CPU: cpuEngine,
};

/** Makes this process compute on the engine. Rejects with an EngineError that says why it cannot. */
export function openEngine(engine: Engine): Promise<OpenEngine> {
  return DRIVERS[engine].open();
}

import { cpus } from 'node:os';
import type { Engine, EngineReasonParams, EngineReport } from '@trainyard/domain';
import type { OpenSteps } from '../networks/training-steps.ts';

/** An engine ready to train: `@tensorflow/tfjs-core` computes on it from here on, for the whole process. */
export interface OpenEngine {
  engine: Engine;
  /** What computes, e.g. "NVIDIA H200", "2 x AMD EPYC". */
  device: string;
  isGpu: boolean;
  versions: Record<string, string>;
  /** True when results are waited for: reading every step would then leave the device idle. */
  readsAreSlow: boolean;
  /** Milliseconds to time it by: of the processor, where other work on the machine says nothing about it. */
  clock: () => number;
  /** Begins training on it. */
  openSteps: OpenSteps;
  /** Throws EngineError when the device reported an error since the last call; such errors reach no tensor operation. */
  check(): void;
  close(): void;
}

/** One way to compute. Opening happens in a child process of its own: a native library may crash it, and two do not mix. */
export interface EngineDriver {
  engine: Engine;
  open(): Promise<OpenEngine>;
}

/** Why an engine is not there or stopped, in a sentence that says what to do. */
export class EngineError extends Error {
  readonly params: EngineReasonParams | undefined;

  /** `params` are the same facts for a screen to put into words, where it has any. */
  constructor(message: string, { params, ...options }: ErrorOptions & { params?: EngineReasonParams } = {}) {
    super(message, options);
    this.name = 'EngineError';
    this.params = params;
  }
}

/** The report of an engine that is not there. */
export function unavailable(engine: Engine, reason: string, reasonParams?: EngineReasonParams): EngineReport {
  return { engine, available: false, reason, reasonParams, device: null, isGpu: false, layers: [], samplesPerSecond: {}, versions: {} };
}

/** For engines that do all of their work on the thread that asks for it. */
export function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** For engines that use other threads, but one at a time. */
export function processMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** For engines that compute on many cores at once or on a device. */
export const wallMs = (): number => performance.now();

export function processorName(): string {
  const all = cpus();
  return `${all.length} x ${all[0]?.model.trim() || process.arch}`;
}

import type { EngineReport } from './contract.ts';
import type { EngineRequest, LayerKind, RunSpec } from './spec.ts';
import { layersOf } from './templates.ts';

/** Why a queued run is not running yet. RETRYING: a claim was lost and the run goes back in line. */
export const WAIT_REASONS = ['NO_RUNNER', 'NO_ENGINE', 'BUSY', 'RETRYING'] as const;
export type WaitReason = (typeof WAIT_REASONS)[number];

/** What a run asks of an engine. */
export interface EngineNeed {
  engine: EngineRequest;
  /** Kinds of layer it must have proved. */
  layers: readonly LayerKind[];
}

export function needOf(spec: RunSpec): EngineNeed {
  switch (spec.kind) {
    case 'TEMPLATE':
      return { engine: spec.engine, layers: layersOf(spec.template, spec.parameters) };
  }
}

/** A runner as seen now. */
export interface RunnerFacts {
  engines: readonly EngineReport[];
  /** Attempts it holds, and may hold. */
  busy: number;
  concurrency: number;
}

/**
 * Whether one of these engines may train the run: available, with every layer kind proved, and the one asked for.
 * GPU accepts engines on a real GPU only; nothing falls back.
 */
export function canTrain(engines: readonly EngineReport[], need: EngineNeed): boolean {
  return engines.some((report) => {
    if (!report.available || !need.layers.every((layer) => report.layers.includes(layer))) return false;
    if (need.engine === 'AUTO') return true;
    return need.engine === 'GPU' ? report.isGpu : report.engine === need.engine;
  });
}

/** Why this queued attempt waits, given the runners online; null when one of them is about to take it. @param paused as in AttemptFacts */
export function waitReason(need: EngineNeed, { claim, paused }: { claim: number; paused: boolean }, online: readonly RunnerFacts[]): WaitReason | null {
  if (paused) return 'RETRYING';
  if (online.length === 0) return 'NO_RUNNER';
  const fitting = online.filter((runner) => canTrain(runner.engines, need));
  if (fitting.length === 0) return 'NO_ENGINE';
  if (fitting.every((runner) => runner.busy >= runner.concurrency)) return 'BUSY';
  return claim > 0 ? 'RETRYING' : null;
}

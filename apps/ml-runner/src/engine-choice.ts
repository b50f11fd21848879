import { layersOf, type EngineReport, type RunSpec } from '@trainyard/domain';
import { chooseEngine, SIZE_OF_TEMPLATE } from './engines/choose-engine.ts';
import type { EngineChoice } from './run-attempt.ts';

/** The engine for a run among those probed on this machine. */
export function chooseEngineFor(spec: RunSpec, reports: EngineReport[]): EngineChoice {
  return chooseEngine(spec.engine, reports, layersOf(spec.template, spec.parameters), SIZE_OF_TEMPLATE[spec.template]);
}

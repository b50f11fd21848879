import { layersOf, type EngineReport, type RunSpec } from '@trainyard/domain';
import type { EngineChoice } from './run-attempt.ts';

/** The engine for a run among those probed here. */
export function chooseEngineFor(spec: RunSpec, reports: EngineReport[]): EngineChoice {
  const layers = layersOf(spec.template, spec.parameters);
  const fit = reports.filter((report) => report.available && layers.every((layer) => report.layers.includes(layer)));
  const asked = fit.filter((report) => spec.engine === 'AUTO' || (spec.engine === 'GPU' ? report.isGpu : report.engine === spec.engine));
  const best = asked[0];
  if (best !== undefined) return { ok: true, report: best };
  return { ok: false, message: `No engine for ${spec.engine}` };
}

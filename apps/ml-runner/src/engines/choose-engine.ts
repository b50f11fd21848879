import { layersOf, templateOf, type Engine, type EngineReport, type EngineRequest, type LayerKind, type SizeClass, type TemplateSpec } from '@trainyard/domain';

/** The engine a run gets on this machine, or why it gets none. */
export type EngineChoice = { ok: true; report: EngineReport } | { ok: false; message: string };

/** The engine for a run among those probed on this machine. */
export const chooseEngineFor = (spec: TemplateSpec, reports: readonly EngineReport[]): EngineChoice =>
  chooseEngine(spec.engine, reports, layersOf(spec.template, spec.parameters), templateOf(spec.template).sizeClass);

/**
 * The engine for a run: the asked one, or for AUTO and GPU the fastest that fits. Only engines whose gradients passed the self-test
 * for all of the model's layers are chosen. GPU never falls back to a processor: the refusal says what this runner has instead.
 */
export function chooseEngine(request: EngineRequest, reports: readonly EngineReport[], layers: readonly LayerKind[], sizeClass: SizeClass): EngineChoice {
  const asked = reports.filter(
    (report) => request === 'AUTO' || (request === 'GPU' ? report.engine === 'TFJS_NODE_GPU' || report.engine === 'WEBGPU' : report.engine === request),
  );
  const fit = asked.filter((report) => report.available && (request !== 'GPU' || report.isGpu) && layers.every((layer) => report.layers.includes(layer)));
  const speed = (report: EngineReport): number => report.samplesPerSecond[sizeClass] ?? 0;
  const best = fit.toSorted((a, b) => speed(b) - speed(a))[0];
  if (best) return { ok: true, report: best };
  const why = asked.map((report) => `${report.engine}: ${whyNot(report, layers, request)}`);
  const there = reports.filter((report) => report.available).map((report) => `${report.engine} (${report.device})`);
  const wanted =
    request === 'AUTO'
      ? 'No engine here can train this model.'
      : request === 'GPU'
        ? 'This run asks for a GPU and this runner has none it can train on.'
        : `The engine ${request} is not usable on this runner.`;
  return { ok: false, message: [wanted, ...why, there.length > 0 ? `Usable here: ${there.join(', ')}.` : 'No engine is usable here.'].join(' ') };
}

function whyNot(report: EngineReport, layers: readonly LayerKind[], request: Engine | 'AUTO' | 'GPU'): string {
  if (!report.available) return report.reason ?? 'not available.';
  if (request === 'GPU' && !report.isGpu) return `it computes on ${report.device}, which is no GPU.`;
  const lacking = layers.filter((layer) => !report.layers.includes(layer));
  return `its gradients failed the self-test for ${lacking.join(', ')}.`;
}

import { LAYER_KINDS, messageOf, SIZE_CLASSES, templateOf, TEMPLATES, type Engine, type EngineReport, type LayerKind } from '@trainyard/domain';
import { EngineError, unavailable, type OpenEngine } from './engine.ts';
import { measureTraining } from './measure-training.ts';
import { openEngine } from './open-engine.ts';
import { checkSteps } from './steps-check.ts';

const BATCH = 32;

/** Opens an engine, tests its steps and scores per kind of layer and measures its speed. Runs in a child of its own. */
export async function probeEngine(engine: Engine): Promise<EngineReport> {
  let open: OpenEngine;
  try {
    open = await openEngine(engine);
  } catch (error) {
    return error instanceof EngineError ? unavailable(engine, error.message, error.params) : unavailable(engine, `It does not start: ${messageOf(error)}`);
  }
  try {
    const layers: LayerKind[] = [];
    const problems: string[] = [];
    for (const layer of LAYER_KINDS) {
      const problem = await checkSteps(layer, open);
      if (problem === null) layers.push(layer);
      else problems.push(`${layer}: ${problem}`);
    }
    const samplesPerSecond: EngineReport['samplesPerSecond'] = {};
    for (const sizeClass of SIZE_CLASSES) {
      const template = TEMPLATES.find((one) => templateOf(one).sizeClass === sizeClass)!;
      const covered = templateOf(template).layers.every((layer) => layers.includes(layer));
      if (covered) samplesPerSecond[sizeClass] = await measureTraining(template, open, BATCH);
    }
    open.check();
    // An engine that trains some kinds of layer is offered for those; one that trains no template is not there.
    if (Object.keys(samplesPerSecond).length === 0) {
      const told = problems.join('; ');
      return unavailable(engine, `Its gradient self-test failed. ${told}`, { reason: 'SELF_TEST', problems: told });
    }
    const { device, isGpu, versions } = open;
    return { engine, available: true, reason: null, device, isGpu, layers, samplesPerSecond, versions };
  } catch (error) {
    return unavailable(engine, `Training steps failed: ${messageOf(error)}`);
  } finally {
    open.close();
  }
}

import type { Template } from './spec.ts';

export interface TemplateFacts {
  /** As engineers write them: `k` stands for as many outputs as the data has classes, `n` for its inputs. */
  layers: string;
  /** Numbers that are trained; null where the data decides and is not known yet. */
  parameterCount: number | null;
  /** What of the data decides; null where nothing does. */
  decidedBy: 'CLASSES' | 'COLUMNS' | null;
}

/** Of an image template: its layers up to the outputs, the numbers trained in those, and how many values each output adds up. */
const IMAGE_FACTS = {
  MLP_784_128_10: { layers: '784 → 128', parameters: 785 * 128, width: 128 },
  MLP_784_64_64_10: { layers: '784 → 64 → 64', parameters: 785 * 64 + 65 * 64, width: 64 },
  CNN_28X28: { layers: '28×28 → conv 3×3×8 → pool → conv 3×3×16 → pool → 64', parameters: 10 * 8 + 73 * 16 + 785 * 64, width: 64 },
} as const;

/**
 * What a person is told of a template before anything is trained. The trainer builds the network; a test beside it keeps these in step.
 * @param classes of the data that was chosen; null where none is
 */
export function templateFacts(template: Template, classes: number | null): TemplateFacts {
  switch (template) {
    case 'MLP_784_128_10':
    case 'MLP_784_64_64_10':
    case 'CNN_28X28': {
      const { layers, parameters, width } = IMAGE_FACTS[template];
      return { layers: `${layers} → ${classes ?? 'k'}`, parameterCount: classes === null ? null : parameters + (width + 1) * classes, decidedBy: 'CLASSES' };
    }
    case 'NET_2_3_1':
      return { layers: '2 → 3 → 1', parameterCount: 13, decidedBy: null };
    case 'TABULAR_CLASSIFIER':
      return { layers: 'n → … → k', parameterCount: null, decidedBy: 'COLUMNS' };
    case 'TABULAR_REGRESSOR':
      return { layers: 'n → … → 1', parameterCount: null, decidedBy: 'COLUMNS' };
  }
}

import type { Template } from './spec.ts';

/**
 * What a person is told of a template before anything is trained: its layers as engineers write them, and how many numbers
 * are trained (null where the data decides). The trainer builds the network; a test beside it keeps these in step.
 */
export const TEMPLATE_FACTS: Record<Template, { layers: string; parameterCount: number | null }> = {
  MLP_784_128_10: { layers: '784 → 128 → 10', parameterCount: 101_770 },
  MLP_784_64_64_10: { layers: '784 → 64 → 64 → 10', parameterCount: 55_050 },
  CNN_28X28: { layers: '28×28 → conv 3×3×8 → pool → conv 3×3×16 → pool → 64 → 10', parameterCount: 52_138 },
  NET_2_3_1: { layers: '2 → 3 → 1', parameterCount: 13 },
  TABULAR_CLASSIFIER: { layers: 'n → … → k', parameterCount: null },
  TABULAR_REGRESSOR: { layers: 'n → … → 1', parameterCount: null },
};

import type { Template } from '@trainyard/domain';

/** Layers as engineers write them, and how many numbers are trained; null where the data decides. */
export const TEMPLATE_FACTS: Record<Template, { layers: string; parameterCount: number | null }> = {
  MLP_784_128_10: { layers: '784 → 128 → 10', parameterCount: 101_770 },
  MLP_784_64_64_10: { layers: '784 → 64 → 64 → 10', parameterCount: 55_050 },
  CNN_28X28: { layers: 'conv 3×3 ×16 → pool → conv 3×3 ×32 → pool → 64 → 10', parameterCount: 105_866 },
  NET_2_3_1: { layers: '2 → 3 → 1', parameterCount: 13 },
  TABULAR_CLASSIFIER: { layers: 'n → … → k', parameterCount: null },
  TABULAR_REGRESSOR: { layers: 'n → … → 1', parameterCount: null },
};

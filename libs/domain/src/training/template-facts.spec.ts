import { templateFacts } from './template-facts.ts';

const dense = (...widths: number[]): number => widths.slice(1).reduce((sum, width, i) => sum + (widths[i]! + 1) * width, 0);

it('tells as many outputs as the data has classes, and the parameters that they take', () => {
  expect(templateFacts('MLP_784_128_10', 26)).toEqual({ layers: '784 → 128 → 26', parameterCount: dense(784, 128, 26), decidedBy: 'CLASSES' });
  expect(templateFacts('MLP_784_64_64_10', 10)).toEqual({ layers: '784 → 64 → 64 → 10', parameterCount: dense(784, 64, 64, 10), decidedBy: 'CLASSES' });
  expect(templateFacts('CNN_28X28', 10)).toMatchObject({ parameterCount: 52_138, layers: expect.stringContaining('conv 3×3×8') });
});

it('leaves open what data that is not chosen yet decides', () => {
  expect(templateFacts('MLP_784_128_10', null)).toEqual({ layers: '784 → 128 → k', parameterCount: null, decidedBy: 'CLASSES' });
  expect(templateFacts('TABULAR_CLASSIFIER', 3)).toEqual({ layers: 'n → … → k', parameterCount: null, decidedBy: 'COLUMNS' });
  expect(templateFacts('TABULAR_REGRESSOR', null)).toEqual({ layers: 'n → … → 1', parameterCount: null, decidedBy: 'COLUMNS' });
  expect(templateFacts('NET_2_3_1', 2)).toEqual({ layers: '2 → 3 → 1', parameterCount: dense(2, 3, 1), decidedBy: null });
});

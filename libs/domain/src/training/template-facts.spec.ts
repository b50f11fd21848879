import { TEMPLATES } from './spec.ts';
import { TEMPLATE_FACTS } from './template-facts.ts';

it('tells the layers of each template, and how many numbers are trained where the data do not decide it', () => {
  const told = Object.fromEntries(TEMPLATES.map((template) => [template, TEMPLATE_FACTS[template].parameterCount]));
  const dense = (...widths: number[]): number => widths.slice(1).reduce((sum, width, i) => sum + (widths[i]! + 1) * width, 0);
  const fixed = { MLP_784_128_10: dense(784, 128, 10), MLP_784_64_64_10: dense(784, 64, 64, 10), NET_2_3_1: dense(2, 3, 1) };
  for (const [template, count] of Object.entries(fixed)) expect([null, count]).toContain(told[template]);
  expect(told['NET_2_3_1']).toBe(13);
  expect([told['TABULAR_CLASSIFIER'], told['TABULAR_REGRESSOR']]).toEqual([null, null]);
  for (const template of TEMPLATES) expect(TEMPLATE_FACTS[template].layers).toMatch(/^(784|28×28|2|n) → .+/);
});

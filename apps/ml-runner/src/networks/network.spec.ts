import { LAYER_KINDS, layersOf, templateFacts, templateOf, TEMPLATES, type LayerKind } from '@trainyard/domain';
import { readFileSync } from 'node:fs';
import { CONV_SIZE, buildNetwork, type Network } from './network.ts';

/** The layers that a person is told of, in the words of the form. */
function describeLayers({ inputShape, layers }: Network): string {
  const words = layers.map((layer) => {
    if (layer.kind === 'DENSE') return String(layer.units);
    if (layer.kind === 'CONV2D') return `conv ${CONV_SIZE}×${CONV_SIZE}×${layer.filters}`;
    return layer.kind === 'MAX_POOL2D' ? 'pool' : null;
  });
  return [inputShape.filter((size) => size > 1).join('×'), ...words].filter((word) => word !== null).join(' → ');
}

/** The words that a person chooses a template by. */
function wordsOf(language: string): Record<string, unknown> {
  const file = new URL(`../../../web/src/features/training/i18n/${language}.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { template: Record<string, unknown> }).template;
}
const languages = ['en', 'zh'].map((language) => [language, wordsOf(language)] as const);

describe.each(TEMPLATES)('the record of %s', (template) => {
  const { task, input, parameters } = templateOf(template);

  it.each([2, 10, 150])('says what is trained on %d classes', (classes) => {
    const net = buildNetwork(template, { dropout: 0, hiddenUnits: [] }, 7, classes);
    const facts = templateFacts(template, classes);
    if (parameters !== null) expect(facts).toMatchObject({ layers: describeLayers(net), parameterCount: net.parameterCount });
    expect(net.head === 'LINEAR').toBe(task === 'REGRESSION');
    expect(net.inputShape.reduce((a, b) => a * b)).toBe(input.type === 'TABLE' ? 7 : input.shape.reduce((a, b) => a * b));
  });

  it.each([0, 0.5])('names the kinds of layer that an engine must train, with a dropout of %d', (dropout) => {
    const { layers } = buildNetwork(template, { dropout, hiddenUnits: [3] }, 7, 2);
    const used = LAYER_KINDS.filter((kind) => layers.some((layer) => (layer.kind as LayerKind) === kind));
    expect([...layersOf(template, { dropout })].sort()).toEqual([...used].sort());
  });

  it.each(languages)('has its words in %s', (_language, words) => {
    expect(words[template]).toEqual({ name: expect.stringMatching(/\S/), about: expect.stringMatching(/\S/) });
  });
});

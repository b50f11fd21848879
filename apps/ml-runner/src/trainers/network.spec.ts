import { TEMPLATES, TEMPLATE_FACTS, type Template } from '@trainyard/domain';
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

describe('what the form says of a template', () => {
  it.each(TEMPLATES.filter((template) => TEMPLATE_FACTS[template].parameterCount !== null))('%s is what is trained', (template: Template) => {
    const net = buildNetwork(template, { dropout: 0, hiddenUnits: [] }, 0, 10);
    expect({ layers: describeLayers(net), parameterCount: net.parameterCount }).toEqual(TEMPLATE_FACTS[template]);
  });
});

import { templateFacts, type Template } from '@trainyard/domain';
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
  it.each<[Template, number]>([
    ['MLP_784_128_10', 10],
    ['MLP_784_64_64_10', 26],
    ['CNN_28X28', 10],
    ['CNN_28X28', 150],
    ['NET_2_3_1', 2],
  ])('%s with %d classes is what is trained', (template, classes) => {
    const net = buildNetwork(template, { dropout: 0, hiddenUnits: [] }, 0, classes);
    expect(templateFacts(template, classes)).toMatchObject({ layers: describeLayers(net), parameterCount: net.parameterCount });
  });
});

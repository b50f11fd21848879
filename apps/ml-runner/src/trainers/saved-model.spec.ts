import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { TEMPLATES, type Template } from '@trainyard/domain';
import { openEngine } from '../engines/open-engine.ts';
import { buildNetwork, cutParameters, forward, initialParameters } from '../networks/network.ts';
import { SeededRandom } from '../random/seeded-random.ts';
import { modelJson } from './saved-model.ts';

it.each(TEMPLATES)('%s is read by TensorFlow.js and predicts what was trained', async (template: Template) => {
  await openEngine('CPU');
  const random = SeededRandom.fromSeed(3);
  const net = buildNetwork(template, { dropout: 0.2, hiddenUnits: [5, 4] }, 6, 3);
  const flat = initialParameters(net, random).map((weight) => weight + 0.01 * random.normal());
  const { modelTopology, weightsManifest } = modelJson(net);
  const model = await loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs: weightsManifest[0]!.weights, weightData: flat.buffer as ArrayBuffer }));
  const size = tf.util.sizeFromShape(net.inputShape);
  const x = tf.tensor(
    Float32Array.from({ length: 2 * size }, () => random.next()),
    [2, ...net.inputShape],
  );
  const raw = forward(net, cutParameters(net, tf.tensor1d(flat)), x, null);
  const expected = net.head === 'SOFTMAX' ? tf.softmax(raw) : net.head === 'SIGMOID' ? tf.sigmoid(raw) : raw;
  const got = await (model.predict(x) as tf.Tensor).data();
  Array.from(await expected.data()).forEach((value, i) => expect(got[i]).toBeCloseTo(value, 5));
  expect(model.countParams()).toBe(net.parameterCount);
});

import * as tf from '@tensorflow/tfjs-core';
import { CONV_SIZE, layerName, type Layer, type Network } from '../networks/network.ts';
import type { Preprocessing } from './prepare-data.ts';
import { zip } from './zip.ts';

/** Name of the one artifact of a run: model.json, weights.bin and preprocessing.json in a ZIP archive. */
export const MODEL_ARTIFACT = 'model.zip';

/**
 * The trained network in TensorFlow.js' layers format, which `tf.loadLayersModel` and the tensorflowjs converter read, with what
 * turns raw values into its inputs beside it. Its outputs are probabilities for classifiers.
 */
export function packModel(net: Network, parameters: Float32Array, preprocessing: Preprocessing): Uint8Array[] {
  const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value, null, 1));
  return zip([
    { name: 'model.json', data: json(modelJson(net)) },
    { name: 'weights.bin', data: Buffer.from(parameters.buffer, parameters.byteOffset, parameters.byteLength) },
    { name: 'preprocessing.json', data: json(preprocessing) },
  ]);
}

/** What `model.json` holds; the weights are the flat vector as it is. */
export function modelJson(net: Network) {
  const named = net.layers.map((layer, i) => kerasLayer(layer, layerName(layer, i)));
  const last = named.at(-1)!;
  last.config['activation'] = net.head === 'SOFTMAX' ? 'softmax' : net.head === 'SIGMOID' ? 'sigmoid' : 'linear';
  named[0]!.config['batch_input_shape'] = [null, ...net.inputShape];
  return {
    format: 'layers-model',
    generatedBy: `TensorFlow.js tfjs-core v${tf.version_core}`,
    convertedBy: 'Trainyard',
    modelTopology: {
      class_name: 'Sequential',
      config: { name: 'trainyard', layers: named },
      keras_version: `tfjs-layers ${tf.version_core}`,
      backend: 'tensor_flow.js',
    },
    weightsManifest: [{ paths: ['weights.bin'], weights: net.slots.map(({ name, shape }) => ({ name, shape, dtype: 'float32' as const })) }],
  };
}

function kerasLayer(layer: Layer, name: string): { class_name: string; config: Record<string, unknown> } {
  const base = { name, trainable: true, dtype: 'float32' };
  switch (layer.kind) {
    case 'DENSE':
      return { class_name: 'Dense', config: { ...base, units: layer.units, activation: 'linear', use_bias: true } };
    case 'CONV2D':
      return {
        class_name: 'Conv2D',
        config: {
          ...base,
          filters: layer.filters,
          kernel_size: [CONV_SIZE, CONV_SIZE],
          strides: [1, 1],
          padding: 'same',
          data_format: 'channels_last',
          dilation_rate: [1, 1],
          activation: 'linear',
          use_bias: true,
        },
      };
    case 'MAX_POOL2D':
      return { class_name: 'MaxPooling2D', config: { ...base, pool_size: [2, 2], strides: [2, 2], padding: 'valid', data_format: 'channels_last' } };
    case 'FLATTEN':
      return { class_name: 'Flatten', config: base };
    case 'RELU':
      return { class_name: 'Activation', config: { ...base, activation: 'relu' } };
    case 'SIGMOID':
      return { class_name: 'Activation', config: { ...base, activation: 'sigmoid' } };
    case 'DROPOUT':
      return { class_name: 'Dropout', config: { ...base, rate: layer.rate } };
  }
}

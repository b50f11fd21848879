import * as tf from '@tensorflow/tfjs-core';
import type { RunParameters, Template } from '@trainyard/domain';
import type { SeededRandom } from '../random/seeded-random.ts';

/** One layer. Convolutions are 3x3, stride 1, padded to keep the size; pools are 2x2. */
export type Layer =
  | { kind: 'DENSE'; units: number }
  | { kind: 'CONV2D'; filters: number }
  | { kind: 'MAX_POOL2D' }
  | { kind: 'FLATTEN' }
  | { kind: 'RELU' }
  | { kind: 'SIGMOID' }
  | { kind: 'DROPOUT'; rate: number };

/** What the outputs mean: one logit per class, one logit for the second of two classes, or one standardised number. */
export type Head = 'SOFTMAX' | 'SIGMOID' | 'LINEAR';

export const CONV_SIZE = 3;

/** A weight or bias and where it lies in the flat vector of all parameters. */
export interface ParameterSlot {
  name: string;
  shape: number[];
  offset: number;
  size: number;
  /** Kernels are drawn at random and penalised by L2; biases start at 0 and are not. */
  kernel: boolean;
  fanIn: number;
  fanOut: number;
}

/** A template's layers for one dataset: what is trained, saved and counted. */
export interface Network {
  inputShape: number[];
  layers: Layer[];
  head: Head;
  outputs: number;
  slots: ParameterSlot[];
  parameterCount: number;
  /** Multiplications and additions of one forward pass of one sample. */
  forwardFlops: number;
}

/** What the parameters and the data decide of a template's network. */
interface Open {
  /** Width of a row of a table. */
  inputs: number;
  classes: number;
  hiddenUnits: readonly number[];
  /** After each hidden layer; none without dropout. */
  dropout: Layer[];
}

const hidden = (widths: readonly number[], dropout: Layer[]): Layer[] =>
  widths.flatMap((units): Layer[] => [{ kind: 'DENSE', units }, { kind: 'RELU' }, ...dropout]);
/** Pooling before the rectifier gives the same numbers as after it, for a quarter of the work. */
const block = (filters: number): Layer[] => [{ kind: 'CONV2D', filters }, { kind: 'MAX_POOL2D' }, { kind: 'RELU' }];

/** The code of each template; its record (RUN_TEMPLATES) says the same to whoever does not train, and a test keeps the two in step. */
const NETWORKS: Record<Template, (open: Open) => Network> = {
  MLP_784_128_10: ({ classes, dropout }) => networkOf([784], [...hidden([128], dropout), { kind: 'DENSE', units: classes }], 'SOFTMAX'),
  MLP_784_64_64_10: ({ classes, dropout }) => networkOf([784], [...hidden([64, 64], dropout), { kind: 'DENSE', units: classes }], 'SOFTMAX'),
  CNN_28X28: ({ classes, dropout }) =>
    networkOf([28, 28, 1], [...block(8), ...block(16), { kind: 'FLATTEN' }, ...hidden([64], dropout), { kind: 'DENSE', units: classes }], 'SOFTMAX'),
  NET_2_3_1: ({ dropout }) => networkOf([2], [{ kind: 'DENSE', units: 3 }, { kind: 'SIGMOID' }, ...dropout, { kind: 'DENSE', units: 1 }], 'SIGMOID'),
  TABULAR_CLASSIFIER: ({ inputs, classes, hiddenUnits, dropout }) =>
    networkOf([inputs], [...hidden(hiddenUnits, dropout), { kind: 'DENSE', units: classes }], 'SOFTMAX'),
  TABULAR_REGRESSOR: ({ inputs, hiddenUnits, dropout }) => networkOf([inputs], [...hidden(hiddenUnits, dropout), { kind: 'DENSE', units: 1 }], 'LINEAR'),
};

/**
 * @param inputs width of a row for the templates over a table; the others fix it
 * @param classes outputs of a classifier of several classes; the others fix it
 */
export function buildNetwork(template: Template, parameters: Pick<RunParameters, 'dropout' | 'hiddenUnits'>, inputs: number, classes: number): Network {
  const dropout: Layer[] = parameters.dropout > 0 ? [{ kind: 'DROPOUT', rate: parameters.dropout }] : [];
  return NETWORKS[template]({ inputs, classes, hiddenUnits: parameters.hiddenUnits, dropout });
}

/** Of one head behind any layers. */
export function networkOf(inputShape: number[], layers: Layer[], head: Head): Network {
  const slots: ParameterSlot[] = [];
  let parameterCount = 0;
  let forwardFlops = 0;
  let shape = inputShape;
  const add = (name: string, kind: string, kernelShape: number[], fanIn: number, fanOut: number): void => {
    for (const [part, partShape] of [
      ['kernel', kernelShape],
      ['bias', kernelShape.slice(-1)],
    ] as const) {
      const size = tf.util.sizeFromShape(partShape);
      slots.push({ name: `${name}/${part}`, shape: partShape, offset: parameterCount, size, kernel: part === 'kernel', fanIn, fanOut });
      parameterCount += size;
    }
    forwardFlops += kind === 'CONV2D' ? 2 * shape[0]! * shape[1]! * tf.util.sizeFromShape(kernelShape) : 2 * tf.util.sizeFromShape(kernelShape);
  };
  for (const [index, layer] of layers.entries()) {
    const name = layerName(layer, index);
    if (layer.kind === 'DENSE') {
      add(name, layer.kind, [shape[0]!, layer.units], shape[0]!, layer.units);
      shape = [layer.units];
    } else if (layer.kind === 'CONV2D') {
      const area = CONV_SIZE * CONV_SIZE;
      add(name, layer.kind, [CONV_SIZE, CONV_SIZE, shape[2]!, layer.filters], area * shape[2]!, area * layer.filters);
      shape = [shape[0]!, shape[1]!, layer.filters];
    } else if (layer.kind === 'MAX_POOL2D') {
      shape = [Math.floor(shape[0]! / 2), Math.floor(shape[1]! / 2), shape[2]!];
    } else if (layer.kind === 'FLATTEN') {
      shape = [tf.util.sizeFromShape(shape)];
    }
  }
  return { inputShape, layers, head, outputs: shape[0]!, slots, parameterCount, forwardFlops };
}

export function layerName(layer: Layer, index: number): string {
  return `${layer.kind.toLowerCase()}_${index + 1}`;
}

/** Glorot-uniform kernels, biases 0, as one flat vector. */
export function initialParameters(net: Network, random: SeededRandom): Float32Array {
  const flat = new Float32Array(net.parameterCount);
  for (const { kernel, offset, size, fanIn, fanOut } of net.slots) {
    if (!kernel) continue;
    const limit = Math.sqrt(6 / (fanIn + fanOut));
    for (let i = offset; i < offset + size; i++) flat[i] = (random.next() * 2 - 1) * limit;
  }
  return flat;
}

/** Cuts the flat vector into tensors of the slots' shapes. */
export function cutParameters(net: Network, flat: tf.Tensor1D): tf.Tensor[] {
  const parts = tf.split(
    flat,
    net.slots.map((slot) => slot.size),
  );
  return net.slots.map((slot, i) => tf.reshape(parts[i]!, slot.shape));
}

/**
 * The network's raw outputs (before softmax or sigmoid), [batch, outputs].
 * @param random null when evaluating: dropout then does nothing
 */
export function forward(net: Network, parameters: readonly tf.Tensor[], inputs: tf.Tensor, random: SeededRandom | null): tf.Tensor2D {
  let next = 0;
  let x = inputs;
  for (const layer of net.layers) {
    switch (layer.kind) {
      case 'DENSE':
        x = tf.add(tf.matMul(x as tf.Tensor2D, parameters[next++] as tf.Tensor2D), parameters[next++]!);
        break;
      case 'CONV2D':
        x = tf.add(tf.conv2d(x as tf.Tensor4D, parameters[next++] as tf.Tensor4D, 1, 'same'), parameters[next++]!);
        break;
      case 'MAX_POOL2D':
        x = tf.maxPool(x as tf.Tensor4D, 2, 2, 'valid');
        break;
      case 'FLATTEN':
        x = tf.reshape(x, [x.shape[0]!, -1]);
        break;
      case 'RELU':
        x = tf.relu(x);
        break;
      case 'SIGMOID':
        x = tf.sigmoid(x);
        break;
      case 'DROPOUT':
        if (random) x = tf.mul(x, dropoutMask(x.shape, layer.rate, random));
        break;
    }
  }
  return x as tf.Tensor2D;
}

/** Zeros at the given rate, and 1 / (1 - rate) elsewhere so that the expected sum stays the same. */
function dropoutMask(shape: number[], rate: number, random: SeededRandom): tf.Tensor {
  const mask = new Float32Array(tf.util.sizeFromShape(shape));
  const kept = 1 / (1 - rate);
  for (let i = 0; i < mask.length; i++) mask[i] = random.next() < rate ? 0 : kept;
  return tf.tensor(mask, shape);
}

/**
 * Mean loss of a batch, differentiable: cross-entropy of SOFTMAX and SIGMOID, squared error of LINEAR.
 * @param targets [batch, outputs]: one-hot classes, 0 or 1, or the standardised number
 */
export function meanLoss(head: Head, outputs: tf.Tensor2D, targets: tf.Tensor2D): tf.Scalar {
  if (head === 'LINEAR') return tf.mean(tf.square(tf.sub(outputs, targets)));
  // The gradient of either cross-entropy is (probability - target) / batch, which is exact and needs one pass.
  const loss = tf.customGrad((z, save) => {
    const logits = z as tf.Tensor2D;
    const probabilities = head === 'SOFTMAX' ? tf.softmax(logits) : tf.sigmoid(logits);
    (save as tf.GradSaveFunc)([probabilities]);
    const value = head === 'SOFTMAX' ? softmaxLoss(logits, targets) : sigmoidLoss(logits, targets);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(dy, tf.div(tf.sub(saved[0]!, targets), logits.shape[0]));
    return { value, gradFunc };
  });
  return loss(outputs) as tf.Scalar;
}

function softmaxLoss(logits: tf.Tensor2D, targets: tf.Tensor2D): tf.Scalar {
  return tf.neg(tf.div(tf.sum(tf.mul(targets, tf.logSoftmax(logits))), logits.shape[0]));
}

function sigmoidLoss(logits: tf.Tensor2D, targets: tf.Tensor2D): tf.Scalar {
  return tf.mean(tf.add(tf.sub(tf.relu(logits), tf.mul(logits, targets)), tf.log1p(tf.exp(tf.neg(tf.abs(logits))))));
}

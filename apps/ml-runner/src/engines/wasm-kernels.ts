import * as tf from '@tensorflow/tfjs-core';
import type { KernelFunc, NamedAttrMap, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';

/**
 * What TensorFlow.js's WebAssembly backend lacks or gets wrong for training, made of its own kernels and of loops over its heap:
 *
 * - Conv2DBackpropFilter is missing: patches of the input, then one matrix product.
 * - Conv2DBackpropInput is slow: for stride 1 it is a convolution of dy with the turned filter, which XNNPACK does fast.
 * - MaxPoolGrad drops every window whose maximum is at most 0: here the first largest element of a window gets its gradient,
 *   as on the other backends.
 * - BatchMatMul and _FusedMatMul with a transposed operand run ten times slower than transposing first.
 * - Sum over leading axes (each bias gradient) transposes all of its input: here rows are added up.
 * - SplitV of a vector (cutting the parameters every step) copies element by element: here pieces are copied whole.
 *
 * Checked against numerical gradients at every start (gradient-check.ts) and against the cpu backend in the tests.
 */

/** The part of BackendWasm used here: tensors lie in its heap. */
interface WasmBackend {
  makeOutput(shape: number[], dtype: tf.DataType): TensorInfo;
  typedArrayFromHeap(info: TensorInfo): Float32Array;
  disposeData(dataId: TensorInfo['dataId']): boolean;
}
interface KernelCall {
  inputs: Record<string, TensorInfo>;
  attrs: Record<string, unknown>;
  backend: WasmBackend;
}

const BACKEND = 'wasm';

let registered = false;

/** Replaces the kernels, once per process; the backend must have been loaded. */
export function registerTrainingKernels(): void {
  if (registered) return;
  registered = true;
  const matMul = shipped('BatchMatMul');
  replace('BatchMatMul', (call) => transposedFirst(call, matMul));
  const fusedMatMul = shipped('_FusedMatMul');
  replace('_FusedMatMul', (call) => transposedFirst(call, fusedMatMul));
  const sum = shipped('Sum');
  replace('Sum', (call) => sumOfRows(call) ?? sum(call));
  const convInput = shipped('Conv2DBackpropInput');
  replace('Conv2DBackpropInput', (call) => convGradientOfInput(call) ?? convInput(call));
  const split = shipped<TensorInfo[]>('SplitV');
  replace('SplitV', (call) => splitVector(call) ?? split(call));
  replace('Conv2DBackpropFilter', convGradientOfFilter);
  replace('MaxPoolGrad', maxPoolGradient);
}

/** A kernel as the package ships it, callable with our narrower types. */
function shipped<Out = TensorInfo>(name: string): (call: KernelCall) => Out {
  const config = tf.getKernel(name, BACKEND);
  if (!config) throw new Error(`The wasm backend has no kernel ${name}; is @tensorflow/tfjs-backend-wasm 4.22 installed?`);
  return ({ inputs, attrs, backend }) =>
    config.kernelFunc({ inputs: inputs as NamedTensorInfoMap, attrs: attrs as NamedAttrMap, backend }) as Out;
}

function replace(kernelName: string, kernel: (call: KernelCall) => TensorInfo | TensorInfo[]): void {
  if (tf.getKernel(kernelName, BACKEND)) tf.unregisterKernel(kernelName, BACKEND);
  tf.registerKernel({ kernelName, backendName: BACKEND, kernelFunc: kernel as unknown as KernelFunc });
}

function run(name: string, backend: WasmBackend, inputs: Record<string, TensorInfo>, attrs: Record<string, unknown>): TensorInfo {
  return shipped(name)({ inputs, attrs, backend });
}

/** [.., m, n] -> [.., n, m] */
function transposeLastTwo(x: TensorInfo, backend: WasmBackend): TensorInfo {
  const rank = x.shape.length;
  const perm = x.shape.map((_, i) => (i === rank - 1 ? rank - 2 : i === rank - 2 ? rank - 1 : i));
  return run('Transpose', backend, { x }, { perm });
}

function transposedFirst(call: KernelCall, matMul: (call: KernelCall) => TensorInfo): TensorInfo {
  const { inputs, attrs, backend } = call;
  const own: TensorInfo[] = [];
  const turn = (x: TensorInfo): TensorInfo => {
    const turned = transposeLastTwo(x, backend);
    own.push(turned);
    return turned;
  };
  const a = attrs['transposeA'] === true ? turn(inputs['a']!) : inputs['a']!;
  const b = attrs['transposeB'] === true ? turn(inputs['b']!) : inputs['b']!;
  const out = matMul({ inputs: { ...inputs, a, b }, attrs: { ...attrs, transposeA: false, transposeB: false }, backend });
  for (const turned of own) backend.disposeData(turned.dataId);
  return out;
}

/** Sum over axes 0..k-1 of a float tensor; null when the call is another one. */
function sumOfRows({ inputs, attrs, backend }: KernelCall): TensorInfo | null {
  const x = inputs['x']!;
  const axes = tf.util.parseAxisParam(attrs['axis'] as number | number[], x.shape).toSorted((a, b) => a - b);
  const leading = axes.length > 0 && axes.length < x.shape.length && axes.every((axis, i) => axis === i);
  if (!leading || x.dtype !== 'float32') return null;
  const width = tf.util.sizeFromShape(x.shape.slice(axes.length));
  const kept = attrs['keepDims'] === true ? axes.map(() => 1) : [];
  const out = backend.makeOutput([...kept, ...x.shape.slice(axes.length)], 'float32');
  const from = backend.typedArrayFromHeap(x);
  const totals = new Float64Array(width);
  for (let row = 0; row < from.length; row += width) {
    for (let i = 0; i < width; i++) totals[i]! += from[row + i]!;
  }
  backend.typedArrayFromHeap(out).set(totals);
  return out;
}

/** A vector cut into pieces of given sizes; null when the call is another one. */
function splitVector({ inputs, attrs, backend }: KernelCall): TensorInfo[] | null {
  const x = inputs['x']!;
  const sizes = attrs['numOrSizeSplits'];
  if (x.shape.length !== 1 || x.dtype !== 'float32' || !Array.isArray(sizes) || sizes.some((size: number) => size < 0)) return null;
  const pieces = (sizes as number[]).map((size) => backend.makeOutput([size], 'float32'));
  const from = backend.typedArrayFromHeap(x);
  let at = 0;
  for (const piece of pieces) {
    backend.typedArrayFromHeap(piece).set(from.subarray(at, at + piece.shape[0]!));
    at += piece.shape[0]!;
  }
  return pieces;
}

type Shape4 = [number, number, number, number];
type Pad = 'valid' | 'same' | number;

function convInfoOf(inputShape: readonly number[], filterShape: readonly number[], attrs: Record<string, unknown>): tf.backend_util.Conv2DInfo {
  return tf.backend_util.computeConv2DInfo(
    inputShape as Shape4,
    filterShape as Shape4,
    attrs['strides'] as number | [number, number],
    1,
    attrs['pad'] as Pad,
    attrs['dimRoundingMode'] as 'floor' | undefined,
    false,
    tf.backend_util.convertConv2DDataFormat((attrs['dataFormat'] as 'NHWC' | undefined) ?? 'NHWC'),
  );
}

/**
 * dFilter[fh*fw*cin, cout] = patches[fh*fw*cin, n*h*w] x dy[n*h*w, cout], for stride 1, over the padded h x w of the input.
 * With dy laid out on that same grid (zero where no output lies), the patch of a filter place is the whole input shifted:
 * one copy per place and channel, and no operand needs transposing.
 */
function convGradientOfFilter({ inputs, attrs, backend }: KernelCall): TensorInfo {
  const dy = inputs['dy']!;
  const filterShape = attrs['filterShape'] as Shape4;
  const info = convInfoOf(inputs['x']!.shape, filterShape, attrs);
  const { filterHeight, filterWidth, batchSize, inHeight, inWidth, inChannels, outChannels, outHeight, outWidth } = info;
  if (info.strideHeight !== 1 || info.strideWidth !== 1 || info.dataFormat !== 'channelsLast') {
    throw new Error('The wasm engine trains convolutions of stride 1 in NHWC layout only.');
  }
  const { top, left, bottom, right } = info.padInfo;
  const width = inWidth + left + right;
  const height = inHeight + top + bottom;
  const places = batchSize * height * width;
  const padded = backend.makeOutput([places, inChannels], 'float32');
  const lines = { images: batchSize, gridHeight: height, gridRow: width * inChannels };
  layOut(backend.typedArrayFromHeap(padded), backend.typedArrayFromHeap(inputs['x']!), {
    ...lines, rows: inHeight, row: inWidth * inChannels, top, start: left * inChannels,
  });
  const channels = transposeLastTwo(padded, backend);
  const length = places - ((filterHeight - 1) * width + filterWidth - 1);
  const patches = backend.makeOutput([1, filterHeight * filterWidth * inChannels, length], 'float32');
  const spread = backend.makeOutput([1, length, outChannels], 'float32');

  // Views are taken after every allocation: growing the heap would detach them.
  const patch = backend.typedArrayFromHeap(patches);
  const channel = backend.typedArrayFromHeap({ ...channels, shape: [places * inChannels] });
  let at = 0;
  for (let fy = 0; fy < filterHeight; fy++) {
    for (let fx = 0; fx < filterWidth; fx++) {
      for (let c = 0; c < inChannels; c++, at += length) {
        const from = c * places + fy * width + fx;
        patch.set(channel.subarray(from, from + length), at);
      }
    }
  }
  layOut(backend.typedArrayFromHeap(spread), backend.typedArrayFromHeap(dy), {
    ...lines, gridRow: width * outChannels, rows: outHeight, row: outWidth * outChannels, top: 0, start: 0,
  });

  const out = run('BatchMatMul', backend, { a: patches, b: spread }, { transposeA: false, transposeB: false });
  for (const own of [padded, channels, patches, spread]) backend.disposeData(own.dataId);
  return { ...out, shape: [...filterShape] };
}

/** Rows of images and the larger grid they are laid out on; sizes in elements. */
interface Layout {
  images: number;
  rows: number;
  row: number;
  gridHeight: number;
  gridRow: number;
  /** Grid rows above an image, and elements before each of its rows. */
  top: number;
  start: number;
}

/** Copies row by row, with zeros around. The grid may end after the last row. */
function layOut(grid: Float32Array, from: Float32Array, { images, rows, row, gridHeight, gridRow, top, start }: Layout): void {
  grid.fill(0);
  for (let image = 0, at = 0; image < images; image++) {
    for (let y = 0; y < rows; y++, at += row) {
      const to = (image * gridHeight + top + y) * gridRow + start;
      // For so few elements a loop beats a copy of a view.
      for (let i = 0; i < row; i++) grid[to + i] = from[at + i]!;
    }
  }
}

/** For stride 1: dx is the convolution of dy with the filter turned by 180 degrees, channels swapped. Null for other strides. */
function convGradientOfInput({ inputs, attrs, backend }: KernelCall): TensorInfo | null {
  const dy = inputs['dy']!;
  const filter = inputs['filter']!;
  const inputShape = attrs['inputShape'] as Shape4;
  const info = convInfoOf(inputShape, filter.shape, attrs);
  const { filterHeight, filterWidth, inChannels, outChannels } = info;
  if (info.strideHeight !== 1 || info.strideWidth !== 1 || info.dataFormat !== 'channelsLast') return null;
  const top = filterHeight - 1 - info.padInfo.top;
  const left = filterWidth - 1 - info.padInfo.left;
  const bottom = inputShape[1] - (info.outHeight + top - filterHeight + 1);
  const right = inputShape[2] - (info.outWidth + left - filterWidth + 1);
  if (top < 0 || left < 0 || bottom < 0 || right < 0) return null;
  const turned = backend.makeOutput([filterHeight, filterWidth, outChannels, inChannels], 'float32');
  const from = backend.typedArrayFromHeap(filter);
  const to = backend.typedArrayFromHeap(turned);
  let at = 0;
  for (let place = filterHeight * filterWidth - 1; place >= 0; place--) {
    for (let o = 0; o < outChannels; o++) {
      for (let i = 0; i < inChannels; i++) to[at++] = from[(place * inChannels + i) * outChannels + o]!;
    }
  }
  const pad = [[0, 0], [top, bottom], [left, right], [0, 0]];
  const out = run('Conv2D', backend, { x: dy, filter: turned }, { strides: 1, dilations: 1, pad, dataFormat: 'NHWC' });
  backend.disposeData(turned.dataId);
  return out;
}

/** The first largest element of each window receives the window's gradient. */
function maxPoolGradient({ inputs, attrs, backend }: KernelCall): TensorInfo {
  const dy = inputs['dy']!;
  const input = inputs['input']!;
  const info = tf.backend_util.computePool2DInfo(
    input.shape as Shape4,
    attrs['filterSize'] as number | [number, number],
    attrs['strides'] as number | [number, number],
    1,
    attrs['pad'] as Pad,
    attrs['dimRoundingMode'] as 'floor' | undefined,
  );
  const out = backend.makeOutput(input.shape, 'float32');
  const x = backend.typedArrayFromHeap(input);
  const up = backend.typedArrayFromHeap(dy);
  const dx = backend.typedArrayFromHeap(out).fill(0);
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, strideHeight, strideWidth, filterHeight, filterWidth } = info;
  if (filterHeight === 2 && filterWidth === 2 && strideHeight === 2 && strideWidth === 2 && info.padInfo.top === 0 && info.padInfo.left === 0) {
    poolGradientOfPairs(dx, x, up, info);
    return out;
  }
  let window = 0;
  for (let image = 0; image < batchSize; image++) {
    for (let oy = 0; oy < outHeight; oy++) {
      const top = oy * strideHeight - info.padInfo.top;
      const yFrom = Math.max(0, top);
      const yTo = Math.min(inHeight, top + filterHeight);
      for (let ox = 0; ox < outWidth; ox++) {
        const left = ox * strideWidth - info.padInfo.left;
        const xFrom = Math.max(0, left);
        const xTo = Math.min(inWidth, left + filterWidth);
        const start = ((image * inHeight + yFrom) * inWidth + xFrom) * inChannels;
        for (let channel = 0; channel < inChannels; channel++, window++) {
          let best = start + channel;
          let largest = x[best]!;
          for (let iy = yFrom; iy < yTo; iy++) {
            let at = ((image * inHeight + iy) * inWidth + xFrom) * inChannels + channel;
            for (let ix = xFrom; ix < xTo; ix++, at += inChannels) {
              const value = x[at]!;
              if (value > largest) {
                largest = value;
                best = at;
              }
            }
          }
          dx[best]! += up[window]!;
        }
      }
    }
  }
  return out;
}

/** The same for 2x2 windows that do not overlap, three times as fast. */
function poolGradientOfPairs(dx: Float32Array, x: Float32Array, up: Float32Array, info: tf.backend_util.Conv2DInfo): void {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth } = info;
  const { max } = Math;
  const rowHop = inWidth * inChannels;
  const lastColumn = inWidth % 2 === 1 ? outWidth - 1 : -1;
  let window = 0;
  for (let image = 0; image < batchSize; image++) {
    for (let oy = 0; oy < outHeight; oy++) {
      const below = 2 * oy + 1 < inHeight ? rowHop : 0;
      for (let ox = 0; ox < outWidth; ox++) {
        const beside = ox === lastColumn && 2 * ox + 1 >= inWidth ? 0 : inChannels;
        let at = ((image * inHeight + 2 * oy) * inWidth + 2 * ox) * inChannels;
        for (const end = at + inChannels; at < end; at++, window++) {
          const a = x[at]!;
          const b = x[at + beside]!;
          const c = x[at + below]!;
          const d = x[at + below + beside]!;
          // Products instead of branches: which element is the largest cannot be predicted.
          const upper = max(a, b);
          const lower = max(c, d);
          const down = +(lower > upper);
          const best = at + down * (below + +(d > c) * beside) + (1 - down) * (+(b > a) * beside);
          dx[best] = up[window]!;
        }
      }
    }
  }
}

import * as tf from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { run, transposeLastTwo, type KernelCall, type Pad, type Shape4 } from './wasm-backend.ts';

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
export function convGradientOfFilter({ inputs, attrs, backend }: KernelCall): TensorInfo {
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
    ...lines,
    rows: inHeight,
    row: inWidth * inChannels,
    top,
    start: left * inChannels,
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
    ...lines,
    gridRow: width * outChannels,
    rows: outHeight,
    row: outWidth * outChannels,
    top: 0,
    start: 0,
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
export function convGradientOfInput({ inputs, attrs, backend }: KernelCall): TensorInfo | null {
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
  const pad = [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
  const out = run('Conv2D', backend, { x: dy, filter: turned }, { strides: 1, dilations: 1, pad, dataFormat: 'NHWC' });
  backend.disposeData(turned.dataId);
  return out;
}

import * as tf from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelCall, Pad, Shape4 } from './wasm-backend.ts';

/** The first largest element of each window receives the window's gradient. */
export function maxPoolGradient({ inputs, attrs, backend }: KernelCall): TensorInfo {
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

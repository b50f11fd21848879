import * as tf from '@tensorflow/tfjs-core';
import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { BACKEND, shipped, transposeLastTwo, type KernelCall } from './wasm-backend.ts';
import { convGradientOfFilter, convGradientOfInput } from './wasm-convolution.ts';
import { maxPoolGradient } from './wasm-max-pool.ts';

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

function replace(kernelName: string, kernel: (call: KernelCall) => TensorInfo | TensorInfo[]): void {
  if (tf.getKernel(kernelName, BACKEND)) tf.unregisterKernel(kernelName, BACKEND);
  tf.registerKernel({ kernelName, backendName: BACKEND, kernelFunc: kernel as unknown as KernelFunc });
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

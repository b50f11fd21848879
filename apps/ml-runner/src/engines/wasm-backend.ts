import * as tf from '@tensorflow/tfjs-core';
import type { NamedAttrMap, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';

/** The part of BackendWasm used here: tensors lie in its heap. */
export interface WasmBackend {
  makeOutput(shape: number[], dtype: tf.DataType): TensorInfo;
  typedArrayFromHeap(info: TensorInfo): Float32Array;
  disposeData(dataId: TensorInfo['dataId']): boolean;
}
export interface KernelCall {
  inputs: Record<string, TensorInfo>;
  attrs: Record<string, unknown>;
  backend: WasmBackend;
}

export const BACKEND = 'wasm';

/** A kernel as the package ships it, callable with our narrower types. */
export function shipped<Out = TensorInfo>(name: string): (call: KernelCall) => Out {
  const config = tf.getKernel(name, BACKEND);
  if (!config) throw new Error(`The wasm backend has no kernel ${name}; is @tensorflow/tfjs-backend-wasm 4.22 installed?`);
  return ({ inputs, attrs, backend }) => config.kernelFunc({ inputs: inputs as NamedTensorInfoMap, attrs: attrs as NamedAttrMap, backend }) as Out;
}

export function run(name: string, backend: WasmBackend, inputs: Record<string, TensorInfo>, attrs: Record<string, unknown>): TensorInfo {
  return shipped(name)({ inputs, attrs, backend });
}

/** [.., m, n] -> [.., n, m] */
export function transposeLastTwo(x: TensorInfo, backend: WasmBackend): TensorInfo {
  const rank = x.shape.length;
  const perm = x.shape.map((_, i) => (i === rank - 1 ? rank - 2 : i === rank - 2 ? rank - 1 : i));
  return run('Transpose', backend, { x }, { perm });
}

export type Shape4 = [number, number, number, number];
export type Pad = 'valid' | 'same' | number;

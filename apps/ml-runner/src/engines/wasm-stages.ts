import type { Layer } from '../networks/network.ts';
import type { SeededRandom } from '../random/seeded-random.ts';
import type { WasmMemory } from './wasm-memory.ts';

/** What a layer gives to the next, per sample, and the loss's gradient in it. Addresses are known once room is reserved. */
export interface Values {
  shape: readonly number[];
  value: number;
  gradient: number;
}
/** Addresses of a parameter and of its gradient. */
interface Parameter {
  value: number;
  gradient: number;
}
interface Parameters {
  kernel: Parameter;
  bias: Parameter;
}

/** One layer at work. */
export interface Stage {
  out: Values;
  reserve: (count: number) => void;
  forward: (count: number, random: SeededRandom) => void;
  /** Adds to the parameters' gradients, and writes the input's where it is wanted. */
  backward: (count: number, wanted: boolean) => void;
}

export const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** @param parameters of a layer that has some */
export function stageOf(layer: Layer, input: Values, memory: WasmMemory, parameters: Parameters | null): Stage {
  switch (layer.kind) {
    case 'DENSE':
      return dense(layer.units, input, memory, parameters!);
    case 'CONV2D':
      return convolution(layer.filters, input, memory, parameters!);
    case 'MAX_POOL2D':
      return pool(input, memory);
    case 'FLATTEN':
      return flatten(input);
    case 'RELU':
      return relu(input, memory);
    case 'SIGMOID':
      return sigmoid(input, memory);
    case 'DROPOUT':
      return dropout(layer.rate, input, memory);
  }
}

function reserveValues(out: Values, count: number, memory: WasmMemory): void {
  out.value = memory.reserve(count * sizeOf(out.shape));
  out.gradient = memory.reserve(count * sizeOf(out.shape));
}

function dense(units: number, input: Values, memory: WasmMemory, { kernel, bias }: Parameters): Stage {
  const inputs = sizeOf(input.shape);
  const out: Values = { shape: [units], value: 0, gradient: 0 };
  const [wide, narrow] = [4 * inputs, 4 * units];
  return {
    out,
    reserve: (count) => {
      reserveValues(out, count, memory);
      memory.reserveRows(Math.max(count, inputs));
    },
    forward: (count) => {
      memory.repeat(out.value, bias.value, count, units);
      const x = { at: input.value, row: wide, column: 4 };
      memory.addProduct(x, { at: kernel.value, row: narrow, column: 4 }, { at: out.value, row: narrow, column: 4 }, count, inputs, units);
    },
    backward: (count, wanted) => {
      const dy = { at: out.gradient, row: narrow, column: 4 };
      memory.kernels.sumRows(out.gradient, count, units, bias.gradient);
      memory.addProduct({ at: input.value, row: 4, column: wide }, dy, { at: kernel.gradient, row: narrow, column: 4 }, inputs, count, units);
      if (!wanted) return;
      memory.fill(input.gradient, count * inputs, 0);
      memory.addProduct(dy, { at: kernel.value, row: 4, column: narrow }, { at: input.gradient, row: wide, column: 4 }, count, units, inputs);
    },
  };
}

/** Numbers behind the end that the kernel of patches may touch. */
const BEHIND = 3;

/** 3 x 3, stride 1, with a border of zeros: for each image a matrix of its patches, and products with it. */
function convolution(filters: number, input: Values, memory: WasmMemory, { kernel, bias }: Parameters): Stage {
  const [height, width, channels] = input.shape as [number, number, number];
  const out: Values = { shape: [height, width, filters], value: 0, gradient: 0 };
  const pixels = height * width;
  const [patch, patchBack] = [9 * channels, 9 * filters];
  let [padded, paddedBack, patches, patchesBack, turned] = [0, 0, 0, 0, 0];
  const { kernels } = memory;
  const layPatches = (image: number, depth: number, border: number, to: number): void => {
    const row = 4 * width * depth;
    kernels.pad(image, height, row, border + 4 * depth * (width + 3), row + 8 * depth);
    kernels.patches(border, height, width, depth, to);
  };
  return {
    out,
    reserve: (count) => {
      reserveValues(out, count, memory);
      padded = memory.reserve((height + 2) * (width + 2) * channels + BEHIND);
      paddedBack = memory.reserve((height + 2) * (width + 2) * filters + BEHIND);
      patches = memory.reserve(pixels * patch + BEHIND);
      patchesBack = memory.reserve(pixels * patchBack + BEHIND);
      turned = memory.reserve(patchBack * channels);
      memory.reserveRows(Math.max(pixels, patch));
    },
    forward: (count) => {
      memory.repeat(out.value, bias.value, count * pixels, filters);
      const w = { at: kernel.value, row: 4 * filters, column: 4 };
      for (let image = 0; image < count; image++) {
        layPatches(input.value + 4 * image * pixels * channels, channels, padded, patches);
        const a = { at: patches, row: 4 * patch, column: 4 };
        memory.addProduct(a, w, { at: out.value + 4 * image * pixels * filters, row: 4 * filters, column: 4 }, pixels, patch, filters);
      }
    },
    backward: (count, wanted) => {
      if (wanted) {
        turn(memory.read(kernel.value, patch * filters), memory.read(turned, patch * filters), channels, filters);
        memory.fill(input.gradient, count * pixels * channels, 0);
      }
      for (let image = 0; image < count; image++) {
        const dy = { at: out.gradient + 4 * image * pixels * filters, row: 4 * filters, column: 4 };
        kernels.sumRows(dy.at, pixels, filters, bias.gradient);
        layPatches(input.value + 4 * image * pixels * channels, channels, padded, patches);
        const across = { at: patches, row: 4, column: 4 * patch };
        memory.addProduct(across, dy, { at: kernel.gradient, row: 4 * filters, column: 4 }, patch, pixels, filters);
        if (!wanted) continue;
        layPatches(dy.at, filters, paddedBack, patchesBack);
        const dx = { at: input.gradient + 4 * image * pixels * channels, row: 4 * channels, column: 4 };
        memory.addProduct({ at: patchesBack, row: 4 * patchBack, column: 4 }, { at: turned, row: 4 * channels, column: 4 }, dx, pixels, patchBack, channels);
      }
    },
  };
}

/** The filter of the gradient: turned by 180 degrees, channels swapped. */
function turn(filter: Float32Array, into: Float32Array, channels: number, filters: number): void {
  let at = 0;
  for (let place = 8; place >= 0; place--) {
    for (let o = 0; o < filters; o++) {
      for (let i = 0; i < channels; i++) into[at++] = filter[(place * channels + i) * filters + o]!;
    }
  }
}

/** 2 x 2, stride 2; a last odd row or column is left out, and its gradient stays 0 as it was reserved. */
function pool(input: Values, memory: WasmMemory): Stage {
  const [height, width, channels] = input.shape as [number, number, number];
  const [rows, pairs] = [Math.floor(height / 2), Math.floor(width / 2)];
  const out: Values = { shape: [rows, pairs, channels], value: 0, gradient: 0 };
  const skip = width % 2 === 1 ? 4 * channels : 0;
  const { kernels } = memory;
  const [from, to] = [4 * height * width * channels, 4 * rows * pairs * channels];
  return {
    out,
    reserve: (count) => reserveValues(out, count, memory),
    forward: (count) => {
      for (let image = 0; image < count; image++) kernels.pool(input.value + image * from, rows, pairs, channels, skip, out.value + image * to);
    },
    backward: (count, wanted) => {
      if (!wanted) return;
      for (let image = 0; image < count; image++) {
        kernels.poolGradient(input.value + image * from, rows, pairs, channels, skip, out.gradient + image * to, input.gradient + image * from);
      }
    },
  };
}

/** The same numbers under another shape. */
function flatten(input: Values): Stage {
  const out: Values = { shape: [sizeOf(input.shape)], value: 0, gradient: 0 };
  const reserve = (): void => {
    out.value = input.value;
    out.gradient = input.gradient;
  };
  return { out, reserve, forward: () => undefined, backward: () => undefined };
}

/** In place: what it needs for its gradient is its own output. */
function relu(input: Values, { kernels }: WasmMemory): Stage {
  const { out, reserve } = flatten(input);
  const size = sizeOf(input.shape);
  return {
    out: Object.assign(out, { shape: input.shape }),
    reserve,
    forward: (count) => kernels.relu(out.value, count * size),
    backward: (count) => kernels.reluGradient(out.value, out.gradient, count * size),
  };
}

function sigmoid(input: Values, memory: WasmMemory): Stage {
  const { out, reserve } = flatten(input);
  const size = sizeOf(input.shape);
  return {
    out: Object.assign(out, { shape: input.shape }),
    reserve,
    forward: (count) => {
      const x = memory.read(out.value, count * size);
      for (let i = 0; i < x.length; i++) x[i] = 1 / (1 + Math.exp(-x[i]!));
    },
    backward: (count) => {
      const [y, dy] = [memory.read(out.value, count * size), memory.read(out.gradient, count * size)];
      for (let i = 0; i < y.length; i++) dy[i]! *= y[i]! * (1 - y[i]!);
    },
  };
}

/** Not in place: the layer before needs its output whole. */
function dropout(rate: number, input: Values, memory: WasmMemory): Stage {
  const out: Values = { shape: input.shape, value: 0, gradient: 0 };
  const size = sizeOf(input.shape);
  const kept = 1 / (1 - rate);
  let mask = 0;
  return {
    out,
    reserve: (count) => {
      reserveValues(out, count, memory);
      mask = memory.reserve(count * size);
    },
    forward: (count, random) => {
      const into = memory.read(mask, count * size);
      for (let i = 0; i < into.length; i++) into[i] = random.next() < rate ? 0 : kept;
      memory.copy(out.value, input.value, count * size);
      memory.kernels.multiply(out.value, mask, count * size);
    },
    backward: (count, wanted) => {
      if (!wanted) return;
      memory.copy(input.gradient, out.gradient, count * size);
      memory.kernels.multiply(input.gradient, mask, count * size);
    },
  };
}

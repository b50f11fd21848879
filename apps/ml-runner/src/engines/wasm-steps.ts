import * as tf from '@tensorflow/tfjs-core';
import type { Optimizer } from '@trainyard/domain';
import type { Head, Layer, Network } from '../networks/network.ts';
import { FlatOptimizer, stepRate } from '../networks/optimizer.ts';
import type { StepOutputs, TrainingSteps } from '../networks/training-steps.ts';
import type { SeededRandom } from '../random/seeded-random.ts';
import { WasmMemory } from './wasm-memory.ts';
import { sizeOf, stageOf, type Stage, type Values } from './wasm-stages.ts';

/** Samples that go through the net at once: a larger batch is cut, so that memory stays as small as that. */
const SLICE = 256;

/** Whole training steps in WebAssembly of our own: one call a layer and direction, and no tensor between them. */
export class WasmSteps implements TrainingSteps {
  private readonly net: Network;
  private readonly l2: number;
  private readonly kind: Optimizer;
  private readonly memory = new WasmMemory();
  /** Addresses of the flat vectors. */
  private readonly weights: number;
  private readonly gradient: number;
  private readonly slots: number[];
  private readonly stages: Stage[] = [];
  /** What enters the first layer, what each layer makes of it, and their gradients. */
  private readonly values: Values[];
  /** Before it no gradient is needed. */
  private readonly firstTrained: number;
  private reserved = 0;
  private scoring: tf.Tensor[] | null = null;

  /** @param saved the optimiser's vectors of a checkpoint; null starts from zeros */
  constructor(net: Network, initial: Float32Array, optimizer: Optimizer, saved: Float32Array[] | null, l2: number) {
    const { memory } = this;
    this.net = net;
    this.l2 = l2;
    this.kind = optimizer;
    this.weights = memory.reserve(net.parameterCount);
    this.gradient = memory.reserve(net.parameterCount);
    memory.write(this.weights, initial);
    this.slots = Array.from({ length: FlatOptimizer.slotCount(optimizer) }, (_, i) => {
      const slot = memory.reserve(net.parameterCount);
      if (saved) memory.write(slot, saved[i]!);
      return slot;
    });
    const input: Values = { shape: net.inputShape, value: 0, gradient: 0 };
    this.values = [input];
    this.firstTrained = net.layers.findIndex(hasParameters);
    let next = 0;
    for (const layer of net.layers) {
      const slots = hasParameters(layer) ? net.slots.slice(next, next + 2) : [];
      next += slots.length;
      const [kernel, bias] = slots.map(({ offset }) => ({ value: this.weights + 4 * offset, gradient: this.gradient + 4 * offset }));
      const stage = stageOf(layer, this.values.at(-1)!, memory, kernel && bias ? { kernel, bias } : null);
      this.stages.push(stage);
      this.values.push(stage.out);
    }
    memory.endFixed();
  }

  step(inputs: Float32Array, targets: Float32Array, count: number, learningRate: number, step: number, random: SeededRandom): StepOutputs {
    const { net, memory, weights, gradient } = this;
    this.forgetScoring();
    memory.fill(gradient, net.parameterCount, 0);
    const outputs = new Float32Array(count * net.outputs);
    const size = inputs.length / count;
    for (let from = 0; from < count; from += SLICE) {
      const some = Math.min(SLICE, count - from);
      this.reserve(some);
      memory.write(this.values[0]!.value, inputs.subarray(from * size, (from + some) * size));
      for (const stage of this.stages) stage.forward(some, random);
      const last = this.values.at(-1)!;
      const raw = memory.read(last.value, some * net.outputs);
      outputs.set(raw, from * net.outputs);
      const wanted = targets.subarray(from * net.outputs, (from + some) * net.outputs);
      writeLossGradient(net.head, raw, wanted, net.outputs, count, memory.read(last.gradient, raw.length));
      for (let i = this.stages.length - 1; i >= this.firstTrained; i--) this.stages[i]!.backward(some, i > this.firstTrained);
    }
    if (this.l2 > 0) {
      for (const { kernel, offset, size: length } of net.slots) {
        if (kernel) memory.kernels.addScaled(gradient + 4 * offset, weights + 4 * offset, 2 * this.l2, length);
      }
    }
    memory.kernels[this.kind](weights, gradient, stepRate(this.kind, learningRate, step), net.parameterCount, ...this.slots);
    return { data: () => Promise.resolve(outputs), dispose: () => undefined };
  }

  get parameters(): tf.Tensor[] {
    this.scoring ??= this.net.slots.map(({ offset, size, shape }) => tf.tensor(this.memory.read(this.weights + 4 * offset, size).slice(), shape));
    return this.scoring;
  }

  state(): Promise<{ parameters: Float32Array; optimizer: Float32Array[] }> {
    const copyOf = (address: number): Float32Array => this.memory.read(address, this.net.parameterCount).slice();
    return Promise.resolve({ parameters: copyOf(this.weights), optimizer: this.slots.map(copyOf) });
  }

  dispose(): void {
    this.forgetScoring();
  }

  private forgetScoring(): void {
    if (this.scoring) tf.dispose(this.scoring);
    this.scoring = null;
  }

  /** Room for so many samples in all layers, anew where there was less. */
  private reserve(count: number): void {
    if (count <= this.reserved) return;
    const { memory, values } = this;
    memory.freeAfterFixed();
    this.reserved = count;
    const input = values[0]!;
    input.value = memory.reserve(count * sizeOf(input.shape));
    for (const stage of this.stages) stage.reserve(count);
  }
}

const hasParameters = ({ kind }: Layer): boolean => kind === 'DENSE' || kind === 'CONV2D';

/** Of the batch's mean loss (see `meanLoss`) in the raw outputs, some of whose `batch` samples these are. */
function writeLossGradient(head: Head, raw: Float32Array, targets: Float32Array, outputs: number, batch: number, into: Float32Array): void {
  if (head === 'LINEAR') {
    for (let i = 0; i < raw.length; i++) into[i] = (2 * (raw[i]! - targets[i]!)) / (batch * outputs);
    return;
  }
  if (head === 'SIGMOID') {
    for (let i = 0; i < raw.length; i++) into[i] = (1 / (1 + Math.exp(-raw[i]!)) - targets[i]!) / batch;
    return;
  }
  for (let row = 0; row < raw.length; row += outputs) {
    let largest = -Infinity;
    for (let i = row; i < row + outputs; i++) largest = Math.max(largest, raw[i]!);
    let sum = 0;
    for (let i = row; i < row + outputs; i++) sum += into[i] = Math.exp(raw[i]! - largest);
    for (let i = row; i < row + outputs; i++) into[i] = (into[i]! / sum - targets[i]!) / batch;
  }
}

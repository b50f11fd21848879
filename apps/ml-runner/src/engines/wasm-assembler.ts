/**
 * As much of the WebAssembly binary format as the training kernels need (core specification, chapter 5). An expression is the bytes
 * that leave its value on the stack; the numbers below are the opcodes of that chapter's index of instructions.
 */
export type Code = readonly number[];
export type ValueType = 'i32' | 'f32' | 'v128';
/** A parameter or local variable of a function. */
export interface Local {
  get: Code;
  set: (value: Code) => Code;
  /** Adds to it. */
  up: (by: Code) => Code;
}

const TYPES: Record<ValueType, number> = { i32: 0x7f, f32: 0x7d, v128: 0x7b };

function unsigned(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) + 128);
  }
}

function signed(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7) {
    const low = rest & 127;
    if ((rest >> 7 === 0 && low < 64) || (rest >> 7 === -1 && low >= 64)) return [...bytes, low];
    bytes.push(low + 128);
  }
}

const pair =
  (opcode: Code) =>
  (a: Code, b: Code): Code => [...a, ...b, ...opcode];
const simd = (opcode: number): number[] => [0xfd, ...unsigned(opcode)];
/** Alignment 0 promises nothing; the offset is added to the address. */
const at = (offset: number): number[] => [0, ...unsigned(offset)];

export const i32 = {
  const: (value: number): Code => [0x41, ...signed(value)],
  add: pair([0x6a]),
  mul: pair([0x6c]),
  /** Of an unsigned number. */
  shiftRight: pair([0x76]),
};

export const f32 = {
  const: (value: number): Code => [0x43, ...new Uint8Array(new Float32Array([value]).buffer)],
};

/** Four numbers at a time; the first of them alone where `lanes` is 1. */
export const v128 = {
  load: (address: Code, offset = 0, lanes: 1 | 4 = 4): Code => [...address, ...simd(lanes === 4 ? 0x00 : 0x5c), ...at(offset)],
  store: (address: Code, value: Code, offset = 0, lanes: 1 | 4 = 4): Code => [
    ...address,
    ...value,
    ...(lanes === 4 ? [...simd(0x0b), ...at(offset)] : [...simd(0x5a), ...at(offset), 0]),
  ],
  loadSplat: (address: Code, offset = 0): Code => [...address, ...simd(0x09), ...at(offset)],
  splat: (value: Code): Code => [...value, ...simd(0x13)],
  zero: [...simd(0x0c), ...Array<number>(16).fill(0)] as Code,
  add: pair(simd(0xe4)),
  sub: pair(simd(0xe5)),
  mul: pair(simd(0xe6)),
  div: pair(simd(0xe7)),
  max: pair(simd(0xe9)),
  sqrt: (value: Code): Code => [...value, ...simd(0xe3)],
  /** Masks: all bits of a number, or none. */
  eq: pair(simd(0x41)),
  gt: pair(simd(0x44)),
  and: pair(simd(0x4e)),
  /** a without the bits of b. */
  without: pair(simd(0x4f)),
};

/** Copies `bytes` bytes. */
export const copy = (to: Code, from: Code, bytes: Code): Code => [...to, ...from, ...bytes, 0xfc, 0x0a, 0, 0];

/** Repeats while at least `step` is left of the counter, which ends with the rest. */
export function times(counter: Local, step: number, ...body: Code[]): Code {
  const enough = [...counter.get, ...i32.const(step), 0x4e];
  return [...enough, 0x04, 0x40, 0x03, 0x40, ...body.flat(), ...counter.up(i32.const(-step)), ...enough, 0x0d, 0, 0x0b, 0x0b];
}

interface Kernel {
  parameters: ValueType[];
  locals: ValueType[];
  code: Code;
}

export function kernel<const P extends readonly ValueType[]>(
  parameters: P,
  write: (own: { [K in keyof P]: Local }, local: (type: ValueType) => Local) => Code[],
): Kernel {
  const locals: ValueType[] = [];
  const variable = (index: number): Local => {
    const get = [0x20, ...unsigned(index)];
    const set = (value: Code): Code => [...value, 0x21, ...unsigned(index)];
    return { get, set, up: (by) => set(i32.add(get, by)) };
  };
  const own = parameters.map((_, index) => variable(index)) as { [K in keyof P]: Local };
  const local = (type: ValueType): Local => variable(parameters.length + locals.push(type) - 1);
  const code = write(own, local).flat();
  return { parameters: [...parameters], locals, code };
}

/** The bytes of a module that imports its memory as "own.memory" and exports the kernels by their names. */
export function assemble(kernels: Record<string, Kernel>): Uint8Array<ArrayBuffer> {
  const all = Object.entries(kernels);
  const vector = (items: Code[]): number[] => [...unsigned(items.length), ...items.flat()];
  const sized = (bytes: Code): number[] => [...unsigned(bytes.length), ...bytes];
  const text = (word: string): number[] => sized([...Buffer.from(word)]);
  const section = (id: number, items: Code[]): number[] => [id, ...sized(vector(items))];
  const [MEMORY, FUNCTION, MOST_PAGES] = [2, 0, 65_536];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(
      1,
      all.map(([, { parameters }]) => [0x60, ...vector(parameters.map((type) => [TYPES[type]])), 0]),
    ),
    ...section(2, [[...text('own'), ...text('memory'), MEMORY, 1, ...unsigned(1), ...unsigned(MOST_PAGES)]]),
    ...section(
      3,
      all.map((_, index) => unsigned(index)),
    ),
    ...section(
      7,
      all.map(([name], index) => [...text(name), FUNCTION, ...unsigned(index)]),
    ),
    ...section(
      10,
      all.map(([, { locals, code }]) => sized([...vector(locals.map((type) => [1, TYPES[type]])), ...code, 0x0b])),
    ),
  ]);
}

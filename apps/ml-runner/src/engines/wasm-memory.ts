import { kernelsOver, PANEL, type TrainingKernels } from './wasm-training-module.ts';

const PAGE = 65_536;
const MOST_PAGES = 65_536;
/** Vectors begin at cache lines. */
const LINE = 64;
/** Rows of the right operand of a product that are worked on at once: with 8 columns they stay in the nearest cache. */
const DEPTH = 512;

/** A matrix in memory: bytes from one row and from one column to the next. */
export interface Matrix {
  at: number;
  row: number;
  column: number;
}

/** Memory of the training kernels, given out from its start; addresses are in bytes. */
export class WasmMemory {
  readonly kernels: TrainingKernels;
  private readonly memory = new WebAssembly.Memory({ initial: 1, maximum: MOST_PAGES });
  private floats = new Float32Array(this.memory.buffer);
  private end = 0;
  private fixed = 0;
  private readonly panel: number;
  private columns = 0;
  private columnRows = 0;

  constructor() {
    this.kernels = kernelsOver(this.memory);
    this.panel = this.reserve(DEPTH * PANEL);
  }

  /** What is reserved so far stays for good. */
  endFixed(): void {
    this.fixed = this.end;
  }

  freeAfterFixed(): void {
    this.end = this.fixed;
    this.columnRows = 0;
  }

  /** So many numbers, all 0. */
  reserve(count: number): number {
    const address = this.end;
    this.end += Math.ceil((count * 4) / LINE) * LINE;
    const lacking = this.end - this.memory.buffer.byteLength;
    if (lacking > 0) {
      this.memory.grow(Math.ceil(lacking / PAGE));
      this.floats = new Float32Array(this.memory.buffer);
    }
    this.fill(address, count, 0);
    return address;
  }

  /** A view, until the next `reserve`. */
  read(address: number, count: number): Float32Array {
    return this.floats.subarray(address / 4, address / 4 + count);
  }

  write(address: number, values: Float32Array): void {
    this.floats.set(values, address / 4);
  }

  fill(address: number, count: number, value: number): void {
    this.floats.fill(value, address / 4, address / 4 + count);
  }

  copy(to: number, from: number, count: number): void {
    this.floats.copyWithin(to / 4, from / 4, from / 4 + count);
  }

  /** `rows` times the same row of `count` numbers. */
  repeat(to: number, row: number, rows: number, count: number): void {
    this.copy(to, row, count);
    for (let done = 1; done < rows; done *= 2) this.copy(to + 4 * done * count, to, Math.min(done, rows - done) * count);
  }

  /** Room for the last columns of products of so many rows. */
  reserveRows(rows: number): void {
    if (rows <= this.columnRows) return;
    this.columnRows = rows;
    this.columns = this.reserve(rows * PANEL);
  }

  /**
   * c[m, n] += a[m, k] x b[k, n]. Rows or columns of a, and the columns of c, lie side by side.
   */
  addProduct(a: Matrix, b: Matrix, c: Matrix, m: number, k: number, n: number): void {
    const { kernels, columns } = this;
    const transposed = a.row === 4 && a.column !== 4;
    const product = transposed ? kernels.productTransposed : kernels.product;
    for (let column = 0; column < n; column += PANEL) {
      const width = Math.min(PANEL, n - column);
      const whole = width === PANEL;
      if (!whole) this.fill(columns, m * PANEL, 0);
      const [to, step] = whole ? [c.at + 4 * column, c.row] : [columns, 4 * PANEL];
      for (let from = 0; from < k; from += DEPTH) {
        const depth = Math.min(DEPTH, k - from);
        const panel = this.pack(b.at + from * b.row + column * b.column, b, depth, width);
        product(a.at + from * a.column, transposed ? a.column : a.row, panel, depth, to, step, m);
      }
      if (!whole) kernels.addColumns(columns, c.at + 4 * column, c.row, m, width);
    }
  }

  private pack(at: number, { row, column }: Matrix, depth: number, width: number): number {
    if (column === 4 && width === PANEL) {
      if (row === 4 * PANEL) return at;
      this.kernels.packWhole(at, row, depth, this.panel);
    } else {
      this.kernels.pack(at, row, column, depth, width, this.panel);
    }
    return this.panel;
  }
}

/** Where an image is moved, in pixels to the right and down. */
export type Shift = readonly [x: number, y: number];

/** Samples to train on or to score, written into a batch one at a time. */
export interface Samples {
  count: number;
  /** Class indices, or standardised numbers. */
  targets: Uint16Array | Float32Array;
  /** Writes sample `index` at `into[at..]`; images may be shifted, others ignore it. */
  write(index: number, into: Float32Array, at: number, shift: Shift | null): void;
}

/** Grey images as bytes, scaled to 0..1. */
export class ImageSamples implements Samples {
  readonly count: number;
  readonly targets: Uint16Array;
  private readonly pixels: Uint8Array;
  private readonly chosen: Uint32Array;
  private readonly rows: number;
  private readonly columns: number;

  constructor(pixels: Uint8Array, labels: Uint16Array, chosen: Uint32Array, [rows, columns]: readonly number[]) {
    this.pixels = pixels;
    this.chosen = chosen;
    this.count = chosen.length;
    this.targets = Uint16Array.from(chosen, (place) => labels[place]!);
    this.rows = rows!;
    this.columns = columns!;
  }

  write(index: number, into: Float32Array, at: number, shift: Shift | null): void {
    const { pixels, rows, columns } = this;
    const from = this.chosen[index]! * rows * columns;
    if (!shift || (shift[0] === 0 && shift[1] === 0)) {
      for (let i = 0; i < rows * columns; i++) into[at + i] = pixels[from + i]! / 255;
      return;
    }
    const [right, down] = shift;
    into.fill(0, at, at + rows * columns);
    for (let y = Math.max(0, down); y < Math.min(rows, rows + down); y++) {
      const to = at + y * columns;
      const row = from + (y - down) * columns - right;
      for (let x = Math.max(0, right); x < Math.min(columns, columns + right); x++) into[to + x] = pixels[row + x]! / 255;
    }
  }
}

/** Rows of numbers as they are. */
export class PointSamples implements Samples {
  readonly count: number;
  readonly targets: Uint16Array;
  private readonly points: Float32Array;
  private readonly chosen: Uint32Array;
  private readonly width: number;

  constructor(points: Float32Array, labels: Uint16Array, chosen: Uint32Array, width: number) {
    this.points = points;
    this.chosen = chosen;
    this.count = chosen.length;
    this.targets = Uint16Array.from(chosen, (place) => labels[place]!);
    this.width = width;
  }

  write(index: number, into: Float32Array, at: number): void {
    const from = this.chosen[index]! * this.width;
    for (let i = 0; i < this.width; i++) into[at + i] = this.points[from + i]!;
  }
}

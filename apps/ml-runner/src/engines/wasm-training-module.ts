import { BETA1, BETA2, EPSILON, MOMENTUM, RMSPROP_DECAY } from '../networks/optimizer.ts';
import { assemble, copy, f32, i32, kernel, times, v128, type Code, type Local } from './wasm-assembler.ts';

/**
 * The kernels of a training step, written in WebAssembly with SIMD. Addresses and steps are in bytes, counts in numbers. Nothing
 * depends on the processor: no fused multiply-add, no relaxed instruction, so the same step gives the same bits everywhere.
 */

/** Columns of a product that are computed at once, and the bytes of such a row. */
export const PANEL = 8;
const PANEL_BYTES = PANEL * 4;
const LANES = [4, 1] as const;

/** For four numbers at a time, then one at a time; `next` moves the addresses on. */
function elementwise(count: Local, addresses: readonly Local[], body: (lanes: 1 | 4) => Code[]): Code[] {
  return LANES.map((lanes) => times(count, lanes, ...body(lanes), ...addresses.map((address) => address.up(i32.const(4 * lanes)))));
}

/**
 * c[m, 8] += a[m, k] x panel[k, 8], by tiles of 4 rows, then of 1.
 * @param transposed a lies as [k, m]: `stride` is then from one k to the next; otherwise from one row to the next
 */
function product(transposed: boolean) {
  return kernel(['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'], ([a, stride, panel, k, c, cStride, m], local) => {
    const [left, at, b] = [local('i32'), local('i32'), local('i32')];
    const rowOf = Array.from({ length: 4 }, () => local('i32'));
    const outOf = Array.from({ length: 4 }, () => local('i32'));
    const sums = Array.from({ length: 8 }, () => local('v128'));
    const [low, high, value] = [local('v128'), local('v128'), local('v128')];
    const tile = (rows: number): Code[] => {
      /** One k: `place` steps from where a and b stand. */
      const one = (place: number): Code[] => [
        low.set(v128.load(b.get, place * PANEL_BYTES)),
        high.set(v128.load(b.get, place * PANEL_BYTES + 16)),
        ...Array.from({ length: rows }, (_, row) => [
          value.set(transposed ? v128.loadSplat(at.get, row * 4) : v128.loadSplat(rowOf[row]!.get, place * 4)),
          sums[2 * row]!.set(v128.add(sums[2 * row]!.get, v128.mul(value.get, low.get))),
          sums[2 * row + 1]!.set(v128.add(sums[2 * row + 1]!.get, v128.mul(value.get, high.get))),
        ]).flat(),
        ...(transposed ? [at.up(stride.get)] : []),
      ];
      const several = (count: number): Code =>
        times(
          left,
          count,
          ...Array.from({ length: count }, (_, place) => one(place)).flat(),
          b.up(i32.const(count * PANEL_BYTES)),
          ...(transposed ? [] : rowOf.slice(0, rows).map((row) => row.up(i32.const(4 * count)))),
        );
      return [
        at.set(a.get),
        b.set(panel.get),
        left.set(k.get),
        ...Array.from({ length: rows }, (_, row) => [
          rowOf[row]!.set(row === 0 ? a.get : i32.add(rowOf[row - 1]!.get, stride.get)),
          outOf[row]!.set(row === 0 ? c.get : i32.add(outOf[row - 1]!.get, cStride.get)),
          sums[2 * row]!.set(v128.load(outOf[row]!.get)),
          sums[2 * row + 1]!.set(v128.load(outOf[row]!.get, 16)),
        ]).flat(),
        several(4),
        several(1),
        ...Array.from({ length: rows }, (_, row) => [
          v128.store(outOf[row]!.get, sums[2 * row]!.get),
          v128.store(outOf[row]!.get, sums[2 * row + 1]!.get, 16),
        ]).flat(),
        a.up(transposed ? i32.const(4 * rows) : i32.mul(stride.get, i32.const(rows))),
        c.up(i32.mul(cStride.get, i32.const(rows))),
      ];
    };
    return [times(m, 4, ...tile(4)), times(m, 1, ...tile(1))];
  });
}

/**
 * Walks the 2 x 2 windows of `rows` pairs of rows, by the numbers of each window's `channels`.
 * @param images lie alike: `pairs` windows a row, then `skip` bytes of a last odd column
 * @param pooled one number a window and channel
 * @param body is told where the four numbers of a window lie in an image
 */
function windows(
  images: readonly Local[],
  pooled: Local,
  [rows, pairs, channels, skip]: readonly [Local, Local, Local, Local],
  local: (type: 'i32') => Local,
  body: (placesIn: (image: Local) => Code[], lanes: 1 | 4) => Code[],
): Code[] {
  const [beside, rowBytes, left, across] = [local('i32'), local('i32'), local('i32'), local('i32')];
  const placesIn = (image: Local): Code[] => {
    const below = i32.add(image.get, rowBytes.get);
    return [image.get, i32.add(image.get, beside.get), below, i32.add(below, beside.get)];
  };
  const move = (by: Code): Code[] => images.map((image) => image.up(by));
  return [
    beside.set(i32.mul(channels.get, i32.const(4))),
    rowBytes.set(i32.add(i32.mul(i32.mul(pairs.get, beside.get), i32.const(2)), skip.get)),
    times(
      rows,
      1,
      across.set(pairs.get),
      times(across, 1, left.set(channels.get), ...elementwise(left, [...images, pooled], (lanes) => body(placesIn, lanes)), ...move(beside.get)),
      ...move(i32.add(skip.get, rowBytes.get)),
    ),
  ];
}
const largestOf = ([a, b, c, d]: readonly Code[]): Code => v128.max(v128.max(a!, b!), v128.max(c!, d!));

const moved = (weight: Local, by: Code, lanes: 1 | 4): Code => v128.store(weight.get, v128.sub(v128.load(weight.get, 0, lanes), by), 0, lanes);
const splat = (value: number): Code => v128.splat(f32.const(value));
/** old * decay + now * (1 - decay) */
const average = (old: Code, now: Code, decay: number): Code => v128.add(v128.mul(old, splat(decay)), v128.mul(now, splat(1 - decay)));

const KERNELS = {
  product: product(false),
  productTransposed: product(true),

  /** The first `n` of 8 columns of b[k, ..], as rows of 8; the rest of a row stays as it is. */
  pack: kernel(['i32', 'i32', 'i32', 'i32', 'i32', 'i32'], ([b, rowStep, columnStep, k, n, to], local) => {
    const [left, from, into] = [local('i32'), local('i32'), local('i32')];
    return [
      times(
        k,
        1,
        left.set(n.get),
        from.set(b.get),
        into.set(to.get),
        times(left, 1, v128.store(into.get, v128.load(from.get, 0, 1), 0, 1), from.up(columnStep.get), into.up(i32.const(4))),
        b.up(rowStep.get),
        to.up(i32.const(PANEL_BYTES)),
      ),
    ];
  }),
  /** The same for 8 columns that lie side by side. */
  packWhole: kernel(['i32', 'i32', 'i32', 'i32'], ([b, rowStep, k, to]) => [
    times(k, 1, v128.store(to.get, v128.load(b.get)), v128.store(to.get, v128.load(b.get, 16), 16), b.up(rowStep.get), to.up(i32.const(PANEL_BYTES))),
  ]),
  /** c[m, n] += the first n of 8 columns. */
  addColumns: kernel(['i32', 'i32', 'i32', 'i32', 'i32'], ([from, c, cStride, m, n], local) => {
    const [left, at, into] = [local('i32'), local('i32'), local('i32')];
    return [
      times(
        m,
        1,
        left.set(n.get),
        at.set(from.get),
        into.set(c.get),
        ...elementwise(left, [at, into], (lanes) => [v128.store(into.get, v128.add(v128.load(into.get, 0, lanes), v128.load(at.get, 0, lanes)), 0, lanes)]),
        from.up(i32.const(PANEL_BYTES)),
        c.up(cStride.get),
      ),
    ];
  }),
  /** total[n] += the sums of the columns of x[m, n]. */
  sumRows: kernel(['i32', 'i32', 'i32', 'i32'], ([x, m, n, total], local) => {
    const [left, at, step, sum] = [local('i32'), local('i32'), local('i32'), local('v128')];
    return [
      step.set(i32.mul(n.get, i32.const(4))),
      ...elementwise(n, [x, total], (lanes) => [
        left.set(m.get),
        at.set(x.get),
        sum.set(v128.zero),
        times(left, 1, sum.set(v128.add(sum.get, v128.load(at.get, 0, lanes))), at.up(step.get)),
        v128.store(total.get, v128.add(v128.load(total.get, 0, lanes), sum.get), 0, lanes),
      ]),
    ];
  }),

  /** Rows of an image into the larger image that has a border. */
  pad: kernel(['i32', 'i32', 'i32', 'i32', 'i32'], ([x, rows, rowBytes, to, toRowBytes]) => [
    times(rows, 1, copy(to.get, x.get, rowBytes.get), x.up(rowBytes.get), to.up(toRowBytes.get)),
  ]),
  /**
   * Rows of 3 x 3 x channels for each pixel of an image with a border of 1. Whole groups of four are copied, so up to three numbers
   * behind the end are read and written; each row covers what the one before wrote there.
   */
  patches: kernel(['i32', 'i32', 'i32', 'i32', 'i32'], ([padded, height, width, channels, to], local) => {
    const [x, line, left, from, into] = [local('i32'), local('i32'), local('i32'), local('i32'), local('i32')];
    const [pixel, row, run] = [local('i32'), local('i32'), local('i32')];
    const groups = (count: number): Code =>
      times(
        left,
        count,
        ...Array.from({ length: count }, (_, i) => v128.store(into.get, v128.load(from.get, 16 * i), 16 * i)),
        from.up(i32.const(16 * count)),
        into.up(i32.const(16 * count)),
      );
    return [
      pixel.set(i32.mul(channels.get, i32.const(4))),
      run.set(i32.mul(pixel.get, i32.const(3))),
      row.set(i32.mul(i32.add(width.get, i32.const(2)), pixel.get)),
      times(
        height,
        1,
        x.set(width.get),
        times(
          x,
          1,
          line.set(padded.get),
          ...Array.from({ length: 3 }, () => [
            left.set(i32.shiftRight(i32.add(run.get, i32.const(15)), i32.const(4))),
            from.set(line.get),
            into.set(to.get),
            groups(3),
            groups(1),
            line.up(row.get),
            to.up(run.get),
          ]).flat(),
          padded.up(pixel.get),
        ),
        padded.up(i32.mul(pixel.get, i32.const(2))),
      ),
    ];
  }),

  /** y = the largest number of each window. */
  pool: kernel(['i32', 'i32', 'i32', 'i32', 'i32', 'i32'], ([x, rows, pairs, channels, skip, y], local) =>
    windows([x], y, [rows, pairs, channels, skip], local, (placesIn, lanes) => [
      v128.store(y.get, largestOf(placesIn(x).map((place) => v128.load(place, 0, lanes))), 0, lanes),
    ]),
  ),
  /** The first largest number of each window gets the window's gradient, the others 0. */
  poolGradient: kernel(['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'], ([x, rows, pairs, channels, skip, dy, dx], local) => {
    const [largest, open, here, up] = [local('v128'), local('v128'), local('v128'), local('v128')];
    const values = Array.from({ length: 4 }, () => local('v128'));
    return windows([x, dx], dy, [rows, pairs, channels, skip], local, (placesIn, lanes) => [
      ...placesIn(x).map((place, i) => values[i]!.set(v128.load(place, 0, lanes))),
      largest.set(largestOf(values.map((value) => value.get))),
      up.set(v128.load(dy.get, 0, lanes)),
      open.set(v128.eq(v128.zero, v128.zero)),
      ...placesIn(dx).flatMap((place, i) => [
        here.set(v128.and(v128.eq(values[i]!.get, largest.get), open.get)),
        open.set(v128.without(open.get, here.get)),
        v128.store(place, v128.and(up.get, here.get), 0, lanes),
      ]),
    ]);
  }),

  relu: kernel(['i32', 'i32'], ([x, count]) =>
    elementwise(count, [x], (lanes) => [v128.store(x.get, v128.max(v128.load(x.get, 0, lanes), v128.zero), 0, lanes)]),
  ),
  /** dy where y is above 0, else 0. */
  reluGradient: kernel(['i32', 'i32', 'i32'], ([y, dy, count]) =>
    elementwise(count, [y, dy], (lanes) => [
      v128.store(dy.get, v128.and(v128.load(dy.get, 0, lanes), v128.gt(v128.load(y.get, 0, lanes), v128.zero)), 0, lanes),
    ]),
  ),
  multiply: kernel(['i32', 'i32', 'i32'], ([x, by, count]) =>
    elementwise(count, [x, by], (lanes) => [v128.store(x.get, v128.mul(v128.load(x.get, 0, lanes), v128.load(by.get, 0, lanes)), 0, lanes)]),
  ),
  /** x += factor * y */
  addScaled: kernel(['i32', 'i32', 'f32', 'i32'], ([x, y, factor, count]) =>
    elementwise(count, [x, y], (lanes) => [
      v128.store(x.get, v128.add(v128.load(x.get, 0, lanes), v128.mul(v128.splat(factor.get), v128.load(y.get, 0, lanes))), 0, lanes),
    ]),
  ),

  SGD: kernel(['i32', 'i32', 'f32', 'i32'], ([w, g, rate, count]) =>
    elementwise(count, [w, g], (lanes) => [moved(w, v128.mul(v128.load(g.get, 0, lanes), v128.splat(rate.get)), lanes)]),
  ),
  MOMENTUM: kernel(['i32', 'i32', 'f32', 'i32', 'i32'], ([w, g, rate, count, velocity], local) => {
    const now = local('v128');
    return elementwise(count, [w, g, velocity], (lanes) => [
      now.set(v128.add(v128.mul(v128.load(velocity.get, 0, lanes), splat(MOMENTUM)), v128.load(g.get, 0, lanes))),
      v128.store(velocity.get, now.get, 0, lanes),
      moved(w, v128.mul(now.get, v128.splat(rate.get)), lanes),
    ]);
  }),
  RMSPROP: kernel(['i32', 'i32', 'f32', 'i32', 'i32'], ([w, g, rate, count, square], local) => {
    const [gradient, now] = [local('v128'), local('v128')];
    return elementwise(count, [w, g, square], (lanes) => [
      gradient.set(v128.load(g.get, 0, lanes)),
      now.set(average(v128.load(square.get, 0, lanes), v128.mul(gradient.get, gradient.get), RMSPROP_DECAY)),
      v128.store(square.get, now.get, 0, lanes),
      moved(w, v128.div(v128.mul(gradient.get, v128.splat(rate.get)), v128.add(v128.sqrt(now.get), splat(EPSILON))), lanes),
    ]);
  }),
  /** @param rate with both bias corrections in it */
  ADAM: kernel(['i32', 'i32', 'f32', 'i32', 'i32', 'i32'], ([w, g, rate, count, mean, square], local) => {
    const [gradient, first, second] = [local('v128'), local('v128'), local('v128')];
    return elementwise(count, [w, g, mean, square], (lanes) => [
      gradient.set(v128.load(g.get, 0, lanes)),
      first.set(average(v128.load(mean.get, 0, lanes), gradient.get, BETA1)),
      second.set(average(v128.load(square.get, 0, lanes), v128.mul(gradient.get, gradient.get), BETA2)),
      v128.store(mean.get, first.get, 0, lanes),
      v128.store(square.get, second.get, 0, lanes),
      moved(w, v128.div(v128.mul(first.get, v128.splat(rate.get)), v128.add(v128.sqrt(second.get), splat(EPSILON))), lanes),
    ]);
  }),
};

export type TrainingKernels = Record<keyof typeof KERNELS, (...numbers: number[]) => void>;

const compiled = new WebAssembly.Module(assemble(KERNELS));

/** The kernels over one memory. */
export function kernelsOver(memory: WebAssembly.Memory): TrainingKernels {
  return new WebAssembly.Instance(compiled, { own: { memory } }).exports as unknown as TrainingKernels;
}

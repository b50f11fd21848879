import type { ChartData, ChartSource } from '@trainyard/ui';
import { alignSteps, type Curves } from '../curves.ts';
import type { FinePart } from './fine-parts.ts';
import { smooth } from './smooth.ts';

/** One run among those compared. */
export interface ComparedLine {
  curves: Curves;
  /** Where its steps lie on the axis; only rises. */
  clock: () => (step: number) => number;
  /** What was read of the range that is shown. */
  part: (series: string) => FinePart | undefined;
  /** Calls back when that changes. */
  onPart: (changed: () => void) => () => void;
}

export interface ComparedLook {
  /** 0: the lines as they are; else each stands twice: first all as they are, then all smoothed. */
  smoothing: number;
  /** What is not above 0 has no place. */
  log: boolean;
}

interface Line {
  x: number[];
  y: number[];
}

/** One series of several runs as one chart's lines. */
export function comparedCurves(lines: readonly ComparedLine[], series: string, { smoothing, log }: ComparedLook): ChartSource {
  return {
    subscribe(changed) {
      const ends = lines.flatMap(({ curves, onPart }) => [curves.subscribe(changed), onPart(changed)]);
      return () => ends.forEach((end) => end());
    },
    read(view, width) {
      const raw = lines.map((line) => lineOf(line, series));
      const smoothed = smoothing > 0 ? raw.map(({ x, y }) => ({ x, y: smooth(x, y, smoothing) })) : [];
      const all = [...raw, ...smoothed].map(log ? aboveZero : (line: Line) => line);
      return alignLines(all, view, width, extentOf(lines));
    },
  };
}

function lineOf({ curves, clock, part }: ComparedLine, series: string): Line {
  const stored = curves.buffer(series).points();
  const fine = part(series);
  const steps: number[] = [];
  const values: number[] = [];
  const add = (step: number, value: number): void => {
    if (Number.isNaN(value)) return;
    steps.push(step);
    values.push(value);
  };
  const first = fine?.steps[0] ?? Number.POSITIVE_INFINITY;
  const last = fine?.steps.at(-1) ?? Number.NEGATIVE_INFINITY;
  for (let i = 0; i < stored.steps.length && (stored.steps[i] ?? 0) < first; i++) add(stored.steps[i] ?? 0, stored.values[i] ?? Number.NaN);
  fine?.steps.forEach((step, i) => add(step, fine.values[i] ?? Number.NaN));
  if (fine) for (let i = 0; i < stored.steps.length; i++) if ((stored.steps[i] ?? 0) > last) add(stored.steps[i] ?? 0, stored.values[i] ?? Number.NaN);
  const xOf = clock();
  return { x: steps.map(xOf), y: values };
}

function aboveZero({ x, y }: Line): Line {
  const kept = { x: [] as number[], y: [] as number[] };
  y.forEach((value, i) => {
    if (value <= 0) return;
    kept.x.push(x[i] ?? 0);
    kept.y.push(value);
  });
  return kept;
}

/** From the first to the last point of any of the series that every trainer reports: charts under each other share it. */
function extentOf(lines: readonly ComparedLine[]): { first: number; last: number } | null {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { curves, clock } of lines) {
    const extent = curves.buffer('LOSS').extent();
    if (!extent) continue;
    const xOf = clock();
    first = Math.min(first, xOf(extent.first));
    last = Math.max(last, xOf(extent.last));
  }
  return first < last ? { first, last } : null;
}

/** Exact while it fits; else minimum and maximum of one bucket a pixel, at x that all lines share (half a pixel off at most). */
export function alignLines(
  lines: readonly Line[],
  view: { from: number; to: number } | null,
  width: number,
  whole: { first: number; last: number } | null = null,
): ChartData {
  const shown = view ? lines.map((line) => within(line, view)) : lines;
  const count = shown.reduce((sum, { x }) => sum + x.length, 0);
  const data = count <= width * 4 ? alignSteps(shown.map(({ x, y }) => ({ steps: x, values: y }))) : bucketed(shown, width);
  return view || !whole || data.x.length === 0 ? data : stretched(data, whole);
}

/** Those within and one beyond each end, so that lines run out of the picture; nothing of a line that has ended before or begins behind it. */
function within({ x, y }: Line, { from, to }: { from: number; to: number }): Line {
  const first = x.findIndex((one) => one >= from);
  const behind = x.findIndex((one) => one > to);
  if (first < 0 || behind === 0) return { x: [], y: [] };
  const [a, b] = [Math.max(0, first - 1), behind < 0 ? x.length : behind + 1];
  return { x: x.slice(a, b), y: y.slice(a, b) };
}

function bucketed(lines: readonly Line[], width: number): ChartData {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { x } of lines) {
    first = Math.min(first, x[0] ?? first);
    last = Math.max(last, x.at(-1) ?? last);
  }
  const span = (last - first) / width || 1;
  const x = Array.from({ length: width * 2 }, (_, i) => first + (span * (i + 0.5)) / 2);
  return { x, y: lines.map((line) => extremesOf(line, first, span, width)) };
}

function extremesOf({ x, y }: Line, first: number, span: number, width: number): (number | null)[] {
  const out = new Array<number | null>(width * 2).fill(null);
  for (let i = 0; i < x.length;) {
    const bucket = Math.min(width - 1, Math.floor(((x[i] ?? 0) - first) / span));
    let low = i;
    let high = i;
    for (; i < x.length && Math.min(width - 1, Math.floor(((x[i] ?? 0) - first) / span)) === bucket; i++) {
      if ((y[i] ?? 0) < (y[low] ?? 0)) low = i;
      if ((y[i] ?? 0) > (y[high] ?? 0)) high = i;
    }
    out[bucket * 2] = y[Math.min(low, high)] ?? null;
    if (low !== high) out[bucket * 2 + 1] = y[Math.max(low, high)] ?? null;
  }
  return out;
}

/** The same points on an axis from `first` to `last`. */
function stretched({ x, y }: ChartData, { first, last }: { first: number; last: number }): ChartData {
  const before = first < (x[0] ?? first) ? 1 : 0;
  const after = last > (x.at(-1) ?? last) ? 1 : 0;
  const nulls = (n: number): null[] => new Array<null>(n).fill(null);
  return {
    x: [...(before ? [first] : []), ...x, ...(after ? [last] : [])],
    y: y.map((values) => [...nulls(before), ...values, ...nulls(after)]),
  };
}

import type { ChartData, ChartSource } from '@trainyard/ui';
import type { Series } from '@trainyard/domain';
import { SeriesBuffer } from './series-buffer.ts';

/** Points of one series as the api sends them: parallel arrays, null is not-a-number. */
export interface SeriesPoints {
  series: string;
  steps: readonly number[];
  values: readonly (number | null)[];
}

/** All series of one attempt, outside React and Apollo: charts read what they show, when they draw. */
export class Curves {
  private readonly buffers = new Map<string, SeriesBuffer>();
  private readonly listeners = new Set<() => void>();

  append(batches: readonly SeriesPoints[]): void {
    for (const { series, steps, values } of batches) this.buffer(series).append(steps, values);
    if (batches.length > 0) this.changed();
  }

  /** Training goes on from `step`: what came after it will be reported again. */
  resumeFrom(step: number): void {
    for (const buffer of this.buffers.values()) buffer.truncateAfter(step);
    this.changed();
  }

  clear(): void {
    for (const buffer of this.buffers.values()) buffer.clear();
    this.changed();
  }

  buffer(series: string): SeriesBuffer {
    const known = this.buffers.get(series) ?? new SeriesBuffer();
    this.buffers.set(series, known);
    return known;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** The given series as one chart's lines. */
  chart(series: readonly Series[]): ChartSource {
    return {
      subscribe: this.subscribe,
      read: (view, width) =>
        align(
          series.map((one) => this.buffer(one)),
          view,
          width,
        ),
    };
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}

/** Exact while it fits; else minimum and maximum of one bucket a pixel, at x that all lines share (half a pixel off at most). */
function align(buffers: readonly SeriesBuffer[], view: { from: number; to: number } | null, width: number): ChartData {
  const extents = buffers.map((buffer) => buffer.extent(view?.from, view?.to)).filter((extent) => extent !== null);
  if (extents.every((extent) => extent.count <= width * 2)) return alignSteps(buffers.map((buffer) => buffer.points(view?.from, view?.to)));
  const first = Math.min(...extents.map((extent) => extent.first));
  const span = (Math.max(...extents.map((extent) => extent.last)) - first) / width;
  const x = Array.from({ length: width * 2 }, (_, i) => Math.round(first + (span * i) / 2));
  return { x, y: buffers.map((buffer) => buffer.buckets(first, span, width)) };
}

/** Merges lines over the union of their steps; null where a line has no point. */
export function alignSteps(lines: readonly { steps: number[]; values: number[] }[]): ChartData {
  const heads = lines.map(() => 0);
  const x: number[] = [];
  const y: (number | null)[][] = lines.map(() => []);
  for (;;) {
    let next = Number.POSITIVE_INFINITY;
    lines.forEach((line, i) => (next = Math.min(next, line.steps[heads[i] ?? 0] ?? Number.POSITIVE_INFINITY)));
    if (next === Number.POSITIVE_INFINITY) return { x, y };
    x.push(next);
    lines.forEach((line, i) => {
      const head = heads[i] ?? 0;
      const here = line.steps[head] === next;
      y[i]?.push(here ? (line.values[head] ?? null) : null);
      if (here) heads[i] = head + 1;
    });
  }
}

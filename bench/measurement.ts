/** One number with what it should be. */
export interface Measurement {
  what: string;
  unit: string;
  measured: number;
  /** Null: told for information, with no bound. */
  target: number | null;
  /** AT_MOST: smaller is better. */
  bound: 'AT_MOST' | 'AT_LEAST';
  /** How it was measured, its spread, or why it is missed. */
  note: string;
}

export const atMost = (what: string, unit: string, target: number | null, measured: number, note: string = ''): Measurement => ({
  what,
  unit,
  target,
  measured,
  bound: 'AT_MOST',
  note,
});
export const atLeast = (what: string, unit: string, target: number | null, measured: number, note: string = ''): Measurement => ({
  what,
  unit,
  target,
  measured,
  bound: 'AT_LEAST',
  note,
});

export const isMet = (one: Measurement): boolean => one.target === null || (one.bound === 'AT_MOST' ? one.measured <= one.target : one.measured >= one.target);

/** The value below which `share` of the values lie (nearest rank). NaN when there are none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}

export const spread = (ms: readonly number[]): string =>
  `p50 ${percentile(ms, 0.5).toFixed(1)}, p95 ${percentile(ms, 0.95).toFixed(1)}, p99 ${percentile(ms, 0.99).toFixed(1)} ms, n=${ms.length}`;

function figure(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** A table for a terminal: what, target, measured, how they compare, met or missed. */
export function table(measurements: readonly Measurement[]): string {
  const rows = measurements.map((one) => [
    one.what,
    one.target === null ? '' : `${one.bound === 'AT_MOST' ? '≤' : '≥'} ${figure(one.target)} ${one.unit}`,
    `${figure(one.measured)} ${one.unit}`,
    one.target === null || one.target === 0 ? '' : `${(one.measured / one.target).toFixed(2)} x`,
    one.target === null ? '' : isMet(one) ? 'met' : 'MISSED',
    one.note,
  ]);
  const head = ['what', 'target', 'measured', 'ratio', '', 'how'];
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (row: string[]): string =>
    row
      .map((cell, i) => (i === 1 || i === 2 || i === 3 ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  return [line(head), ...rows.map(line)].join('\n');
}

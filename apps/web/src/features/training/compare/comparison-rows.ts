import { comparedMetrics, type ComparedMetric, type MeasuredRun } from '@trainyard/domain';
import type { RunFeed } from '../run-feed.ts';
import type { ComparedRunFragment } from './compare.generated.ts';

/** What the table says of one run: as it is read, as it is exported, and what of it is to be known besides. */
export interface Cell {
  text: string;
  raw: string | number;
  isBest?: boolean;
  /** It is no result, but what was reported last, at this step. */
  lastStep?: number | null;
}

export interface Row {
  key: string;
  group: 'METRICS' | 'DATA' | 'PARAMETERS' | 'ENVIRONMENT' | 'TIME';
  name: string;
  cells: (Cell | null)[];
  /** Values were not measured on the same samples. */
  isIncomparable?: boolean;
  differs: boolean;
}

/** Whether the runs have different values there; what one alone has is a difference, too. */
export const cellsDiffer = (cells: readonly (Cell | null)[]): boolean => new Set(cells.map((cell) => cell?.text ?? null)).size > 1;

/** Metrics of the runs as they are now: of one that goes on, what its feed was told last. */
export function metricsNow(runs: readonly ComparedRunFragment[], feeds: readonly RunFeed[]): ComparedMetric[] {
  return comparedMetrics(runs.map((run, i): MeasuredRun => ({ ...run, metrics: run.result?.metrics ?? null, lastPoints: lastPointsOf(run, feeds[i]) })));
}

function lastPointsOf({ attempt }: ComparedRunFragment, feed: RunFeed | undefined): { series: string; step: number; value: number | null }[] {
  return (attempt?.lastPoints ?? []).map((known) => {
    const buffer = feed?.curves.buffer(known.series);
    const value = buffer?.lastValue ?? null;
    return buffer && buffer.lastStep > known.step ? { series: known.series, step: buffer.lastStep, value } : known;
  });
}

/** The metric that several runs are judged by first: what most of them have, on samples that they were not trained on. */
export function leadingMetric(metrics: readonly ComparedMetric[]): ComparedMetric | null {
  const count = ({ values }: ComparedMetric): number => values.filter((value) => value !== null).length;
  const [first] = metrics.toSorted((a, b) => Number(b.split !== 'TRAIN') - Number(a.split !== 'TRAIN') || count(b) - count(a));
  return first ?? null;
}

/** The table as a file: RFC 4180, with a mark that says UTF-8. What a spreadsheet would run as a formula gets a quotation mark before it. */
export function tableCsv(corner: string, heads: readonly string[], rows: readonly Row[]): string {
  const lines = [[corner, ...heads], ...rows.map(({ name, cells }) => [name, ...cells.map((cell) => cell?.raw ?? '')])];
  return `\uFEFF${lines.map((line) => line.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r\n\uFF0B\uFF1D\uFF0D\uFF20]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

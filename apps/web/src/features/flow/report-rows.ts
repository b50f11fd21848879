import { CSV_BOM, csvCell, csvLine } from '@trainyard/domain';
import type { Drill } from './drill.ts';

/** A column of the numbers behind a chart. */
export interface ReportColumn {
  key: string;
  name: string;
  /** DAY: an ISO day; TIME: an instant; SHARE: a part of one, as percent. */
  type: 'TEXT' | 'NUMBER' | 'DAY' | 'TIME' | 'SHARE';
}

export type ReportCell = string | number | null;

export interface ReportRow {
  key: string;
  cells: Readonly<Record<string, ReportCell>>;
  /** Which tickets a cell counts, by its column. */
  drills?: Readonly<Record<string, Drill>>;
  /** Where a text leads to, by its column. */
  isStrong?: boolean;
}

export interface ReportTable {
  columns: readonly ReportColumn[];
  rows: readonly ReportRow[];
  /** Whose clocks show its instants; left out: those of the project. */
  timeZone?: string;
}

/** The numbers as they are, not as they are shown: days and instants by ISO 8601, decimals with a point. */
export function reportCsv({ columns, rows }: ReportTable): string {
  const head = csvLine(columns.map(({ name }) => csvCell(name, 'TEXT')));
  const isNumber = (type: ReportColumn['type']): boolean => type === 'NUMBER' || type === 'SHARE';
  return (
    CSV_BOM + head + rows.map(({ cells }) => csvLine(columns.map(({ key, type }) => csvCell(cells[key] ?? null, isNumber(type) ? 'NUMBER' : 'TEXT')))).join('')
  );
}

/** Hands a file to the reader. */
export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // the browser reads it after this turn
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A name that any system takes, whatever the project and the report are called. */
export const fileName = (parts: readonly string[], ending: string): string =>
  `${parts.map((part) => part.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '')).join('_')}.${ending}`;

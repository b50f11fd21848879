import { createHash } from 'node:crypto';
import { parse, type CsvError } from 'csv-parse';
import { ColumnTally, DATASET_LIMITS, detectDelimiter, headerOf, isMissing, parseNumber, type DatasetColumn } from '@trainyard/domain';
import { openSource } from './byte-stream.ts';
import type { LoadedDataset, TableColumn, TableContent } from './dataset-content.ts';
import { DatasetError } from './dataset-error.ts';

const PREVIEW_ROWS = 20;
/** A quote that is never closed would gather the whole file into one cell. */
const MAX_RECORD_BYTES = 1024 * 1024;
/** Distinct values kept of a column; the trainer takes the most frequent ones, the rest count as one. */
const MAX_VALUES = 10_000;

export interface TableSummary {
  digest: string;
  rows: number;
  columns: DatasetColumn[];
  preview: string[][];
  sizeBytes: number;
}

/** One pass over the file in memory that does not grow with it. The digest covers the cells' text, whatever their quoting or delimiter. */
export async function summariseCsv(path: string): Promise<TableSummary> {
  const hash = createHash('sha256').update('TABLE\n');
  const preview: string[][] = [];
  let tallies: ColumnTally[] = [];
  let rows = 0;
  const { sizeBytes } = await readRows(path, {
    header: (names) => {
      hash.update(JSON.stringify(names) + '\n');
      tallies = names.map((name) => new ColumnTally(name));
    },
    row: (cells, row) => {
      rows++;
      if (rows > DATASET_LIMITS.samples) throw new DatasetError('DATASET_TOO_LARGE', { unit: 'ROWS', limit: DATASET_LIMITS.samples });
      hash.update(JSON.stringify(cells) + '\n');
      if (preview.length < PREVIEW_ROWS) preview.push(cells.map((cell) => cell.slice(0, 200)));
      for (const [i, cell] of cells.entries()) tallies[i]!.add(cell, row);
    },
  });
  const columns = tallies.map((tally) => {
    const result = tally.finish();
    if (!result.ok) throw new DatasetError(result.code, result.params);
    return result.column;
  });
  if (rows < DATASET_LIMITS.minSamples) throw new DatasetError('DATASET_TOO_SMALL', { file: 'TABLE', unit: 'ROWS', needed: DATASET_LIMITS.minSamples, got: rows });
  const constant = (column: DatasetColumn): boolean => (column.type === 'NUMBER' ? column.min === column.max : column.categories.length < 2);
  if (columns.every(constant)) throw new DatasetError('DATASET_ONE_CLASS', { column: columns[0]!.name, class: columns[0]!.categories[0]?.value ?? null });
  return { digest: hash.digest('hex'), rows, columns, preview, sizeBytes };
}

/** The whole table by column: a first pass finds the types, a second one the values. */
export async function loadCsv(path: string): Promise<LoadedDataset & { content: TableContent }> {
  const { digest, rows, columns } = await summariseCsv(path);
  const builders = columns.map((summary) => new ColumnBuilder(summary, rows));
  let at = 0;
  await readRows(path, {
    header: () => undefined,
    row: (cells) => {
      for (const [i, cell] of cells.entries()) builders[i]!.set(at, cell);
      at++;
    },
  });
  return { digest, content: { type: 'TABLE', rows, columns: builders.map((builder) => builder.finish()) } };
}

class ColumnBuilder {
  private readonly column: TableColumn;
  private readonly index = new Map<string, number>();

  constructor(summary: DatasetColumn, rows: number) {
    const numbers = summary.type === 'NUMBER' ? new Float64Array(rows) : null;
    const codes = new Int32Array(numbers && summary.categories.length === 0 ? 0 : rows);
    this.column = { summary, numbers, codes, values: [] };
  }

  set(row: number, cell: string): void {
    const { numbers, codes, values, summary } = this.column;
    const value = isMissing(cell) ? null : numbers ? parseNumber(cell) : cell;
    if (numbers) numbers[row] = value === null ? Number.NaN : Number(value);
    if (numbers && summary.categories.length === 0) return;
    codes[row] = -1;
    if (value === null) return;
    const key = String(value);
    let code = this.index.get(key);
    if (code === undefined) {
      if (values.length >= MAX_VALUES) return;
      code = values.push(key) - 1;
      this.index.set(key, code);
    }
    codes[row] = code;
  }

  finish(): TableColumn {
    return this.column;
  }
}

interface RowReader {
  header: (names: string[]) => void;
  /** @param row counted from 1 with the header, as a person counts */
  row: (cells: string[], row: number) => void;
}

async function readRows(path: string, reader: RowReader): Promise<{ sizeBytes: number }> {
  try {
    return await readTable(path, reader);
  } catch (error) {
    throw error instanceof DatasetError ? error.inFile('TABLE') : error;
  }
}

async function readTable(path: string, reader: RowReader): Promise<{ sizeBytes: number }> {
  const source = await openSource(path);
  const text = decoded(source.chunks());
  const first = await text.next();
  const start = first.done ? '' : first.value.text;
  if (start.trim() === '') throw new DatasetError('DATASET_EMPTY');
  const parser = parse({ delimiter: detectDelimiter(start), relax_column_count: true, skip_empty_lines: true, trim: true, max_record_size: MAX_RECORD_BYTES });
  let endsWithNewline = false;
  const feed = async (): Promise<void> => {
    const push = async (piece: { text: string }): Promise<void> => {
      endsWithNewline = /[\r\n]$/.test(piece.text);
      if (!parser.write(piece.text)) await new Promise<void>((resolve) => parser.once('drain', resolve).once('close', resolve));
    };
    await push({ text: start });
    for await (const piece of text) {
      if (parser.destroyed) return;
      await push(piece);
    }
    parser.end();
  };
  // A failure to read reaches the loop below through the parser.
  void feed().catch((error: unknown) => parser.destroy(error instanceof Error ? error : new Error(String(error))));

  let names: string[] | null = null;
  let rows = 0;
  let row = 0;
  let short: DatasetError | null = null;
  const accept = (cells: string[]): void => {
    if (cells.length !== names!.length) {
      short = new DatasetError('DATASET_MALFORMED', { row, unit: 'COLUMNS', expected: names!.length, got: cells.length });
      return;
    }
    rows++;
    reader.row(cells, row);
  };
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      row++;
      if (short) throw short;
      if (names) {
        accept(cells);
        continue;
      }
      if (cells.length > DATASET_LIMITS.columns) throw new DatasetError('DATASET_TOO_LARGE', { unit: 'COLUMNS', limit: DATASET_LIMITS.columns, got: cells.length });
      const header = headerOf(cells);
      if (!header.ok) throw new DatasetError(header.code, header.params);
      names = header.names;
      reader.header(names);
      if (header.firstRowIsData) accept(cells);
    }
  } catch (error) {
    throw fromParser(error);
  }
  if (short) {
    const cut = short as DatasetError;
    // A last row without its end of line was cut off; a whole one with another number of cells is a mistake.
    throw endsWithNewline ? cut : new DatasetError('DATASET_TRUNCATED', cut.params);
  }
  if (rows === 0) throw new DatasetError('DATASET_EMPTY');
  return { sizeBytes: source.sizeBytes };
}

/** UTF-8 text without its byte order mark; anything else is refused with its place. */
async function* decoded(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<{ text: string }> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let bytes = 0;
  for await (const chunk of chunks) {
    const text = decode(() => decoder.decode(chunk, { stream: true }), bytes);
    bytes += chunk.length;
    if (text !== '') yield { text };
  }
  const rest = decode(() => decoder.decode(), bytes);
  if (rest !== '') yield { text: rest };
}

function decode(step: () => string, bytes: number): string {
  let text: string;
  try {
    text = step();
  } catch (cause) {
    throw new DatasetError('DATASET_MALFORMED', { form: 'UTF8', byte: bytes }, { cause });
  }
  if (text.includes('\0')) throw new DatasetError('DATASET_MALFORMED', { form: 'UTF8', got: '00', byte: bytes });
  return text;
}

function fromParser(error: unknown): unknown {
  const { code, lines } = error as Partial<CsvError> & { lines?: number };
  if (error instanceof DatasetError || typeof code !== 'string' || !code.startsWith('CSV_')) return error;
  const row = lines ?? null;
  if (code === 'CSV_QUOTE_NOT_CLOSED') return new DatasetError('DATASET_TRUNCATED', { row, form: 'CLOSING_QUOTE' }, { cause: error });
  if (code === 'CSV_MAX_RECORD_SIZE') return new DatasetError('DATASET_TOO_LARGE', { row, unit: 'BYTES', limit: MAX_RECORD_BYTES }, { cause: error });
  return new DatasetError('DATASET_MALFORMED', { row, form: 'QUOTING', got: code }, { cause: error });
}

import { createHash } from 'node:crypto';
import {
  CsvText,
  DATASET_LIMITS,
  DELIMITER_MARKS,
  MAX_DISTINCT,
  NOTHING_ASKED,
  QUOTE_MARKS,
  SAMPLE_BYTES,
  TableTally,
  cellReader,
  cellsOfRow,
  columnNames,
  guessFormat,
  isWorkbook,
  keyOf,
  legacyCellReader,
  legacyColumnNames,
  LegacyText,
  legacyDelimiter,
  readingText,
  withoutSepLine,
  type AskedReading,
  type Cell,
  type DatasetColumn,
  type GuessedFormat,
  type InspectedTable,
  type ReadingEvidence,
  type Result,
  type TableFormat,
  type TableReading,
  type TableSource,
  type TallyRule,
} from '@trainyard/domain';
import { openSource, type OnRead } from './byte-stream.ts';
import { VALUE_NOT_KEPT, type LoadedDataset, type TableColumn, type TableContent } from './dataset-content.ts';
import { DatasetError } from './dataset-error.ts';
import { decodeText } from './decode-text.ts';

const PREVIEW_ROWS = 20;

export interface TableSummary {
  digest: string;
  rows: number;
  columns: DatasetColumn[];
  /** Null where it is read as before readings. */
  reading: TableReading | null;
  preview: string[][];
  sizeBytes: number;
}

/** How one file is read: what was decided, or what its beginning says. */
interface Plan {
  format: TableFormat | 'LEGACY';
  asked: AskedReading;
  evidence: ReadingEvidence[];
  sample: Uint8Array;
  /** What the first look at the file brought: before readings the delimiter was counted in it. */
  first: Uint8Array;
  /** Why the format is no more than a guess from nothing. */
  unfounded: GuessedFormat['unfounded'];
  /** The last row that the format was guessed from. */
  guessedFrom: number;
}

/**
 * One pass over the file in memory that does not grow with it. The digest covers the text of the cells and what the reading makes of
 * them, whatever their quoting, delimiter or encoding; what was inspected before readings keeps the digest it had.
 * @param told of the beginning of the file and how it is read, before anything in it can be refused
 */
export async function summariseTable(
  path: string,
  source: TableSource = { asked: NOTHING_ASKED },
  told: (table: InspectedTable) => void = () => undefined,
  onRead?: OnRead,
): Promise<TableSummary> {
  const plan = await inTable(() => planOf(path, source));
  const { format, asked, evidence, unfounded, guessedFrom } = plan;
  const sample = Buffer.from(plan.sample.subarray(0, SAMPLE_BYTES)).toString('base64');
  told({ reading: null, evidence, sample });
  if (unfounded) throw new DatasetError(unfounded.code, unfounded.params).inFile('TABLE');
  const hash = createHash('sha256').update(format === 'LEGACY' ? 'TABLE\n' : 'TABLE 2\n');
  const preview: string[][] = [];
  const rule: TallyRule = format === 'LEGACY' ? 'LEGACY' : { format, asked: asked.columns, guessedFrom };
  let tally: TableTally | null = null;
  let rows = 0;
  const { sizeBytes } = await readRows(
    path,
    plan,
    {
      header: (names) => {
        const unknown = asked.columns.find(({ name }) => !names.includes(name));
        if (unknown) throw new DatasetError('DATASET_MALFORMED', { column: unknown.name, form: 'ASKED_COLUMN' });
        hash.update(JSON.stringify(names) + '\n');
        tally = new TableTally(names, rule);
      },
      row: (cells, row) => {
        rows++;
        if (rows > DATASET_LIMITS.samples) throw new DatasetError('DATASET_TOO_LARGE', { unit: 'ROWS', limit: DATASET_LIMITS.samples });
        hash.update(JSON.stringify(cells) + '\n');
        if (preview.length < PREVIEW_ROWS) preview.push(cells.map((cell) => cell.slice(0, 200)));
        tally!.add(cells, row);
      },
    },
    onRead,
  );
  const { columns: tallied } = accepted(tally!.finish());
  const columns = tallied.map(({ summary }) => summary);
  if (rows < DATASET_LIMITS.minSamples)
    throw new DatasetError('DATASET_TOO_SMALL', { file: 'TABLE', unit: 'ROWS', needed: DATASET_LIMITS.minSamples, got: rows });
  const constant = (column: DatasetColumn): boolean => (column.type === 'NUMBER' ? column.min === column.max : column.categories.length < 2);
  if (columns.every(constant)) throw new DatasetError('DATASET_ONE_CLASS', { column: columns[0]!.name, class: columns[0]!.categories[0]?.value ?? null });
  const reading = format === 'LEGACY' ? null : { ...format, columns: tallied.map((column) => column.reading) };
  if (reading) hash.update(readingText(reading));
  told({ reading, evidence, sample });
  return { digest: hash.digest('hex'), rows, columns, reading, preview, sizeBytes };
}

/** The whole table by column: a first pass finds the types, a second one the values. */
export async function loadTable(path: string, source?: TableSource): Promise<LoadedDataset & { content: TableContent }> {
  const { digest, rows, columns, reading } = await summariseTable(path, source);
  const builders = columns.map((summary, i) => {
    const column = reading?.columns[i];
    return new ColumnBuilder(summary, rows, reading && column ? cellReader(column, reading) : legacyCellReader(summary.type), column?.missing ?? null);
  });
  let at = 0;
  await readRows(path, await planOf(path, reading ? { known: reading } : { known: 'LEGACY' }), {
    header: () => undefined,
    row: (cells) => {
      for (const [i, cell] of cells.entries()) builders[i]!.set(at, cell);
      at++;
    },
  });
  return { digest, content: { type: 'TABLE', rows, columns: builders.map((builder) => builder.column), format: reading } };
}

class ColumnBuilder {
  readonly column: TableColumn;
  private readonly index = new Map<string, number>();
  private readonly gapOf: ReadonlyMap<string, number>;
  private readonly read: (text: string) => Cell;

  constructor(summary: DatasetColumn, rows: number, read: (text: string) => Cell, missing: readonly string[] | null) {
    const isNumber = summary.type === 'NUMBER';
    const words = (summary.gaps ?? []).map(({ word }) => word);
    this.gapOf = new Map(words.map((word, i) => [word, i + 1]));
    this.read = read;
    this.column = {
      summary,
      missing,
      numbers: isNumber ? new Float64Array(rows) : null,
      codes: new Int32Array(isNumber ? 0 : rows),
      values: [],
      gaps: words.length > 0 ? new Uint8Array(rows) : null,
    };
  }

  set(row: number, text: string): void {
    const { numbers, codes, values, gaps } = this.column;
    const cell = this.read(text);
    if (cell.kind === 'MISSING' && gaps) gaps[row] = this.gapOf.get(cell.word) ?? 0;
    if (numbers) {
      numbers[row] = cell.kind === 'NUMBER' ? cell.value : Number.NaN;
      return;
    }
    codes[row] = -1;
    const key = keyOf(cell);
    if (key === null) return;
    let code = this.index.get(key);
    if (code === undefined) {
      code = values.length < MAX_DISTINCT ? values.push(key) - 1 : VALUE_NOT_KEPT;
      if (code !== VALUE_NOT_KEPT) this.index.set(key, code);
    }
    codes[row] = code;
  }
}

async function planOf(path: string, source: TableSource): Promise<Plan> {
  const { bytes, first, whole } = await startOf(path);
  if ('known' in source && source.known === 'LEGACY')
    return { format: 'LEGACY', asked: NOTHING_ASKED, evidence: [], sample: bytes, first, unfounded: null, guessedFrom: 0 };
  if (isWorkbook(bytes)) throw new DatasetError('DATASET_MALFORMED', { form: 'NO_WORKBOOK' });
  const asked: AskedReading = 'known' in source ? (source.known as TableReading) : source.asked;
  const { format, evidence, rowNumbers, unfounded } = guessFormat(bytes.subarray(0, SAMPLE_BYTES), whole && bytes.length <= SAMPLE_BYTES, asked);
  return { format, asked, evidence, sample: bytes, first, unfounded, guessedFrom: rowNumbers.at(-1) ?? 0 };
}

/** A file's first bytes, unpacked, and whether they are all. */
async function startOf(path: string): Promise<{ bytes: Uint8Array; first: Uint8Array; whole: boolean }> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (await openSource(path)).chunks()) {
    parts.push(chunk);
    size += chunk.length;
    if (size > SAMPLE_BYTES) break;
  }
  return { bytes: Buffer.concat(parts), first: parts[0] ?? new Uint8Array(), whole: size <= SAMPLE_BYTES };
}

interface RowReader {
  header: (names: string[]) => void;
  /** @param row as a spreadsheet counts it, from 1 and with the header */
  row: (cells: string[], row: number) => void;
}

async function readRows(path: string, plan: Plan, reader: RowReader, onRead?: OnRead): Promise<{ sizeBytes: number }> {
  return inTable(() => readTable(path, plan, reader, onRead));
}

async function inTable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof DatasetError ? error.inFile('TABLE') : error;
  }
}

async function readTable(path: string, { format, first }: Plan, reader: RowReader, onRead: OnRead | undefined): Promise<{ sizeBytes: number }> {
  const source = await openSource(path);
  const rows = new TableRows(format, reader);
  let csv: CsvText | LegacyText | null = null;
  let seen = false;
  let isFirst = true;
  for await (const piece of decodeText(source.chunks(onRead), format === 'LEGACY' ? 'UTF_8' : format.encoding)) {
    const text = isFirst && format !== 'LEGACY' ? withoutSepLine(piece).text : piece;
    isFirst = false;
    seen ||= text.trim() !== '';
    csv ??= cutterOf(format, first, (cells, row) => rows.take(cells, row));
    accepted(csv.push(text), rows);
    rows.endsWithNewline = /[\r\n]$/.test(piece);
  }
  if (!seen || !csv) throw new DatasetError('DATASET_EMPTY');
  accepted(csv.end(), rows);
  rows.finish();
  return { sizeBytes: source.sizeBytes };
}

function cutterOf(format: TableFormat | 'LEGACY', first: Uint8Array, onRow: (cells: string[], row: number) => void): CsvText | LegacyText {
  if (format === 'LEGACY') return new LegacyText(legacyDelimiter(new TextDecoder().decode(first, { stream: true })), onRow);
  return new CsvText({ delimiter: DELIMITER_MARKS[format.delimiter], quote: QUOTE_MARKS[format.quote] }, onRow);
}

/** Rows as they come: the first may name the columns, and all have as many cells. */
class TableRows {
  endsWithNewline = false;
  names: string[] | null = null;
  private readonly format: TableFormat | 'LEGACY';
  private readonly reader: RowReader;
  private rows = 0;
  private short: DatasetError | null = null;

  constructor(format: TableFormat | 'LEGACY', reader: RowReader) {
    this.format = format;
    this.reader = reader;
  }

  take(cells: string[], row: number): void {
    if (this.short) throw this.short;
    if (this.names) {
      this.accept(cells, row);
      return;
    }
    if (this.format !== 'LEGACY' && row <= this.format.skip) return;
    if (cells.length > DATASET_LIMITS.columns)
      throw new DatasetError('DATASET_TOO_LARGE', { unit: 'COLUMNS', limit: DATASET_LIMITS.columns, got: cells.length });
    const { names, header } =
      this.format === 'LEGACY'
        ? accepted(legacyColumnNames(cells, row))
        : { ...accepted(columnNames(cells, this.format.header, row)), header: this.format.header };
    this.names = names;
    this.reader.header(names);
    if (!header) this.accept(cells, row);
  }

  finish(): void {
    // A last row without its end of line was cut off; a whole one with another number of cells is a mistake.
    if (this.short) throw this.endsWithNewline ? this.short : new DatasetError('DATASET_TRUNCATED', this.short.params);
    if (this.rows === 0) throw new DatasetError('DATASET_EMPTY');
  }

  private accept(cells: string[], row: number): void {
    const fitting = this.format === 'LEGACY' && cells.length !== this.names!.length ? null : cellsOfRow(cells, this.names!.length);
    if (fitting === null) {
      this.short = new DatasetError('DATASET_MALFORMED', { row, unit: 'COLUMNS', expected: this.names!.length, got: cells.length });
      return;
    }
    this.rows++;
    this.reader.row(fitting, row);
  }
}

/** What a rule decided, or its refusal thrown; of a cell it may know the number of its column only. */
function accepted<T extends object>(result: Result<T>, rows?: TableRows): T {
  if (result.ok) return result;
  const { column, ...params } = result.params ?? {};
  const named = typeof column === 'number' ? (rows?.names?.[column - 1] ?? String(column)) : column;
  throw new DatasetError(result.code, { ...params, ...(named !== undefined && { column: named }) } as DatasetError['params']);
}

import {
  DATASET_LIMITS,
  SAMPLE_BYTES,
  TableTally,
  cellsOfRow,
  columnNames,
  guessFormat,
  isWorkbook,
  maybeOneColumn,
  refuse,
  rowsAbove,
  type AskedReading,
  type GuessedFormat,
  type Result,
  type TalliedColumn,
} from '@trainyard/domain';

type Refused = Extract<Result, { ok: false }>;

export interface Sample {
  bytes: Uint8Array;
  /** They are the whole file. */
  whole: boolean;
}

/** A chosen file's first bytes, unpacked: what the runner will guess from too. */
export async function sampleOf(file: Blob): Promise<Sample> {
  const start = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  const packed = start[0] === 0x1f && start[1] === 0x8b;
  const reader = (packed ? file.stream().pipeThrough(new DecompressionStream('gzip')) : file.stream()).getReader();
  const bytes = new Uint8Array(SAMPLE_BYTES);
  let filled = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { bytes: bytes.slice(0, filled), whole: true };
    const part = value.subarray(0, SAMPLE_BYTES - filled);
    bytes.set(part, filled);
    filled += part.length;
    if (part.length < value.length || filled === SAMPLE_BYTES) {
      await reader.cancel();
      return { bytes: bytes.slice(0, filled), whole: false };
    }
  }
}

/** What a dataset keeps of its file. */
export function keptSample(base64: string): Sample {
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  return { bytes, whole: bytes.length < SAMPLE_BYTES };
}

export interface SampleView extends GuessedFormat {
  names: string[];
  /** Rows under the names. */
  data: string[][];
  columns: TalliedColumn[];
  /** Why the sample cannot be read so; null where it can. */
  refused: Refused | null;
  /** How many rows at its top seem to be no part of the table; what to propose where it is refused. */
  above: number;
  /** It is refused because its rows have more cells and fewer, and may be one column: what to propose too. */
  oneColumn: boolean;
}

/** A sample as it would be read: by the rules that the runner reads the whole file with. */
export function viewOf({ bytes, whole }: Sample, asked: AskedReading): SampleView {
  const guessed = guessFormat(bytes, whole, asked);
  const { format, rows, rowNumbers } = guessed;
  const named = columnNames(rows[0] ?? [], format.header, rowNumbers[0] ?? 1);
  const names = named.ok ? named.names : (rows[0] ?? []);
  const below = format.header ? 1 : 0;
  const data = rows.slice(below).map((row) => cellsOfRow(row, names.length) ?? row);
  const none = { ...guessed, names, data, columns: [], above: rowsAbove(guessed), oneColumn: false };
  if (isWorkbook(bytes)) return { ...none, refused: refuse('DATASET_MALFORMED', { form: 'NO_WORKBOOK' }) };
  if (guessed.unfounded) return { ...none, refused: guessed.unfounded };
  if (guessed.refused) return { ...none, refused: withName(guessed.refused, names) };
  if (names.length > DATASET_LIMITS.columns)
    return { ...none, refused: refuse('DATASET_TOO_LARGE', { unit: 'COLUMNS', limit: DATASET_LIMITS.columns, got: names.length }) };
  if (!named.ok) return { ...none, refused: named };
  if (whole && data.length === 0) return { ...none, refused: refuse('DATASET_EMPTY') };
  const rowOf = (i: number): number => rowNumbers[i + below] ?? 0;
  const uneven = data.findIndex((row) => row.length !== names.length);
  if (uneven >= 0)
    return {
      ...none,
      oneColumn: maybeOneColumn(guessed),
      refused: refuse('DATASET_MALFORMED', { row: rowOf(uneven), unit: 'COLUMNS', expected: names.length, got: data[uneven]?.length ?? 0 }),
    };
  const tally = new TableTally(names, { format, asked: asked.columns, guessedFrom: rowNumbers.at(-1) ?? 0 });
  data.forEach((row, i) => tally.add(row, rowOf(i)));
  const tallied = tally.finish();
  return tallied.ok ? { ...none, columns: tallied.columns, refused: null } : { ...none, refused: tallied };
}

/** Without decisions on columns that there are not, or no longer, under the names that are read now: a runner would look for them. */
export function sendable(sample: Sample, asked: AskedReading): AskedReading {
  const { names } = viewOf(sample, asked);
  return { ...asked, columns: asked.columns.filter(({ name }) => names.includes(name)) };
}

/** Cutting knows a column by its number only. */
function withName(refused: Refused, names: readonly string[]): Refused {
  const column = refused.params?.['column'];
  return typeof column === 'number' ? { ...refused, params: { ...refused.params, column: names[column - 1] ?? String(column) } } : refused;
}

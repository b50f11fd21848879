import { SAMPLE_BYTES, TableTally, columnNames, guessFormat, type AskedReading, type GuessedFormat, type Result, type TalliedColumn } from '@trainyard/domain';

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
}

/** A sample as it would be read: by the rules that the runner reads the whole file with. */
export function viewOf({ bytes, whole }: Sample, asked: AskedReading): SampleView {
  const guessed = guessFormat(bytes, whole, asked);
  const { format, rows } = guessed;
  const named = columnNames(rows[0] ?? [], format.header);
  const names = named.ok ? named.names : (rows[0] ?? []);
  const data = format.header ? rows.slice(1) : rows;
  const none = { ...guessed, names, data, columns: [] };
  if (!named.ok) return { ...none, refused: named };
  const uneven = data.findIndex((row) => row.length !== names.length);
  if (uneven >= 0) return { ...none, refused: { ok: false, code: 'DATASET_MALFORMED', params: { row: uneven + (format.header ? 2 : 1), unit: 'COLUMNS', expected: names.length, got: data[uneven]?.length ?? 0 } } };
  const tally = new TableTally(names, { format, asked: asked.columns });
  data.forEach((row, i) => tally.add(row, i + (format.header ? 2 : 1)));
  const tallied = tally.finish();
  return tallied.ok ? { ...none, columns: tallied.columns, refused: null } : { ...none, refused: tallied };
}

import { refuse, type Result } from '../result.ts';
import { MAX_RECORD } from './csv-text.ts';

/** More than it ever accepted, which it counted without quotes and blanks. In characters. */
const LONGEST = 4 * MAX_RECORD;
const QUOTE = '"';
const BLANK = /\s/;

/**
 * Cuts text into cells as the parser did that tables were read with before readings, in all in which that one was peculiar: only what
 * first ended a row ends rows, other line ends are blanks, and the mark by which DOS ended a file is text. What it refused, nothing
 * depends on.
 */
export class LegacyText {
  private readonly delimiter: string;
  private readonly onRow: (cells: string[], row: number) => void;
  private rowEnd: string | null = null;
  private rest = '';
  private row = 0;

  /** @param onRow told each row, with its number as a spreadsheet counts them, from 1 */
  constructor(delimiter: string, onRow: (cells: string[], row: number) => void) {
    this.delimiter = delimiter;
    this.onRow = onRow;
  }

  push(text: string): Result {
    this.read(text, false);
    return this.rest.length > LONGEST ? refuse('DATASET_TOO_LARGE', { row: this.row + 1, unit: 'BYTES', limit: MAX_RECORD }) : { ok: true };
  }

  /** The last row needs no line end. */
  end(): Result {
    this.read('', true);
    return this.rest === '' ? { ok: true } : refuse('DATASET_TRUNCATED', { row: this.row + 1, form: 'CLOSING_QUOTE' });
  }

  /** Reads whole rows, and keeps the rest. */
  private read(more: string, last: boolean): void {
    const text = this.rest + more;
    // What follows the last character may double a quote, or tell one line end from another.
    const known = last ? text.length : text.length - 1;
    let at = 0;
    while (at < text.length) {
      const row = this.readRow(text, at, known);
      if (row === null) break;
      at = row.next;
      this.row++;
      if (row.cells.length > 1 || row.cells[0] !== '' || row.quoted) this.onRow(row.cells, this.row);
    }
    this.rest = text.slice(at);
  }

  /** Null: it is not whole yet. */
  private readRow(text: string, from: number, known: number): { cells: string[]; quoted: boolean; next: number } | null {
    const cells: string[] = [];
    let quoted = false;
    let at = from;
    for (;;) {
      let value: string | null = null;
      let start = at;
      for (;;) {
        while (start < known && BLANK.test(text[start]!) && !this.endsCell(text, start)) start++;
        // An empty pair of quotes may be followed by another one.
        if (text[start] !== QUOTE || value) break;
        const close = closingQuote(text, start + 1);
        if (close === -1) return null;
        quoted = true;
        value ??= text.slice(start + 1, close).replaceAll('""', QUOTE);
        start = close + 1;
      }
      let end = start;
      while (end < known && !this.endsCell(text, end)) end++;
      if (end >= known && known < text.length) return null;
      cells.push(value ?? text.slice(start, end).trimEnd());
      if (end === known) return { cells, quoted, next: end };
      if (text[end] !== this.delimiter) return { cells, quoted, next: end + this.rowEnd!.length };
      at = end + 1;
    }
  }

  private endsCell(text: string, at: number): boolean {
    const char = text[at]!;
    if (char === this.delimiter) return true;
    if (char !== '\n' && char !== '\r') return false;
    // Whether a line feed follows the first one decides for the whole file.
    this.rowEnd ??= text.startsWith('\r\n', at) ? '\r\n' : char;
    return text.startsWith(this.rowEnd, at);
  }
}

/** Where the quote stands that closes; -1 where none does. */
function closingQuote(text: string, from: number): number {
  let at = text.indexOf(QUOTE, from);
  while (at !== -1 && text[at + 1] === QUOTE) at = text.indexOf(QUOTE, at + 2);
  return at;
}

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
    const all = this.rest + text;
    const parsed = this.parse(all, false);
    if (!parsed.ok) return parsed;
    this.rest = all.slice(parsed.at);
    return this.rest.length > LONGEST ? refuse('DATASET_TOO_LARGE', { row: this.row + 1, unit: 'BYTES', limit: MAX_RECORD }) : parsed;
  }

  /** The last row needs no line end. */
  end(): Result {
    const text = this.rest;
    this.rest = '';
    return this.parse(text, true);
  }

  /** Reads whole rows, and says where the first begins that is not whole yet. */
  private parse(text: string, last: boolean): Result<{ at: number }> {
    let at = 0;
    while (at < text.length) {
      const row = this.readRow(text, at, last);
      if (row === 'UNCLOSED') return refuse('DATASET_TRUNCATED', { row: this.row + 1, form: 'CLOSING_QUOTE' });
      if (row === 'CUT') break;
      at = row.next;
      this.row++;
      if (row.cells.length > 1 || row.cells[0] !== '' || row.quoted) this.onRow(row.cells, this.row);
    }
    return { ok: true, at };
  }

  /** CUT: more text is needed. */
  private readRow(text: string, from: number, last: boolean): { cells: string[]; quoted: boolean; next: number } | 'CUT' | 'UNCLOSED' {
    const cells: string[] = [];
    let quoted = false;
    let at = from;
    for (;;) {
      let value: string | null = null;
      let start = at;
      for (;;) {
        while (start < text.length && BLANK.test(text[start]!) && !this.endsCell(text, start, last)) start++;
        // An empty pair of quotes may be followed by another one.
        if (text[start] !== QUOTE || value) break;
        const close = closingQuote(text, start + 1, last);
        if (close === null) return last ? 'UNCLOSED' : 'CUT';
        quoted = true;
        value ??= text.slice(start + 1, close).replaceAll('""', QUOTE);
        start = close + 1;
      }
      let end = start;
      while (end < text.length && !this.endsCell(text, end, last)) end++;
      // What follows may tell one line end from another.
      if (!last && end + 1 >= text.length) return 'CUT';
      cells.push(value ?? text.slice(start, end).trimEnd());
      if (end >= text.length) return { cells, quoted, next: end };
      if (text[end] !== this.delimiter) return { cells, quoted, next: end + this.rowEnd!.length };
      at = end + 1;
    }
  }

  private endsCell(text: string, at: number, last: boolean): boolean {
    const char = text[at];
    if (char === this.delimiter) return true;
    if (char !== '\n' && char !== '\r') return false;
    // Whether a line feed follows decides for the whole file.
    if (this.rowEnd === null && at + 1 === text.length && !last) return true;
    this.rowEnd ??= text.startsWith('\r\n', at) ? '\r\n' : char;
    return text.startsWith(this.rowEnd, at);
  }
}

/** Where the quote stands that closes; null where none does, or where the next character, which may double it, is not there yet. */
function closingQuote(text: string, from: number, last: boolean): number | null {
  for (let at = text.indexOf(QUOTE, from); at >= 0; at = text.indexOf(QUOTE, at + 2)) {
    if (at + 1 === text.length && !last) return null;
    if (text[at + 1] !== QUOTE) return at;
  }
  return null;
}

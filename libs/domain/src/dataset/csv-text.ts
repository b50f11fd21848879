import { refuse, type Result } from '../result.ts';

/** How the text of a table is cut into cells. */
export interface CsvFormat {
  /** One character. A space stands for any run of spaces and tabs, as in tables that are padded to line up. */
  delimiter: string;
  /** One character that may enclose a cell; null when none does. */
  quote: string | null;
}

/** A quote that is never closed would gather the whole file into one cell. In characters. */
export const MAX_RECORD = 1024 * 1024;

const LF = 10;
const CR = 13;
const TAB = 9;
const SPACE = 32;
const BLANK = /\s/;
const END_OF_FILE = '\x1a';

/**
 * Cuts text into rows of cells, piece by piece, in memory that does not grow with it. It reads what spreadsheets write and as they
 * read: a quote opens a cell only at its beginning, a doubled one inside stands for itself, and what follows a closing one belongs to
 * the cell. Blanks around a cell are dropped, those inside quotes are kept. Rows without anything in them are skipped, but counted.
 */
export class CsvText {
  private readonly format: CsvFormat;
  private readonly onRow: (cells: string[], row: number) => void;
  private readonly delimiter: number;
  private readonly quote: number;
  private readonly padded: boolean;
  private rest = '';
  private row = 0;
  /** The row being read holds a quoted cell: an empty one says more than a blank row does. */
  private hasQuotes = false;

  /** @param onRow told each row, with its number as a spreadsheet counts them, from 1 */
  constructor(format: CsvFormat, onRow: (cells: string[], row: number) => void) {
    this.format = format;
    this.onRow = onRow;
    this.delimiter = format.delimiter.charCodeAt(0);
    this.quote = format.quote === null ? -1 : format.quote.charCodeAt(0);
    this.padded = this.delimiter === SPACE;
  }

  push(text: string): Result {
    const all = this.rest + text;
    const parsed = this.parse(all, false);
    if (!parsed.ok) return parsed;
    this.rest = all.slice(parsed.at);
    return this.rest.length > MAX_RECORD ? refuse('DATASET_TOO_LARGE', { row: this.row + 1, unit: 'BYTES', limit: MAX_RECORD }) : parsed;
  }

  /** The last row needs no line end. The mark by which DOS ended a file is no row. */
  end(): Result {
    const text = this.rest.endsWith(END_OF_FILE) ? this.rest.slice(0, -1) : this.rest;
    this.rest = '';
    return text === '' ? { ok: true } : this.parse(text, true);
  }

  /** Reads whole rows, and says where the first begins that is not whole yet. */
  private parse(text: string, last: boolean): Result<{ at: number }> {
    let at = 0;
    while (at < text.length) {
      const cells: string[] = [];
      this.hasQuotes = false;
      let next = at;
      for (;;) {
        const end = this.cell(text, next, last, cells);
        if (end === null) return { ok: true, at };
        if (end < 0) return refuse('DATASET_TRUNCATED', { row: this.row + 1, column: cells.length + 1, form: 'CLOSING_QUOTE' });
        if (end >= text.length) {
          if (!last) return { ok: true, at };
          next = end;
          break;
        }
        const code = text.charCodeAt(end);
        if (code === LF) {
          next = end + 1;
          break;
        }
        if (code === CR) {
          // The line feed that belongs to it may come with the next piece.
          if (end + 1 === text.length && !last) return { ok: true, at };
          next = text.charCodeAt(end + 1) === LF ? end + 2 : end + 1;
          break;
        }
        next = end + 1;
      }
      at = next;
      this.row++;
      if (cells.length === 0 || (cells.length === 1 && cells[0] === '' && !this.hasQuotes)) continue;
      this.onRow(cells, this.row);
    }
    return { ok: true, at };
  }

  /** Reads one cell; returns where what ends it stands. Null: more text is needed. -1: its quote is never closed. */
  private cell(text: string, from: number, last: boolean, cells: string[]): number | null {
    const start = this.skipBlanks(text, from);
    if (this.padded && (start >= text.length || isRowEnd(text.charCodeAt(start)))) return start;
    if (start < text.length && text.charCodeAt(start) === this.quote) return this.quoted(text, start, last, cells);
    const end = this.endOfCell(text, start);
    cells.push(text.slice(start, end).trim());
    return end;
  }

  private quoted(text: string, start: number, last: boolean, cells: string[]): number | null {
    const mark = this.format.quote!;
    this.hasQuotes = true;
    let value = '';
    let at = start + 1;
    for (;;) {
      const close = text.indexOf(mark, at);
      if (close < 0) return last ? -1 : null;
      if (close + 1 === text.length && !last) return null;
      value += text.slice(at, close);
      at = close + 1;
      if (text.charCodeAt(at) !== this.quote) break;
      value += mark;
      at++;
    }
    const end = this.endOfCell(text, at);
    cells.push(value + text.slice(at, end).trimEnd());
    return end;
  }

  private skipBlanks(text: string, from: number): number {
    let at = from;
    while (at < text.length) {
      const code = text.charCodeAt(at);
      const blank = code === SPACE || (code === TAB && this.delimiter !== TAB) || (code !== LF && code !== CR && code !== this.delimiter && isBlank(code));
      if (!blank) break;
      at++;
    }
    return at;
  }

  private endOfCell(text: string, from: number): number {
    const { delimiter, padded } = this;
    for (let at = from; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === delimiter || isRowEnd(code) || (padded && code === TAB)) return at;
    }
    return text.length;
  }
}

/** A lone carriage return ends a row as a line feed does, with or without one before it. */
const isRowEnd = (code: number): boolean => code === LF || code === CR;

/** The blanks that `trim` drops, beyond ASCII too. */
function isBlank(code: number): boolean {
  return (code > 8 && code < 14) || (code >= 0xa0 && BLANK.test(String.fromCharCode(code)));
}

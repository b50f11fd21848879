import { refuse, type Result } from '../result.ts';

/** How the text of a table is cut into cells. */
export interface CsvFormat {
  /** One character; null in a table of one column. A space stands for any run of spaces and tabs, as in tables that are padded to line up. */
  delimiter: string | null;
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
  private readonly mark: string | null;
  private readonly quote: number;
  private readonly onRow: (cells: string[], row: number) => void;
  private readonly delimiter: number;
  private readonly padded: boolean;
  /** What was pushed and is no whole row yet. */
  private rest = '';
  private row = 0;
  /** The column in which that one is cut off. */
  private column = 1;
  /** The row being read holds a quoted cell: an empty one says more than a blank row does. */
  private hasQuotes = false;

  /** @param onRow told each row, with its number as a spreadsheet counts them, from 1 */
  constructor({ delimiter, quote }: CsvFormat, onRow: (cells: string[], row: number) => void) {
    this.mark = quote;
    this.quote = quote === null ? -1 : quote.charCodeAt(0);
    this.onRow = onRow;
    this.delimiter = delimiter === null ? -1 : delimiter.charCodeAt(0);
    this.padded = delimiter === ' ';
  }

  push(text: string): Result {
    this.read(text);
    return this.rest.length > MAX_RECORD ? refuse('DATASET_TOO_LARGE', { row: this.row + 1, unit: 'BYTES', limit: MAX_RECORD }) : { ok: true };
  }

  /** The last row needs no line end. The mark by which DOS ended a file is no row. */
  end(): Result {
    if (this.rest.endsWith(END_OF_FILE)) this.rest = this.rest.slice(0, -1);
    // A line end closes everything but a quote.
    this.read('\n');
    return this.rest === '' ? { ok: true } : refuse('DATASET_TRUNCATED', { row: this.row + 1, column: this.column, form: 'CLOSING_QUOTE' });
  }

  /** Reads whole rows, and keeps the rest. */
  private read(more: string): void {
    const text = this.rest + more;
    let at = 0;
    for (;;) {
      const cells: string[] = [];
      this.hasQuotes = false;
      let end = this.cell(text, at, cells);
      while (end < text.length && !isRowEnd(text.charCodeAt(end))) end = this.cell(text, end + 1, cells);
      // More may come of this cell, or the line feed that belongs to a carriage return.
      if (end + 1 >= text.length && text[end] !== '\n') {
        this.column = cells.length + 1;
        break;
      }
      at = end + (text.startsWith('\r\n', end) ? 2 : 1);
      this.row++;
      if (cells.length > 1 || cells[0] || this.hasQuotes) this.onRow(cells, this.row);
    }
    this.rest = text.slice(at);
  }

  /** Reads one cell, and says where it ends; at the text's end more of it may come. */
  private cell(text: string, from: number, cells: string[]): number {
    const start = this.skipBlanks(text, from);
    if (start < text.length && text.charCodeAt(start) === this.quote) return this.quoted(text, start, cells);
    const end = this.endOfCell(text, start);
    // In a padded table nothing stands between the last blank and the row's end.
    if (end > start || !this.padded) cells.push(text.slice(start, end).trim());
    return end;
  }

  private quoted(text: string, from: number, cells: string[]): number {
    const mark = this.mark!;
    this.hasQuotes = true;
    let value = '';
    let at = from + 1;
    for (;;) {
      const close = text.indexOf(mark, at);
      if (close === -1) return text.length;
      value += text.slice(at, close);
      at = close + 1;
      if (text[at] !== mark) break;
      value += mark;
      at++;
    }
    const end = this.endOfCell(text, at);
    cells.push(value + text.slice(at, end).trimEnd());
    return end;
  }

  private skipBlanks(text: string, from: number): number {
    let at = from;
    while (at < text.length && this.isBlank(text.charCodeAt(at))) at++;
    return at;
  }

  private isBlank(code: number): boolean {
    return code === SPACE || ((code < SPACE || code >= 0xa0) && code !== this.delimiter && !isRowEnd(code) && BLANK.test(String.fromCharCode(code)));
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

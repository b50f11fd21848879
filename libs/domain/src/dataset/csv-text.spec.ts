import fc from 'fast-check';
import { CsvText, MAX_RECORD, type CsvFormat } from './csv-text.ts';

const PLAIN: CsvFormat = { delimiter: ',', quote: '"' };

interface Read {
  rows: string[][];
  numbers: number[];
  refused: unknown;
}

function read(text: string, format: Partial<CsvFormat> = {}, pieces: readonly string[] = [text]): Read {
  const rows: string[][] = [];
  const numbers: number[] = [];
  const csv = new CsvText({ ...PLAIN, ...format }, (cells, row) => {
    rows.push(cells);
    numbers.push(row);
  });
  for (const piece of pieces) {
    const pushed = csv.push(piece);
    if (!pushed.ok) return { rows, numbers, refused: pushed };
  }
  const ended = csv.end();
  return { rows, numbers, refused: ended.ok ? null : ended };
}

/** A text in pieces of these lengths, over and over. */
function piecesOf(text: string, lengths: readonly number[]): string[] {
  const pieces: string[] = [];
  for (let at = 0, i = 0; at < text.length; at += pieces[i++]!.length) pieces.push(text.slice(at, at + lengths[i % lengths.length]!));
  return pieces;
}

it.each<[string, string, string[][], Partial<CsvFormat>]>([
  [
    'quotes inside a cell, as spreadsheets do',
    'size,y\n5" pipe,x\n',
    [
      ['size', 'y'],
      ['5" pipe', 'x'],
    ],
    {},
  ],
  [
    'what follows a closing quote',
    'a,b\n1,"x"y\n',
    [
      ['a', 'b'],
      ['1', 'xy'],
    ],
    {},
  ],
  ['what follows it after a blank', '"x" y,"z" \n', [['x y', 'z']], {}],
  ['doubled quotes, delimiters and line ends inside quotes', '"a""b","c,\nd"\n', [['a"b', 'c,\nd']], {}],
  ['blanks around cells, and those inside quotes', ' a , " b " \n', [['a', ' b ']], {}],
  [
    'one LF line among CRLF',
    'a,b\r\n1,2\n3,4\r\n',
    [
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
    ],
    {},
  ],
  [
    'lone carriage returns',
    'a,b\r1,2\r',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
    {},
  ],
  [
    'runs of blanks',
    '  1   2\t3 \n4 5 6',
    [
      ['1', '2', '3'],
      ['4', '5', '6'],
    ],
    { delimiter: ' ' },
  ],
  ['no quotes at all', '"a,b"\n', [['"a', 'b"']], { quote: null }],
  ['single quotes', "'a,b',c\n", [['a,b', 'c']], { quote: "'" }],
  ['a row of one empty quoted cell', 'a\n""\n\nb', [['a'], [''], ['b']], {}],
  [
    'an empty cell at the end of a row',
    'a,\n,b\n,\n',
    [
      ['a', ''],
      ['', 'b'],
      ['', ''],
    ],
    {},
  ],
  ['a tab inside a cell', 'a\tb,c\n', [['a\tb', 'c']], {}],
  [
    'empty cells between tabs, the first ones too',
    '\t\tx\t\n a \t"b"\t\t',
    [
      ['', '', 'x', ''],
      ['a', 'b', '', ''],
    ],
    { delimiter: '\t' },
  ],
  [
    'quoted cells in a padded table, the empty one too',
    '  "a b"  ""\t"c"  \n"d" e\n',
    [
      ['a b', '', 'c'],
      ['d', 'e'],
    ],
    { delimiter: ' ' },
  ],
  [
    'a padded table with blank lines',
    ' \t\n1  2\n\n  \n3 4 ',
    [
      ['1', '2'],
      ['3', '4'],
    ],
    { delimiter: ' ' },
  ],
  ['one column of sentences', 'text\nwell, yes; no|\tso\n\x01\n"a, b"\n', [['text'], ['well, yes; no|\tso'], ['\x01'], ['a, b']], { delimiter: null }],
  ['a control character, which is no quote where there is none', '\x01,b\x01\n', [['\x01', 'b\x01']], { quote: null }],
  ['the mark by which DOS ended a file, behind a row', 'a\n1\r\n\x1a', [['a'], ['1']], {}],
  ['… at the end of a row', 'a,b\x1a', [['a', 'b']], {}],
  ['… behind a quote', '"a"\x1a', [['a']], {}],
  ['… and alone', '\x1a', [], {}],
  [
    'the same character before the end, where it is text',
    '\x1aa,\x1a\n1,2',
    [
      ['\x1aa', '\x1a'],
      ['1', '2'],
    ],
    {},
  ],
  ['nothing', '', [], {}],
])('reads %s', (_name, text, rows, format) => expect(read(text, format)).toMatchObject({ rows, refused: null }));

// Excel and Word write blanks that do not break a line; old printers' marks come from databases of the nineties.
it.each<[string, string]>([
  ['a tab', '\t'],
  ['a vertical tab', '\v'],
  ['a form feed', '\f'],
  ['a space', ' '],
  ['a blank that breaks no line', '\u00a0'],
  ['a wide blank', '\u3000'],
  ['a line separator', '\u2028'],
  ['a byte order mark', '\ufeff'],
])('takes %s before a quote, and around a cell, for a blank', (_name, blank) =>
  expect(read(`${blank}"a,b"${blank},${blank}c${blank}\n`).rows).toEqual([['a,b', 'c']]),
);
it.each<[string, string]>([
  ['a backspace', '\b'],
  ['a shift out', '\x0e'],
  ['a unit separator', '\x1f'],
  ['a next line', '\u0085'],
  ['a letter', 'é'],
])('takes %s for text: a quote behind it opens nothing', (_name, text) => expect(read(`${text}"a,b"\n`).rows).toEqual([[`${text}"a`, 'b"']]));

it('counts rows as a spreadsheet does, blank ones too', () => expect(read('a\n\n\r\n\nb\r\r"c\nd"\ne').numbers).toEqual([1, 5, 7, 8]));

describe('a quote that never closes', () => {
  it.each<[string, number, number]>([
    ['a,b\n1,"x\n2,y\n', 2, 2],
    ['a\n\n"', 3, 1],
    ['"a"\n"b""\n', 2, 1],
    ['1,2,3,"', 1, 4],
  ])('%j: names its row and its column', (text, row, column) =>
    expect(read(text).refused).toEqual({ ok: false, code: 'DATASET_TRUNCATED', params: { row, column, form: 'CLOSING_QUOTE' } }),
  );
  it('is found after whole rows were told', () => expect(read('a\n1\n"x').rows).toEqual([['a'], ['1']]));
});

describe('a row that never ends', () => {
  const row = (length: number): string => 'x'.repeat(length);
  it('may have as many characters as are kept', () =>
    expect(read('', {}, ['a\n', row(MAX_RECORD), '\nb'])).toMatchObject({ numbers: [1, 2, 3], refused: null }));
  it('is refused by the first one more', () => {
    const refused = { ok: false, code: 'DATASET_TOO_LARGE', params: { row: 2, unit: 'BYTES', limit: MAX_RECORD } };
    expect(read('', {}, ['a\n', row(MAX_RECORD), 'x', '\nb'])).toEqual({ rows: [['a']], numbers: [1], refused });
    expect(read('', {}, ['a\n', `"${row(MAX_RECORD)}`, '"\nb'])).toEqual({ rows: [['a']], numbers: [1], refused });
  });
});

const mark = fc.constantFrom('a', '1', '"', '""', '"b"', '"x""y"', '"p\r\nq"', "'", ',', ';', '\t', '|', '\n', '\r\n', '\r', ' ', 'é', '\u00a0', '\x1a');
const format = fc.record<CsvFormat>({ delimiter: fc.constantFrom(',', ';', '\t', '|', ' ', null), quote: fc.constantFrom('"', "'", null) });
const lengths = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 8 });

it('reads the same rows however a text is cut into pieces', () => {
  fc.assert(
    fc.property(fc.array(mark, { maxLength: 30 }), format, lengths, (marks, how, cuts) =>
      expect(read('', how, piecesOf(marks.join(''), cuts))).toEqual(read(marks.join(''), how)),
    ),
  );
});

const cell = fc.string({ unit: fc.constantFrom('a', '1', '"', ',', ';', '\n', '\r', ' ', 'é', '\u00a0', '|'), maxLength: 8, size: 'max' });

it('reads back every cell that is written quoted, however it is cut into pieces', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 12 }),
      lengths,
      fc.constantFrom('\n', '\r\n', '\r'),
      (rows, cuts, end) => {
        const text = rows.map((cells) => cells.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')).join(end);
        expect(read(text, {}, piecesOf(text, cuts))).toMatchObject({ rows, refused: null });
      },
    ),
  );
});

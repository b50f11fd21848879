import fc from 'fast-check';
import { MAX_RECORD } from './csv-text.ts';
import { LegacyText } from './legacy-text.ts';

function rowsOf(pieces: readonly string[], delimiter = ','): string[][] {
  const rows: string[][] = [];
  const csv = new LegacyText(delimiter, (cells) => rows.push(cells));
  for (const piece of pieces) expect(csv.push(piece)).toMatchObject({ ok: true });
  expect(csv.end()).toMatchObject({ ok: true });
  return rows;
}

// As csv-parse 7.0.3 cut them, with which tables were read before readings.
it.each<[string, string, string[][]]>([
  [
    'the mark by which DOS ended a file is text',
    'a,b\n1,2\x1a',
    [
      ['a', 'b'],
      ['1', '2\x1a'],
    ],
  ],
  ['… and a row of its own', 'a\nb\n\x1a', [['a'], ['b'], ['\x1a']]],
  ['only LF ends rows where it came first', 'a\nb\rc\nd\r\n', [['a'], ['b\rc'], ['d']]],
  ['only CRLF ends rows where it came first', 'a\r\nb\nc\r\nd\re', [['a'], ['b\nc'], ['d\re']]],
  ['only CR ends rows where it came first', 'a\rb\nc\r\nd', [['a'], ['b\nc'], ['d']]],
  ['a line end in quotes is none', '"a\r\nb"\nc\rd\ne', [['a\r\nb'], ['c\rd'], ['e']]],
  [
    'other line ends around a cell are blanks',
    'a,b\r\n\n1, \r2\n\r\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  ['every mark of no width at the ends', '\ufeffa\ufeff,\u00a0b\u3000\n', [['a', 'b']]],
  ['next line is no blank', '\u0085a\n', [['\u0085a']]],
  ['doubled quotes', '"a""b", "" , " c " \n', [['a"b', '', ' c ']]],
  ['an empty pair of quotes before another one', '"" ""\nx\n', [[''], ['x']]],
  ['rows of nothing', '\n \n\t\na\n""\n\n', [['a'], ['']]],
  [
    'rows of empty cells',
    ',\n ,\t\na,\n',
    [
      ['', ''],
      ['', ''],
      ['a', ''],
    ],
  ],
  ['a lone carriage return at the end of a file of line feeds', 'a\nb\r', [['a'], ['b']]],
  ['no line end at all', 'a,"b"', [['a', 'b']]],
  ['nothing', '', []],
])('reads as before: %s', (_name, text, rows) => expect(rowsOf([text])).toEqual(rows));

it.each<[string, string[], string[][]]>([
  ['a quote that is doubled in the next piece', ['"a"', '"b",c\n'], [['a"b', 'c']]],
  ['… and one that closes there', ['"a"', ',c\n'], [['a', 'c']]],
  ['a carriage return to which a line feed belongs', ['a\r', '\nb\nc\r', '\nd'], [['a'], ['b\nc'], ['d']]],
  ['… and one to which none does', ['a\r', 'b\n', 'c'], [['a'], ['b\nc']]],
  ['a carriage return behind the first line feed', ['a\nb\r', '\nc'], [['a'], ['b'], ['c']]],
  [
    'a delimiter and an empty cell',
    ['a,', ',', '\n', 'b,,c'],
    [
      ['a', '', ''],
      ['b', '', 'c'],
    ],
  ],
  ['nothing in between', ['a', '', ',b\n', ''], [['a', 'b']]],
])('reads the same where a piece ends: %s', (_name, pieces, rows) => expect(rowsOf(pieces)).toEqual(rows));

it('reads the same however the text comes in pieces', () => {
  const part = fc.constantFrom('a', '1', '"b"', '"x""y"', '"p\r\nq"', '""', ',', ',', '\n', '\r\n', '\r', ' ', '\x1a', '\ufeff');
  fc.assert(
    fc.property(fc.array(part, { maxLength: 30, size: 'max' }), fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (parts, cuts) => {
      const text = parts.join('');
      const pieces: string[] = [];
      for (let at = 0, i = 0; at < text.length; at += cuts[i++ % cuts.length]!) pieces.push(text.slice(at, at + cuts[i % cuts.length]!));
      expect(rowsOf(pieces)).toEqual(rowsOf([text]));
    }),
  );
});

it('counts rows, blank ones too', () => {
  const numbers: number[] = [];
  const csv = new LegacyText(',', (_cells, row) => numbers.push(row));
  csv.push('a\n\n\n"b\nc"\nd');
  csv.end();
  expect(numbers).toEqual([1, 4, 5]);
});

it.each(['a,b\n1,"x\n2,y\n', 'a\n"x""', 'a\n"'])('refuses a quote that never closes: %j', (text) => {
  const open = new LegacyText(',', () => undefined);
  expect([open.push(text), open.end()]).toEqual([{ ok: true }, { ok: false, code: 'DATASET_TRUNCATED', params: { row: 2, form: 'CLOSING_QUOTE' } }]);
});

// The parser of before counted a row without its quotes and blanks: four times that much holds every row that it took.
it('refuses a row without an end by the first character more than are kept', () => {
  const endless = new LegacyText(',', () => undefined);
  expect(endless.push(`a\n"${'x'.repeat(4 * MAX_RECORD - 1)}`)).toEqual({ ok: true });
  expect(endless.push('x')).toEqual({ ok: false, code: 'DATASET_TOO_LARGE', params: { row: 2, unit: 'BYTES', limit: MAX_RECORD } });
});

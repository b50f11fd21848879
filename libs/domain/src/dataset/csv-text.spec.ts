import fc from 'fast-check';
import { CsvText, type CsvFormat } from './csv-text.ts';

const PLAIN: CsvFormat = { delimiter: ',', quote: '"' };

function rowsOf(text: string, format: Partial<CsvFormat> = {}, pieces = [text]): { rows: string[][]; numbers: number[]; refused: unknown } {
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

it.each<[string, string, string[][], Partial<CsvFormat>]>([
  ['quotes inside a cell, as spreadsheets do', 'size,y\n5" pipe,x\n', [['size', 'y'], ['5" pipe', 'x']], {}],
  ['what follows a closing quote', 'a,b\n1,"x"y\n', [['a', 'b'], ['1', 'xy']], {}],
  ['what follows it after a blank', '"x" y,"z" \n', [['x y', 'z']], {}],
  ['doubled quotes, delimiters and line ends inside quotes', '"a""b","c,\nd"\n', [['a"b', 'c,\nd']], {}],
  ['blanks around cells, and those inside quotes', ' a , " b " \n', [['a', ' b ']], {}],
  ['one LF line among CRLF', 'a,b\r\n1,2\n3,4\r\n', [['a', 'b'], ['1', '2'], ['3', '4']], {}],
  ['lone carriage returns', 'a,b\r1,2\r', [['a', 'b'], ['1', '2']], {}],
  ['runs of blanks', '  1   2\t3 \n4 5 6', [['1', '2', '3'], ['4', '5', '6']], { delimiter: ' ' }],
  ['no quotes at all', '"a,b"\n', [['"a', 'b"']], { quote: null }],
  ['single quotes', "'a,b',c\n", [['a,b', 'c']], { quote: "'" }],
  ['a row of one empty quoted cell', 'a\n""\n\nb', [['a'], [''], ['b']], {}],
])('reads %s', (_name, text, rows, format) => expect(rowsOf(text, format).rows).toEqual(rows));

it('counts rows as a spreadsheet does, blank ones too', () => expect(rowsOf('a\n\n\nb\n"c\nd"\ne').numbers).toEqual([1, 4, 5, 6]));

it('names the row and the column of a quote that never closes', () => {
  expect(rowsOf('a,b\n1,"x\n2,y\n').refused).toEqual({ ok: false, code: 'DATASET_TRUNCATED', params: { row: 2, column: 2, form: 'CLOSING_QUOTE' } });
});

const cell = fc.string({ unit: fc.constantFrom('a', '1', '"', ',', ';', '\n', '\r', ' ', 'é', '\u00a0', '|'), maxLength: 8, size: 'max' });

it('reads back every cell that is written quoted, however it is cut into pieces', () => {
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 12 }), fc.array(fc.nat(9), { minLength: 1 }), fc.constantFrom('\n', '\r\n', '\r'), (rows, cuts, end) => {
      const text = rows.map((cells) => cells.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')).join(end);
      const pieces: string[] = [];
      for (let at = 0, i = 0; at < text.length; i++) {
        const length = (cuts[i % cuts.length] ?? 0) + 1;
        pieces.push(text.slice(at, at + length));
        at += length;
      }
      expect(rowsOf(text, {}, pieces)).toMatchObject({ rows, refused: null });
    }),
  );
});

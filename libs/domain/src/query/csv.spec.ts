import { csvCell, csvLine } from './csv.ts';

describe('a cell of CSV', () => {
  it.each([
    ['plain', 'TEXT', 'plain'],
    [null, 'TEXT', ''],
    ['a, "b"', 'TEXT', '"a, ""b"""'],
    ['two\r\nlines', 'TEXT', '"two\r\nlines"'],
    ['=1+1', 'TEXT', `'=1+1`],
    ['+1', 'NAME', `'+1`],
    ['-1', 'TEXT', `'-1`],
    ['@me', 'PERSON', `'@me`],
    ['＝1+1', 'TEXT', `'＝1+1`],
    ['＠x', 'TEXT', `'＠x`],
    ['a;=1', 'TEXT', '"a;=1"'],
    ['\tx', 'TEXT', `"'\tx"`],
    ['\rx', 'TEXT', `"'\rx"`],
    ['=HYPERLINK("x","y")', 'TEXT', `"'=HYPERLINK(""x"",""y"")"`],
    [-1.5, 'NUMBER', '-1.5'],
    ['-3', 'VALUE', '-3'],
    ['-cmd', 'VALUE', `'-cmd`],
    [new Date('2026-11-29T10:00:00Z'), 'TIME', '2026-11-29T10:00:00.000Z'],
  ] as const)('of %p as %s', (value, type, cell) => {
    expect(csvCell(value, type)).toBe(cell);
  });

  it('is followed by others in a line', () => {
    expect(csvLine(['a', '', 'b'])).toBe('a,,b\r\n');
  });
});

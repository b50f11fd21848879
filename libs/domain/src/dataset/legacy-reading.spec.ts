import { legacyCellReader, legacyColumnNames, legacyDelimiter } from './legacy-reading.ts';

describe('before readings', () => {
  it.each([
    ['a,b,c\n1;2', ','],
    ['a;b;c', ';'],
    ['a\tb', '\t'],
    ['"a,b,c";d', ';'],
    ['single', ','],
    ['a;"x\ny,,,,"\n', ';'],
    ['a;"x\ry";,,\n', ','],
    ['a;"x""y,,,"', ';'],
    ['a;b,c', ','],
    ['a;b\tc', ';'],
    ['', ','],
    // The first line alone, however it ends.
    ['a;b\n,,,,', ';'],
    ['a;b\r\n,,,,', ';'],
    ['a;b\r,,,,', ';'],
    ['\n;;;', ','],
  ])('the delimiter of %j was %j', (text, delimiter) => expect(legacyDelimiter(text)).toBe(delimiter));

  it.each(['', 'NA', 'na', 'N/A', 'NaN', 'null', 'NULL', 'None', '?', '-'])('%j meant no value in every column', (word) => {
    expect([legacyCellReader('CATEGORY')(word), legacyCellReader('NUMBER')(word)]).toEqual([
      { kind: 'MISSING', word: word.toLowerCase() },
      { kind: 'MISSING', word: word.toLowerCase() },
    ]);
  });
  it.each([
    ['0', { kind: 'TEXT', value: '0' }, { kind: 'NUMBER', value: 0 }],
    ['1.50', { kind: 'TEXT', value: '1.50' }, { kind: 'NUMBER', value: 1.5 }],
    ['1,5', { kind: 'TEXT', value: '1,5' }, { kind: 'ODD' }],
    ['\uff1f', { kind: 'TEXT', value: '\uff1f' }, { kind: 'ODD' }],
    ['--', { kind: 'TEXT', value: '--' }, { kind: 'ODD' }],
    [' na', { kind: 'TEXT', value: ' na' }, { kind: 'ODD' }],
  ])('%j was this among words and that among numbers', (cell, text, number) =>
    expect([legacyCellReader('CATEGORY')(cell), legacyCellReader('NUMBER')(cell)]).toEqual([text, number]),
  );

  it('a first row of nothing but numbers was data', () => {
    expect(legacyColumnNames(['1', '2.5'], 1)).toEqual({ ok: true, names: ['column_1', 'column_2'], header: false });
    expect(legacyColumnNames(['a', '', '3'], 1)).toEqual({ ok: true, names: ['a', 'column_2', '3'], header: true });
    expect(legacyColumnNames(['1', ''], 1)).toEqual({ ok: true, names: ['1', 'column_2'], header: true });
  });
  it('a name there twice was refused', () => {
    expect(legacyColumnNames(['a', 'b', 'a'], 3)).toEqual({
      ok: false,
      code: 'DATASET_MALFORMED',
      params: { row: 3, column: 'a', form: 'DIFFERENT_NAMES', first: 1, second: 3 },
    });
  });
});

import { legacyCellReader, legacyColumnNames, legacyDelimiter } from './legacy-reading.ts';
import { parseNumber, readNumber, type Decimal, type Thousands } from './number-format.ts';
import { NOTHING_ASKED, READING_LIMITS, cellReader, cellsOfRow, checkReading, columnNames, keyOf, missingKey, readingText, type ColumnReading, type TableReading } from './reading.ts';

it.each<[string, Decimal, Thousands, number | null]>([
  ['1 234,5', 'COMMA', 'SPACE', 1234.5],
  ['1\u00a0234,5', 'COMMA', 'SPACE', 1234.5],
  ['1\u202f234,5', 'COMMA', 'SPACE', 1234.5],
  ['1,234.5', 'POINT', 'COMMA', 1234.5],
  ['1.234,5', 'COMMA', 'POINT', 1234.5],
  ["1'234", 'POINT', 'APOSTROPHE', 1234],
  ['1,23', 'POINT', 'COMMA', null],
  ['12,34,567.5', 'POINT', 'COMMA', 1234567.5],
  ['1,23,45', 'POINT', 'COMMA', null],
  ['12.3%', 'POINT', 'NONE', 0.123],
  ['10 %', 'POINT', 'NONE', 0.1],
  ['\u22125', 'POINT', 'NONE', -5],
  ['\u22121,5', 'COMMA', 'NONE', -1.5],
  ['１２', 'POINT', 'NONE', 12],
  ['－１．５％', 'POINT', 'NONE', -0.015],
  ['12²', 'POINT', 'NONE', null],
  ['10³', 'POINT', 'NONE', null],
  ['①', 'POINT', 'NONE', null],
  ['١٢٣', 'POINT', 'NONE', 123],
  ['\u0663\u066b\u0661\u0664', 'POINT', 'NONE', 3.14],
  ['\u0661\u066c\u0662\u0663\u0664\u066b\u0665', 'COMMA', 'NONE', 1234.5],
  ['۴۵', 'POINT', 'NONE', 45],
  ['१२३', 'POINT', 'NONE', 123],
  ['১২৩', 'POINT', 'NONE', 123],
  ['๑๒๓', 'POINT', 'NONE', 123],
  ['1,5e-3', 'COMMA', 'NONE', 0.0015],
  ['1.5', 'COMMA', 'NONE', null],
  ['12,5', 'POINT', 'COMMA', null],
  ['-0', 'POINT', 'NONE', 0],
  ['.5', 'POINT', 'NONE', 0.5],
  ['.', 'POINT', 'NONE', null],
  ['%', 'POINT', 'NONE', null],
  ['1e999', 'POINT', 'NONE', null],
  ['-1.7976931348623157e308', 'POINT', 'NONE', null],
  ['1e150', 'POINT', 'NONE', 1e150],
  ['1 2', 'POINT', 'NONE', null],
])('reads %j with %s and %s as %j', (text, decimal, thousands, value) => expect(readNumber(text, { decimal, thousands })).toBe(value));

it.each([['1', 1], ['-2.5e3', -2500], ['.5', 0.5], ['+7', 7], ['1e999', null], ['0x10', null], ['1,5', null], ['', null], ['Infinity', null], ['12a', null]])('parses %j as programs do', (cell, value) => {
  expect(parseNumber(cell)).toBe(value);
});

describe('a cell', () => {
  const format = { decimal: 'POINT', thousands: 'NONE' } as const;
  const read = (column: Pick<ColumnReading, 'type' | 'missing'>, text: string) => keyOf(cellReader(column, format)(text));
  it('keeps in a column of words the way it was written', () => {
    expect(['01', '007', '1.0', 'NR'].map((text) => read({ type: 'CATEGORY', missing: [] }, text))).toEqual(['01', '007', '1.0', 'NR']);
  });
  it('is in a column of numbers the same however it was written', () => {
    expect(['1', '01', '1.0', '+1', '100%'].map((text) => read({ type: 'NUMBER', missing: [] }, text))).toEqual(['1', '1', '1', '1', '1']);
  });
  it('that a spreadsheet was told to keep as text is that text', () => {
    expect(read({ type: 'CATEGORY', missing: [] }, '="007"')).toBe('007');
    expect(read({ type: 'NUMBER', missing: [] }, '="1.5"')).toBe('1.5');
    expect(read({ type: 'CATEGORY', missing: [] }, '="a"&"b"')).toBe('="a"&"b"');
  });
  it('is missing by the words of its column alone', () => {
    expect(read({ type: 'CATEGORY', missing: [] }, 'none')).toBe('none');
    expect(cellReader({ type: 'CATEGORY', missing: ['None'] }, format)('none')).toEqual({ kind: 'MISSING', word: 'none' });
    expect(cellReader({ type: 'NUMBER', missing: ['-999'] }, format)('-999')).toEqual({ kind: 'MISSING', word: '-999' });
    expect(cellReader({ type: 'NUMBER', missing: [] }, format)('n/a')).toEqual({ kind: 'ODD' });
    expect(cellReader({ type: 'NUMBER', missing: [] }, format)(' \u00a0')).toEqual({ kind: 'MISSING', word: '' });
  });
  it('is compared as a person compares', () => {
    expect(read({ type: 'CATEGORY', missing: [] }, '\u200e x\u200b ')).toBe('x');
    expect(read({ type: 'NUMBER', missing: [] }, '2\u200b')).toBe('2');
    expect(['？', 'ＮＡ', '−', 'NA '].map(missingKey)).toEqual(['?', 'na', '-', 'na']);
    expect(read({ type: 'CATEGORY', missing: [] }, 'e\u0301')).toBe('\u00e9');
  });
});

describe('column names', () => {
  it('come from the first row, or are made', () => {
    expect(columnNames(['a', '', ' b '], true, 1)).toEqual({ ok: true, names: ['a', 'Column 2', 'b'] });
    expect(columnNames(['1', '2'], false, 1)).toEqual({ ok: true, names: ['Column 1', 'Column 2'] });
  });
  it('are refused twice, and named, also where they only look equal', () => {
    expect(columnNames(['x', 'é', 'e\u0301'], true, 4)).toMatchObject({ ok: false, code: 'DATASET_MALFORMED', params: { row: 4, column: 'é', form: 'DIFFERENT_NAMES', first: 2, second: 3 } });
  });
  it('are refused as long as a text, without repeating it', () => {
    expect(columnNames(['a', 'b'.repeat(1_001)], true, 1)).toMatchObject({ ok: false, params: { column: 'Column 2', unit: 'CHARACTERS', limit: 1_000, got: 1_001 } });
  });
});

it('takes a delimiter at the end of a row for no further cell, and any other number of cells for a mistake', () => {
  expect(cellsOfRow(['1', '2'], 2)).toEqual(['1', '2']);
  expect(cellsOfRow(['1', '2', '', ''], 2)).toEqual(['1', '2']);
  expect(cellsOfRow(['1', '2', '', '3'], 2)).toBeNull();
  expect(cellsOfRow(['1'], 2)).toBeNull();
});

describe('what is asked', () => {
  const columns = (...asked: Parameters<typeof checkReading>[0]['columns']) => checkReading({ ...NOTHING_ASKED, columns: asked });
  it('holds as much as its limits say', () => {
    const words = Array.from({ length: READING_LIMITS.words }, (_, i) => String(i).padEnd(READING_LIMITS.wordLength, 'x'));
    const full = { name: 'n'.repeat(READING_LIMITS.name), type: null, missing: words };
    expect([READING_LIMITS, columns(full)]).toMatchObject([{ name: 1_000, words: 50, wordLength: 200, skip: 1_000 }, { ok: true, reading: { columns: [full] } }]);
  });
  it('comes out composed and without repetitions', () => {
    expect(columns({ name: ' a ', type: null, missing: ['none', ' none', ''] })).toMatchObject({ ok: true, reading: { columns: [{ name: 'a', missing: ['none'] }] } });
  });
  it.each([
    ['one mark for two things', checkReading({ ...NOTHING_ASKED, decimal: 'COMMA', thousands: 'COMMA' }), 'reading.thousands'],
    ['a column twice', columns({ name: 'a', type: null, missing: null }, { name: 'a ', type: null, missing: null }), 'reading.columns'],
    ['a column without a name', columns({ name: ' ', type: null, missing: null }), 'reading.columns'],
    ['too many words', columns({ name: 'a', type: null, missing: Array.from({ length: 51 }, (_, i) => `w${i}`) }), 'reading.missing'],
    ['half a row at the top', checkReading({ ...NOTHING_ASKED, skip: 0.5 }), 'reading.skip'],
    ['less than no row', checkReading({ ...NOTHING_ASKED, skip: -1 }), 'reading.skip'],
    ['more rows than can be titles', checkReading({ ...NOTHING_ASKED, skip: 1_001 }), 'reading.skip'],
    ['too long a word', columns({ name: 'a', type: null, missing: ['w'.repeat(201)] }), 'reading.missing'],
  ])('is refused: %s', (_name, answer, field) => expect(answer).toMatchObject({ ok: false, code: 'BAD_INPUT', params: { field } }));
});

it('means the same whatever the order and the case of the words, and another thing with any other format', () => {
  const reading: TableReading = { encoding: 'UTF_8', delimiter: 'COMMA', quote: 'DOUBLE', skip: 0, header: true, decimal: 'POINT', thousands: 'NONE', columns: [{ name: 'a', type: 'NUMBER', missing: ['NA', '?'] }] };
  expect(readingText({ ...reading, delimiter: 'TAB', skip: 2, columns: [{ name: 'a', type: 'NUMBER', missing: ['?', 'na'] }] })).toBe(readingText(reading));
  for (const other of [{ decimal: 'COMMA' }, { thousands: 'SPACE' }, { header: false }, { columns: [{ name: 'a', type: 'NUMBER', missing: ['NA'] }] }, { columns: [{ name: 'a', type: 'CATEGORY', missing: ['NA', '?'] }] }] as Partial<TableReading>[]) {
    expect(readingText({ ...reading, ...other })).not.toBe(readingText(reading));
  }
});

describe('before readings', () => {
  it.each([['a,b,c\n1;2', ','], ['a;b;c', ';'], ['a\tb', '\t'], ['"a,b,c";d', ';'], ['single', ','], ['a;"x\ny,,,,"\n', ';']])('the delimiter of %j', (text, delimiter) => {
    expect(legacyDelimiter(text)).toBe(delimiter);
  });
  it('a few words meant no value, and a first row of numbers was data', () => {
    expect(['', 'NA', 'none', '?', '0', '？'].map((text) => legacyCellReader('CATEGORY')(text).kind)).toEqual(['MISSING', 'MISSING', 'MISSING', 'MISSING', 'TEXT', 'TEXT']);
    expect(legacyColumnNames(['1', '2'], 1)).toMatchObject({ names: ['column_1', 'column_2'], header: false });
    expect(legacyColumnNames(['a', '', '3'], 1)).toMatchObject({ names: ['a', 'column_2', '3'], header: true });
  });
});

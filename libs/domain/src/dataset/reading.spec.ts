import { CsvText } from './csv-text.ts';
import { DATASET_LIMITS } from './dataset.ts';
import {
  DELIMITERS,
  DELIMITER_MARKS,
  ENCODINGS,
  ENCODING_LABELS,
  NOTHING_ASKED,
  QUOTES,
  QUOTE_MARKS,
  READING_LIMITS,
  cellReader,
  cellsOfRow,
  checkReading,
  checkedNames,
  columnNames,
  keyOf,
  missingKey,
  readingText,
  textKey,
  textOfFormula,
  type ColumnReading,
  type Encoding,
  type TableReading,
} from './reading.ts';

it('names encodings as everybody does who decodes them', () => {
  const letters: Record<Encoding, [number[], string]> = {
    UTF_8: [[0xc3, 0xa9], 'é'],
    UTF_16LE: [[0xe9, 0], 'é'],
    UTF_16BE: [[0, 0xe9], 'é'],
    GB18030: [[0xc3, 0xfb], '名'],
    BIG5: [[0xa6, 0x57], '名'],
    SHIFT_JIS: [[0x82, 0xe8], 'り'],
    WINDOWS_1252: [[0xe9], 'é'],
    WINDOWS_1251: [[0xc6], 'Ж'],
    EUC_KR: [[0xc7, 0xd1], '한'],
  };
  for (const encoding of ENCODINGS)
    expect([encoding, new TextDecoder(ENCODING_LABELS[encoding]).decode(Uint8Array.from(letters[encoding][0]))]).toEqual([encoding, letters[encoding][1]]);
});

it('cuts rows by the marks of its delimiters and quotes', () => {
  const cut = (text: string, delimiter: string | null, quote: string | null) => {
    const rows: string[][] = [];
    const csv = new CsvText({ delimiter, quote }, (cells) => rows.push(cells));
    csv.push(text);
    csv.end();
    return rows[0];
  };
  expect(DELIMITERS.map((one) => cut('a,b;c\td|e f', DELIMITER_MARKS[one], null)!.length)).toEqual([2, 2, 2, 2, 3, 1]);
  expect(QUOTES.map((one) => cut(`"a,b",'c,d'`, ',', QUOTE_MARKS[one]))).toEqual([
    ['a,b', "'c", "d'"],
    ['"a', 'b"', 'c,d'],
    ['"a', 'b"', "'c", "d'"],
  ]);
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
  it('is in a column of numbers an amount too', () => {
    expect(['$1.50', '(1.5)', '1.5-', '2 €', '$ (1.50)'].map((text) => read({ type: 'NUMBER', missing: [] }, text))).toEqual([
      '1.5',
      '-1.5',
      '-1.5',
      '2',
      '-1.5',
    ]);
    expect(['$1,50', '18+', '5 kg'].map((text) => read({ type: 'NUMBER', missing: [] }, text))).toEqual([null, null, null]);
    expect(read({ type: 'CATEGORY', missing: [] }, '$1.50')).toBe('$1.50');
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
    expect(['？', ' ＮＡ\u3000', '−', '\u2010', '\u2013', 'NA ', ' Nan'].map(missingKey)).toEqual(['?', 'na', '-', '-', '-', 'na', 'nan']);
    expect(read({ type: 'CATEGORY', missing: [] }, 'e\u0301')).toBe('\u00e9');
  });
});

it.each([
  ['a', 'a'],
  [' a b ', 'a b'],
  ['\u00a0\u200ba\u00a0\u200bb\u202e\ufeff', 'a\u00a0\u200bb'],
  ['\u200b\u200e\u2060', ''],
  ['e\u0301', '\u00e9'],
  ['Ａ', 'Ａ'],
  [' =" 007 " ', '007'],
  ['="e\u0301"', '\u00e9'],
])('a text is compared without what nobody sees around it: %j', (text, key) => expect(textKey(text)).toBe(key));

it.each([
  ['="007"', '007'],
  [' ="007"\t', '007'],
  ['=""', ''],
  ['= "007"', null],
  ['x="007"', null],
  ['1 ="007"', null],
  ['="007"x', null],
  ['="a"&"b"', null],
  ['007', null],
])('a text that a spreadsheet was told to keep: %j', (cell, text) => expect(textOfFormula(cell)).toBe(text));

describe('column names', () => {
  it('come from the first row, or are made', () => {
    expect(columnNames(['a', '', ' b '], true, 1)).toEqual({ ok: true, names: ['a', 'Column 2', 'b'] });
    expect(columnNames(['1', '2'], false, 1)).toEqual({ ok: true, names: ['Column 1', 'Column 2'] });
  });
  it('are refused twice, and named, also where they only look equal', () => {
    expect(columnNames(['x', 'é', 'e\u0301'], true, 4)).toEqual({
      ok: false,
      code: 'DATASET_MALFORMED',
      params: { row: 4, column: 'é', form: 'DIFFERENT_NAMES', first: 2, second: 3 },
    });
  });
  it('are refused as long as a text, without repeating it', () => {
    const tooLong = (column: string) => ({ ok: false, code: 'DATASET_MALFORMED', params: { row: 2, column, unit: 'CHARACTERS', limit: 1_000, got: 1_001 } });
    expect(columnNames(['a', 'b'.repeat(1_001)], true, 2)).toEqual(tooLong('Column 2'));
    expect(checkedNames(['b'.repeat(1_001), 'a'], 2)).toEqual(tooLong('Column 1'));
    expect(checkedNames(['b'.repeat(1_000), 'a'], 2)).toEqual({ ok: true, names: ['b'.repeat(1_000), 'a'] });
  });
});

it('takes a delimiter at the end of a row for no further cell, and any other number of cells for a mistake', () => {
  expect(cellsOfRow(['1', '2'], 2)).toEqual(['1', '2']);
  expect(cellsOfRow(['1', '2', '', ''], 2)).toEqual(['1', '2']);
  expect(cellsOfRow(['', '', ''], 2)).toEqual(['', '']);
  expect(cellsOfRow(['1', '2', '', '3'], 2)).toBeNull();
  expect(cellsOfRow(['1', '2', '3', ''], 2)).toBeNull();
  expect(cellsOfRow(['1'], 2)).toBeNull();
});

describe('what is asked', () => {
  const columns = (...asked: Parameters<typeof checkReading>[0]['columns']) => checkReading({ ...NOTHING_ASKED, columns: asked });
  it('holds as much as its limits say', () => {
    const words = Array.from({ length: READING_LIMITS.words }, (_, i) => String(i).padEnd(READING_LIMITS.wordLength, 'x'));
    const full = { name: 'n'.repeat(READING_LIMITS.name), type: null, missing: words };
    expect([READING_LIMITS, columns(full)]).toMatchObject([
      { name: 1_000, words: 50, wordLength: 200, skip: 1_000 },
      { ok: true, reading: { columns: [full] } },
    ]);
  });
  it('comes out composed and without repetitions', () => {
    expect(columns({ name: ' a ', type: null, missing: ['none', ' none', ''] })).toMatchObject({
      ok: true,
      reading: { columns: [{ name: 'a', missing: ['none'] }] },
    });
  });
  it('may be nothing at all, or one thing alone', () => {
    expect(NOTHING_ASKED).toEqual({ encoding: null, delimiter: null, quote: null, skip: null, header: null, decimal: null, thousands: null, columns: [] });
    for (const one of [{}, { decimal: 'COMMA' }, { thousands: 'COMMA' }, { decimal: 'POINT', thousands: 'COMMA' }, { skip: 0 }, { skip: 1_000 }] as const)
      expect(checkReading({ ...NOTHING_ASKED, ...one })).toEqual({ ok: true, reading: { ...NOTHING_ASKED, ...one } });
    expect(columns({ name: 'a', type: 'NUMBER', missing: null }, { name: 'b', type: null, missing: [] })).toMatchObject({
      ok: true,
      reading: {
        columns: [
          { name: 'a', type: 'NUMBER', missing: null },
          { name: 'b', type: null, missing: [] },
        ],
      },
    });
  });
  const decided = (name: string, missing: string[] | null = null) => ({ name, type: null, missing });
  const long = 'n'.repeat(READING_LIMITS.name);
  const named = (count: number) => columns(...Array.from({ length: count }, (_, i) => decided(`c${i}`)));
  it.each([
    [
      'one mark for two things',
      checkReading({ ...NOTHING_ASKED, decimal: 'COMMA', thousands: 'COMMA' }),
      { field: 'reading.thousands', reason: 'SAME_AS_DECIMAL' },
    ],
    ['half a row at the top', checkReading({ ...NOTHING_ASKED, skip: 0.5 }), { field: 'reading.skip', min: 0, max: 1_000 }],
    ['less than no row', checkReading({ ...NOTHING_ASKED, skip: -1 }), { field: 'reading.skip', min: 0, max: 1_000 }],
    ['more rows than can be titles', checkReading({ ...NOTHING_ASKED, skip: 1_001 }), { field: 'reading.skip', min: 0, max: 1_000 }],
    ['more columns than a table may have', named(DATASET_LIMITS.columns + 1), { field: 'reading.columns', reason: 'TOO_LONG', max: DATASET_LIMITS.columns }],
    ['a column twice', columns(decided('b'), decided('a'), decided('a ')), { field: 'reading.columns', reason: 'TWICE', column: 'a' }],
    [
      'a long column twice, of which the beginning is told',
      columns(decided(long), decided(long)),
      { field: 'reading.columns', reason: 'TWICE', column: 'n'.repeat(200) },
    ],
    ['a column without a name', columns(decided('a'), decided(' ')), { field: 'reading.columns', reason: 'EMPTY' }],
    ['two columns without a name', columns(decided(''), decided('')), { field: 'reading.columns', reason: 'EMPTY' }],
    ['too long a name', columns(decided(`${long}n`)), { field: 'reading.columns', reason: 'TOO_LONG', max: 1_000 }],
    [
      'too many words',
      columns(
        decided(
          long,
          Array.from({ length: 51 }, (_, i) => `w${i}`),
        ),
      ),
      { field: 'reading.missing', reason: 'TOO_LONG', max: 50, column: 'n'.repeat(200) },
    ],
    ['too long a word', columns(decided(long, ['w', 'w'.repeat(201)])), { field: 'reading.missing', reason: 'TOO_LONG', max: 200, column: 'n'.repeat(200) }],
  ])('is refused: %s', (_name, answer, params) => expect(answer).toEqual({ ok: false, code: 'BAD_INPUT', params }));
  it('may name every column of the widest table', () => expect(named(DATASET_LIMITS.columns).ok).toBe(true));
});

it('means the same whatever the order and the case of the words, and another thing with any other format', () => {
  const reading: TableReading = {
    encoding: 'UTF_8',
    delimiter: 'COMMA',
    quote: 'DOUBLE',
    skip: 0,
    header: true,
    decimal: 'POINT',
    thousands: 'NONE',
    columns: [{ name: 'a', type: 'NUMBER', missing: ['NA', '?'] }],
  };
  expect(readingText({ ...reading, delimiter: 'TAB', skip: 2, columns: [{ name: 'a', type: 'NUMBER', missing: ['?', 'na'] }] })).toBe(readingText(reading));
  for (const other of [
    { decimal: 'COMMA' },
    { thousands: 'SPACE' },
    { header: false },
    { columns: [{ name: 'a', type: 'NUMBER', missing: ['NA'] }] },
    { columns: [{ name: 'a', type: 'CATEGORY', missing: ['NA', '?'] }] },
  ] as Partial<TableReading>[]) {
    expect(readingText({ ...reading, ...other })).not.toBe(readingText(reading));
  }
});

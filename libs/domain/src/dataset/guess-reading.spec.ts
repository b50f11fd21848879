import { guessEncoding, isWorkbook } from './encoding.ts';
import { guessFormat, maybeOneColumn, rowsAbove } from './guess-reading.ts';
import { NOTHING_ASKED, type AskedReading } from './reading.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const guess = (text: string, asked: Partial<AskedReading> = {}) => guessFormat(bytes(text), true, { ...NOTHING_ASKED, ...asked });
const lines = (count: number, line: (i: number) => string) => Array.from({ length: count }, (_, i) => line(i)).join('\n');

describe('the format', () => {
  it.each<[string, string, object]>([
    ['commas', 'a,b\n1,2\n3,4', { delimiter: 'COMMA', header: true, decimal: 'POINT', thousands: 'NONE' }],
    ['decimal commas under semicolons', 'a;b\n1,5;2,5\n2,5;3', { delimiter: 'SEMICOLON', header: true, decimal: 'COMMA' }],
    ['two decimal numbers and no header', '1,5;2,5\n2,5;3,5', { delimiter: 'SEMICOLON', header: false, decimal: 'COMMA' }],
    ['a line that says the delimiter', 'sep=;\na;b\n1;2', { delimiter: 'SEMICOLON', header: true }],
    ['tabs', 'a\tb\n1,5\t2', { delimiter: 'TAB', decimal: 'COMMA' }],
    ['pipes', 'a|b|c\n1|2|3', { delimiter: 'PIPE' }],
    ['spaces that line up', '  a   b\n 10   2\n  3  40', { delimiter: 'SPACE' }],
    ['a sentence in each row', 'text\nthree words here\ntwo words', { delimiter: 'NONE', header: true }],
    ['semicolons inside quoted text', 'a,b\n1,"x;y;z"\n2,"u;v"', { delimiter: 'COMMA' }],
    ['groups by blanks', 'a;b\n1 234,5;x\n12 345;y', { decimal: 'COMMA', thousands: 'SPACE' }],
    ['groups by commas', 'a,b\n"1,234.5",1\n"2,345.5",2', { decimal: 'POINT', thousands: 'COMMA' }],
    ['groups by points', 'a;b\n1.234,5;1\n2.345,5;2', { decimal: 'COMMA', thousands: 'POINT' }],
    ['three digits behind a comma under semicolons', 'a;b\n1,234;x\n2,345;y', { decimal: 'COMMA', thousands: 'NONE' }],
    ['a point in three digits among fractions', 'a,b\n1.234,1.5\n2.345,2.5', { decimal: 'POINT', thousands: 'NONE' }],
    ['dates, addresses and versions, which are no numbers', 'a;b\n12.05.2024;10.0.0.1\n13.05.2024;1.2.3', { decimal: 'POINT', thousands: 'NONE' }],
    ['decimal commas beside as many versions', 'version;price\n1.2;3,5\n1.3;4,5', { decimal: 'COMMA' }],
    ['one column of points in many rows and two of commas', `a;b;c\n${lines(30, (i) => `1.${i}0;1,5;2,${i}`)}`, { decimal: 'COMMA' }],
    [
      'a column of versions in every row and two of prices in few',
      `version\ta\tb\n${lines(30, (i) => `1.${i}0\t${i < 5 ? '1,5' : '2'}\t${i < 5 ? '2,5' : '3'}`)}`,
      { delimiter: 'TAB', decimal: 'COMMA' },
    ],
    ['points in numbers and commas in text', 'a;b\n1.5;so, so\n2.5;1,5 or 2', { decimal: 'POINT' }],
    ['a delimiter at the end of each row', 'a,b\n1,x,\n2,y,\n', { delimiter: 'COMMA', header: true }],
    ['Arabic digits', 'a,b\n١,٢\n٣,٤', { header: true }],
    ['flowers without a header', '5.1,3.5,setosa\n4.9,3.0,setosa\n4.7,3.2,virginica', { header: false }],
    ['columns named by years', 'country,2019,2020\nA,1,2\nB,3,4', { header: true }],
    ['words whose first row comes again', 'red,yes\nblue,no\nred,no', { header: false }],
    ['words under names', 'colour,ripe\nred,yes\nblue,no', { header: true }],
    [
      'a comma in each row among semicolons of which some are missing',
      `${lines(7, (i) => `April ${i}, 2023;${i};25.00;Ray;done;`)}\n${lines(3, (i) => `May ${i}, 2023;${i};25.00;Ray;`)}`,
      { delimiter: 'SEMICOLON' },
    ],
    ['a sentence of equally many words in each row', 'on the red mat, 5\non the blue mat, 6\nin the old house, 7', { delimiter: 'COMMA' }],
    ['lists in the cells of a table with names', `a,b\n${lines(9, (i) => `${i},x;y;z;${i}`)}`, { delimiter: 'COMMA' }],
    ['single quotes', "'a','b'\n'x,y','z'", { quote: 'SINGLE', delimiter: 'COMMA' }],
    ['an apostrophe', "a,b\n'tis,x\n2,y", { quote: 'DOUBLE' }],
  ])('of %s', (_name, text, format) => expect(guess(text).format).toMatchObject(format));

  it('is what its owner says, whatever it looks like', () => {
    const { format, evidence, rows } = guess('1,5;2,5\n2,5;3,5', { delimiter: 'COMMA', header: true, decimal: 'POINT' });
    expect(format).toMatchObject({ delimiter: 'COMMA', header: true, decimal: 'POINT' });
    expect(evidence.filter(({ reason }) => reason === 'ASKED').map(({ field }) => field)).toEqual(['delimiter', 'header', 'decimal']);
    expect(rows[0]).toEqual(['1', '5;2', '5']);
  });

  it.each([
    ['a;b\n1.234;x\n2.345;y', { thousands: 'POINT' }, { decimal: 'COMMA', thousands: 'POINT' }],
    ['a;b\n1,5;x\n2,5;y', { thousands: 'COMMA' }, { decimal: 'POINT', thousands: 'COMMA' }],
    ['a;b\n1.234,5;x', { decimal: 'POINT' }, { decimal: 'POINT', thousands: 'NONE' }],
    ['a;b\n1,234;x\n2,345;y', { decimal: 'POINT' }, { decimal: 'POINT', thousands: 'COMMA' }],
  ] satisfies [string, Partial<AskedReading>, object][])('never takes one mark for two things: %j, asked %j', (text, asked, format) =>
    expect(guess(text, asked).format).toMatchObject(format),
  );

  it('is told with its evidence, from many lines', () => {
    const { evidence } = guess(`a;b\n${lines(50, (i) => `${i},5;"x"`)}`);
    expect(evidence).toMatchObject([
      { field: 'encoding', reason: 'ASCII' },
      { field: 'delimiter', reason: 'SAME_WIDTH', params: { width: 2, rows: 51, same: 51 } },
      { field: 'quote', reason: 'QUOTED_CELLS', params: { cells: 50 } },
      { field: 'skip', reason: 'NOT_GUESSED' },
      { field: 'header', reason: 'NAMES_OVER_NUMBERS', params: { columns: 1 } },
      { field: 'decimal', reason: 'MARKS', params: { cells: 50, of: 50, example: '0,5' } },
      { field: 'thousands', reason: 'NO_GROUPS' },
    ]);
  });
});

describe('rows at the top', () => {
  const TITLED = 'Report;;\nprinted today;;\n\nname;x;y\na;1,5;2\nb;2,5;3\n';
  it('are no part of what is guessed from, once their owner leaves them out', () => {
    const { format, rows, rowNumbers, evidence } = guess(TITLED, { skip: 3 });
    expect(format).toMatchObject({ skip: 3, header: true, decimal: 'COMMA' });
    expect([rows[0], rowNumbers]).toEqual([
      ['name', 'x', 'y'],
      [4, 5, 6],
    ]);
    expect(evidence.find(({ field }) => field === 'skip')?.reason).toBe('ASKED');
    // Its commas would outvote the tabs.
    expect(guess('a, b, c, d\na, b, c, d\na\tb\n1\t2\n', { skip: 2 }).format).toMatchObject({ delimiter: 'TAB' });
    expect(guess(TITLED, { skip: 100 }).rows).toEqual([]);
  });
  it.each<[string, string, number]>([
    ['more are left out than the sample holds', `${'title\n'.repeat(20)}`, 20],
    ['the first is longer than the sample', 'name,'.repeat(100), 0],
    ['there is none but blank ones', '\n'.repeat(100), 0],
  ])('leave nothing to guess from where %s, until their owner decides all that rows tell', (_name, text, skip) => {
    const decided = { delimiter: 'COMMA', quote: 'DOUBLE', header: true, decimal: 'POINT', thousands: 'NONE' } as const;
    const beginning = (asked: Partial<AskedReading>) => guessFormat(bytes(text), false, { ...NOTHING_ASKED, skip, ...asked }).unfounded;
    const refused = { ok: false, code: 'DATASET_MALFORMED', params: { row: skip + 1, form: 'ROW_TO_GUESS_FROM', unit: 'BYTES', limit: 65_536 } };
    expect(beginning({})).toEqual(refused);
    const { evidence } = guessFormat(bytes(text), false, { ...NOTHING_ASKED, skip, header: true });
    expect(evidence.map(({ reason }) => reason)).toEqual(['ASCII', 'NO_ROW', 'NO_ROW', 'ASKED', 'ASKED', 'NO_ROW', 'NO_ROW']);
    for (const field of ['delimiter', 'quote', 'header', 'decimal', 'thousands'])
      expect([field, beginning({ ...decided, [field]: null })]).toEqual([field, refused]);
    expect(beginning(decided)).toBeNull();
    // One whole row is something, and of a whole file there is no more.
    expect(guessFormat(bytes(`${text}\n1,2\n`), false, { ...NOTHING_ASKED, skip }).unfounded).toBeNull();
    expect(guessFormat(bytes(text), true, { ...NOTHING_ASKED, skip }).unfounded).toBeNull();
  });
  it.each<[string, string, number]>([
    ['a title, a blank row and padding', TITLED, 3],
    ['a title without padding', 'Report\na,b\n1,2\n3,4', 1],
    ['a comment', '# by hand\na,b\n1,2\n3,4', 1],
    ['a source with its value, above many columns', '"Source","World Bank"\n\nCountry,Code,2019,2020\nAruba,ABW,1,2\nChad,TCD,3,4\nCuba,CUB,5,6', 2],
    ['nothing', 'a,b\n1,2\n3,4', 0],
    ['names without one for the row numbers, as R writes them', 'a,b\n1,5.1,x\n2,6.2,y', 0],
    ['a title above rows of several widths, where nothing is sure', 'Report\na,b,c\n1,2\n3,4,5,6', 0],
    ['a title above rows of which one is short, which is the mistake', 'Report\na,b,c\n1,2,3\n4,5,6\n7,8', 0],
    ['a title above rows that end with a delimiter', 'Report\na,b\n1,2,\n3,4,', 1],
    ['two cells above four', 'by,hand\na,b,c,d\n1,2,3,4\n5,6,7,8', 1],
    ['three cells above four, which may be names', 'a,b,c\n1,2,3,4\n5,6,7,8', 0],
    ['names that lack one below a title', 'Report\na,b\n1,2,3\n5,6,7', 0],
    ['blank rows, which are none anyway', '\n\na,b\n1,2\n3,4', 0],
    ['cells without anything in them above one column', ' ,\u00a0\na,\n1,\n2,', 1],
    ['one column', 'a\n1\n2', 0],
    ['no row', '', 0],
  ])('are proposed: %s', (_name, text, above) => expect(rowsAbove(guess(text))).toBe(above));
});

describe('one column', () => {
  it.each<[string, string, Partial<AskedReading>, boolean]>([
    ['sentences under a name', 'text\nWell, yes\nNo, so, no', {}, true],
    ['sentences of which most have no comma', 'Well, yes\nno\nwell', {}, true],
    ['times with a decimal comma under a name', 't\n06:53:53,123\n06:53:54,456', {}, true],
    ['rows of which one has a cell less', 'a,b,c\n1,2,3\n4,5\n6,7,8', {}, false],
    ['no row', '', { delimiter: 'COMMA' }, false],
    ['what is read so already', 'text\nWell, yes', { delimiter: 'NONE' }, false],
  ])('is proposed for a table that is refused: %s', (_name, text, asked, proposed) => expect(maybeOneColumn(guess(text, asked))).toBe(proposed));

  it('holds whatever stands in its rows, once their owner says so', () => {
    const { format, rows, evidence } = guess('text\nWell, yes; no\n"No, so"\nso\tso | so', { delimiter: 'NONE' });
    expect(format).toMatchObject({ delimiter: 'NONE', header: true });
    expect(rows).toEqual([['text'], ['Well, yes; no'], ['No, so'], ['so\tso | so']]);
    expect(evidence.find(({ field }) => field === 'delimiter')?.reason).toBe('ASKED');
    expect(guess('x\n1,5\n2,5', { delimiter: 'NONE' }).format.decimal).toBe('COMMA');
  });

  it.each<[string, string, Partial<AskedReading>, object]>([
    ['is speech that closes rows later', '"First paragraph.\n"Second."\n', {}, { quote: 'NONE' }],
    ['is a part of a row only', '"Yes," he said, "no"\n', {}, { quote: 'NONE' }],
    ['encloses each row that opens with one', 'text\nno\n "a ""b"", c" \n""\r\n"d"', {}, { quote: 'DOUBLE' }],
    ['encloses rows, single', "text\nit's\n'a, b'\n'c'\n", {}, { quote: 'SINGLE' }],
    ['is an apostrophe', "'tis\n'a'\n", {}, { quote: 'NONE' }],
    ['is nowhere', 'text\nWell, yes\n', {}, { quote: 'NONE' }],
    ['opens a row that is left out at the top', '"By hand\ntext\n"a, b"\n', { skip: 1 }, { quote: 'DOUBLE' }],
    ['is what its owner says', '"First paragraph.\n"Second."\n', { quote: 'DOUBLE' }, { quote: 'DOUBLE' }],
  ])('a quote %s', (_name, text, asked, format) => expect(guess(text, { delimiter: 'NONE', ...asked }).format).toMatchObject(format));
  it('keeps rows apart that open with quotes', () =>
    expect(guess('"First paragraph.\n"Second."\n', { delimiter: 'NONE' }).rows).toEqual([['"First paragraph.'], ['"Second."']]));
  it('does not take a row cut off by the end of the sample for one that never closes', () => {
    expect(guessFormat(bytes('text\n"a, b"\n"c, '), false, { ...NOTHING_ASKED, delimiter: 'NONE' }).format.quote).toBe('DOUBLE');
  });
  it('that is guessed has the quotes it had before it could be asked for: its digest stays', () => {
    const { format, rows } = guess('"First paragraph.\n"Second."\n');
    expect([format, rows]).toMatchObject([{ delimiter: 'NONE', quote: 'DOUBLE' }, [['First paragraph.\nSecond."']]]);
  });
});

/** Bytes as other programs write them; the runtime only decodes. */
const utf16 = (text: string, little: boolean) =>
  Uint8Array.from(
    [...text].flatMap((char) => (little ? [char.charCodeAt(0) & 255, char.charCodeAt(0) >> 8] : [char.charCodeAt(0) >> 8, char.charCodeAt(0) & 255])),
  );
const raw = (...parts: (string | number[])[]) =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...part].map((char) => char.charCodeAt(0)) : part)));

it.each<[string, Uint8Array, string, string]>([
  ['letters of English', bytes('a,b\n'), 'UTF_8', 'ASCII'],
  ['UTF-8', bytes('名称,é\n'), 'UTF_8', 'VALID_UTF8'],
  ['a byte order mark', raw([0xef, 0xbb, 0xbf], 'a,b'), 'UTF_8', 'BYTE_ORDER_MARK'],
  ['UTF-16 with its mark', raw([0xff, 0xfe], [...utf16('名称,价格\n', true)]), 'UTF_16LE', 'BYTE_ORDER_MARK'],
  ['UTF-16 without one', utf16('名称,价格\n苹果,1\n', true), 'UTF_16LE', 'ZERO_BYTES'],
  ['UTF-16, large end first', utf16('a,b\n1,2\n', false), 'UTF_16BE', 'ZERO_BYTES'],
  // 名称,价格 / 苹果,1.5
  ['GBK', raw([0xc3, 0xfb, 0xb3, 0xc6], ',', [0xbc, 0xdb, 0xb8, 0xf1], '\n', [0xc6, 0xbb, 0xb9, 0xfb], ',1.5\n'), 'GB18030', 'CHARACTERS'],
  // りんご,果物
  ['Shift JIS', raw([0x82, 0xe8, 0x82, 0xf1, 0x82, 0xb2], ',', [0x89, 0xca, 0x95, 0xa8], '\n'), 'SHIFT_JIS', 'CHARACTERS'],
  // 名稱,價格
  ['Big5', raw([0xa6, 0x57, 0xba, 0xd9], ',', [0xbb, 0xf9, 0xae, 0xe6], '\n'), 'BIG5', 'CHARACTERS'],
  ['Latin letters', raw('Gr', [0xf6], [0xdf], 'e;M', [0xfc], 'ller;J', [0xfc], 'rgen\n'), 'WINDOWS_1252', 'CHARACTERS'],
  ['a currency', raw('5 ', [0x80], ';6 ', [0x80], '\n'), 'WINDOWS_1252', 'CHARACTERS'],
  ['a stray zero among letters', raw('a,b\n1,x', [0], 'y\n2,z\n'), 'UTF_8', 'ASCII'],
  ['two encodings in one file', raw('M', [0xc3, 0xbc], 'ller\nJ', [0xfc], 'rgen\nB', [0xe4], 'cker\n'), 'UTF_8', 'NONE_FITS'],
  ['nothing that fits', raw('a,b\n', [0xff, 0xfe], ',1\n'), 'UTF_8', 'NONE_FITS'],
])('recognises %s', (_name, file, encoding, reason) => expect(guessEncoding(file, true)).toMatchObject({ encoding, reason }));

it('does not take a character cut off by the end of the sample for a mistake', () => {
  expect(guessEncoding(bytes('é').subarray(0, 1), false)).toMatchObject({ encoding: 'UTF_8', reason: 'VALID_UTF8' });
});

it('knows a workbook from a table', () => {
  expect([raw('PK', [3, 4, 20]), raw([0xd0, 0xcf, 0x11, 0xe0]), bytes('PK,x\n'), bytes('')].map(isWorkbook)).toEqual([true, true, false, false]);
});

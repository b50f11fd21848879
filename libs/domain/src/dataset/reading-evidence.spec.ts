import { guessFormat, withoutSepLine } from './guess-reading.ts';
import type { ReadingField } from './reading-evidence.ts';
import { NOTHING_ASKED, type AskedReading } from './reading.ts';

const guess = (text: string) => guessFormat(new TextEncoder().encode(text), true, NOTHING_ASKED);
/** What one field is guessed to be, and why. */
function told(field: ReadingField, text: string): [unknown, string, object] {
  const { format, evidence } = guess(text);
  const { reason, params } = evidence.find((one) => one.field === field)!;
  return [format[field], reason, params];
}
const rows = (...all: string[]) => all.join('\n');

describe('the delimiter', () => {
  it.each<[string, string, string, number, number, number]>([
    ['all rows have equally many', rows('a,b', '1,2', '3,4'), 'COMMA', 2, 3, 3],
    ['most rows have, of some that have fewer', rows('a,b', '1,2\t3', '4,5\t6'), 'COMMA', 2, 3, 3],
    ['the widest rows have, where no two are alike', rows('a,b,c', '1,2'), 'COMMA', 3, 1, 2],
    ['of two that fit is rarer in text: a tab', rows('a\tb;c', '1\t2;3'), 'TAB', 2, 2, 2],
    ['of two that fit is rarer in text: a semicolon', rows('a;b|c', '1;2|3'), 'SEMICOLON', 2, 2, 2],
    ['of two that fit is rarer in text: a pipe', rows('a|b,c', '1|2,3'), 'PIPE', 2, 2, 2],
    ['of two that fit is rarer in text: a comma', rows('a, b', '1, 2'), 'COMMA', 2, 2, 2],
    [
      'is three times as many as commas, and equally many in half of the rows',
      rows('x, y;1;2;3;4', 'x, y;1;2;3;4', 'x, y;1;2;3', 'x, y;1;2;3'),
      'SEMICOLON',
      5,
      2,
      4,
    ],
    ['is not: in one row there are fewer than three times', rows('x, y;1;2;3;4', 'x, y;1;2;3;4', 'x, y;1;2;3', 'x, y;1;2'), 'COMMA', 2, 4, 4],
    [
      'is not: in less than half of the rows there are equally many',
      rows('x, y;1;2;3;4;5', 'x, y;1;2;3;4;5', 'x, y;1;2;3;4', 'x, y;1;2;3;4', 'x, y;1;2;3'),
      'COMMA',
      2,
      5,
      5,
    ],
    ['is not: of two commas it is three times two', rows('x, y, z;1;2;3;4;5;6', 'x, y, z;1;2;3;4;5'), 'COMMA', 3, 2, 2],
    ['is: of two commas six', rows('x, y, z;1;2;3;4;5;6', 'x, y, z;1;2;3;4;5;6;7'), 'SEMICOLON', 8, 1, 2],
    ['is three times as many as spaces', rows('x y;1;2;3;4', 'x z;1;2;3'), 'SEMICOLON', 5, 1, 2],
    ['cuts lists, and not the semicolons in them', rows('a\tx;y;z;w', 'b\tu;v;w;x'), 'TAB', 2, 2, 2],
  ])('%s', (_name, text, value, width, same, of) => expect(told('delimiter', text)).toEqual([value, 'SAME_WIDTH', { width, same, rows: of }]));

  it.each([
    ['one column', 'a\n1\n2'],
    ['words', rows('text', 'three words here', 'two words')],
    ['quoted commas', rows('text', '"so, so"', 'well')],
    ['nothing', ''],
  ])('is none in %s', (_name, text) => expect(told('delimiter', text)).toEqual(['NONE', 'ONE_COLUMN', {}]));
  it.each([
    ['a comma in a sentence', rows('text', 'well', 'so, so')],
    ['a table below a long title', rows('Report', 'of today', 'in two lines', 'a,b', '1,2')],
    ['names above rows of which the rest is lost', rows('a,b', '1', '2', '3')],
  ])('is left to the owner: %s', (_name, text) => expect(told('delimiter', text)).toEqual(['COMMA', 'UNEVEN', {}]));

  it.each<[string, string, string | null, string]>([
    ['as Excel writes it', 'sep=;\r\na;b', 'SEMICOLON', 'a;b'],
    ['a tab', 'sep=\t\na\tb', 'TAB', 'a\tb'],
    ['in capitals', 'SEP=|\na|b', 'PIPE', 'a|b'],
    ['in quotes', '"sep=,"\na,b', 'COMMA', 'a,b'],
    ['with blanks behind it', 'sep=; \t\ra;b', 'SEMICOLON', 'a;b'],
    ['behind a second byte order mark', '\uFEFFsep=;\na;b', 'SEMICOLON', 'a;b'],
    ['one that is none', 'sep=#\na#b', null, 'a#b'],
    ['but not in a later row', 'a;b\nsep=;\n', null, 'a;b\nsep=;\n'],
    ['nor with more in its line', 'sep=;1\na;b', null, 'sep=;1\na;b'],
    ['nor without a next line', 'sep=;', null, 'sep=;'],
  ])('may be said in the first line: %s', (_name, text, sep, rest) => {
    expect(withoutSepLine(text)).toEqual({ text: rest, sep });
  });
  it('that is said needs no rows of one width', () => {
    expect(told('delimiter', rows('sep=|', 'a,b', '1,2'))).toEqual(['PIPE', 'SEP_LINE', {}]);
  });
});

describe('quotes', () => {
  /** One quoted cell behind each delimiter, each line end, and at the beginning. */
  const everywhere = (mark: string) => ['', ',', ';', '\t', '|', '\r\n', '\r', '\n'].map((before) => `${before}${mark}a${mark}`).join('');
  it.each<[string, string, string, number]>([
    ['begin cells', everywhere('"'), 'DOUBLE', 8],
    ['begin cells behind blanks', '"a",  "b"\n "c"', 'DOUBLE', 3],
    ['may be single ones', everywhere("'"), 'SINGLE', 8],
    ['may be single ones between blanks', "'a' ,  'b'  ;'c' ", 'SINGLE', 3],
    ['are double ones, where some cells have them', `"a",'b','c'`, 'DOUBLE', 1],
    ['are single ones, though more of them end than begin', "'a',dogs'\n", 'SINGLE', 1],
  ])('%s', (_name, text, value, cells) => expect(told('quote', text)).toEqual([value, 'QUOTED_CELLS', { cells }]));
  it.each([
    ['inches', 'pipe 5",x\n'],
    ['apostrophes that open', "'tis,'twas\n"],
    ['a quote that closes and one that does not', "'a','b\n"],
    ['apostrophes inside words', "it's,x\ndogs',y\n"],
  ])('are not: %s', (_name, text) => expect(told('quote', text)).toEqual(['DOUBLE', 'NO_QUOTES', {}]));
  it('are none behind the commas of sentences, where those are one column', () => {
    const sentences = new TextEncoder().encode(rows('text', "he said, 'yes', and went", "'tis the dogs', said she"));
    const quote = (asked: Partial<AskedReading>) => guessFormat(sentences, true, { ...NOTHING_ASKED, ...asked }).evidence[2];
    expect(
      guessFormat(new TextEncoder().encode(rows('text', '"so, so"', 'well, "no"')), true, { ...NOTHING_ASKED, delimiter: 'NONE' }).evidence[2],
    ).toMatchObject({ reason: 'QUOTED_CELLS', params: { cells: 1 } });
    expect([quote({}), quote({ delimiter: 'NONE' })]).toMatchObject([{ reason: 'QUOTED_CELLS', params: { cells: 2 } }, { reason: 'NO_QUOTES' }]);
  });
});

describe('the first row', () => {
  const names = (columns: number) => [true, 'NAMES_OVER_NUMBERS', { columns }];
  const data = (columns: number) => [false, 'NUMBERS_IN_FIRST_ROW', { columns }];
  const repeats = (columns: number) => [false, 'FIRST_ROW_REPEATS', { columns }];
  const named = [true, 'NO_SIGN', {}];
  const unnamed = [false, 'NO_SIGN', {}];
  it.each<[string, string, unknown[]]>([
    ['names over numbers are names', 'a,b\n1,2', names(2)],
    ['names over as many numbers as are numbers over numbers are names', 'a,7\n5,2\n6,3', names(1)],
    ['names over numbers with marks that nobody sees are names', 'id,x\n1\u200b,u\n\u200e2,v', names(1)],
    ['names over what is told to be text are names of words', 'id,x\n="1",u\n="2",v', named],
    ['a number that is told to be text is a name', '="2019",x\n1,u\n2,v', names(1)],
    ['more numbers over numbers than names are data', 'a,1,9\n5,2,3\n6,3,4', data(2)],
    ['names over numbers, of which one in five is a word', 'id\n1\n2\n3\n4\nx', names(1)],
    ['names over numbers, of which more are words', 'id\n1\n2\n3\nx\ny', named],
    ['names over numbers and gaps', 'id,x\n1,u\n,v\n ,w', names(1)],
    ['a name over nothing says nothing', 'a,b\n,x\n,y', named],
    ['nor does a gap over numbers', ',x\n1,u\n2,v', named],
    ['nor a mark of no width over numbers', '\u200b,x\n1,u\n2,v', named],
    ['rows may be shorter than the first, and say nothing of the columns that they lack', 'a,b,c\n1,2\n3\n', names(2)],
    ['a number over numbers is data', 'A,5\nB,6', data(1)],
    ['a value that comes again is data', 'red,yes\nblue,no\nred,no', repeats(1)],
    ['a value that comes again is data, also in another form', 'e\u0301,yes\n\u00e9,no', repeats(1)],
    ['a name over numbers says more than a value that comes again', 'id,red\n1,red\n2,blue', names(1)],
    ['words over other words are names', 'colour,ripe\nred,yes\nblue,no', named],
    ['years over numbers are names', 'country,2019,2020,2021\nA,1,2,3\nB,3,4,5', named],
    ['years with one left out are not', 'country,2017,2019,2020\nA,1,2,3\nB,3,4,5', data(3)],
    ['nor where the last is left out', 'country,2019,2020,2022\nA,1,2,3\nB,3,4,5', data(3)],
    ['numbers in a row over a whole table are data', '1,2,3\n4,5,6', data(3)],
    ['numbers in a row beside a value that comes again are data', 'A,1,2\nA,3,4', data(2)],
    ['alone is names', 'a,2', named],
    ['alone is data where all of it are numbers', '1,2', unnamed],
    ['that is not there is none', '', unnamed],
  ])('%s', (_name, text, expected) => expect(told('header', text)).toEqual(expected));
  it.each(['', 'NA', 'n/a', 'NaN', 'null', 'None', '?', '-', ' na ', '\u2212', '\\N', '#N/A', '<NA>', 'N.A.', '#VALUE!', '--', '.', 'nil', '/'])(
    'is data with a gap in it: %j',
    (gap) => expect(told('header', `${gap},5\n1,6\n2,8`)).toEqual(data(1)),
  );
});

it('is compared with the rows below by the numbers that there are in the format its owner decided', () => {
  const asked = { ...NOTHING_ASKED, decimal: 'POINT', thousands: 'NONE' } as const;
  const { format, evidence } = guessFormat(new TextEncoder().encode(rows('1,5\tx', '2,5\ty')), true, asked);
  expect([format.header, ...evidence.map(({ field, reason }) => `${field} ${reason}`)]).toEqual([
    true,
    'encoding ASCII',
    'delimiter SAME_WIDTH',
    'quote NO_QUOTES',
    'skip NOT_GUESSED',
    'header NO_SIGN',
    'decimal ASKED',
    'thousands ASKED',
  ]);
});

describe('what cannot be cut to its end', () => {
  const zero = (line: number) => ({ ok: false, code: 'DATASET_MALFORMED', params: { line, form: 'TEXT', got: '00', encoding: 'UTF_8' } });
  it.each<[string, string, object | null]>([
    ['nothing', 'a,b\n1,2', null],
    ['a zero at the very beginning', '\0a,b\n1,2', zero(1)],
    ['a zero behind line ends of all kinds', 'a,b\r\n1,2\n3,4\r5,\0', zero(4)],
    ['a zero behind the line that says the delimiter, which is a line too', 'sep=,\na,b\n1,\0', zero(3)],
    ['a quote that is never closed', 'a,b\n1,"2\n', { ok: false, code: 'DATASET_TRUNCATED', params: { row: 2, column: 2, form: 'CLOSING_QUOTE' } }],
    ['a zero before such a quote', 'a,b\n\0,"2\n', zero(2)],
  ])('names its place: %s', (_name, text, refused) => expect(guess(text).refused).toEqual(refused));
});

it('looks at a thousand rows', () => {
  const { rows: seen, rowNumbers, evidence } = guess('1;2\n'.repeat(1_200));
  expect([seen.length, rowNumbers.at(-1), evidence[1]!.params]).toEqual([1_000, 1_000, { width: 2, same: 1_000, rows: 1_000 }]);
});

it('has a reason for every field, in their order', () => {
  expect(guess('')).toEqual({
    format: { encoding: 'UTF_8', delimiter: 'NONE', quote: 'DOUBLE', skip: 0, header: false, decimal: 'POINT', thousands: 'NONE' },
    evidence: [
      { field: 'encoding', reason: 'ASCII', params: {} },
      { field: 'delimiter', reason: 'ONE_COLUMN', params: {} },
      { field: 'quote', reason: 'NO_QUOTES', params: {} },
      { field: 'skip', reason: 'NOT_GUESSED', params: {} },
      { field: 'header', reason: 'NO_SIGN', params: {} },
      { field: 'decimal', reason: 'NO_MARKS', params: {} },
      { field: 'thousands', reason: 'NO_GROUPS', params: {} },
    ],
    rows: [],
    rowNumbers: [],
    unfounded: null,
    refused: null,
  });
});

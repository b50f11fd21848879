import { MAX_DISTINCT } from './reading.ts';
import { FORMAT, columnOf, numbers, rule, tally, times, words } from './table-tally.fixture.ts';

const STRONG = ['NA', 'n/a', 'NaN', 'NULL', '?', '#N/A', '\\N', '<NA>', 'n.a.', '#VALUE!'];
const WEAK = ['none', '-', '--', '.', 'nil', '/'];

/** Said as "value: count". */
function categoryOf(said: string): { value: string; count: number } {
  const at = said.lastIndexOf(': ');
  return { value: said.slice(0, at), count: Number(said.slice(at + 2)) };
}

describe('a column', () => {
  it.each<[string, string[], 'NUMBER' | 'CATEGORY', string[], string[]]>([
    ['codes with a zero in front', times(4, '01', 'A', 'B'), 'CATEGORY', [], ['01: 4', 'A: 4', 'B: 4']],
    ['numbers and a word as often', times(20, '1.0', 'NR'), 'CATEGORY', [], ['1.0: 20', 'NR: 20']],
    ['nothing but codes', ['007', '012', '100', '007'], 'CATEGORY', [], ['007: 2', '012: 1', '100: 1']],
    ['telephone numbers', ['+0049', '+0033'], 'CATEGORY', [], ['+0033: 1', '+0049: 1']],
    ['postcodes, of which few begin with a zero', [...times(30, '94107', '10001'), '02134'], 'CATEGORY', [], ['10001: 30', '94107: 30', '02134: 1']],
    ['amounts, of which one is padded', [...times(30, '7', '120'), '007'], 'NUMBER', [], ['7: 31', '120: 30']],
    ['amounts of one width, of which one has a fraction', ['007', '100', '1.5'], 'NUMBER', [], ['1.5: 1', '7: 1', '100: 1']],
    ['texts that a spreadsheet was told to keep', ['="007"', '="7"', '="007"', '7.5'], 'CATEGORY', [], ['007: 2', '7: 1', '7.5: 1']],
    ['codes too long for a number', ['12345678901234567890', '12345678901234567891'], 'CATEGORY', [], ['12345678901234567890: 1', '12345678901234567891: 1']],
    ['a class called none among words', times(10, 'low', 'none', 'high'), 'CATEGORY', [], ['high: 10', 'low: 10', 'none: 10']],
    ['a class called none among few numbers', times(10, '1', 'none', '2'), 'CATEGORY', [], ['1: 10', '2: 10', 'none: 10']],
    ['a class called NA', times(10, 'A', 'NA', 'B'), 'CATEGORY', [], ['A: 10', 'B: 10', 'NA: 10']],
    ['nothing but NA', ['NA', 'NA'], 'CATEGORY', [], ['NA: 2']],
    ['countries', [...times(9, 'DE', 'FR', 'US'), 'NA', '?'], 'CATEGORY', ['?'], ['DE: 9', 'FR: 9', 'US: 9', 'NA: 1']],
    ['countries of three letters', [...times(9, 'DEU', 'FRA', 'USA'), 'NA'], 'CATEGORY', ['NA'], ['DEU: 9', 'FRA: 9', 'USA: 9']],
    ['countries and as many words', [...times(9, 'DE', 'rest'), 'NA'], 'CATEGORY', ['NA'], ['DE: 9', 'rest: 9']],
    ['countries and fewer words', [...times(9, 'DE', 'FR', 'rest'), 'NA'], 'CATEGORY', [], ['DE: 9', 'FR: 9', 'rest: 9', 'NA: 1']],
    ['words with a rare gap', [...times(9, 'yes', 'no'), '?'], 'CATEGORY', ['?'], ['no: 9', 'yes: 9']],
    ['words of which one in five is a gap, which may be a class', [...times(2, 'yes', 'no'), '?'], 'CATEGORY', [], ['no: 2', 'yes: 2', '?: 1']],
    ['words of which one in six is a gap', [...times(2, 'yes', 'no'), 'yes', '?'], 'CATEGORY', ['?'], ['yes: 3', 'no: 2']],
    [
      'numbers with the usual gaps, spelled in more ways than one',
      ['1', '2', 'NA', 'n/a', 'na', 'N/A', '3', '1'],
      'NUMBER',
      ['NA', 'n/a'],
      ['1: 2', '2: 1', '3: 1'],
    ],
    ['numbers with a gap in a formula', ['1', '="NA"', '2'], 'NUMBER', ['NA'], ['1: 1', '2: 1']],
    ['nothing', ['', ' '], 'CATEGORY', [], []],
  ])('of %s', (_name, cells, type, missing, categories) => {
    const { summary, reading } = columnOf(cells);
    expect(reading).toEqual({ name: 'x', type, missing });
    expect(summary.categories).toEqual(categories.map(categoryOf));
  });

  it.each([...STRONG, ...WEAK])('of measured numbers takes %j for a gap', (word) => {
    expect(columnOf([...numbers(30), word, word])).toMatchObject({ reading: { type: 'NUMBER', missing: [word] }, summary: { missing: 2 } });
  });
  it.each(STRONG)('of words takes a rare %j for a gap', (word) => expect(columnOf([...times(9, 'yes', 'no'), word]).reading.missing).toEqual([word]));
  it.each(WEAK)('of words takes %j for a value however rare', (word) => expect(columnOf([...times(9, 'yes', 'no'), word]).reading.missing).toEqual([]));

  it.each<[string, string[], 'NUMBER' | 'CATEGORY']>([
    ['twenty numbers and a weak word as often may be classes', [...numbers(20), ...times(20, 'none')], 'CATEGORY'],
    ['twenty-one numbers were measured', [...numbers(21), ...times(20, 'none')], 'NUMBER'],
    ['one weak word to twenty numbers may be a class', [...times(10, '1', '2'), '-'], 'CATEGORY'],
    ['one to twenty-one is a gap', [...times(10, '1', '2'), '1', '-'], 'NUMBER'],
    ['one zero in front in twenty makes codes', [...times(19, '7'), '07'], 'CATEGORY'],
    ['one in twenty-one does not', [...times(20, '7'), '07'], 'NUMBER'],
    ['some of many widths are codes where they are frequent', ['1', '10', '100', '07', '1'], 'CATEGORY'],
    ['the largest number that a double holds exactly', ['1', '9007199254740991'], 'NUMBER'],
    ['one more than that', ['1', '9007199254740992'], 'CATEGORY'],
    ['a large fraction is no code', ['1', '9007199254740993.5'], 'NUMBER'],
    ['a zero alone is a number', ['0', '0', '1'], 'NUMBER'],
    ['zeros inside are digits', ['100', '200', '1001'], 'NUMBER'],
    ['zeros behind a minus make codes', ['-007', '-12'], 'CATEGORY'],
  ])('knows codes and classes from amounts: %s', (_name, cells, type) => expect(columnOf(cells).reading.type).toBe(type));
});

it.each<[string, string[], string, string | null]>([
  ['the first number', ['NA', '7', '8'], 'ALL_NUMBERS', '7'],
  ['a word', ['1', 'NR', '1', 'NR'], 'WORDS', 'NR'],
  ['a word and not the gap before it', ['NA', ...times(9, 'yes', 'no')], 'WORDS', 'yes'],
  ['a weak word that may be a class', ['1', 'none', '1', 'NA'], 'WORDS', 'none'],
  ['a gap where there is nothing else', ['NA', 'NA'], 'WORDS', 'NA'],
  ['amounts, and not the gap before them', ['NA', '$1.50', '$2', '$1.50', '$3'], 'AMOUNTS', '$1.50'],
  ['numbers of which some are amounts', ['1', '(1)', '1', '(1)'], 'AMOUNTS', '(1)'],
  ['amounts of two currencies', ['$1', '€1', '$1', '€1'], 'WORDS', '$1'],
  ['amounts of which one is a word', ['$1', '$2', 'free'], 'WORDS', '$1'],
  ['more amounts than are counted apart', numbers(MAX_DISTINCT + 9).map((number) => `$${number}`), 'AMOUNTS', '$0'],
  ['… and a word behind them', [...numbers(MAX_DISTINCT + 9).map((number) => `$${number}`), 'free'], 'WORDS', '$0'],
  ['nothing', ['', ''], 'EMPTY', null],
  ['a code', ['1', '007', '08'], 'LEADING_ZEROS', '007'],
  ['a long one', ['1', '12345678901234567890', '12345678901234567891'], 'LONG_NUMBERS', '12345678901234567890'],
  ['a long text, cut', [`${'long '.repeat(8)}!`, 'b'], 'WORDS', 'long '.repeat(8)],
  ['a word behind all that are counted apart', [...numbers(MAX_DISTINCT), ...times(150, 'late', 'later')], 'WORDS', 'late'],
])('says why: by %s', (_name, cells, reason, example) => expect(columnOf(cells).summary.evidence).toEqual({ reason, example }));

it('holds codes however many there are, and wherever their zeros come', () => {
  const late = Array.from({ length: MAX_DISTINCT + 900 }, (_, i) => String(99_999 - i * 9).padStart(5, '0'));
  expect(late.findIndex((code) => code.startsWith('0'))).toBeGreaterThan(MAX_DISTINCT - 1);
  expect(columnOf(late)).toMatchObject({ reading: { type: 'CATEGORY' }, summary: { evidence: { reason: 'LEADING_ZEROS' }, min: null, mean: null } });
  const long = [...numbers(MAX_DISTINCT), '12345678901234567890'];
  expect(columnOf(long).summary.evidence).toEqual({ reason: 'LONG_NUMBERS', example: '12345678901234567890' });
});

it.each<[string, string[], string[] | null, string, string | null]>([
  ['plain numbers', ['1', '-2'], null, 'ASKED', null],
  ['what accountants write in brackets', ['0.5', '(0.12)', '(0.3)'], null, 'AMOUNTS_READ', '(0.12) → -0.12'],
  ['the first below zero rather than the first', ['$5', '2-', '(3)'], null, 'AMOUNTS_READ', '2- → -2'],
  ['… behind all that are counted apart', [...numbers(MAX_DISTINCT), '$5', '(2019)'], null, 'AMOUNTS_READ', '(2019) → -2019'],
  ['amounts of which none is below zero', ['5', '$6', '$7'], null, 'AMOUNTS_READ', '$6 → 6'],
  ['amounts that say "no value"', ['1', '(2)'], ['(2)'], 'ASKED', null],
  ['a number that its cell says is text', ['="007"', '="-8"'], null, 'ASKED', null],
  ['a long one, cut', [`$1.${'5'.repeat(50)}`], null, 'AMOUNTS_READ', `$1.${'5'.repeat(37)} → 1.5555555555555556`],
])('says what became of amounts that its owner called numbers: %s', (_name, cells, missing, reason, example) => {
  expect(columnOf(cells, rule({ name: 'x', type: 'NUMBER', missing })).summary.evidence).toEqual({ reason, example });
});

describe('what its owner asked of a column', () => {
  it.each<[string, string[], 'NUMBER' | 'CATEGORY' | null, string[] | null, object]>([
    [
      'a word that is no value',
      times(5, 'low', 'none', 'high'),
      null,
      ['None'],
      { type: 'CATEGORY', missing: 5, distinct: 2, gaps: [{ word: 'none', count: 5 }], evidence: { reason: 'WORDS', example: 'low' } },
    ],
    ['numbers, though they look like codes', ['007', '012'], 'NUMBER', null, { type: 'NUMBER', min: 7, max: 12, evidence: { reason: 'ASKED', example: null } }],
    ['numbers, with the gaps that are guessed', ['1', 'NA', '-', '2'], 'NUMBER', null, { type: 'NUMBER', missing: 2, min: 1, max: 2 }],
    [
      'numbers, though they are written as amounts',
      ['$1.50', '($2)', '3-', '4', ''],
      'NUMBER',
      null,
      { type: 'NUMBER', missing: 1, min: -3, max: 4, mean: 0.125, distinct: 4 },
    ],
    [
      'numbers, though they are amounts of more kinds than are counted apart',
      numbers(MAX_DISTINCT + 5).map((number) => `$${number}`),
      'NUMBER',
      null,
      { type: 'NUMBER', min: 0, max: MAX_DISTINCT + 4, distinct: MAX_DISTINCT + 1 },
    ],
    ['numbers, of which another currency says "no value"', ['€0', '$1', '$2', '€0', '$3'], 'NUMBER', ['€0'], { type: 'NUMBER', missing: 2, min: 1, max: 3 }],
    [
      '… behind all that are counted apart',
      [...numbers(MAX_DISTINCT).map((number) => `$${number}`), '€0', '$7', '€0'],
      'NUMBER',
      ['€0'],
      { type: 'NUMBER', missing: 2, min: 0, max: MAX_DISTINCT - 1 },
    ],
    ['numbers, though they are prices without cents', ['12.-', '-13.-', '5.– €'], 'NUMBER', null, { type: 'NUMBER', min: -13, max: 12 }],
    [
      'categories, though they look like numbers',
      ['1', '2'],
      'CATEGORY',
      null,
      {
        type: 'CATEGORY',
        categories: [
          { value: '1', count: 1 },
          { value: '2', count: 1 },
        ],
      },
    ],
    ['categories, with the rare gaps that are guessed', [...times(9, '1', 'none'), 'NA'], 'CATEGORY', null, { type: 'CATEGORY', missing: 1, distinct: 2 }],
    ['categories without gaps', [...times(9, 'yes', 'no'), 'NA'], 'CATEGORY', [], { missing: 0, distinct: 3 }],
    ['a number that is no value', ['1', '-999', '2'], null, ['-999'], { type: 'NUMBER', missing: 1, min: 1 }],
  ])('%s', (_name, cells, type, missing, summary) => expect(columnOf(cells, rule({ name: 'x', type, missing })).summary).toMatchObject(summary));

  it.each<[string, string[], string[] | null, number, string]>([
    ['a gap that the owner left out of the words', ['1', 'NA', '2', 'NA'], [], 3, 'NA'],
    ['the first of two', ['1', 'x', 'y'], [], 3, 'x'],
    ['one before those that were not counted apart', ['x', ...numbers(MAX_DISTINCT), 'late'], null, 2, 'x'],
    ['one that was not counted apart, before a word that always is', [...numbers(MAX_DISTINCT), 'late', 'NA'], [], MAX_DISTINCT + 2, 'late'],
    ['a word that always is, before it', [...numbers(MAX_DISTINCT), 'NA', 'late'], [], MAX_DISTINCT + 2, 'NA'],
    ['a long one, cut', ['1', 'x'.repeat(81)], null, 3, 'x'.repeat(80)],
  ])('numbers, and is told of the cell that is none: %s', (_name, cells, missing, row, got) => {
    expect(tally(cells, rule({ name: 'x', type: 'NUMBER', missing }))).toEqual({
      ok: false,
      code: 'DATASET_NOT_NUMERIC',
      params: { column: 'x', row, got, form: 'NUMBER' },
    });
  });
});

it.each<[string, string[], number, string]>([
  ['among amounts', ['$1', '2', '€3', '£4'], 4, '€3'],
  ['behind all that are counted apart', [...numbers(MAX_DISTINCT).map((number) => `$${number}`), '$12345', '€3'], MAX_DISTINCT + 3, '€3'],
])('takes two currencies for no numbers that may be compared: %s', (_name, cells, row, got) => {
  expect(tally(cells, rule({ name: 'x', type: 'NUMBER', missing: null }))).toEqual({
    ok: false,
    code: 'DATASET_NOT_NUMERIC',
    params: { column: 'x', row, got, form: 'ONE_CURRENCY' },
  });
});

describe('words among numbers', () => {
  it.each<[string, string[], number, string]>([
    ['there once', ['1', '2', 'abc', '4'], 4, 'abc'],
    ['an amount below zero, which its owner may say is a number', ['1', '2', '(3)', '4'], 4, '(3)'],
    ['several, none twice', ['1', 'a', '2', 'b', '3'], 3, 'a'],
    ['fewer than one cell in a hundred, though it is there twice', ['K', ...numbers(199), 'K'], 2, 'K'],
    ['behind all that are counted apart', [...numbers(MAX_DISTINCT + 10), 'late'], MAX_DISTINCT + 12, 'late'],
    ['before them and behind', [...numbers(MAX_DISTINCT - 1), 'early', 'late'], MAX_DISTINCT + 1, 'early'],
    ['fewer than the numbers, of which many come behind', [...words(6_000), ...numbers(7_000)], 2, 'word 0'],
    ['many before, one behind and none twice', [...words(200), ...numbers(MAX_DISTINCT - 200), 'late'], 2, 'word 0'],
  ])('are mistakes: %s', (_name, cells, row, got) => {
    expect(tally(cells)).toEqual({ ok: false, code: 'DATASET_NOT_NUMERIC', params: { column: 'x', row, got, form: 'NUMBER' } });
  });
  it.each<[string, string[]]>([
    ['as many as the numbers', ['1', 'a', '2', 'b']],
    ['more than the numbers', ['1', 'a', 'b']],
    ['there twice', ['1', '2', '3', 'K', 'K', '4', '5']],
    ['one cell in a hundred', ['K', ...numbers(198), 'K']],
    ['many behind all that are counted apart', [...numbers(MAX_DISTINCT), ...times(150, 'K')]],
    ['several there, of which nobody knows whether they are twice', [...words(200), ...numbers(MAX_DISTINCT - 200), 'K', 'L']],
  ])('are codes of which some look like numbers: %s', (_name, cells) => expect(columnOf(cells).reading).toMatchObject({ type: 'CATEGORY' }));
});

describe('numbers with the other decimal mark', () => {
  const whole = times(300, '1', '2', '3', '4');
  const late = times(400, '1,5', '2,5', '3,5');
  it.each<[string, string[], number]>([
    ['behind the rows that the format was guessed from', [...whole, ...late], whole.length + 2],
    ['behind all that are counted apart too', [...numbers(MAX_DISTINCT), ...late], MAX_DISTINCT + 2],
    ['before and behind that', [...numbers(MAX_DISTINCT - 1), ...late], MAX_DISTINCT + 1],
  ])('are asked about: %s', (_name, cells, row) => {
    expect(tally(cells)).toEqual({ ok: false, code: 'DATASET_NOT_NUMERIC', params: { column: 'x', row, got: '1,5', form: 'NUMBER' } });
  });
  it('are asked about where a comma is the fraction’s', () => {
    const comma = { format: { decimal: 'COMMA', thousands: 'NONE' } as const, asked: [], guessedFrom: 1_000 };
    expect(tally([...whole, ...times(400, '1.5', '2.5')], comma)).toMatchObject({ ok: false, params: { row: whole.length + 2, got: '1.5' } });
  });
  it.each<[string, string[]]>([
    ['some of them are words', [...whole, ...late, ...times(400, 'a')]],
    ['some of those behind all that are counted apart are words', [...numbers(MAX_DISTINCT), ...late, ...times(400, 'a'), ...late]],
    ['they are numbers in groups', [...whole, ...times(400, '1 234')]],
  ])('are words where %s', (_name, cells) => expect(columnOf(cells).reading.type).toBe('CATEGORY'));
  it('are words where they are among the rows that the format was guessed from, to the last of them', () => {
    const by = (guessedFrom: number) => ({ format: FORMAT, asked: [], guessedFrom });
    const first = whole.length + 2;
    expect(columnOf([...whole, ...late], by(first)).reading.type).toBe('CATEGORY');
    expect(tally([...whole, ...late], by(first - 1)).ok).toBe(false);
    expect(columnOf([...whole, ...late], rule({ name: 'x', type: 'CATEGORY', missing: null })).reading.type).toBe('CATEGORY');
  });
});

import fc from 'fast-check';
import { MAX_DISTINCT, cellReader, keyOf, type AskedColumn } from './reading.ts';
import { TableTally, compareCategories, type TallyRule } from './table-tally.ts';

const FORMAT = { decimal: 'POINT', thousands: 'NONE' } as const;
const rule = (...asked: AskedColumn[]): TallyRule => ({ format: FORMAT, asked, guessedFrom: 1_000 });

function tally(cells: readonly string[], by: TallyRule = rule()) {
  const table = new TableTally(['x'], by);
  cells.forEach((cell, i) => table.add([cell], i + 2));
  const result = table.finish();
  return result.ok ? { ok: true as const, ...result.columns[0]! } : result;
}
const columnOf = (cells: readonly string[], by?: TallyRule) => {
  const result = tally(cells, by);
  if (!result.ok) throw new Error(`${result.code} ${JSON.stringify(result.params)}`);
  return result;
};
const times = (count: number, ...cells: string[]) => Array.from({ length: count }, () => cells).flat();

describe('a column', () => {
  it('of numbers is summarised', () => {
    expect(columnOf(['1', '2.0', '', '3', '2']).summary).toEqual({
      name: 'x', type: 'NUMBER', missing: 1, min: 1, max: 3, mean: 2, distinct: 3, gaps: [{ word: '', count: 1 }], evidence: { reason: 'ALL_NUMBERS', example: '1' },
      categories: [{ value: '2', count: 2 }, { value: '1', count: 1 }, { value: '3', count: 1 }],
    });
  });
  it('shows no values of many numbers, and counts them all the same', () => {
    expect(columnOf(Array.from({ length: 26 }, (_, i) => String(i))).summary).toMatchObject({ categories: [], distinct: 26 });
    expect(columnOf(Array.from({ length: MAX_DISTINCT + 500 }, (_, i) => String(i))).summary).toMatchObject({ distinct: MAX_DISTINCT + 1, min: 0, max: MAX_DISTINCT + 499, mean: (MAX_DISTINCT + 499) / 2 });
  });

  it.each<[string, string[], 'NUMBER' | 'CATEGORY', string[], [string, number][]]>([
    ['codes with a zero in front', times(4, '01', 'A', 'B'), 'CATEGORY', [], [['01', 4], ['A', 4], ['B', 4]]],
    ['numbers and a word as often', times(20, '1.0', 'NR'), 'CATEGORY', [], [['1.0', 20], ['NR', 20]]],
    ['nothing but codes', ['007', '012', '100', '007'], 'CATEGORY', [], [['007', 2], ['012', 1], ['100', 1]]],
    ['postcodes, of which few begin with a zero', [...times(30, '94107', '10001'), '02134'], 'CATEGORY', [], [['10001', 30], ['94107', 30], ['02134', 1]]],
    ['amounts, of which one is padded', [...times(30, '7', '120'), '007'], 'NUMBER', [], [['7', 31], ['120', 30]]],
    ['texts that a spreadsheet was told to keep', ['="007"', '="7"', '="007"', '7.5'], 'CATEGORY', [], [['007', 2], ['7', 1], ['7.5', 1]]],
    ['codes too long for a number', ['12345678901234567890', '12345678901234567891'], 'CATEGORY', [], [['12345678901234567890', 1], ['12345678901234567891', 1]]],
    ['a class called none among words', times(10, 'low', 'none', 'high'), 'CATEGORY', [], [['high', 10], ['low', 10], ['none', 10]]],
    ['a class called none among few numbers', times(10, '1', 'none', '2'), 'CATEGORY', [], [['1', 10], ['2', 10], ['none', 10]]],
    ['a class called NA', times(10, 'A', 'NA', 'B'), 'CATEGORY', [], [['A', 10], ['B', 10], ['NA', 10]]],
    ['countries', [...times(9, 'DE', 'FR', 'US'), 'NA'], 'CATEGORY', [], [['DE', 9], ['FR', 9], ['US', 9], ['NA', 1]]],
    ['words with a rare gap', [...times(9, 'yes', 'no'), '?'], 'CATEGORY', ['?'], [['no', 9], ['yes', 9]]],
    ['numbers with the usual gaps', ['1', '2', 'NA', 'n/a', '3', '1'], 'NUMBER', ['NA', 'n/a'], [['1', 2], ['2', 1], ['3', 1]]],
    ['nothing', ['', ''], 'CATEGORY', [], []],
  ])('of %s', (_name, cells, type, missing, categories) => {
    const { summary, reading } = columnOf(cells);
    expect(reading).toMatchObject({ type, missing });
    expect(summary.categories).toEqual(categories.map(([value, count]) => ({ value, count })));
  });

  it('of measured numbers takes weak words for gaps too', () => {
    expect(columnOf([...Array.from({ length: 30 }, (_, i) => String(i / 2)), ...times(10, '-')]).reading).toMatchObject({ type: 'NUMBER', missing: ['-'] });
  });

  it('is what its owner says', () => {
    const none = times(5, 'low', 'none', 'high');
    expect(columnOf(none, rule({ name: 'x', type: null, missing: ['None'] })).summary).toMatchObject({ missing: 5, distinct: 2, gaps: [{ word: 'none', count: 5 }] });
    expect(columnOf(['007', '012'], rule({ name: 'x', type: 'NUMBER', missing: null })).summary).toMatchObject({ type: 'NUMBER', min: 7, max: 12, evidence: { reason: 'ASKED' } });
    expect(columnOf(['1', '2'], rule({ name: 'x', type: 'CATEGORY', missing: null })).summary).toMatchObject({ type: 'CATEGORY' });
    expect(tally(['1', '2', 'NA', 'NA'], rule({ name: 'x', type: 'NUMBER', missing: [] }))).toMatchObject({ ok: false, code: 'DATASET_NOT_NUMERIC', params: { row: 4, got: 'NA' } });
  });

  it('names the cell of a stray word among numbers', () => {
    expect(tally(['1', '2', 'abc', '4'])).toEqual({ ok: false, code: 'DATASET_NOT_NUMERIC', params: { column: 'x', row: 4, got: 'abc', form: 'NUMBER' } });
    expect(tally([...Array.from({ length: MAX_DISTINCT + 10 }, (_, i) => String(i)), 'late'])).toMatchObject({ ok: false, params: { row: MAX_DISTINCT + 12, got: 'late' } });
  });
  it('holds codes however many there are, and wherever their zeros come', () => {
    const late = Array.from({ length: MAX_DISTINCT + 900 }, (_, i) => String(99_999 - i * 9).padStart(5, '0'));
    expect(late.findIndex((code) => code.startsWith('0'))).toBeGreaterThan(MAX_DISTINCT - 1);
    expect(columnOf(late)).toMatchObject({ reading: { type: 'CATEGORY' }, summary: { evidence: { reason: 'LEADING_ZEROS' } } });
    const long = [...Array.from({ length: MAX_DISTINCT }, (_, i) => String(i)), '12345678901234567890'];
    expect(columnOf(long).summary.evidence).toEqual({ reason: 'LONG_NUMBERS', example: '12345678901234567890' });
  });
  it('asks its owner about numbers with another decimal mark, where the format was guessed from rows before them', () => {
    const whole = times(300, '1', '2', '3', '4');
    const mixed = [...whole, ...times(400, '1,5', '2,5', '3,5')];
    expect(tally(mixed)).toMatchObject({ ok: false, code: 'DATASET_NOT_NUMERIC', params: { row: whole.length + 2, got: '1,5' } });
    expect(columnOf(mixed, { format: FORMAT, asked: [], guessedFrom: mixed.length + 1 }).reading.type).toBe('CATEGORY');
    expect(columnOf(mixed, rule({ name: 'x', type: 'CATEGORY', missing: null })).reading.type).toBe('CATEGORY');
  });
  it('takes codes of which some look like numbers as categories', () => expect(columnOf(['1', '2', '3', 'K', 'K', '4', '5']).reading.type).toBe('CATEGORY'));
});

it('before readings read its few words and kinds of numbers alone', () => {
  expect(columnOf(['b', 'a', 'b', 'NA', 'none'], 'LEGACY').summary).toMatchObject({ type: 'CATEGORY', missing: 2, gaps: [{ word: 'na', count: 1 }, { word: 'none', count: 1 }], categories: [{ value: 'b', count: 2 }, { value: 'a', count: 1 }] });
  expect(columnOf(['007', '1'], 'LEGACY').summary).toMatchObject({ type: 'NUMBER', min: 1, max: 7 });
  expect(columnOf(times(4, '01', 'A', 'B'), 'LEGACY').summary.categories).toEqual([{ value: '01', count: 4 }, { value: 'A', count: 4 }, { value: 'B', count: 4 }]);
});

it('counts every cell once: as a value or as a gap, by the key that reading gives', () => {
  const cell = fc.oneof(fc.constantFrom('', ' ', 'NA', 'none', '?', '-', '01', '1', '1.0', '１', 'A', 'é', 'e\u0301', '5%'), fc.integer({ min: -5, max: 40 }).map(String));
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1, maxLength: 200, size: 'max' }), (cells) => {
      const result = tally(cells);
      if (!result.ok) return;
      const { summary, reading } = result;
      const read = cellReader(reading, FORMAT);
      const keys = cells.map((text) => keyOf(read(text)));
      expect(keys.filter((key) => key === null)).toHaveLength(summary.missing);
      expect(summary.gaps!.reduce((sum, { count }) => sum + count, 0)).toBe(summary.missing);
      expect(new Set(keys.filter((key) => key !== null)).size).toBe(summary.distinct);
      for (const { value, count } of summary.categories) expect(keys.filter((key) => key === value)).toHaveLength(count);
    }),
  );
});

it('knows a number that means "no value" however its minus is written, also behind all values that are counted apart', () => {
  const cells = [...Array.from({ length: MAX_DISTINCT }, (_, i) => String(i)), '\u2212999', '-999'];
  const { summary } = columnOf(cells, rule({ name: 'x', type: 'NUMBER', missing: ['-999'] }));
  expect(summary).toMatchObject({ missing: 2, min: 0, gaps: [{ word: '-999', count: 2 }] });
});

it('orders classes as people do, and what is one number but not one text always alike', () => {
  expect(['b', '10', '9', 'a'].toSorted(compareCategories)).toEqual(['9', '10', 'a', 'b']);
  expect(['1.0', '1', '01'].toSorted(compareCategories)).toEqual(['01', '1', '1.0']);
});

import fc from 'fast-check';
import { MAX_DISTINCT, cellReader, keyOf } from './reading.ts';
import { FORMAT, columnOf, numbers, rule, tally, times, words } from './table-tally.fixture.ts';
import { TableTally } from './table-tally.ts';

describe('the summary of a column', () => {
  it('of numbers', () => {
    expect(columnOf(['1', '2.0', '', '5', '2', '5']).summary).toEqual({
      name: 'x',
      type: 'NUMBER',
      missing: 1,
      min: 1,
      max: 5,
      mean: 3,
      distinct: 3,
      gaps: [{ word: '', count: 1 }],
      evidence: { reason: 'ALL_NUMBERS', example: '1' },
      categories: [
        { value: '2', count: 2 },
        { value: '5', count: 2 },
        { value: '1', count: 1 },
      ],
    });
  });
  it('of words says nothing of numbers', () => {
    expect(columnOf(['b', '7', 'a', 'b']).summary).toEqual({
      name: 'x',
      type: 'CATEGORY',
      missing: 0,
      min: null,
      max: null,
      mean: null,
      distinct: 3,
      gaps: [],
      evidence: { reason: 'WORDS', example: 'b' },
      categories: [
        { value: 'b', count: 2 },
        { value: '7', count: 1 },
        { value: 'a', count: 1 },
      ],
    });
  });
  it('of no number has no bounds', () => {
    expect(columnOf(['', ''], rule({ name: 'x', type: 'NUMBER', missing: null })).summary).toMatchObject({
      missing: 2,
      min: null,
      max: null,
      mean: null,
      distinct: 0,
      categories: [],
    });
  });

  it('has a mean between its least and its greatest, however the sum is rounded, and of the largest numbers', () => {
    expect(columnOf(times(3, '0.1')).summary).toMatchObject({ min: 0.1, max: 0.1, mean: 0.1 });
    expect(columnOf(['1e308', '1.1e308', '1.2e308', '-5'], 'LEGACY').summary).toMatchObject({ min: -5, max: 1.2e308, mean: 1.2e308 });
  });

  it('lists the gaps by how often they are there, the empty cell among them', () => {
    const { summary } = columnOf(['1', 'b', 'c', 'c', 'a', '', '', '', 'B', '2'], rule({ name: 'x', type: 'NUMBER', missing: ['a', 'b', 'c'] }));
    expect(summary).toMatchObject({
      missing: 8,
      gaps: [
        { word: '', count: 3 },
        { word: 'b', count: 2 },
        { word: 'c', count: 2 },
        { word: 'a', count: 1 },
      ],
    });
  });
  it('lists twenty numbers, and none where there are more', () => {
    expect(columnOf(numbers(20)).summary).toMatchObject({ distinct: 20, categories: numbers(20).map((value) => ({ value, count: 1 })) });
    expect(columnOf(numbers(21)).summary).toMatchObject({ distinct: 21, categories: [] });
  });
  it('lists the hundred words that are most frequent', () => {
    const { summary } = columnOf([...words(101), ...words(101).slice(1)]);
    expect(summary.distinct).toBe(101);
    expect(summary.categories).toHaveLength(100);
    expect(summary.categories.every(({ count }) => count === 2)).toBe(true);
  });
});

it('keeps the columns of a table apart, and what was asked of each', () => {
  const table = new TableTally(['a', 'b'], rule({ name: 'b', type: 'CATEGORY', missing: ['1'] }));
  table.add(['1', '1'], 2);
  table.add(['2', '2'], 3);
  expect(table.finish()).toMatchObject({
    ok: true,
    columns: [{ reading: { name: 'a', type: 'NUMBER', missing: [] } }, { reading: { name: 'b', type: 'CATEGORY', missing: ['1'] }, summary: { missing: 1 } }],
  });
});
it('refuses a table for one column of it', () => {
  const table = new TableTally(['a', 'b'], rule());
  for (const [i, cell] of ['1', 'oops', '3'].entries()) table.add(['1', cell], i + 2);
  expect(table.finish()).toEqual({ ok: false, code: 'DATASET_NOT_NUMERIC', params: { column: 'b', row: 3, got: 'oops', form: 'NUMBER' } });
});

describe('before readings', () => {
  const typeOf = (cells: string[]) => columnOf(cells, 'LEGACY').reading.type;
  it('a few words alone meant no value', () => {
    expect(columnOf(['b', 'a', 'b', 'NA', 'none', ''], 'LEGACY')).toEqual({
      ok: true,
      reading: { name: 'x', type: 'CATEGORY', missing: [] },
      summary: {
        name: 'x',
        type: 'CATEGORY',
        missing: 3,
        min: null,
        max: null,
        mean: null,
        distinct: 2,
        evidence: null,
        gaps: [
          { word: '', count: 1 },
          { word: 'na', count: 1 },
          { word: 'none', count: 1 },
        ],
        categories: [
          { value: 'b', count: 2 },
          { value: 'a', count: 1 },
        ],
      },
    });
  });
  it('numbers were numbers, whatever stood in front of them', () => {
    expect(columnOf(['007', '1', 'NA'], 'LEGACY').summary).toMatchObject({ type: 'NUMBER', min: 1, max: 7, missing: 1 });
    expect(columnOf(times(4, '01', 'A', 'B'), 'LEGACY').summary.categories).toEqual([
      { value: '01', count: 4 },
      { value: 'A', count: 4 },
      { value: 'B', count: 4 },
    ]);
    expect(typeOf(['NA', ''])).toBe('CATEGORY');
    expect(columnOf(numbers(MAX_DISTINCT + 2), 'LEGACY').summary).toMatchObject({ type: 'NUMBER', max: MAX_DISTINCT + 1 });
  });
  it('a stray word among them was refused, and codes were not', () => {
    expect(tally(['1', '2', '12%'], 'LEGACY')).toEqual({ ok: false, code: 'DATASET_NOT_NUMERIC', params: { column: 'x', row: 4, got: '12%', form: 'NUMBER' } });
    expect(typeOf(['1', '2', '3', 'K', 'K'])).toBe('CATEGORY');
    // Behind the numbers that are counted apart, too: 1,5 was no number, and nobody was asked.
    expect(tally([...numbers(MAX_DISTINCT + 2), '1,5'], 'LEGACY')).toMatchObject({ ok: false, params: { row: MAX_DISTINCT + 4, got: '1,5' } });
    expect(typeOf([...numbers(MAX_DISTINCT + 2), ...times(150, '1,5')])).toBe('CATEGORY');
    // More numbers, counted apart or not, than words.
    expect(typeOf([...words(MAX_DISTINCT), ...times(MAX_DISTINCT, '1')])).toBe('CATEGORY');
    expect(tally([...words(MAX_DISTINCT), ...times(MAX_DISTINCT + 1, '1')], 'LEGACY')).toMatchObject({ ok: false, params: { row: 2, got: 'word 0' } });
  });
});

// These last, for they take their time: npm run mutants asks no further than the first test that fails.
it('counts every cell once: as a value or as a gap, by the key that reading gives', () => {
  const cell = fc.oneof(
    fc.constantFrom('', ' ', 'NA', 'none', '?', '-', '01', '1', '1.0', '１', 'A', 'é', 'e\u0301', '5%'),
    fc.integer({ min: -5, max: 40 }).map(String),
  );
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1, maxLength: 200, size: 'max' }), (cells) => {
      const result = tally(cells);
      if (!result.ok) return;
      const { summary, reading } = result.columns[0]!;
      const read = cellReader(reading, FORMAT);
      const keys = cells.map((text) => keyOf(read(text)));
      expect(keys.filter((key) => key === null)).toHaveLength(summary.missing);
      expect(summary.gaps!.reduce((sum, { count }) => sum + count, 0)).toBe(summary.missing);
      expect(new Set(keys.filter((key) => key !== null)).size).toBe(summary.distinct);
      for (const { value, count } of summary.categories) expect(keys.filter((key) => key === value)).toHaveLength(count);
    }),
  );
});

describe('of more different cells than are counted apart', () => {
  it('numbers are summarised all the same', () => {
    expect(columnOf(numbers(MAX_DISTINCT)).summary.distinct).toBe(MAX_DISTINCT);
    const { summary } = columnOf([...numbers(MAX_DISTINCT, 100), '0', '30000', '0']);
    const mean = ((MAX_DISTINCT * (MAX_DISTINCT - 1 + 200)) / 2 + 30_000) / (MAX_DISTINCT + 3);
    expect(summary).toMatchObject({ type: 'NUMBER', distinct: MAX_DISTINCT + 1, min: 0, max: 30_000, mean, categories: [] });
  });
  it('words are more than can be told, as many as come', () => {
    expect(columnOf(words(MAX_DISTINCT)).summary.distinct).toBe(MAX_DISTINCT);
    expect(columnOf(words(MAX_DISTINCT + 2)).summary).toMatchObject({ type: 'CATEGORY', distinct: MAX_DISTINCT + 1, min: null });
    expect(columnOf([...words(MAX_DISTINCT), '1', 'late']).summary).toMatchObject({ distinct: MAX_DISTINCT + 1, min: null, max: null, mean: null });
    // The words that may say "no value" are counted apart all the same, as values too.
    expect(columnOf([...words(MAX_DISTINCT), 'none', '-', 'nil']).summary.distinct).toBe(MAX_DISTINCT + 1);
  });
  it.each<[string, string, string[] | null]>([
    ['an empty cell', '', null],
    ['a quoted blank', ' ', null],
    ['a word that hardly means anything else', 'N/A', null],
    ['a word that is a value as often', '-', null],
    ['a word in a formula', '="NA"', null],
    ['a word that its owner named', 'gone', ['gone']],
    ['a number that its owner named', '\u2212999', ['-999']],
  ])('%s is still a gap', (_name, cell, missing) => {
    const { summary } = columnOf([...numbers(MAX_DISTINCT), cell, cell], rule({ name: 'x', type: null, missing }));
    expect(summary).toMatchObject({ type: 'NUMBER', missing: 2, distinct: MAX_DISTINCT, min: 0 });
  });
  it('the rare words are rare among all cells', () => {
    const cells = [...words(MAX_DISTINCT), ...times(2_501, 'NA')];
    expect(columnOf(cells).reading.missing).toEqual([]);
    expect(columnOf([...cells, ...times(5, 'late')]).reading.missing).toEqual(['NA']);
    expect(columnOf([...cells, ...times(5, '1')]).reading.missing).toEqual(['NA']);
  });
});

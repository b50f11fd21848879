import { ColumnTally, compareCategories, detectDelimiter, headerOf, isMissing, parseNumber } from './table.ts';

const tally = (cells: string[]) => {
  const column = new ColumnTally('x');
  cells.forEach((cell, i) => column.add(cell, i + 2));
  return column.finish();
};
const columnOf = (cells: string[]) => {
  const result = tally(cells);
  if (!result.ok) throw new Error(result.code);
  return result.column;
};

it.each([['a,b,c\n1;2', ','], ['a;b;c', ';'], ['a\tb', '\t'], ['"a,b,c";d', ';'], ['single', ','], ['a;"x\ny,,,,"\n', ';']])('detects the delimiter of %j', (text, delimiter) => {
  expect(detectDelimiter(text)).toBe(delimiter);
});

it.each([['1', 1], ['-2.5e3', -2500], ['.5', 0.5], ['+7', 7], ['1e999', null], ['0x10', null], ['1,5', null], ['', null], ['Infinity', null], ['12a', null]])('parses %j', (cell, value) => {
  expect(parseNumber(cell)).toBe(value);
});

it('knows the usual words for no value', () => {
  expect(['', 'NA', 'NaN', 'null', '?'].every(isMissing)).toBe(true);
  expect(isMissing('0')).toBe(false);
});

describe('headerOf', () => {
  it('takes names from the first row, or makes them when it holds only numbers', () => {
    expect(headerOf(['a', '', '3'])).toEqual({ ok: true, names: ['a', 'column_2', '3'], firstRowIsData: false });
    expect(headerOf(['1', '2'])).toEqual({ ok: true, names: ['column_1', 'column_2'], firstRowIsData: true });
  });
  it('refuses a name twice', () => expect(headerOf(['a', 'b', 'a'])).toMatchObject({ ok: false, code: 'DATASET_MALFORMED', params: { column: 'a' } }));
  it('refuses a name as long as a text, without repeating it', () => {
    expect(headerOf(['a', 'b'.repeat(1_001)])).toMatchObject({ ok: false, code: 'DATASET_MALFORMED', params: { column: 'column_2', unit: 'CHARACTERS', limit: 1_000, got: 1_001 } });
    expect(headerOf(['a', 'b'.repeat(1_000)])).toMatchObject({ ok: true });
  });
});

describe('ColumnTally', () => {
  it('summarises numbers', () => {
    expect(columnOf(['1', '2.0', '', '3', '2'])).toEqual({
      name: 'x', type: 'NUMBER', missing: 1, min: 1, max: 3, mean: 2,
      categories: [{ value: '2', count: 2 }, { value: '1', count: 1 }, { value: '3', count: 1 }],
    });
  });
  it('lists no values of a measured number', () => expect(columnOf(Array.from({ length: 21 }, (_, i) => String(i))).categories).toEqual([]));
  it('summarises words, most frequent first', () => {
    expect(columnOf(['b', 'a', 'b', 'NA'])).toMatchObject({ type: 'CATEGORY', missing: 1, min: null, categories: [{ value: 'b', count: 2 }, { value: 'a', count: 1 }] });
  });
  it('names the cell of a stray word among numbers', () => {
    expect(tally(['1', '2', 'abc', '4'])).toEqual({ ok: false, code: 'DATASET_NOT_NUMERIC', params: { column: 'x', row: 4, got: 'abc', form: 'NUMBER' } });
  });
  it('takes codes of which some look like numbers as categories', () => {
    expect(columnOf(['1', '2', '3', 'K', 'K', '4', '5']).type).toBe('CATEGORY');
  });
  it('takes a column without any value as a category without values', () => expect(columnOf(['', 'NA'])).toMatchObject({ type: 'CATEGORY', missing: 2, categories: [] }));
});

it('orders classes as people do', () => {
  expect(['b', '10', '9', 'a'].toSorted(compareCategories)).toEqual(['9', '10', 'a', 'b']);
});

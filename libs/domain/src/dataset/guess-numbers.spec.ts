import { guessNumbers } from './guess-numbers.ts';
import type { Guess } from './reading-evidence.ts';
import type { AskedReading, Delimiter } from './reading.ts';

const numbers = (rows: string[][], delimiter: Delimiter = 'TAB', asked: Partial<AskedReading> = {}) =>
  guessNumbers(rows, delimiter, { decimal: null, thousands: null, header: null, columns: [], ...asked });
/** A guess as one line: its value, its reason, how many cells say so of how many, and the first of them. */
const line = ({ value, reason, params = {} }: Guess<string>) =>
  [
    value,
    reason,
    ...Object.entries(params)
      .toSorted()
      .map(([key, fact]) => `${key} ${fact}`),
  ].join(', ');
const told = (...of: Parameters<typeof numbers>) => Object.values(numbers(...of)).map(line);
const NOTHING = ['POINT, NO_MARKS', 'NONE, NO_GROUPS'];
const isFraction = (cell: string, mark: 'POINT' | 'COMMA') => [`${mark}, MARKS, cells 1, example ${cell}, of 1`, 'NONE, NO_GROUPS'];

describe('a number says by its marks', () => {
  it.each(['1,5', '12,50', ',5', '5,', '-1,5', '+1,5', '\u22121,5', '- 1,5', '1,5%', '1,5 %', '1,5e3', '1,5E-12', '1,5e+3', '１，５', '\u200e1,5\u202c'])(
    'that a comma begins a fraction: %s',
    (cell) => expect(told([[cell]])).toEqual(isFraction(cell, 'COMMA')),
  );
  it.each(['1.5', '1234.5', '.5', '5.', '-0.5', '1.5e3', '1.5%'])('that a point begins a fraction: %s', (cell) =>
    expect(told([[cell]])).toEqual(isFraction(cell, 'POINT')),
  );

  it.each([
    ['1,234.5', 'POINT', 'COMMA'],
    ['-1,234,567.50', 'POINT', 'COMMA'],
    ['12,34,567.5', 'POINT', 'COMMA'],
    ['1.234,5', 'COMMA', 'POINT'],
    ['12.345.678,5%', 'COMMA', 'POINT'],
    ['1 234,5', 'COMMA', 'SPACE'],
    ['12 345 678,50 %', 'COMMA', 'SPACE'],
    ['1\u00a0234,567', 'COMMA', 'SPACE'],
    ['1 234.5', 'POINT', 'SPACE'],
    ["1'234.5", 'POINT', 'APOSTROPHE'],
    ["123'456'789.05", 'POINT', 'APOSTROPHE'],
    ['1\u2019234,5', 'COMMA', 'APOSTROPHE'],
  ])('both: %s', (cell, decimal, thousands) =>
    expect(told([[cell]])).toEqual([`${decimal}, MARKS, cells 1, example ${cell}, of 1`, `${thousands}, GROUPS, cells 1, example ${cell}`]),
  );

  it.each([
    ['1,234,567', 'POINT', 'COMMA'],
    ['12,34,567', 'POINT', 'COMMA'],
    ['1.234.567', 'COMMA', 'POINT'],
    ['-12.345.678%', 'COMMA', 'POINT'],
  ])('that what groups twice is no fraction: %s', (cell, decimal, thousands) =>
    expect(told([[cell]])).toEqual([`${decimal}, GROUPS, cells 1, example ${cell}`, `${thousands}, GROUPS, cells 1, example ${cell}`]),
  );

  it.each([
    ['1 234', 'SPACE'],
    ['+12 345 678', 'SPACE'],
    ["1'234", 'APOSTROPHE'],
  ])('how it groups, and nothing of fractions: %s', (cell, thousands) =>
    expect(told([[cell]])).toEqual([NOTHING[0], `${thousands}, GROUPS, cells 1, example ${cell}`]),
  );

  it.each([
    ['0,123', 'COMMA'],
    ['0.123', 'POINT'],
    ['012.345', 'POINT'],
    ['1.234e5', 'POINT'],
    ['1,2345', 'COMMA'],
    ['1234,567', 'COMMA'],
  ] as const)('that three digits are no group where none is written so: %s', (cell, mark) => expect(told([[cell]], 'COMMA')).toEqual(isFraction(cell, mark)));

  it.each([
    '',
    ' ',
    '5',
    '1000',
    '1e5',
    '50%',
    '.',
    ',',
    '%',
    '-',
    'e5',
    'word',
    'a,b',
    'x1,5',
    '1,5x',
    '1,5 kg',
    '1,5 e',
    '$1,5',
    '--1,5',
    '1,5%%',
    '1.2.3',
    '12.05.2024',
    '10.0.0.1',
    '2.3,2.4',
    '1,2,3',
    '1 2 3',
    '1,5 2',
    '1 2,5',
    '1.234.5',
    '1.234.567e5',
    '0.123.456',
    '1,23,4.5',
    '1,234,56.7',
    "1'2",
    "1'2,5",
    '1234 567',
    '1 2345',
    '="1,5"',
  ])('nothing, where it is no number or a list, a date, a version: %j', (cell) => expect(told([[cell]])).toEqual(NOTHING));

  it('with an example that fits into a sentence', () => {
    expect(told([[`0,${'3'.repeat(60)}`]])[0]).toBe(`COMMA, MARKS, cells 1, example 0,${'3'.repeat(38)}, of 1`);
  });
});

describe('three digits behind one mark', () => {
  it('are a fraction where commas separate no cells, and else a group', () => {
    expect(told([['1,234'], ['2,345']], 'SEMICOLON')).toEqual(['COMMA, MARKS, cells 2, example 1,234, of 2', 'NONE, NO_GROUPS']);
    for (const delimiter of ['COMMA', 'NONE'] as const)
      expect(told([['1,234'], ['2,345']], delimiter)).toEqual(['POINT, NO_MARKS', 'COMMA, GROUPS, cells 2, example 1,234']);
  });
  it('are a fraction behind a point', () => {
    expect(told([['1.234'], ['2.345']], 'SEMICOLON')).toEqual(NOTHING);
  });
  it('behind both marks are what English makes of them', () => {
    expect(told([['1.234', '1,234']], 'SEMICOLON')).toEqual(['POINT, NO_MARKS', 'COMMA, GROUPS, cells 1, example 1,234']);
    expect(told([['1.234.567', '1,234,567']], 'SEMICOLON')).toEqual(['POINT, GROUPS, cells 1, example 1,234,567', 'COMMA, GROUPS, cells 1, example 1,234,567']);
  });
  it('are groups of the mark that is no fraction, counted with the others', () => {
    expect(
      told([
        ['1.234', '1,5'],
        ['1.234.567', '2,5'],
      ]),
    ).toEqual(['COMMA, MARKS, cells 2, example 1,5, of 2', 'POINT, GROUPS, cells 2, example 1.234.567']);
    expect(told([['1,234', '1.5']])).toEqual(['POINT, MARKS, cells 1, example 1.5, of 1', 'COMMA, GROUPS, cells 1, example 1,234']);
  });
});

describe('among many numbers', () => {
  it('the fraction is of more columns, then of more cells', () => {
    expect(
      told([
        ['1.5', '1,5', '2,5'],
        ['1.6', '3', '4'],
        ['1.7', '5', '6'],
        ['1.8', '7', '8'],
      ])[0],
    ).toBe('COMMA, MARKS, cells 2, example 1,5, of 6');
    expect(
      told([
        ['1.5', '2,5', '3.5'],
        ['1.6', '2,6', '3'],
      ])[0],
    ).toBe('POINT, MARKS, cells 3, example 1.5, of 5');
    expect(
      told([
        ['1.5', '2,5'],
        ['1.6', '3'],
      ])[0],
    ).toBe('POINT, MARKS, cells 2, example 1.5, of 3');
    expect(
      told([
        ['1.5', '2,5'],
        ['1', '2,6'],
      ])[0],
    ).toBe('COMMA, MARKS, cells 2, example 2,5, of 3');
    expect(told([['1.5'], ['2,5']])[0]).toBe('POINT, MARKS, cells 1, example 1.5, of 2');
  });
  it('semicolons decide between equally many columns, where there is a comma at all', () => {
    expect(
      told(
        [
          ['1.5', '2,5'],
          ['1.6', '3'],
        ],
        'SEMICOLON',
      )[0],
    ).toBe('COMMA, MARKS, cells 1, example 2,5, of 3');
    expect(told([['x'], ['1.5'], ['y'], ['z']], 'SEMICOLON')[0]).toBe('POINT, MARKS, cells 1, example 1.5, of 1');
  });
  it('a column counts when four in five of its cells are numbers, besides its name', () => {
    const commas = ['price', ...Array.from({ length: 8 }, (_, i) => `${i},5`), 'none', 'none'];
    const points = ['price', ...Array.from({ length: 10 }, (_, i) => `${i}.5`)];
    const beside = (column: string[], other: string[]) =>
      told(
        column.map((cell, i) => [cell, other[i]!]),
        'SEMICOLON',
      )[0];
    expect(beside(commas, points)).toBe('COMMA, MARKS, cells 8, example 0,5, of 18');
    expect(beside(commas.with(8, 'none'), points)).toBe('POINT, MARKS, cells 10, example 0.5, of 17');
    // Blank cells are neither.
    expect(beside(commas.with(8, ' ').with(9, '').with(10, ''), points)).toBe('COMMA, MARKS, cells 7, example 0,5, of 17');
  });
  it('the example is a cell that says so, and not one that has the mark for a group', () => {
    expect(
      told([
        ['3,923.5', '1,5', '2,5'],
        ['8,252.5', '3,5', '4,5'],
      ]),
    ).toEqual(['COMMA, MARKS, cells 4, example 1,5, of 6', 'NONE, NO_GROUPS']);
  });
  it('groups are of the mark that most numbers have, first of the other one than the fraction', () => {
    expect(told([['1,234.5', '1 234', '2 345']])[1]).toBe('SPACE, GROUPS, cells 2, example 1 234');
    expect(told([['1 234', '1,234.5']])[1]).toBe('COMMA, GROUPS, cells 1, example 1,234.5');
    expect(told([['1 234', "1'234", "2'345"]])[1]).toBe("APOSTROPHE, GROUPS, cells 2, example 1'234");
    expect(told([["1'234", '1 234']])[1]).toBe('SPACE, GROUPS, cells 1, example 1 234');
  });
  it('rows may have fewer cells than others', () => {
    expect(told([['a'], ['b', '1,5'], ['c', '2,5', '3,5']])[0]).toBe('COMMA, MARKS, cells 3, example 1,5, of 3');
    expect(told([])).toEqual(NOTHING);
  });
});

describe('what its owner decided', () => {
  it.each([
    ['POINT', 'COMMA'],
    ['COMMA', 'POINT'],
  ] as const)('%s for groups leaves %s for fractions, whatever is seen', (thousands, decimal) =>
    expect(numbers([['1.5'], ['2,5']], 'TAB', { thousands }).decimal).toEqual({ value: decimal, reason: 'ASKED' }),
  );
  it.each(['NONE', 'SPACE', 'APOSTROPHE'] as const)('%s for groups says nothing of fractions', (thousands) =>
    expect(line(numbers([['1,5']], 'TAB', { thousands }).decimal)).toBe('COMMA, MARKS, cells 1, example 1,5, of 1'),
  );
  it('that a column holds numbers makes amounts show how they are written', () => {
    const rows = [['price'], ['€ 1.234,50'], ['(2,5)']];
    const column = { name: 'price', missing: null };
    expect(told(rows, 'SEMICOLON', { columns: [{ ...column, type: 'NUMBER' }] })).toEqual([
      'COMMA, MARKS, cells 2, example € 1.234,50, of 2',
      'POINT, GROUPS, cells 1, example € 1.234,50',
    ]);
    expect(told(rows, 'SEMICOLON', { columns: [{ ...column, type: 'CATEGORY' }] })).toEqual(NOTHING);
    expect(told(rows, 'SEMICOLON')).toEqual(NOTHING);
  });
  describe('of one column is nothing that another one’s amounts say', () => {
    const rows = [
      ['x', 'fee'],
      ['1.234', '€ 1,50'],
      ['2.345', '€ 2,50'],
      ['3.456', '€ 2,75'],
      ['4', '€ 3,10'],
    ];
    const first = rows.map(([x]) => [x!]);
    const number = (name: string, missing: string[] | null = null) => ({ name, type: 'NUMBER' as const, missing });
    const FEE = 'COMMA, MARKS, cells 4, example € 1,50, of 4';
    it.each<[string, Partial<AskedReading>, string[]]>([
      ['the column of plain numbers', { columns: [number('x')] }, NOTHING],
      ['that of amounts', { columns: [number('fee')] }, [FEE, 'POINT, GROUPS, cells 3, example 1.234']],
      ['that of amounts by its place', { header: false, columns: [number('Column 2')] }, [FEE, 'POINT, GROUPS, cells 3, example 1.234']],
      ['… where nobody said whether there is a header', { columns: [number('Column 2')] }, [FEE, 'POINT, GROUPS, cells 3, example 1.234']],
      ['a place where the columns have names', { header: true, columns: [number('Column 2')] }, NOTHING],
      ['a name where the first row is data', { header: false, columns: [number('fee')] }, NOTHING],
      [
        'that of amounts, one of which says "no value"',
        { columns: [number('fee', ['€ 1,50'])] },
        ['COMMA, MARKS, cells 3, example € 2,50, of 3', 'POINT, GROUPS, cells 3, example 1.234'],
      ],
      ['that of amounts, which say "no value"', { columns: [number('fee', ['€ 1,50', '€ 2,50', '€ 2,75', '€ 3,10'])] }, NOTHING],
    ])('asked is %s', (_name, asked, says) => expect(told(rows, 'TAB', asked)).toEqual(says));
    it('nor what its own name looks like', () => {
      expect(told([['(1,5)'], ['2.345'], ['3']], 'TAB', { columns: [number('(1,5)')] })).toEqual(NOTHING);
      expect(told(first, 'TAB', { columns: [number('x')] })).toEqual(told(first));
    });
  });
  it('one mark for fractions leaves the other for groups', () => {
    expect(line(numbers([['1,234'], ['2,5']], 'SEMICOLON', { decimal: 'POINT' }).thousands)).toBe('COMMA, GROUPS, cells 1, example 1,234');
    expect(line(numbers([['1.234'], ['2.5']], 'SEMICOLON', { decimal: 'COMMA' }).thousands)).toBe('POINT, GROUPS, cells 1, example 1.234');
  });
});

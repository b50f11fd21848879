import fc from 'fast-check';
import { THOUSANDS, isGrouped, numberParts, parseNumber, readNumber, type Decimal, type Grouping, type Thousands } from './number-format.ts';

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
  ['', 'POINT', 'NONE', null],
  ['5', 'POINT', 'NONE', 5],
  ['5.', 'POINT', 'NONE', 5],
  ['5,', 'COMMA', 'NONE', 5],
  [',5', 'COMMA', 'NONE', 0.5],
  ['+ 1,5', 'COMMA', 'NONE', 1.5],
  ['-  1,5', 'COMMA', 'NONE', null],
  ['1,5  %', 'COMMA', 'NONE', null],
  ['1,5%%', 'COMMA', 'NONE', null],
  ['1.2.3', 'POINT', 'NONE', null],
  ['1,2,3', 'COMMA', 'NONE', null],
  ['1,5 2', 'COMMA', 'SPACE', null],
  ['1,234.567,8', 'POINT', 'COMMA', null],
  ['1.234.5', 'COMMA', 'POINT', null],
  ['1.234,5', 'POINT', 'COMMA', null],
  ["1'234,5", 'COMMA', 'SPACE', null],
  ['1 234', 'POINT', 'NONE', null],
  ['12 345 678,5 %', 'COMMA', 'SPACE', 123456.785],
  ['1,5e12', 'COMMA', 'NONE', 1.5e12],
  ['1,5E+12', 'COMMA', 'NONE', 1.5e12],
  ['1,5e-12', 'COMMA', 'NONE', 1.5e-12],
  ['1,5e', 'COMMA', 'NONE', null],
  ['e5', 'COMMA', 'NONE', null],
  ['x1,5', 'COMMA', 'NONE', null],
  ['1,5x', 'COMMA', 'NONE', null],
  ['1e5%', 'POINT', 'NONE', 1000],
  ['-1e150', 'POINT', 'NONE', -1e150],
  ['-1.1e150', 'POINT', 'NONE', null],
  ['1.1e150', 'POINT', 'NONE', null],
  ['-0,0', 'COMMA', 'NONE', 0],
])('reads %j with %s and %s as %j', (text, decimal, thousands, value) => expect(readNumber(text, { decimal, thousands })).toBe(value));

it.each([
  ['1', 1],
  ['-2.5e3', -2500],
  ['.5', 0.5],
  ['+7', 7],
  ['1e999', null],
  ['0x10', null],
  ['1,5', null],
  ['', null],
  ['Infinity', null],
  ['12a', null],
  ['a12', null],
  ['12.5', 12.5],
  ['12.', 12],
  ['.25', 0.25],
  ['.', null],
  ['1e10', 1e10],
  ['1e-10', 1e-10],
  ['1E+10', 1e10],
  ['1ee5', null],
  ['1e', null],
  ['-0', 0],
  ['1e300', 1e300],
  [' 1', null],
])('parses %j as programs do', (cell, value) => {
  expect(parseNumber(cell)).toBe(value);
});

it.each<[Grouping, string[], string[]]>([
  // In India the groups before the last are of two digits.
  ['COMMA', ['1,234', '12,345', '123,456', '1,234,567', '1,23,456', '12,34,567', '1,23,45,678'], ['123,45,678', '1,23,45', '1,2,345', '1,23,4567', '1.234']],
  ['POINT', ['1.234', '12.345', '123.456', '1.234.567'], ['1,234', '1.23.456']],
  ['SPACE', ['1 234', '12 345', '123 456', '1 234 567'], ['1  234', '1 23 456']],
  ['APOSTROPHE', ["1'234", "12'345", "123'456", "1'234'567"], ['1"234', "1'23'456"]],
])('groups of three digits by %s', (by, grouped, others) => {
  const mark = grouped[0]![1]!;
  const wrong = [
    '',
    '1',
    '1234',
    `1234${mark}567`,
    `1${mark}2345`,
    `1${mark}23`,
    `${mark}123`,
    `1${mark}234${mark}`,
    `x1${mark}234`,
    `1${mark}234x`,
    ...others,
  ];
  expect([...grouped, ...wrong].filter((digits) => isGrouped(digits, by))).toEqual(grouped);
});

it('reads what a format writes as the number that it was', () => {
  const MARKS: Record<Decimal | Thousands, string> = { POINT: '.', COMMA: ',', SPACE: ' ', APOSTROPHE: "'", NONE: '' };
  fc.assert(
    fc.property(
      fc.constantFrom('-', '+', ''),
      fc.bigInt(0n, 999_999_999_999n),
      fc.stringMatching(/^\d{0,8}$/),
      fc.constantFrom<Decimal>('POINT', 'COMMA'),
      fc.constantFrom(...THOUSANDS),
      (sign, whole, fraction, decimal, thousands) => {
        fc.pre(decimal !== thousands);
        const grouped = String(whole).replace(/(?<=\d)(?=(\d{3})+$)/g, MARKS[thousands]);
        const text = `${sign}${grouped}${fraction === '' ? '' : MARKS[decimal] + fraction}`;
        expect(readNumber(text, { decimal, thousands })).toBe(Number(`${sign}${whole}.${fraction}`) || 0);
        expect(readNumber(`${text} %`, { decimal, thousands })).toBe(Number(`${sign}${whole}.${fraction}e-2`) || 0);
      },
    ),
  );
});

it.each([
  ['- 1 234,5e-12 %', { sign: '-', digits: '1 234,5', exponent: '-12', isPercent: true }],
  ['12.05.2024', { sign: '', digits: '12.05.2024', exponent: '', isPercent: false }],
  [',5E3', { sign: '', digits: ',5', exponent: '3', isPercent: false }],
  ['..5', null],
  ['--5', null],
  ['5 kg', null],
])('takes %j apart, whatever its marks mean', (text, parts) => expect(numberParts(text)).toEqual(parts));

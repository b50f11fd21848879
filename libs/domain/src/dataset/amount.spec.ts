import { Amounts, amountOf } from './amount.ts';

it.each<[string, string, string | null]>([
  ['$1.50', '1.50', '$'],
  ['$ 1,234.50', '1,234.50', '$'],
  ['3 €', '3', '€'],
  ['1.234,50€', '1.234,50', '€'],
  ['-$5', '-5', '$'],
  ['$-5', '-5', '$'],
  ['- 5 €', '-5', '€'],
  ['+£.5', '+.5', '£'],
  ['(1.5)', '-1.5', null],
  ['( 1 234,5 )', '-1 234,5', null],
  ['($5)', '-5', '$'],
  ['$ (5.00)', '-5.00', '$'],
  ['(5) €', '-5', '€'],
  ['(12.5%)', '-12.5%', null],
  ['1,5-', '-1,5', null],
  ['1.234,50 -', '-1.234,50', null],
  ['5 €-', '-5', '€'],
  ['12,-', '12,', null],
  ['12.-', '12.', null],
  ['5.–', '5.', null],
  ['5.—', '5.', null],
  ['1.234,--', '1.234,', null],
  ['12, -', '12,', null],
  ['13,- €', '13,', '€'],
  ['€ 13,-', '13,', '€'],
  ['-13,-', '-13,', null],
  ['(13,-)', '-13,', null],
  ['¥100', '100', '¥'],
  ['￥１００', '100', '¥'],
  ['\u22125 ₹', '-5', '₹'],
  ['$1.5e3', '1.5e3', '$'],
  [`$${'1'.repeat(59)}`, '1'.repeat(59), '$'],
  ['-5', '-5', null],
  ['12.05.2024', '12.05.2024', null],
])('takes %j apart: %s, %s', (text, number, currency) => expect(amountOf(text)).toEqual({ number, currency }));

it.each([
  '18+',
  '12:-',
  ',-',
  '1,-2',
  '1,-2,-',
  '5—',
  '5-5',
  '1-2',
  '--5',
  '-5-',
  '-(5)',
  '(-5)',
  '(5',
  '5)',
  '((5))',
  '[5]',
  '(5)-',
  '+5-',
  '$',
  '()',
  '-',
  '',
  '$€5',
  '5 $ €',
  '$5 $',
  '1$50',
  'USD 5',
  '5 kg',
  '$5 each',
  'a (1)',
  '(a)',
  `$${'1'.repeat(60)}`,
])('takes %j for no amount', (text) => expect(amountOf(text)).toBeNull());

describe('the texts of a column', () => {
  const areAll = (...texts: string[]): boolean => {
    const amounts = new Amounts();
    for (const text of texts) amounts.look(text);
    return amounts.areAll;
  };
  it.each([
    ['of one currency', ['$1.50', '$2', '-$3']],
    ['of which some leave it out', ['(5)', '$2', '7-']],
    ['with a decimal comma', ['€ 1,50', '2,25 €']],
    ['in groups', ['€ 1.234,50', "€ 9'876", '€ 1 234']],
    ['typed in both widths', ['¥5', '￥6']],
  ])('are amounts: %s', (_name, texts) => expect(areAll(...texts)).toBe(true));
  it.each([
    ['of two currencies, which are not the same thing', ['$5', '€5']],
    ['one of which is a word', ['$5', 'free']],
    ['… and the first one', ['free', '$5']],
    ['dates and versions in brackets', ['(12.05.2024)']],
    ['numbers in another format', ['1,5', '1.234.567']],
    ['versions', ['1.2.3']],
  ])('are none: %s', (_name, texts) => expect(areAll(...texts)).toBe(false));
});

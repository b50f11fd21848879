import { normalForm, plainText } from './text.ts';

describe('normalForm', () => {
  it.each([
    [['LI@Example.org', 'li@example.org', 'ｌｉ@example.org', ' li\u200B@example.org ']],
    [['İstanbul', 'i\u0307stanbul']],
    [['ı', 'I', 'i']],
    [['Straße', 'STRASSE', 'ſtrasse', 'STRAẞE']],
    [['ΟΔΟΣ', 'οδος', 'οδοσ']],
    [['Å', 'å', 'Å', 'A\u030A']],
    [['ﬁle', 'FILE']],
    [['１２', '12']],
    [['项目\uFE0F', '项目']],
  ])('is one for %j', (same) => expect(new Set(same.map(normalForm)).size).toBe(1));

  it.each([
    ['li', 'lí'],
    ['a b', 'ab'],
    ['İ', 'i'],
    ['项', '頂'],
    ['', 'x'],
  ])('tells %j from %j', (one, other) => expect(normalForm(one)).not.toBe(normalForm(other)));
});

describe('plainText', () => {
  it.each([
    ['blanks at its ends', ' 12.5\t', '12.5'],
    ['blanks at the ends of what is full-width', '\u3000１２．５\u00a0', '12.5'],
    ['every full-width mark', '！＃％（）＊＋，－．／０９：Ａｚ～', '!#%()*+,-./09:Az~'],
    ['Arabic-Indic digits', '٠١٢٣٤٥٦٧٨٩', '0123456789'],
    ['Persian digits', '۰۱۲۳۴۵۶۷۸۹', '0123456789'],
    ['Devanagari digits', '०१२३४५६७८९', '0123456789'],
    ['Bengali digits', '০১২৩৪৫৬৭৮৯', '0123456789'],
    ['Thai digits', '๐๑๒๓๔๕๖๗๘๙', '0123456789'],
    ['each minus sign', '\u22121 \u20122 \u20133 \uFE634', '-1 -2 -3 -4'],
    ['typeset apostrophes of thousands', '1\u2019234\u02BC567', "1'234'567"],
    ['narrow and fixed spaces of thousands', '1\u202f234\u00a0567', '1 234 567'],
    ['a footnote, which is no digit', '12²', '12²'],
    ['words', '数字 Zahl', '数字 Zahl'],
    ['nothing', ' ', ''],
  ])('reads %s', (_, typed, plain) => expect(plainText(typed)).toBe(plain));
});

// Last, for it takes a second: npm run mutants asks no further than the first test that fails.
it('normalForm changes nothing that it has made, for every character there is', () => {
  const CHUNK = 4096;
  const changed: number[] = [];
  for (let first = 0; first <= 0x10ffff; first += CHUNK) {
    if (first >= 0xd800 && first <= 0xdfff) continue;
    const once = normalForm(Array.from({ length: CHUNK }, (_, i) => String.fromCodePoint(first + i)).join('|'));
    if (normalForm(once) !== once) changed.push(first);
  }
  expect(changed).toEqual([]);
});

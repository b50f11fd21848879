import { normalForm } from './text.ts';

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

  it.each([['li', 'lí'], ['a b', 'ab'], ['İ', 'i'], ['项', '頂'], ['', 'x']])('tells %j from %j', (one, other) => expect(normalForm(one)).not.toBe(normalForm(other)));

  it('changes nothing that it has made, for every character there is', () => {
    const CHUNK = 4096;
    const changed: number[] = [];
    for (let first = 0; first <= 0x10ffff; first += CHUNK) {
      if (first >= 0xd800 && first <= 0xdfff) continue;
      const once = normalForm(Array.from({ length: CHUNK }, (_, i) => String.fromCodePoint(first + i)).join('|'));
      if (normalForm(once) !== once) changed.push(first);
    }
    expect(changed).toEqual([]);
  });
});

import { matches } from './entry.ts';

describe('matches', () => {
  const entry = { label: 'Natural language', hint: 'NLP', words: '自然语言' };

  it.each([
    ['', true],
    ['  ', true],
    ['nat', true],
    ['LANG nlp', true],
    ['自然', true],
    ['nat vision', false],
    ['vision', false],
    ['ｎａｔｕｒａｌ', true],
    ['ＮＬＰ', true],
  ])('%j', (query, found) => {
    expect(matches(entry, query)).toBe(found);
  });
});

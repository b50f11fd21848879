import { fitOf, fitting, typedIn, type Fit, type FoundBy } from './fit.ts';

describe('how well a thing fits what was typed', () => {
  const ticket: FoundBy = { key: 'VIS-12', number: 12, title: 'Tune the learning rate', words: 'Vision' };

  it.each<[string, Fit | null]>([
    ['vis-12', 'EXACT'],
    ['ＶＩＳ－１２', 'EXACT'],
    ['12', 'EXACT'],
    ['#12', 'EXACT'],
    ['tune the  LEARNING rate', 'EXACT'],
    ['VIS-1', 'BEGIN'],
    ['tune', 'BEGIN'],
    ['learn rate', 'WORDS'],
    ['rate learn', 'WORDS'],
    ['vision tune', 'WORDS'],
    ['earning', 'WITHIN'],
    ['une ate', 'WITHIN'],
    ['tune momentum', null],
    ['13', null],
    ['vis-13', null],
  ])('%j', (text, fit) => {
    expect(fitOf(typedIn(text), ticket)).toBe(fit);
  });

  it.each<[string, Fit | null]>([
    ['训练', 'BEGIN'],
    ['手写数字', 'WORDS'],
    ['数字', 'WITHIN'],
    ['数字 训练', 'WITHIN'],
    ['识别', null],
  ])('finds Chinese by its characters: %j', (text, fit) => {
    expect(fitOf(typedIn(text), { title: '训练模型：手写数字' })).toBe(fit);
  });

  it('is anything while nothing is typed', () => {
    expect(typedIn('  ')).toEqual({ text: '', words: [], number: null });
    expect(fitOf(typedIn(''), ticket)).toBe('BEGIN');
  });

  it('cuts what is longer than anybody types', () => {
    expect(typedIn('a '.repeat(500)).words).toHaveLength(8);
    expect(typedIn('x'.repeat(5000)).text).toHaveLength(200);
  });

  it('keeps the order of those that fit alike', () => {
    const titles = ['The atlas', 'Atlas ends', 'Catlas', 'Atlas begins', 'Nothing', 'Atlas'];
    expect(fitting(typedIn('atlas'), titles, (title) => ({ title }))).toEqual(['Atlas', 'Atlas ends', 'Atlas begins', 'The atlas', 'Catlas']);
  });
});

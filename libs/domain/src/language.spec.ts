import { LANGUAGES, languageOf, LOCALES } from './language.ts';

describe('a language of the interface', () => {
  it.each([
    ['zh', 'zh'],
    ['zh-Hant-TW', 'zh'],
    ['ZH', 'zh'],
    ['en-GB', 'en'],
    ['fr', 'en'],
    ['', 'en'],
    ['toString', 'en'],
    ['zhuang', 'en'],
  ])('of %s is %s', (tag, language) => {
    expect(languageOf(tag)).toBe(language);
  });

  it('is called by its own name', () => {
    expect(Object.entries(LANGUAGES).map(([code, { locale, name }]) => [code, locale, name])).toEqual([
      ['en', 'EN', 'English'],
      ['zh', 'ZH', '简体中文'],
    ]);
  });

  it('is found again by what accounts and formats call it', () => {
    for (const [language, { locale, tag }] of Object.entries(LANGUAGES)) expect([languageOf(locale), languageOf(tag)]).toEqual([language, language]);
    expect(new Set(LOCALES).size).toBe(LOCALES.length);
  });
});

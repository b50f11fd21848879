import { ERRORS } from '@trainyard/domain';
import i18next from 'i18next';
import { NAMESPACES, readTexts, switchTestLanguage, type Texts } from '../../test/texts.ts';
import { LANGUAGE_CODES } from '@trainyard/domain';

const PLURAL = /_(zero|one|two|few|many|other)$/;

/** Key path -> text, such as `board.create` -> "New ticket". */
function flatten(texts: Texts, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === 'string') flat.set(prefix + key, value);
    else for (const [path, text] of flatten(value, `${prefix}${key}.`)) flat.set(path, text);
  }
  return flat;
}

const facts = (text: string): string[] => [...new Set([...text.matchAll(/\{\{\s*([\w.]+)/g)].map((match) => match[1] ?? ''))].sort();

/** The forms a language needs of every counted text. */
const pluralForms = (language: string): string[] => [...new Intl.PluralRules(language).resolvedOptions().pluralCategories].sort();

describe.each(NAMESPACES.map((namespace) => [namespace]))('the texts of %s', (namespace) => {
  const english = flatten(readTexts('en', namespace));
  const chinese = flatten(readTexts('zh', namespace));

  it('have the same keys in both languages', () => {
    const keys = (texts: Map<string, string>): string[] => [...new Set([...texts.keys()].map((key) => key.replace(PLURAL, '')))].sort();
    expect(keys(chinese)).toEqual(keys(english));
  });

  it('are not empty, and Chinese is not English left over', () => {
    for (const [key, text] of [...english, ...chinese]) expect([key, text.trim()]).not.toEqual([key, '']);
    const sentences = [...chinese].filter(([key, text]) => /[a-z]{3,} [a-z]{2,} [a-z]{2,}/i.test(text) && english.get(key) === text);
    expect(sentences).toEqual([]);
  });

  it('use the same facts in both languages', () => {
    for (const [key, text] of chinese) {
      const original = english.get(key) ?? english.get(key.replace(PLURAL, '_other'));
      if (original !== undefined) expect([key, facts(text)]).toEqual([key, facts(original)]);
    }
  });

  it.each(LANGUAGE_CODES.map((language) => [language]))('have every plural form of %s', (language) => {
    const texts = language === 'en' ? english : chinese;
    const counted = [...texts.keys()].filter((key) => PLURAL.test(key));
    const stems = new Map<string, string[]>();
    for (const key of counted) stems.set(key.replace(PLURAL, ''), [...(stems.get(key.replace(PLURAL, '')) ?? []), PLURAL.exec(key)?.[1] ?? '']);
    for (const [stem, forms] of stems) expect([stem, forms.sort()]).toEqual([stem, pluralForms(language)]);
  });
});

describe('the texts of errors', () => {
  it.each(['en', 'zh'] as const)('say sizes as people do in %s', async (language) => {
    await switchTestLanguage(language);
    const text = i18next.t('errors:TOO_LARGE', { context: 'PENDING_UPLOADS', limit: 4 * 1024 ** 3, pending: 900e6 });
    expect(text).toContain('4.3 GB');
    expect(text).toContain('900 MB');
  });

  it('cover the whole catalogue and nothing else', () => {
    const said = new Set(Object.keys(readTexts('en', 'errors')).map((key) => key.replace(PLURAL, '')));
    for (const code of Object.keys(ERRORS)) expect([code, [...said].some((key) => key === code)]).toEqual([code, true]);
    const strays = [...said].filter((key) => !Object.keys(ERRORS).some((code) => key === code || key.startsWith(`${code}_`)));
    expect(strays).toEqual([]);
  });
});

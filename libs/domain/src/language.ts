/** The languages of the interface: as accounts keep them, by their own names, and as formats of numbers and days know them (BCP 47). */
export const LANGUAGES = {
  en: { locale: 'EN', name: 'English', tag: 'en' },
  zh: { locale: 'ZH', name: '简体中文', tag: 'zh-CN' },
} as const satisfies Record<string, { locale: string; name: string; tag: string }>;

export type Language = keyof typeof LANGUAGES;
export type Locale = (typeof LANGUAGES)[Language]['locale'];

export const LANGUAGE_CODES = Object.keys(LANGUAGES) as readonly Language[];
export const LOCALES = Object.values(LANGUAGES).map(({ locale }) => locale);

/** Who asks for a language that is not here reads English. @param tag such as zh-Hant-TW, or the locale of an account */
export function languageOf(tag: string): Language {
  const [primary = ''] = tag.toLowerCase().split('-');
  return Object.hasOwn(LANGUAGES, primary) ? (primary as Language) : 'en';
}

export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each language by its own name. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', zh: '简体中文' };

export const DEFAULT_NAMESPACE = 'shell';

export function languageOf(tag: string): Language {
  return /^zh/i.test(tag) ? 'zh' : 'en';
}

/** As the account keeps it. */
export const localeOf = (language: Language): 'EN' | 'ZH' => (language === 'zh' ? 'ZH' : 'EN');

/** What every page is drawn with, and what is said of errors. */
export const shellTexts = { en: () => import('./i18n/en.json'), zh: () => import('./i18n/zh.json') };
export const errorTexts = { en: () => import('./i18n/errors/en.json'), zh: () => import('./i18n/errors/zh.json') };

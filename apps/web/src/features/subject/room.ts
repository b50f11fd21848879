/** What any noun can have; it has no page of its own. */
export const subjectTexts = { en: () => import('./i18n/en.json'), zh: () => import('./i18n/zh.json') };

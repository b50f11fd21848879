export const listsTexts = { en: () => import('./i18n/en.json'), zh: () => import('./i18n/zh.json') };

import type { Texts } from '../../i18n/languages.ts';

/** What every page is drawn with, and what is said of errors. */
export const shellTexts: Texts<typeof import('./i18n/en.json')> = (language) => import(`./i18n/${language}.json`);
export const errorTexts: Texts<typeof import('./i18n/errors/en.json')> = (language) => import(`./i18n/errors/${language}.json`);

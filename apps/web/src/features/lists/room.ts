import type { Texts } from '../../i18n/languages.ts';

export const listsTexts: Texts<typeof import('./i18n/en.json')> = (language) => import(`./i18n/${language}.json`);

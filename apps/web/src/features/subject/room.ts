import type { Texts } from '../../i18n/languages.ts';

/** What any noun can have; it has no page of its own. */
export const subjectTexts: Texts<typeof import('./i18n/en.json')> = (language) => import(`./i18n/${language}.json`);

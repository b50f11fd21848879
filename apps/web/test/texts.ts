import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { addFormats } from '../src/i18n/formats.ts';
import { LANGUAGE_CODES, type Language } from '@trainyard/domain';

const features = join(import.meta.dirname, '../src/features');
/** Where the texts of each room lie, by its name: `board/i18n`, and `errors` in `shell/i18n/errors`. */
const folders = new Map(
  globSync('*/i18n/**/en.json', { cwd: features })
    .map(dirname)
    .sort()
    .map((folder) => [folder.split('/').findLast((name) => name !== 'i18n') ?? '', join(features, folder)]),
);
export const NAMESPACES = [...folders.keys()];

export type Texts = { [key: string]: string | Texts };

export function readTexts(language: Language, namespace: string): Texts {
  return JSON.parse(readFileSync(join(folders.get(namespace) ?? '', `${language}.json`), 'utf8')) as Texts;
}

const resources = Object.fromEntries(
  LANGUAGE_CODES.map((language) => [language, Object.fromEntries(NAMESPACES.map((namespace) => [namespace, readTexts(language, namespace)]))]),
);

/** The real texts; a key that is missing fails the test that asked for it. */
await i18next.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: false,
  ns: NAMESPACES,
  defaultNS: 'shell',
  resources,
  interpolation: { escapeValue: false },
  react: { useSuspense: false },
  parseMissingKeyHandler: (key) => {
    throw new Error(`No text for ${key} in ${i18next.language}`);
  },
});
addFormats(i18next);

export async function switchTestLanguage(language: Language): Promise<void> {
  if (i18next.language !== language) await i18next.changeLanguage(language);
}

import i18next, { type i18n as I18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { addFormats } from './formats.ts';
import { LANGUAGES, languageOf, type Language } from '@trainyard/domain';
import { DEFAULT_NAMESPACE, type Texts } from './languages.ts';

/** By the room's name, which is their namespace. */
let rooms: Readonly<Record<string, Texts>> = {};
let starting: Promise<I18n> | undefined;
const asked = new Map<string, Promise<object>>();

const STORAGE_KEY = 'trainyard.language';

export function rememberedLanguage(): Language {
  return languageOf(localStorage.getItem(STORAGE_KEY) ?? navigator.language);
}

/** Begins with the texts of `first`: those that the page at hand is drawn with. */
export function startI18n(language: Language, all: Readonly<Record<string, Texts>>, first: readonly string[]): Promise<I18n> {
  rooms = all;
  starting = start(language, first);
  return starting;
}

async function start(language: Language, first: readonly string[]): Promise<I18n> {
  const resources = Object.fromEntries(await Promise.all([...new Set(first)].map(async (room) => [room, await fetchTexts(language, room)] as const)));
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    ns: Object.keys(rooms),
    defaultNS: DEFAULT_NAMESPACE,
    resources: { [language]: resources },
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
    // a fact the server left out must not show as {{name}}
    missingInterpolationHandler: () => '',
  });
  addFormats(i18next);
  reflect(language);
  i18next.on('languageChanged', (next) => reflect(languageOf(next)));
  return i18next;
}

/** Fetched once; what did not arrive is asked for again. */
function fetchTexts(language: Language, room: string): Promise<object> {
  const key = `${language}/${room}`;
  const texts =
    asked.get(key) ?? rooms[room]?.(language).then((module) => module.default) ?? Promise.reject(new Error(`No room has texts by the name of ${room}`));
  asked.set(key, texts);
  texts.catch(() => asked.delete(key));
  return texts;
}

async function addTexts(language: Language, names: readonly string[]): Promise<void> {
  await Promise.all(names.map(async (room) => i18next.addResourceBundle(language, room, await fetchTexts(language, room))));
}

/** The texts of these rooms, or of all, in the language of now. Undefined where they are there already: nothing is to be waited for. */
export function loadTexts(names: readonly string[] = Object.keys(rooms)): Promise<void> | undefined {
  // who is signed out is led to another page before the first one stands
  if (!i18next.isInitialized) return starting?.then(() => loadTexts(names));
  const language = languageOf(i18next.language);
  const missing = names.filter((room) => !i18next.hasResourceBundle(language, room));
  return missing.length === 0 ? undefined : addTexts(language, missing);
}

/** A part of the screen that comes later: not before all texts, whichever it shows. */
export function withTexts<Part>(load: () => Promise<Part>): () => Promise<Part> {
  return async () => {
    const [part] = await Promise.all([load(), loadTexts()]);
    return part;
  };
}

export async function loadLanguage(language: Language): Promise<void> {
  await addTexts(
    language,
    Object.keys(rooms).filter((room) => !i18next.hasResourceBundle(language, room)),
  );
}

export async function switchLanguage(language: Language): Promise<void> {
  await loadLanguage(language);
  if (i18next.language !== language) await i18next.changeLanguage(language);
  localStorage.setItem(STORAGE_KEY, language);
}

function reflect(language: Language): void {
  document.documentElement.lang = LANGUAGES[language].tag;
}

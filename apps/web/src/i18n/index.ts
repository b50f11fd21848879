import i18next, { type i18n as I18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { addFormats } from './formats.ts';
import { DEFAULT_NAMESPACE, NAMESPACES, languageOf, type Language, type Resources } from './languages.ts';

type Texts = Record<keyof Resources, object>;

/** One chunk a language: the other one is fetched when the browser is idle, so that switching is instant. */
const LOADERS: Record<Language, () => Promise<{ default: Texts }>> = {
  en: () => import('./en.ts'),
  zh: () => import('./zh.ts'),
};

const STORAGE_KEY = 'trainyard.language';

export function rememberedLanguage(): Language {
  return languageOf(localStorage.getItem(STORAGE_KEY) ?? navigator.language);
}

export async function startI18n(language: Language): Promise<I18n> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    ns: NAMESPACES,
    defaultNS: DEFAULT_NAMESPACE,
    resources: { [language]: (await LOADERS[language]()).default },
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

export async function loadLanguage(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, DEFAULT_NAMESPACE)) return;
  const { default: resources } = await LOADERS[language]();
  for (const [namespace, texts] of Object.entries(resources)) i18next.addResourceBundle(language, namespace, texts);
}

export async function switchLanguage(language: Language): Promise<void> {
  await loadLanguage(language);
  if (i18next.language !== language) await i18next.changeLanguage(language);
  localStorage.setItem(STORAGE_KEY, language);
}

function reflect(language: Language): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
}

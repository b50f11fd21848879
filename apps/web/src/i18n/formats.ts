import type { i18n as I18n } from 'i18next';
import { languageOf } from './languages.ts';
import { formatOf } from './useFormat.ts';

/** What a text may ask of its facts: `{{limit, bytes}}`. For sentences whose facts no screen has formatted: those of errors. */
export function addFormats({ services }: I18n): void {
  services.formatter?.add('bytes', (count: number, language) => formatOf(languageOf(language ?? '')).bytes(count));
}

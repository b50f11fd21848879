import type { i18n as I18n } from 'i18next';
import { languageOf } from './languages.ts';
import { formatOf } from './useFormat.ts';

/** What a text may ask of its facts: `{{limit, bytes}}`, `{{limitMs, duration}}`, `{{learningRate, figure}}`. For sentences whose facts no screen has formatted: those of errors and failures. */
export function addFormats({ services }: I18n): void {
  for (const name of ['bytes', 'duration', 'figure'] as const) {
    services.formatter?.add(name, (value: number, language) => formatOf(languageOf(language ?? ''))[name](value));
  }
}

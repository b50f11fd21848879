import type { i18n as I18n } from 'i18next';
import { languageOf } from '@trainyard/domain';
import { formatOf } from './useFormat.ts';

/** Facts somebody sent, for a sentence to name. i18next would else obey those that are called as its options are: `lng`, `returnDetails`. */
export const asFacts = (facts: Readonly<Record<string, unknown>>) => ({ replace: facts });

/** What a text may ask of its facts: `{{limit, bytes}}`, `{{limitMs, duration}}`, `{{learningRate, figure}}`. For sentences whose facts no screen has formatted: those of errors and failures. */
export function addFormats({ services }: I18n): void {
  for (const name of ['bytes', 'duration', 'figure', 'percent'] as const) {
    services.formatter?.add(name, (value: number, language) => formatOf(languageOf(language ?? ''))[name](value));
  }
}

import type { SetField } from '@trainyard/domain';
import type { TFunction } from 'i18next';

/** A word of a field, such as a stage; `none` is what is said where there is none. */
export function wordOf(t: TFunction<'ticket'>, field: Extract<SetField, { kind: 'WORD' }>, word: string): string {
  return t(`${field.name}.${word}` as 'stage.none');
}

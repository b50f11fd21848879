import type { FieldValues } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { FormDraft } from './useFormDraft.ts';

/** What stands under a field that somebody else has changed while it was being changed here. */
export function useTheirs<Values extends FieldValues>({
  theirs,
}: FormDraft<Values>): (field: keyof Values, words?: (value: NonNullable<Values[keyof Values]>) => string) => string | undefined {
  const { t } = useTranslation('shell');
  return (field, words = String) => {
    if (!(field in theirs)) return undefined;
    const value = theirs[field];
    return value === '' || value === null || value === undefined ? t('draft.theirsEmpty') : t('draft.theirs', { value: words(value) });
  };
}

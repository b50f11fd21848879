import type { PERSON_FIELDS } from '@trainyard/domain';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListWords } from '../lists/list-words.ts';

type Field = keyof typeof PERSON_FIELDS;

/** How the fields of an account and their words are called in a query. */
export function usePeopleWords(): ListWords {
  const { t } = useTranslation(['staffing', 'shell']);
  return useMemo(
    () => ({
      field: (name) => t(`list.field.${name as Field}`),
      word: (field, word) => (field === 'role' ? t(`shell:orgRole.${word as 'OWNER'}`) : t(`list.is.${word as 'DISABLED'}`)),
    }),
    [t],
  );
}

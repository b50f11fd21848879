import type { DATASET_FIELDS } from '@trainyard/domain';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListWords } from '../lists/list-words.ts';

type Field = keyof typeof DATASET_FIELDS;

/** How the fields of a dataset and their words are called in a query. */
export function useDatasetWords(): ListWords {
  const { t } = useTranslation('dataset');
  return useMemo(
    () => ({
      field: (name) => t(`list.field.${name as Field}`),
      word: (field, word) => {
        if (field === 'kind') return t(`kind.${word as 'CSV'}`);
        if (field === 'source') return t(`source.${word as 'UPLOAD'}`);
        if (field === 'archived') return t(`list.archived.${word as 'YES'}`);
        return t(`state.${word as 'READY'}`);
      },
    }),
    [t],
  );
}

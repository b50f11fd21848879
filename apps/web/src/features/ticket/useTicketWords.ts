import type { TICKET_FIELDS } from '@trainyard/domain';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListWords } from '../lists/list-words.ts';

type Field = keyof typeof TICKET_FIELDS;

/** How the fields of a ticket and their words are called in a query. */
export function useTicketWords(): ListWords {
  const { t } = useTranslation('ticket');
  return useMemo(
    () => ({
      field: (name) => t(`list.field.${name as Field}`),
      word: (field, word) => {
        if (field === 'type') return t(`type.${word as 'TASK'}`);
        if (field === 'stage') return t(`stage.${word as 'DATA'}`);
        if (field === 'priority') return t(`priority.${word as 'HIGH'}`);
        if (field === 'run') return t(`list.run.${word as 'QUEUED'}`);
        if (field === 'is') return t(`list.is.${word as 'BACKLOG'}`);
        return t(`list.${field as 'state'}.${word as 'OPEN'}`);
      },
    }),
    [t],
  );
}

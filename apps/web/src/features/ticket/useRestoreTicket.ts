import { useMutation } from '@apollo/client/react';
import { use } from 'react';
import { useTranslation } from 'react-i18next';
import { useToast } from '../shell/useToast.ts';
import { BoardContext } from '../board/BoardContext.tsx';
import { RestoreTicketDocument } from './ticket.generated.ts';
import type { Ticket } from './useTicket.ts';

/** Brings a deleted ticket back to where it lay, and says so. */
export function useRestoreTicket({ id, key }: Pick<Ticket, 'id' | 'key'>): () => Promise<void> {
  const { t } = useTranslation('board');
  const board = use(BoardContext);
  const toast = useToast();
  const [restore] = useMutation(RestoreTicketDocument);
  return async () => {
    try {
      const { data } = await restore({ variables: { id } });
      const place = data?.restoreTicket;
      if (board && place) board.model.settle(id, board.model.draft(id, place), place);
      toast.done(t('ticket.restored', { key }));
    } catch (error) {
      toast.failed(error);
    }
  };
}

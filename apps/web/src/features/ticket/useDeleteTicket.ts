import { useMutation } from '@apollo/client/react';
import { use } from 'react';
import { useTranslation } from 'react-i18next';
import { offerUndo } from '../shell/offer-undo.tsx';
import { useToast } from '../shell/useToast.ts';
import { DeleteTicketDocument } from './ticket.generated.ts';
import { TicketHolderContext } from './ticket-holder.ts';
import { useRestoreTicket } from './useRestoreTicket.ts';
import type { Ticket } from './useTicket.ts';

/** Deletes an open ticket, and offers to take that back. */
export function useDeleteTicket(ticket: Ticket, onDeleted: () => void): () => Promise<void> {
  const { t } = useTranslation('ticket');
  const holder = use(TicketHolderContext);
  const toast = useToast();
  const [remove] = useMutation(DeleteTicketDocument);
  const undo = useRestoreTicket(ticket);

  return async () => {
    const removal = holder?.remove(ticket.id);
    try {
      await remove({ variables: { id: ticket.id, version: ticket.version } });
      removal?.accepted();
      onDeleted();
      offerUndo(`deleted-${ticket.id}`, t('ticket.deleted', { key: ticket.key }), undo);
    } catch (error) {
      removal?.refused();
      toast.failed(error);
    }
  };
}

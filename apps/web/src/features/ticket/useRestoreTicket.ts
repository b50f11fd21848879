import { useMutation } from '@apollo/client/react';
import { use } from 'react';
import { useTranslation } from 'react-i18next';
import { useToast } from '../shell/useToast.ts';
import { placeOf } from './placement.ts';
import { TicketHolderContext } from './ticket-holder.ts';
import { RestoreTicketDocument } from './ticket.generated.ts';
import type { Ticket } from './useTicket.ts';

/** Brings a deleted ticket back to where it lay, and says so. */
export function useRestoreTicket({ id, key }: Pick<Ticket, 'id' | 'key'>): () => Promise<void> {
  const { t } = useTranslation('ticket');
  const holder = use(TicketHolderContext);
  const toast = useToast();
  const [restore] = useMutation(RestoreTicketDocument);
  return async () => {
    try {
      const { data } = await restore({ variables: { id } });
      const place = data && placeOf(data.restoreTicket);
      if (place) holder?.put(id, place);
      toast.done(t('ticket.restored', { key }));
    } catch (error) {
      toast.failed(error);
    }
  };
}

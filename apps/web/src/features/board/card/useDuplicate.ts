import { useApolloClient } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import { offerOpen } from '../../shell/offer-open.tsx';
import { useToast } from '../../shell/useToast.ts';
import { TicketDocument } from '../../ticket/ticket.generated.ts';
import { writeTickets } from '../../ticket/write-tickets.ts';
import { useBoardParts } from '../board-context.ts';
import { CreateTicketDocument } from '../board.generated.ts';
import { placeInCell } from '../model/place-in-cell.ts';
import { noteRuns } from '../model/useBoard.ts';

/** Makes a ticket like another, below it: what it says and its facts, and nothing of what happened to it. */
export function useDuplicate(): (key: string) => Promise<void> {
  const { t } = useTranslation('board');
  const client = useApolloClient();
  const toast = useToast();
  const { model, focus, openTicket } = useBoardParts();
  return async (key) => {
    try {
      const { data } = await client.query({ query: TicketDocument, variables: { key }, fetchPolicy: 'network-only' });
      if (!data?.ticket) return;
      const {
        id: afterId,
        columnId,
        projectId,
        title,
        type,
        priority,
        parentId,
        stage,
        points,
        deviceHours,
        startDate,
        dueDate,
        assignee,
        labelIds,
        description,
      } = data.ticket;
      const made = await client.mutate({
        mutation: CreateTicketDocument,
        fetchPolicy: 'no-cache',
        variables: {
          input: {
            projectId,
            columnId,
            ...(columnId !== null && { afterId }),
            title,
            type,
            priority,
            parentId,
            stage,
            points,
            deviceHours,
            startDate,
            dueDate,
            assigneeId: assignee?.id ?? null,
            labelIds,
            description,
          },
        },
      });
      const ticket = made.data?.createTicket;
      if (!ticket) return;
      writeTickets(client.cache, [ticket]);
      noteRuns(model, [ticket]);
      const place = placeInCell(model, ticket, stage);
      if (place) model.settle(ticket.id, model.draft(ticket.id, place), place);
      offerOpen(`duplicate-${ticket.id}`, t('menu.duplicated', { key, made: ticket.key }), () => openTicket(ticket.key, 'PEEK'));
      if (model.placeOf(ticket.id)) focus.want(ticket.id);
    } catch (error) {
      toast.failed(error);
    }
  };
}

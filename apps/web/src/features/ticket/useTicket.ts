import { useQuery } from '@apollo/client/react';
import { use, useCallback, useState } from 'react';
import { toldByQuery } from '../../apollo-failure.ts';
import { TicketHolderContext } from './ticket-holder.ts';
import type { EventBatch } from '../activity/project-feed.ts';
import { TicketDocument, TicketProjectDocument, type TicketFieldsFragment, type TicketProjectQuery } from './ticket.generated.ts';
import { useProjectEvents } from '../activity/useProjectEvents.ts';

export type Ticket = TicketFieldsFragment;
export type TicketProject = NonNullable<TicketProjectQuery['project']>;

export interface TicketLoad {
  ticket: Ticket | null | undefined;
  project: TicketProject | undefined;
  error: unknown;
  reload: () => void;
  /** Rises with everything the log says of the ticket: its comments and history load again. */
  news: number;
  /** What is known of a ticket that somebody took off the board while it was open; null: nobody did. */
  deleted: DeletedTicketInfo | null;
}
export interface DeletedTicketInfo {
  ticket: Ticket;
  project: TicketProject | undefined;
  /** Empty: nobody knows. */
  by: string;
}

/** A ticket with what its fields may be set to, kept as the log has it. */
export function useTicket(ticketKey: string): TicketLoad {
  const held = use(TicketHolderContext) !== null;
  const { data, error, refetch } = useQuery(TicketDocument, { variables: { key: ticketKey }, fetchPolicy: 'cache-and-network' });
  const ticket = data?.ticket;
  const {
    data: projectData,
    error: projectError,
    refetch: refetchProject,
  } = useQuery(TicketProjectDocument, {
    variables: { id: ticket?.projectId ?? '' },
    skip: !ticket,
    // its `seq` is where listening begins: one from the cache would be long past
    fetchPolicy: held ? 'cache-first' : 'network-only',
  });
  const project = projectData?.project ?? undefined;
  const [news, setNews] = useState(0);
  const [deleted, setDeleted] = useState<DeletedTicketInfo | null>(null);

  const reload = useCallback(() => {
    toldByQuery(refetch());
    setNews((n) => n + 1);
  }, [refetch]);

  const onEvents = ({ activities }: EventBatch): void => {
    const mine = activities.filter((activity) => activity.ticketId === ticket?.id || activity.entityId === ticket?.id);
    if (activities.some((activity) => activity.entity === 'LABEL' || activity.entity === 'COLUMN')) toldByQuery(refetchProject());
    const last = mine.findLast((activity) => activity.entity === 'TICKET' && (activity.action === 'DELETED' || activity.action === 'CREATED'));
    if (last && ticket) setDeleted(last.action === 'DELETED' ? { ticket, project, by: last.actor?.name ?? '' } : null);
    if (mine.length > 0 && last?.action !== 'DELETED') reload();
  };
  useProjectEvents({ projectId: ticket?.projectId ?? null, since: held ? 'JOIN' : (project?.seq ?? null), onEvents, onReset: reload });

  return { ticket, project, error: error ?? projectError, reload, news, deleted };
}

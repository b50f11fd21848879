import { useQuery } from '@apollo/client/react';
import { use, useCallback, useRef, useState } from 'react';
import { toldByQuery } from '../../apollo-failure.ts';
import { TicketHolderContext } from './ticket-holder.ts';
import type { EventBatch } from '../activity/project-feed.ts';
import { TicketDocument, TicketProjectDocument, type TicketFieldsFragment, type TicketProjectQuery, type TicketQuery } from './ticket.generated.ts';
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
  /** Says which other tickets its page shows: what the log says of them is news of it. */
  setRelatives: (of: 'CHILDREN' | 'LINKS', ids: readonly string[]) => void;
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
  const [deleted, setDeleted] = useState<DeletedTicketInfo | null>(null);
  const known = ticket ?? deleted?.ticket;
  const {
    data: projectData,
    error: projectError,
    refetch: refetchProject,
  } = useQuery(TicketProjectDocument, {
    variables: { id: known?.projectId ?? '' },
    skip: !known,
    // its `seq` is where listening begins: one from the cache would be long past
    fetchPolicy: held ? 'cache-first' : 'network-only',
  });
  const project = projectData?.project ?? undefined;
  const [news, setNews] = useState(0);

  const reload = useCallback(() => {
    toldByQuery(refetch());
    setNews((n) => n + 1);
  }, [refetch]);

  const relatives = useRef<Partial<Record<'CHILDREN' | 'LINKS', readonly string[]>>>({});
  const setRelatives = useCallback((of: 'CHILDREN' | 'LINKS', ids: readonly string[]): void => void (relatives.current[of] = ids), []);

  const onEvents = ({ activities }: EventBatch): void => {
    const mine = activities.filter((activity) => activity.ticketId === known?.id || activity.entityId === known?.id);
    if (activities.some((activity) => activity.entity === 'LABEL' || activity.entity === 'COLUMN')) toldByQuery(refetchProject());
    const last = mine.findLast((activity) => activity.entity === 'TICKET' && (activity.action === 'DELETED' || activity.action === 'CREATED'));
    if (last && known) setDeleted(last.action === 'DELETED' ? { ticket: known, project, by: last.actor?.name ?? '' } : null);
    if (mine.length > 0 && last?.action !== 'DELETED') reload();
    else if (activities.some((activity) => activity.entity === 'TICKET' && isRelative(activity, known?.id, Object.values(relatives.current).flat())))
      setNews((n) => n + 1);
  };
  const onReset = (): void => {
    // the board that holds it reads its project again
    if (!held) toldByQuery(refetchProject());
    const told = ({ data: now }: { data?: TicketQuery }): void => {
      if (known && now) setDeleted(now.ticket ? null : { ticket: known, project, by: '' });
    };
    toldByQuery(refetch().then(told));
    setNews((n) => n + 1);
  };
  useProjectEvents({ projectId: known?.projectId ?? null, since: held ? 'JOIN' : (project?.seq ?? null), onEvents, onReset });

  return { ticket, project, error: error ?? projectError, reload, news, setRelatives, deleted };
}

/** It is shown with the ticket, or becomes a part of it or is one no more. */
function isRelative({ entityId, changes }: EventBatch['activities'][number], id: string | undefined, shown: readonly string[]): boolean {
  if (shown.includes(entityId)) return true;
  const parent = (changes as Record<string, { from?: unknown; to?: unknown } | undefined> | null)?.['parentId'];
  return id !== undefined && (parent?.from === id || parent?.to === id);
}

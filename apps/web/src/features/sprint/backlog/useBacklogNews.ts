import { useApolloClient } from '@apollo/client/react';
import type { LoggedActivity } from '../../activity/news.ts';
import { useReadAgain } from '../../activity/useReadAgain.ts';
import { BacklogDocument, SprintCapacityDocument } from '../sprints.generated.ts';
import type { BacklogLists } from './backlog-lists.ts';

/** What of a ticket decides where it stands, and what its section comes to. */
const CONCERNS = ['backlogRank', 'sprintId', 'parentId', 'assigneeId', 'state', 'type', 'points', 'deviceHours'];

/** Keeps an open backlog as the log has it: rows change by themselves, places are read again where they are looked at. */
export function useBacklogNews(project: { id: string; seq: number }, lists: BacklogLists, onSums: () => void): void {
  const client = useApolloClient();
  const readAll = async (): Promise<void> => {
    onSums();
    // Where no sprint is shown nothing asks who has time for it.
    const isAsked = [...client.getObservableQueries()].some(({ queryName }) => queryName === 'SprintCapacity');
    await Promise.all([client.refetchQueries({ include: [BacklogDocument, ...(isAsked ? [SprintCapacityDocument] : [])] }), lists.renew()]);
  };
  useReadAgain(project, { concernedBy: (activities) => (activities.some(concerns) ? ['ALL'] : []), read: readAll, readAll });
}

const concerns = ({ entity, action, changes }: LoggedActivity): boolean =>
  entity === 'SPRINT' || (entity === 'TICKET' && (action !== 'UPDATED' || CONCERNS.some((field) => Object.hasOwn(Object(changes), field))));

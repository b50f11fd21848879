import { useApolloClient } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import type { LoggedActivity } from '../../activity/news.ts';
import { useProjectEvents } from '../../activity/useProjectEvents.ts';
import { BacklogDocument, SprintCapacityDocument } from '../sprints.generated.ts';
import type { BacklogLists } from './backlog-lists.ts';

/** News that follow within this are read together. */
const WITHIN_MS = 400;
/** What of a ticket decides where it stands, and what its section comes to. */
const CONCERNS = ['backlogRank', 'sprintId', 'parentId', 'assigneeId', 'state', 'type', 'points', 'deviceHours'];

/** Keeps an open backlog as the log has it: rows change by themselves, places are read again where they are looked at. */
export function useBacklogNews({ id, seq }: { id: string; seq: number }, lists: BacklogLists, onSums: () => void): void {
  const client = useApolloClient();
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(onSums);
  useEffect(() => {
    latest.current = onSums;
  });
  useEffect(() => () => clearTimeout(waiting.current), []);
  // where it was when the page was opened
  const [since] = useState(seq);
  const renew = async (): Promise<void> => {
    latest.current();
    // Where no sprint is shown nothing asks who has time for it.
    const isAsked = [...client.getObservableQueries()].some(({ queryName }) => queryName === 'SprintCapacity');
    await Promise.all([client.refetchQueries({ include: [BacklogDocument, ...(isAsked ? [SprintCapacityDocument] : [])] }), lists.renew()]);
  };
  useProjectEvents({
    projectId: id,
    since,
    onEvents: ({ activities }) => {
      if (!activities.some(concerns)) return;
      clearTimeout(waiting.current);
      waiting.current = setTimeout(() => void renew().catch(() => undefined), WITHIN_MS);
    },
    onReset: () => renew(),
  });
}

const concerns = ({ entity, action, changes }: LoggedActivity): boolean =>
  entity === 'SPRINT' || (entity === 'TICKET' && (action !== 'UPDATED' || CONCERNS.some((field) => Object.hasOwn(Object(changes), field))));

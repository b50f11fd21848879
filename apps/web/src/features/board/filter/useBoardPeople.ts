import { useQuery } from '@apollo/client/react';
import { useEffect, useMemo, useRef } from 'react';
import { useViewer } from '../../access/useActor.ts';
import type { LoggedActivity } from '../../activity/news.ts';
import { useProjectEvents } from '../../activity/useProjectEvents.ts';
import { BoardPeopleDocument, type BoardPeopleQuery } from '../board.generated.ts';

/** Somebody who has cards on the board; a null key: nobody has these. */
export type BoardPerson = NonNullable<BoardPeopleQuery['board']>['lanes'][number];

/** In a stream of events people are counted this often. */
const COUNT_AFTER_MS = 1500;

/** Who has cards on the board, oneself first, those of nobody last. They are counted again after what may change that. */
export function useBoardPeople(boardId: string, projectId: string): readonly BoardPerson[] {
  const { user } = useViewer();
  const { data, refetch } = useQuery(BoardPeopleDocument, { variables: { id: boardId }, fetchPolicy: 'cache-and-network' });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const countAgain = (): void => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      refetch().catch(() => undefined);
    }, COUNT_AFTER_MS);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  useProjectEvents({
    projectId,
    since: 'JOIN',
    onEvents: ({ activities }) => activities.some(mayChangePeople) && countAgain(),
    onReset: countAgain,
  });
  return useMemo(() => {
    const people = data?.board?.lanes ?? [];
    return [...people.filter(({ key }) => key === user.id), ...people.filter(({ key }) => key !== user.id)];
  }, [data, user.id]);
}

function mayChangePeople({ entity, action, changes }: LoggedActivity): boolean {
  if (entity !== 'TICKET') return false;
  if (action !== 'UPDATED' && action !== 'MOVED') return true;
  return typeof changes === 'object' && changes !== null && ('assigneeId' in changes || 'boardId' in changes);
}

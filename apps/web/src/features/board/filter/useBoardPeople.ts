import { skipToken, useQuery } from '@apollo/client/react';
import { parse, TICKET_FIELDS } from '@trainyard/domain';
import { useEffect, useMemo, useRef } from 'react';
import { useViewer } from '../../access/useActor.ts';
import type { LoggedActivity } from '../../activity/news.ts';
import { useProjectEvents } from '../../activity/useProjectEvents.ts';
import { useBoardParts } from '../board-context.ts';
import { askedIn } from '../model/open-board-query.ts';
import { BoardPeopleDocument, BoardPointsDocument, type BoardPeopleQuery } from '../board.generated.ts';

/** Somebody who has cards on the board; a null key: nobody has these. */
export type BoardPerson = NonNullable<BoardPeopleQuery['board']>['lanes'][number];

/** In a stream of events people are counted this often. */
const COUNT_AFTER_MS = 3000;

/** Who has cards on the board, oneself first, those of nobody last; and the points of its columns. Both are counted again after what may change them. */
export function useBoardPeople(boardId: string, projectId: string, text: string): readonly BoardPerson[] {
  const { user } = useViewer();
  const { points } = useBoardParts();
  const { data, refetch } = useQuery(BoardPeopleDocument, { variables: { id: boardId }, fetchPolicy: 'cache-and-network' });
  const query = useMemo(() => narrowing(text), [text]);
  const narrowed = useQuery(BoardPointsDocument, query ? { variables: { id: boardId, ...query }, fetchPolicy: 'cache-and-network' } : skipToken);
  const lanes = query ? narrowed.data?.board?.lanes : data?.board?.lanes;
  useEffect(() => {
    const sums = new Map<string, number>();
    for (const { columnId, points: own } of lanes?.flatMap(({ columns }) => columns) ?? []) sums.set(columnId, (sums.get(columnId) ?? 0) + own);
    points.set(sums);
  }, [lanes, points]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const countAgain = (): void => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      refetch().catch(() => undefined);
      if (query) narrowed.refetch().catch(() => undefined);
    }, COUNT_AFTER_MS);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  useProjectEvents({
    projectId,
    since: 'JOIN',
    onEvents: ({ activities }) => activities.some(mayChangeSums) && countAgain(),
    onReset: countAgain,
  });
  return useMemo(() => {
    const people = data?.board?.lanes ?? [];
    return [...people.filter(({ key }) => key === user.id), ...people.filter(({ key }) => key !== user.id)];
  }, [data, user.id]);
}

/** A board that is only grouped has the points of all its cards. */
function narrowing(text: string): { query: string; timeZone: string } | null {
  const parsed = parse(text, TICKET_FIELDS);
  const asked = parsed.ok && parsed.query.conditions.length + parsed.query.words.length > 0 ? askedIn(text) : null;
  return asked && { query: asked.query, timeZone: asked.timeZone };
}

function mayChangeSums({ entity, action, changes }: LoggedActivity): boolean {
  if (entity !== 'TICKET') return false;
  if (action !== 'UPDATED' && action !== 'MOVED') return true;
  return typeof changes === 'object' && changes !== null && ['assigneeId', 'boardId', 'columnId', 'points'].some((field) => field in changes);
}

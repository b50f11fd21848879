import type { ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useEffect, useMemo } from 'react';
import { useRunCards } from '../../training/run-cards.ts';
import { RefreshFrameDocument } from '../board.generated.ts';
import type { BoardFocus } from '../keys/board-focus.ts';
import { BoardNews } from './board-news.ts';
import { sentFor, type LoggedActivity } from '../../activity/news.ts';
import type { EventBatch } from '../../activity/project-feed.ts';
import { readMatches } from './read-matches.ts';
import { cellsIn, readLanes } from './read-lanes.ts';
import { renewBoard } from './renew-board.ts';
import { noteRuns, type OpenBoard } from './useBoard.ts';
import { toldByQuery } from '../../../apollo-failure.ts';
import { NavigationDocument } from '../../project/navigation.generated.ts';
import { useProjectEvents } from '../../activity/useProjectEvents.ts';
import type { WindowLoader } from './window-loader.ts';
import { attachRuns, ticketNews } from '../../ticket/write-tickets.ts';

/** Keeps an open board as the log has it. `onLate` of the loader is answered by `catchUp`. `gone` is called when there is no such board any more. */
export function useBoardLive(board: OpenBoard, loader: WindowLoader, focus: BoardFocus, gone: () => void): { catchUp: () => void; news: BoardNews } {
  const client = useApolloClient();
  const { model, projectId, boardId } = board;
  const news = useMemo(
    () =>
      new BoardNews(
        model,
        (ids, asked) => readMatches(client, boardId, ids, asked),
        async () => {
          const { asked } = model;
          const counts = asked?.by && (await readLanes(client, boardId, asked));
          if (counts && model.asked === asked) model.recount(cellsIn(counts).pages, (cellId) => loader.isInView(cellId));
        },
      ),
    [client, model, boardId, loader],
  );
  useEffect(() => () => news.stop(), [news]);
  const since = useMemo(() => model.seq, [model]);

  const onEvents = (batch: EventBatch): void => {
    news.take(batch);
    noteRuns(
      model,
      sentFor(ticketNews, batch.sent).flatMap(({ tickets }) => tickets),
    );
    if (batch.activities.some(changesBoards)) toldByQuery(client.refetchQueries({ include: [NavigationDocument] }));
    if (batch.activities.some((activity) => changesColumns(activity) || endsBoard(activity, boardId))) readAgain();
    else if (batch.activities.some(changesFrame)) refreshFrame(client, boardId);
  };
  useRunCards(projectId, (cards) => {
    attachRuns(client.cache, cards);
    model.noteRuns(cards.map((card) => card.ticketId));
  });
  useEffect(() => model.subscribeAll(() => loader.pump()), [model, loader]);
  const onReset = async (seq: number): Promise<void> => {
    news.forget();
    if (!(await news.hold(() => renewBoard(client, board, loader, focus.current(), seq)))) gone();
  };
  const { catchUp, readAgain } = useProjectEvents({ projectId, since, onEvents, onReset });
  return { catchUp, news };
}

function changesColumns({ entity, action, changes }: LoggedActivity): boolean {
  if (entity !== 'COLUMN' || action === 'RERANKED') return false;
  return action !== 'UPDATED' || (typeof changes === 'object' && changes !== null && 'rank' in changes);
}

/** What the sidebar shows. */
function changesBoards({ entity }: LoggedActivity): boolean {
  return entity === 'PROJECT' || entity === 'BOARD';
}

function endsBoard({ entity, action, entityId }: LoggedActivity, boardId: string): boolean {
  return entity === 'BOARD' && action === 'DELETED' && entityId === boardId;
}

function changesFrame({ entity }: LoggedActivity): boolean {
  return entity === 'PROJECT' || entity === 'BOARD' || entity === 'LABEL';
}

function refreshFrame(client: ApolloClient, id: string): void {
  client.query({ query: RefreshFrameDocument, variables: { id }, fetchPolicy: 'network-only' }).catch(() => undefined);
}

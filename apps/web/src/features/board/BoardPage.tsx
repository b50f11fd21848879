import { useApolloClient } from '@apollo/client/react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Delayed } from '@trainyard/ui';
import { useEffect } from 'react';
import { useIsElsewhere } from '../project/frame-project.ts';
import { forgetBoard } from '../project/recent-boards.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { NotFoundPage } from '../shell/NotFoundPage.tsx';
import { useSearchChange } from '../shell/useSearchChange.ts';
import type { BoardSearch } from './board-search.ts';
import { Board } from './Board.tsx';
import classes from './Board.module.css';
import { askAhead } from './model/open-board-query.ts';
import { useBoard } from './model/useBoard.ts';

const route = getRouteApi('/_app/projects/$projectKey/board/$boardId');

export function BoardPage() {
  const { boardId } = route.useParams();
  const { ticket, query = '' } = route.useSearch();
  const client = useApolloClient();
  const navigate = useNavigate();
  const changeSearch = useSearchChange<BoardSearch>();
  const { board, error, reload } = useBoard(boardId, query);

  useEffect(() => {
    if (board === null) forgetBoard(boardId);
  }, [board, boardId]);

  const isElsewhere = useIsElsewhere(board?.projectId);
  if (board === null || isElsewhere) return <NotFoundPage />;
  if (board === undefined)
    return error ? (
      <div className={classes.notice}>
        <ErrorNotice error={error} onRetry={reload} meanwhile={<BoardSkeleton />} />
      </div>
    ) : (
      <BoardSkeleton />
    );
  return (
    <Board
      board={board}
      reload={reload}
      peekKey={ticket}
      onPeek={(key) => changeSearch({ ticket: key }, ticket !== undefined)}
      asked={query}
      onAsk={(text, typing = false) => {
        askAhead(client, boardId, text);
        // further steps of one writing are one step back
        changeSearch({ query: text === '' ? undefined : text }, typing);
      }}
      onOpenPage={(key) => void navigate({ to: '/tickets/$ticketKey', params: { ticketKey: key } })}
    />
  );
}

/** The board's own geometry, grey. */
function BoardSkeleton() {
  return (
    <Delayed>
      <div className={classes.frame} aria-hidden="true">
        <div className={classes.main}>
          <div className={classes.columns}>
            {[5, 3, 4].map((cards) => (
              <div key={cards} className={classes.waitingColumn}>
                <div className={classes.waitingHead} />
                {Array.from({ length: cards }, (_, i) => (
                  <div key={i} className={classes.waitingCard} />
                ))}
              </div>
            ))}
          </div>
        </div>
      </div>
    </Delayed>
  );
}

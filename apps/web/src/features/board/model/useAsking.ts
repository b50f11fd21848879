import { useApolloClient } from '@apollo/client/react';
import { useEffect, useEffectEvent, useState } from 'react';
import { writeTickets } from '../../ticket/write-tickets.ts';
import type { BoardNews } from './board-news.ts';
import { askedIn, queryAsked } from './open-board-query.ts';
import { cellsIn, readLanes } from './read-lanes.ts';
import type { KeptScroll } from './useKeptScroll.ts';
import { noteRuns, readPage, type OpenBoard } from './useBoard.ts';

export interface Asking {
  /** What is shown is not what is asked for yet. */
  isOld: boolean;
  /** Why it could not be asked. */
  error: unknown;
  again: () => void;
}

/** Has an open board show what the text of a query asks for. What was shown stays until all of the other is there. */
export function useAsking({ boardId, model }: OpenBoard, news: BoardNews, text: string, scroll: KeptScroll): Asking {
  const client = useApolloClient();
  const [failed, setFailed] = useState<{ text: string; error: unknown } | null>(null);
  const [shown, setShown] = useState(model.asked?.query ?? '');
  const [attempt, setAttempt] = useState(0);
  const wanted = askedIn(text)?.query ?? '';
  const leaves = useEffectEvent(scroll.leaves);
  const shows = useEffectEvent(scroll.shows);

  useEffect(() => {
    if ((model.asked?.query ?? '') === wanted) return setShown(wanted);
    let current = true;
    leaves();
    const asked = askedIn(wanted);
    const done = (): void => {
      setShown(wanted);
      setFailed(null);
      shows();
    };
    const ask = async (): Promise<void> => {
      if (asked?.by) {
        const counts = await readLanes(client, boardId, asked);
        if (!current || !counts) return;
        const { pages, heads } = cellsIn(counts);
        model.ask(asked, pages, heads);
        return done();
      }
      const { data } = await queryAsked(client, boardId, asked, () => model.seq);
      if (!current || !data?.board) return;
      const windows = data.board.columns.map((column) => ({ columnId: column.id, window: column.tickets }));
      writeTickets(
        client.cache,
        windows.flatMap(({ window }) => window.nodes),
      );
      for (const { window } of windows) noteRuns(model, window.nodes);
      model.ask(
        asked,
        windows.map(({ columnId, window }) => ({ columnId, page: readPage(window) })),
      );
      done();
    };
    news.hold(ask).catch((error: unknown) => current && setFailed({ text: wanted, error }));
    return () => {
      current = false;
    };
  }, [client, boardId, model, news, wanted, attempt]);

  return { isOld: shown !== wanted, error: failed?.text === wanted ? failed.error : null, again: () => setAttempt((n) => n + 1) };
}

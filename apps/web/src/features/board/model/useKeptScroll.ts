import { useLocation } from '@tanstack/react-router';
import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import { listSearch } from '../../lists/list-search.ts';
import { keepScroll, restoreScroll, wasThere } from './board-scroll.ts';

export interface KeptScroll {
  /** Call before the board shows something else, and when it shows it. */
  leaves: () => void;
  shows: () => void;
}

/** Brings a board back to where it was scrolled when one comes back to it by the history; whatever else is asked begins at the top. */
export function useKeptScroll(board: RefObject<HTMLElement | null>, isShown: (query: string) => boolean): KeptScroll {
  const entry = useLocation({ select: ({ state, href }) => state.__TSR_key ?? href });
  // of the address, which is there before the page of it
  const query = useLocation({ select: ({ search }) => listSearch(search).query ?? '' });
  const shownAt = useRef(entry);
  const latest = useRef(entry);
  useEffect(() => {
    latest.current = entry;
    if (isShown(query)) shownAt.current = entry;
  });
  useLayoutEffect(() => {
    const element = board.current;
    if (!element) return undefined;
    if (wasThere(shownAt.current)) restoreScroll(element, shownAt.current);
    return () => keepScroll(element, shownAt.current);
  }, [board]);
  return {
    leaves: () => board.current && keepScroll(board.current, shownAt.current),
    shows() {
      shownAt.current = latest.current;
      // the columns are drawn first, and not seen before
      requestAnimationFrame(() => board.current && restoreScroll(board.current, latest.current));
    },
  };
}

import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { GO_KEYS, isGoKey, isTyping, keyOf } from '../shell/keys.ts';
import { lastBoard } from '../project/last-board.ts';

const SECOND_KEY_WITHIN_MS = 1200;

/** G, then a letter: go there. */
export function useGoKeys(): void {
  const navigate = useNavigate();
  useEffect(() => {
    let armedAt = Number.NEGATIVE_INFINITY;
    const onKey = (event: KeyboardEvent): void => {
      if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return;
      // a dialog owns the keyboard while it is open
      if (document.querySelector('[role="dialog"][aria-modal="true"]')) return;
      const key = keyOf(event);
      const armed = event.timeStamp - armedAt < SECOND_KEY_WITHIN_MS;
      armedAt = Number.NEGATIVE_INFINITY;
      if (armed && isGoKey(key)) {
        event.preventDefault();
        // the page's own single-key shortcuts must not see the second key
        event.stopImmediatePropagation();
        const place = GO_KEYS[key];
        const board = lastBoard();
        if (place !== 'LAST_BOARD') void navigate({ to: place });
        else if (board) void navigate({ to: '/projects/$projectKey/board/$boardId', params: board });
        else void navigate({ to: '/projects' });
      } else if (key === 'g') {
        armedAt = event.timeStamp;
      }
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, [navigate]);
}

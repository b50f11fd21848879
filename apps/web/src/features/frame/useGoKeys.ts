import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { isCovered, isTyping, keyOf } from '../shell/keys.ts';
import { useRooms } from '../shell/rooms.ts';

const SECOND_KEY_WITHIN_MS = 1200;

/** G, then a letter: go there. */
export function useGoKeys(): void {
  const navigate = useNavigate();
  const rooms = useRooms();
  useEffect(() => {
    const goKeys = rooms.flatMap((room) => room.goKeys ?? []);
    let armedAt = Number.NEGATIVE_INFINITY;
    const onKey = (event: KeyboardEvent): void => {
      if (isTyping(event) || isCovered(event) || event.ctrlKey || event.metaKey || event.altKey) return;
      const key = keyOf(event);
      const armed = event.timeStamp - armedAt < SECOND_KEY_WITHIN_MS;
      armedAt = Number.NEGATIVE_INFINITY;
      const goKey = armed ? goKeys.find(({ letter }) => letter === key) : undefined;
      if (goKey) {
        event.preventDefault();
        // the page's own single-key shortcuts must not see the second key
        event.stopImmediatePropagation();
        void navigate(goKey.to());
      } else if (key === 'g') {
        armedAt = event.timeStamp;
      }
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, [navigate, rooms]);
}

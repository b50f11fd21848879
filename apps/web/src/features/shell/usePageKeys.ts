import { useEffect, useEffectEvent } from 'react';
import { isCovered, isTyping, keyOf } from './keys.ts';

/**
 * Single keys of a page: those pressed without Control, Command or Alt, where nobody writes and nothing lies over the page.
 * @param act false: the key was not meant
 */
export function usePageKeys(act: (key: string, event: KeyboardEvent) => boolean): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event) || isCovered(event)) return;
    if (act(keyOf(event), event)) event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

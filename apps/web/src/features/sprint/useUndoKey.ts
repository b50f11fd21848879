import { useEffect, useEffectEvent } from 'react';

/** Control+Z (or Command) on a page, where nobody writes. @param undo false: there is nothing to take back */
export function useUndoKey(undo: () => boolean): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== 'z' || event.shiftKey || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
    if (event.target instanceof Element && event.target.closest('input:not([type="checkbox"]), textarea, [contenteditable="true"]')) return;
    if (undo()) event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

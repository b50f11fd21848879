import { useEffect, useEffectEvent, type RefObject } from 'react';
import { isCovered, isTyping, keyOf } from '../shell/keys.ts';
import { columnIn } from './model/cells.ts';
import type { BoardParts } from './board-context.ts';

/** H makes the column of the current card a strip; on a strip it opens it. */
export function useCollapseKey({ model, focus, collapsed }: BoardParts, board: RefObject<HTMLElement | null>): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || keyOf(event) !== 'h' || isTyping(event) || isCovered(event)) return;
    const target = event.target instanceof Element ? event.target.closest('[data-column-id]') : null;
    const cellId = target && board.current?.contains(target) ? target.getAttribute('data-column-id') : model.placeOf(focus.current() ?? '')?.columnId;
    if (cellId === null || cellId === undefined || focus.grabbed() !== null) return;
    const columnId = columnIn(cellId);
    event.preventDefault();
    collapsed.set(columnId, !collapsed.get().has(columnId));
    requestAnimationFrame(() => board.current?.querySelector<HTMLElement>(`[data-column-id="${CSS.escape(columnId)}"] button`)?.focus());
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

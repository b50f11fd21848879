import type { RefObject } from 'react';
import { usePageKeys } from '../shell/usePageKeys.ts';
import { columnIn } from './model/cells.ts';
import type { BoardParts } from './board-context.ts';

/** H makes the column of the current card a strip; on a strip it opens it. */
export function useCollapseKey({ model, focus, collapsed }: BoardParts, board: RefObject<HTMLElement | null>): void {
  usePageKeys((key, event) => {
    if (key !== 'h') return false;
    const target = event.target instanceof Element ? event.target.closest('[data-column-id]') : null;
    const cellId = target && board.current?.contains(target) ? target.getAttribute('data-column-id') : model.placeOf(focus.current() ?? '')?.columnId;
    if (cellId === null || cellId === undefined || focus.grabbed() !== null) return false;
    const columnId = columnIn(cellId);
    collapsed.set(columnId, !collapsed.get().has(columnId));
    requestAnimationFrame(() => board.current?.querySelector<HTMLElement>(`[data-column-id="${CSS.escape(columnId)}"] button`)?.focus());
    return true;
  });
}

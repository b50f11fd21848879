import { autoScrollForElements } from '@atlaskit/pragmatic-drag-and-drop-auto-scroll/element';
import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { entryOf } from '@trainyard/domain';
import { useEffect, type RefObject } from 'react';
import { columnIn } from '../model/cells.ts';
import type { BoardParts } from '../board-context.ts';
import { cardDragOf } from './card-drag.ts';

/**
 * While a card is carried, the cards below it are no targets (BoardColumn.module.css): when a column scrolls under the pointer,
 * each move would enter another card, the browser would tell only that, and the column would scroll on after the pointer has left its edge.
 */
const CARRYING = 'data-carrying';

/** Drags of cards over the columns in `scroller`. Nothing is drawn by React until the drop. */
export function useCardDrag({ model, drops, moves, focus, turnsAway }: BoardParts, scroller: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    type Location = Parameters<NonNullable<Parameters<typeof monitorForElements>[0]['onDrag']>>[0]['location'];
    const gapUnder = ({ current }: Location): { columnId: string; index: number } | null => {
      const columnId = current.dropTargets[0]?.data.columnId;
      const index = typeof columnId === 'string' ? drops.over(columnId, current.input.clientY) : null;
      if (typeof columnId === 'string' && index !== null) return { columnId, index };
      drops.clear();
      return null;
    };
    return combine(
      monitorForElements({
        canMonitor: ({ source }) => cardDragOf(source.data) !== null,
        onDragStart({ source }) {
          element.setAttribute(CARRYING, '');
          const from = cardDragOf(source.data)?.columnId;
          const full = model.columnIds().filter((cellId) => from !== undefined && columnIn(cellId) !== columnIn(from) && turnsAway(cellId));
          // the heads of lanes' columns say it, too
          drops.begin(new Set(full.flatMap((cellId) => [cellId, columnIn(cellId)])));
        },
        onDrag: ({ location }) => void gapUnder(location),
        onDrop: ({ source, location }) => {
          // looked up first: what follows changes the style of every card, and measuring would wait for that
          const gap = gapUnder(location);
          element.removeAttribute(CARRYING);
          const drag = cardDragOf(source.data);
          drops.end();
          if (!gap || !drag) return;
          const own = entryOf(model.view(gap.columnId), drag.ticketId)?.index;
          // the gap was counted with the card in its old place
          const index = own !== undefined && own < gap.index ? gap.index - 1 : gap.index;
          void moves.move(drag.ticketId, gap.columnId, index);
          focus.want(drag.ticketId);
        },
      }),
      autoScrollForElements({ element, canScroll: ({ source }) => cardDragOf(source.data) !== null }),
    );
  }, [model, drops, moves, focus, turnsAway, scroller]);
}

import { autoScrollForElements } from '@atlaskit/pragmatic-drag-and-drop-auto-scroll/element';
import { unsafeOverflowAutoScrollForElements } from '@atlaskit/pragmatic-drag-and-drop-auto-scroll/unsafe-overflow/element';
import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { entryAt, entryOf, type ColumnWindow } from '@trainyard/domain';
import { useCallback, useEffect, useLayoutEffect, useRef, useSyncExternalStore, type ReactNode, type RefObject } from 'react';
import { useBoardParts, type BoardColumnHead } from './board-context.ts';
import classes from './BoardColumn.module.css';
import { cardDragOf } from './card/card-drag.ts';
import { InlineCreate } from './card/InlineCreate.tsx';
import { TicketCard } from './card/TicketCard.tsx';
import { SCROLLER } from './model/board-scroll.ts';
import { OVERSCAN, ROW, ROW_WITH_RUN } from './model/rows.ts';

const PADDING = 4;
/** Changes of a column that follow within this are a stream. */
const STREAM_WITHIN_MS = 250;
/** How far above and below its cards, in pixels, a column still scrolls for the card that is carried there. */
const SCROLLS_BESIDE = { forTopEdge: { top: 56 }, forBottomEdge: { bottom: 72 } };

export interface CardListProps {
  cellId: string;
  column: BoardColumnHead;
  view: ColumnWindow;
  /** What a card may be let go over. */
  section: RefObject<HTMLElement | null>;
  labelledBy: string;
  /** Cards beyond these are over the limit. */
  within: number;
  empty?: ReactNode;
  /** Of a lane: so many pixels high at first, and rows drawn beyond what is in view. */
  lane?: { height: number; overscan: number };
}

/** The cards of a cell in a list that scrolls: only those in view are there, the others are a length. */
export function CardList({ cellId, column, view, section, labelledBy, within, empty, lane }: CardListProps) {
  const { model, focus, loader, drops, mayWrite } = useBoardParts();
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const line = useRef<HTMLDivElement>(null);
  const isInLane = lane !== undefined;
  const spare = lane?.overscan ?? OVERSCAN;
  const pinned = useSyncExternalStore(focus.subscribe, () => focus.currentIn(cellId));
  const wanted = useSyncExternalStore(focus.subscribe, () => focus.wantedIn(cellId));
  const pinnedIndex = pinned === null ? undefined : entryOf(view, pinned)?.index;

  const getItemKey = useCallback((index: number) => entryAt(view, index)?.id ?? `hole-${index}`, [view]);
  const estimateSize = useCallback(
    (index: number) => {
      const entry = entryAt(view, index);
      return entry && model.hasRun(entry.id) ? ROW_WITH_RUN : ROW;
    },
    [view, model],
  );
  // the card with the focus stays mounted wherever the column is scrolled
  const rangeExtractor = useCallback(
    (range: Range) => {
      const rows = defaultRangeExtractor(range);
      if (pinnedIndex === undefined || rows.includes(pinnedIndex)) return rows;
      return pinnedIndex < (rows[0] ?? 0) ? [pinnedIndex, ...rows] : [...rows, pinnedIndex];
    },
    [pinnedIndex],
  );
  const virtualizer = useVirtualizer({
    count: view.total,
    getScrollElement: () => scroller.current,
    estimateSize,
    getItemKey,
    rangeExtractor,
    overscan: spare,
    paddingStart: PADDING,
    paddingEnd: PADDING,
    initialRect: { width: 280, height: lane?.height ?? 800 },
  });

  const { startIndex, endIndex } = virtualizer.range ?? { startIndex: 0, endIndex: 0 };
  useEffect(() => {
    loader.want(cellId, Math.max(0, startIndex - spare), endIndex + 1 + spare);
  }, [loader, cellId, startIndex, endIndex, spare]);

  useEffect(() => () => loader.leave(cellId), [loader, cellId]);

  useEffect(() => {
    const index = wanted === null ? undefined : entryOf(model.view(cellId), wanted)?.index;
    if (index === undefined) return;
    virtualizer.scrollToIndex(index, { align: 'auto' });
    section.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [wanted, model, cellId, virtualizer, section]);

  useLayoutEffect(() => focus.recover(cellId), [view, focus, cellId]);

  const lastChange = useRef(0);
  useLayoutEffect(() => {
    // cards glide when one moves now and then; in a stream of moves it would be unrest, and work
    const now = performance.now();
    list.current?.toggleAttribute('data-still', now - lastChange.current < STREAM_WITHIN_MS);
    lastChange.current = now;
  }, [view]);

  useEffect(() => {
    const element = section.current;
    const scrolling = scroller.current;
    if (!element || !scrolling) return;
    const isCard = ({ source }: { source: { data: Record<string | symbol, unknown> } }): boolean => cardDragOf(source.data) !== null;
    return combine(
      dropTargetForElements({ element, getData: () => ({ columnId: cellId }), canDrop: isCard }),
      autoScrollForElements({ element: scrolling, canScroll: isCard }),
      // also over the column's head and foot and to the edge of the screen, where a hand goes that carries a card far
      ...(isInLane ? [] : [unsafeOverflowAutoScrollForElements({ element: scrolling, canScroll: isCard, getOverflow: () => SCROLLS_BESIDE })]),
      drops.register(cellId, {
        indexAt(clientY) {
          const offset = clientY - scrolling.getBoundingClientRect().top + scrolling.scrollTop;
          const total = virtualizer.options.count;
          const row = total === 0 ? undefined : virtualizer.getVirtualItemForOffset(offset);
          if (!row) return 0;
          return offset > row.start + (row.size - 6) / 2 ? row.index + 1 : row.index;
        },
        refuses: (refusing) => void element.toggleAttribute('data-refusing', refusing),
        mark(index) {
          const mark = line.current;
          if (!mark) return;
          mark.hidden = index === null;
          if (index === null) return;
          const y = index >= virtualizer.options.count ? virtualizer.getTotalSize() - PADDING : (virtualizer.measurementsCache[index]?.start ?? PADDING);
          mark.style.transform = `translateY(${y - 4}px)`;
        },
      }),
    );
  }, [cellId, drops, virtualizer, section, isInLane]);

  // the new card is drawn first
  const showLast = useCallback(
    () => void requestAnimationFrame(() => virtualizer.scrollToIndex(model.view(cellId).total - 1, { align: 'end' })),
    [virtualizer, model, cellId],
  );
  return (
    <>
      <div ref={scroller} className={classes.scroller} {...{ [SCROLLER]: '' }}>
        <ul ref={list} className={classes.cards} style={{ height: virtualizer.getTotalSize() }} aria-labelledby={labelledBy}>
          {virtualizer.getVirtualItems().map((row) => {
            const entry = entryAt(view, row.index);
            return entry ? (
              <TicketCard
                key={row.key}
                ticketId={entry.id}
                columnId={cellId}
                index={row.index}
                total={view.total}
                start={row.start}
                height={row.size}
                ages={column.category === 'DOING'}
                over={row.index >= within}
              />
            ) : (
              <li key={row.key} className={classes.hole} style={{ transform: `translateY(${row.start}px)`, height: row.size }} aria-hidden="true" />
            );
          })}
        </ul>
        <div ref={line} className={classes.line} hidden />
        {view.total === 0 && empty !== undefined && <p className={classes.empty}>{empty}</p>}
      </div>
      {mayWrite && <InlineCreate columnId={cellId} columnName={column.name} small={isInLane} onCreated={showLast} />}
    </>
  );
}

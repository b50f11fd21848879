import { autoScrollForElements } from '@atlaskit/pragmatic-drag-and-drop-auto-scroll/element';
import { unsafeOverflowAutoScrollForElements } from '@atlaskit/pragmatic-drag-and-drop-auto-scroll/unsafe-overflow/element';
import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { entryAt, entryOf, wipState } from '@trainyard/domain';
import { memo, useCallback, useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useBoardParts, type BoardColumnHead } from './board-context.ts';
import classes from './BoardColumn.module.css';
import { cardDragOf } from './card/card-drag.ts';
import { Refusal } from './Refusal.tsx';
import { ColumnHeader } from './ColumnHeader.tsx';
import { InlineCreate } from './card/InlineCreate.tsx';
import { SCROLLER } from './model/board-scroll.ts';
import { OVERSCAN, ROW, ROW_WITH_RUN } from './model/rows.ts';
import { TicketCard } from './card/TicketCard.tsx';

const PADDING = 4;
/** Changes of a column that follow within this are a stream. */
const STREAM_WITHIN_MS = 250;
/** How far above and below its cards, in pixels, a column still scrolls for the card that is carried there. */
const SCROLLS_BESIDE = { forTopEdge: { top: 56 }, forBottomEdge: { bottom: 72 } };

export interface BoardColumnProps {
  column: BoardColumnHead;
  /** The leftmost one: where an empty board says how to begin. */
  first: boolean;
}

/** A column: of its cards only those in view are there, the others are a length. */
export const BoardColumn = memo(function BoardColumn({ column, first }: BoardColumnProps) {
  const { t } = useTranslation('board');
  const { model, focus, loader, drops, mayWrite } = useBoardParts();
  const section = useRef<HTMLElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const line = useRef<HTMLDivElement>(null);
  const columnId = column.id;
  const subscribe = useCallback((listener: () => void) => model.subscribe(columnId, listener), [model, columnId]);
  const view = useSyncExternalStore(subscribe, () => model.view(columnId));
  const all = useSyncExternalStore(subscribe, () => model.all(columnId));
  const pinned = useSyncExternalStore(focus.subscribe, () => focus.currentIn(columnId));
  const wanted = useSyncExternalStore(focus.subscribe, () => focus.wantedIn(columnId));
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
    overscan: OVERSCAN,
    paddingStart: PADDING,
    paddingEnd: PADDING,
    initialRect: { width: 280, height: 800 },
  });

  const { startIndex, endIndex } = virtualizer.range ?? { startIndex: 0, endIndex: 0 };
  useEffect(() => {
    loader.want(columnId, Math.max(0, startIndex - OVERSCAN), endIndex + 1 + OVERSCAN);
  }, [loader, columnId, startIndex, endIndex]);

  useEffect(() => {
    const index = wanted === null ? undefined : entryOf(model.view(columnId), wanted)?.index;
    if (index === undefined) return;
    virtualizer.scrollToIndex(index, { align: 'auto' });
    section.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [wanted, model, columnId, virtualizer]);

  useLayoutEffect(() => focus.recover(columnId), [view, focus, columnId]);

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
      dropTargetForElements({ element, getData: () => ({ columnId }), canDrop: isCard }),
      autoScrollForElements({ element: scrolling, canScroll: isCard }),
      // also over the column's head and foot and to the edge of the screen, where a hand goes that carries a card far
      unsafeOverflowAutoScrollForElements({ element: scrolling, canScroll: isCard, getOverflow: () => SCROLLS_BESIDE }),
      drops.register(columnId, {
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
  }, [columnId, drops, virtualizer]);

  // the new card is drawn first
  const showLast = useCallback(
    () => void requestAnimationFrame(() => virtualizer.scrollToIndex(model.view(columnId).total - 1, { align: 'end' })),
    [virtualizer, model, columnId],
  );
  const limit = column.wipLimit;
  // where some are not shown, nobody sees which ones are too many
  const within = model.asked || limit === null ? Number.POSITIVE_INFINITY : limit;
  const state = wipState({ count: all, wipLimit: column.wipLimit });
  return (
    <section ref={section} className={classes.column} aria-labelledby={`column-${columnId}`} data-column-id={columnId} data-wip={state}>
      <ColumnHeader column={column} count={all} shown={model.asked ? view.total : null} />
      {column.wipPolicy === 'REFUSE' && limit !== null && (
        <p className={classes.full} aria-hidden="true">
          {t('wip.full', { limit })}
        </p>
      )}
      <Refusal column={column} />
      <div ref={scroller} className={classes.scroller} {...{ [SCROLLER]: '' }}>
        <ul ref={list} className={classes.cards} style={{ height: virtualizer.getTotalSize() }} aria-labelledby={`column-${columnId}`}>
          {virtualizer.getVirtualItems().map((row) => {
            const entry = entryAt(view, row.index);
            return entry ? (
              <TicketCard
                key={row.key}
                ticketId={entry.id}
                columnId={columnId}
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
        {view.total === 0 && (
          <p className={classes.empty}>{all > 0 ? t('column.noneOf', { count: all }) : first && mayWrite ? t('column.begin') : t('column.empty')}</p>
        )}
      </div>
      {mayWrite && <InlineCreate columnId={columnId} columnName={column.name} onCreated={showLast} />}
    </section>
  );
});

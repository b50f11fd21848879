import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useState, type RefObject } from 'react';
import { useNarrow } from '../shell/useNarrow.ts';

/** So few are drawn as they are: nothing can be gained. */
const FEW = 40;
const OVERSCAN = 8;
/** Columns beyond each edge. */
const COLUMNS_BEYOND = 2;

/** Rows that are drawn, with the room of those that are not; null where all are. */
export interface VirtualRows {
  pieces: readonly ({ index: number } | { gap: number })[] | null;
  /** Widths of the columns as the first rows made them. */
  widths: readonly number[] | null;
  /** Places of the first and the last column that is in sight, beside the first of all; null: all are drawn. */
  across: ColumnsInSight | null;
  /** The row that has the focus stays, wherever is scrolled to. */
  onFocus: (index: number | null) => void;
}

export interface ColumnsInSight {
  from: number;
  to: number;
}

/**
 * Draws the rows of a long list that are in sight. Only where rows are lines of one height: on a narrow screen they are cards.
 * @param columns what the widths depend on
 */
export function useVirtualRows(scroller: RefObject<HTMLDivElement | null>, count: number, columns: string): VirtualRows {
  const isWide = !useNarrow();
  const enabled = isWide && count > FEW;
  const [height, setHeight] = useState(37);
  const [focused, setFocused] = useState<number | null>(null);
  const [fixed, setFixed] = useState<{ of: string; widths: readonly number[] } | null>(null);
  const rangeExtractor = useCallback(
    (range: Range) => [...new Set([...defaultRangeExtractor(range), ...(focused !== null && focused < range.count ? [focused] : [])])].sort((a, b) => a - b),
    [focused],
  );
  const virtualizer = useVirtualizer({
    count,
    enabled,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: OVERSCAN,
    rangeExtractor,
  });

  // rows come into being only once it is known what is in sight
  const drawn = virtualizer.getVirtualItems().length;
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!enabled || !element || fixed?.of === columns) return;
    const row = element.querySelector<HTMLElement>('tbody tr[data-row]');
    if (!row) return;
    if (row.offsetHeight > 0) setHeight(row.getBoundingClientRect().height);
    const heads = [...element.querySelectorAll<HTMLElement>('thead th')];
    setFixed({ of: columns, widths: heads.map((head) => head.getBoundingClientRect().width) });
  }, [enabled, scroller, columns, fixed, drawn]);
  useEffect(() => {
    const element = scroller.current;
    if (!enabled || !element) return undefined;
    let width = element.clientWidth;
    // laid out anew by the rows at hand, and measured then
    const resized = new ResizeObserver(() => {
      if (element.clientWidth !== width) setFixed(null);
      width = element.clientWidth;
    });
    resized.observe(element);
    return () => resized.disconnect();
  }, [enabled, scroller]);
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, height]);

  const widths = enabled && fixed?.of === columns ? fixed.widths : null;
  const across = useColumnsInSight(scroller, widths);
  if (!enabled) return { pieces: null, widths: null, across: null, onFocus: setFocused };
  const pieces: ({ index: number } | { gap: number })[] = [];
  let end = 0;
  for (const { index, start, end: next } of virtualizer.getVirtualItems()) {
    if (start > end) pieces.push({ gap: start - end });
    pieces.push({ index });
    end = next;
  }
  if (virtualizer.getTotalSize() > end) pieces.push({ gap: virtualizer.getTotalSize() - end });
  return { pieces, widths, across, onFocus: setFocused };
}

/** Which columns are in sight, of those that have a width; the first always is. */
function useColumnsInSight(scroller: RefObject<HTMLDivElement | null>, widths: readonly number[] | null): ColumnsInSight | null {
  const [seen, setSeen] = useState<ColumnsInSight | null>(null);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || !widths) return undefined;
    const look = (): void => {
      const left = Math.abs(element.scrollLeft);
      const right = left + element.clientWidth;
      let [from, to, edge] = [widths.length, 0, 0];
      widths.forEach((width, i) => {
        if (edge + width > left && edge < right) [from, to] = [Math.min(from, i), i];
        edge += width;
      });
      const next = { from: Math.max(1, from - COLUMNS_BEYOND), to: Math.min(widths.length - 1, to + COLUMNS_BEYOND) };
      setSeen((now) => (now?.from === next.from && now.to === next.to ? now : next));
    };
    let frame = 0;
    const scrolled = (): void => {
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        look();
      });
    };
    look();
    element.addEventListener('scroll', scrolled, { passive: true });
    return () => {
      element.removeEventListener('scroll', scrolled);
      cancelAnimationFrame(frame);
    };
  }, [scroller, widths]);
  return widths && seen && seen.to < widths.length ? seen : null;
}

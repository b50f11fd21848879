import { useMediaQuery } from '@mantine/hooks';
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useState, type RefObject } from 'react';

/** So few are drawn as they are: nothing can be gained. */
const FEW = 60;
const OVERSCAN = 12;

/** Rows that are drawn, with the room of those that are not; null where all are. */
export interface VirtualRows {
  pieces: readonly ({ index: number } | { gap: number })[] | null;
  /** Widths of the columns as the first rows made them. */
  widths: readonly number[] | null;
  /** The row that has the focus stays, wherever is scrolled to. */
  onFocus: (index: number | null) => void;
}

/**
 * Draws the rows of a long list that are in sight. Only where rows are lines of one height: on a narrow screen they are cards.
 * @param columns what the widths depend on
 */
export function useVirtualRows(scroller: RefObject<HTMLDivElement | null>, count: number, columns: string): VirtualRows {
  const isWide = useMediaQuery('(width > 640px)', true, { getInitialValueInEffect: false });
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

  if (!enabled) return { pieces: null, widths: null, onFocus: setFocused };
  const pieces: ({ index: number } | { gap: number })[] = [];
  let end = 0;
  for (const { index, start, end: next } of virtualizer.getVirtualItems()) {
    if (start > end) pieces.push({ gap: start - end });
    pieces.push({ index });
    end = next;
  }
  if (virtualizer.getTotalSize() > end) pieces.push({ gap: virtualizer.getTotalSize() - end });
  return { pieces, widths: fixed?.of === columns ? fixed.widths : null, onFocus: setFocused };
}

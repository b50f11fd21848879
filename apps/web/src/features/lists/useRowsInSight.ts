import { startTransition, useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { useNarrow } from '../shell/useNarrow.ts';

/** Rows beyond each edge of what is seen, and those by which the range moves at once. */
const BEYOND = 8;
const STEP = 4;
const HEIGHT = 37;

export interface RowsInSight {
  /** Which rows are drawn, with the room of those that are not; null: all. */
  pieces: readonly ({ index: number } | { gap: number })[] | null;
  /** The rows that are near, from one to the other that is not; 0 and 0: none of them is. */
  from: number;
  to: number;
  /** The row that has the focus stays, wherever is scrolled to. */
  onFocus: (index: number | null) => void;
}

/**
 * Draws of one section among several in a table the rows that are in sight, and those beside them. Only where rows are lines of one height: on a
 * narrow screen they are cards.
 * @param anchor stands before the first row
 */
export function useRowsInSight(scroller: RefObject<HTMLElement | null>, anchor: RefObject<HTMLElement | null>, count: number): RowsInSight {
  const isOn = !useNarrow();
  const [{ from, to }, setRange] = useState({ from: 0, to: 0 });
  const [focused, setFocused] = useState<number | null>(null);
  const height = useRef(HEIGHT);
  /** As the page shows it now. */
  const drawn = useRef({ from: 0, to: 0 });
  const look = useCallback((): void => {
    const [outer, start] = [scroller.current, anchor.current];
    if (!outer || !start) return;
    const { top, height: seen } = outer.getBoundingClientRect();
    // where nothing is laid out, as in a test, all of it is seen
    const below = seen === 0 ? Number.POSITIVE_INFINITY : seen;
    const first = start.getBoundingClientRect().top - top;
    const at = (y: number): number => (y - first) / height.current;
    const next = {
      from: Math.max(0, Math.floor((at(0) - BEYOND) / STEP) * STEP),
      to: below === Number.POSITIVE_INFINITY ? count : Math.max(0, Math.ceil((at(below) + BEYOND) / STEP) * STEP),
    };
    const set = (): void => setRange((now) => (now.from === next.from && now.to === next.to ? now : next));
    // while what is seen is drawn already, frames come before the rows beyond its edges
    const isThere = drawn.current.from <= Math.max(0, Math.floor(at(0))) && Math.min(count, Math.ceil(at(below))) <= drawn.current.to;
    if (isThere) startTransition(set);
    else set();
  }, [scroller, anchor, count]);
  // other sections may have grown above it
  useLayoutEffect(() => {
    if (!isOn) return;
    for (let [row, left] = [anchor.current?.nextElementSibling, 3]; row && left > 0; [row, left] = [row.nextElementSibling, left - 1])
      if (row instanceof HTMLElement && row.dataset['row'] !== undefined && row.offsetHeight > 0) height.current = row.getBoundingClientRect().height;
    drawn.current = { from, to };
    look();
  });
  useEffect(() => {
    const outer = scroller.current;
    if (!outer || !isOn) return undefined;
    let frame = 0;
    const scrolled = (): void => {
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        look();
      });
    };
    const resized = new ResizeObserver(scrolled);
    resized.observe(outer);
    outer.addEventListener('scroll', scrolled, { passive: true });
    return () => {
      resized.disconnect();
      outer.removeEventListener('scroll', scrolled);
      cancelAnimationFrame(frame);
    };
  }, [scroller, isOn, look]);

  if (!isOn) return { pieces: null, from: 0, to: count, onFocus: setFocused };
  const [start, end] = [Math.min(from, count), Math.min(to, count)];
  const shown = [
    ...new Set([...(focused !== null && focused < count ? [focused] : []), ...Array.from({ length: Math.max(0, end - start) }, (_, i) => start + i)]),
  ];
  shown.sort((a, b) => a - b);
  const pieces: ({ index: number } | { gap: number })[] = [];
  let next = 0;
  for (const index of shown) {
    if (index > next) pieces.push({ gap: (index - next) * height.current });
    pieces.push({ index });
    next = index + 1;
  }
  if (count > next) pieces.push({ gap: (count - next) * height.current });
  return { pieces, from: start, to: end, onFocus: setFocused };
}

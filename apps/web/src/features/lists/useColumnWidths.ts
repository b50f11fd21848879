import { useLayoutEffect, useState, type RefObject } from 'react';
import { useNarrow } from '../shell/useNarrow.ts';

/** Widths of columns, of which one (null) takes the room that is left, `least` px at least; null on a narrow screen, where rows are cards. */
export function useColumnWidths(scroller: RefObject<HTMLElement | null>, widths: readonly (number | null)[], least: number): readonly number[] | null {
  const isWide = !useNarrow();
  const [room, setRoom] = useState(0);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const look = (): void => setRoom(element.clientWidth);
    look();
    const resized = new ResizeObserver(look);
    resized.observe(element);
    return () => resized.disconnect();
  }, [scroller]);
  if (!isWide || room === 0) return null;
  const taken = widths.reduce<number>((sum, width) => sum + (width ?? 0), 0);
  return widths.map((width) => width ?? Math.max(least, room - taken));
}

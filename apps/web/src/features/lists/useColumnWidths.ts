import { useLayoutEffect, useState, type RefObject } from 'react';
import { useNarrow } from '../shell/useNarrow.ts';

/**
 * Widths of columns, of which one (null) takes the room that is left, `least` px at least; null on a narrow screen, where rows are cards. A column whose
 * longest text is known (`Column.longest`) is as wide as that wants.
 * @param columns changes with the texts of columns
 */
export function useColumnWidths(
  scroller: RefObject<HTMLElement | null>,
  widths: readonly (number | null)[],
  least: number,
  columns: unknown,
): readonly number[] | null {
  const isWide = !useNarrow();
  const [room, setRoom] = useState(0);
  const [wanted, setWanted] = useState<readonly number[]>([]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const look = (): void => setRoom(element.clientWidth);
    look();
    const resized = new ResizeObserver(look);
    resized.observe(element);
    return () => resized.disconnect();
  }, [scroller]);
  useLayoutEffect(() => {
    const heads = [...(scroller.current?.querySelectorAll<HTMLElement>('thead th') ?? [])];
    const next = heads.map((head) => {
      const longest = head.querySelector<HTMLElement>('[data-longest]');
      if (!longest) return 0;
      const { paddingInlineStart, paddingInlineEnd } = getComputedStyle(head);
      return Math.ceil(longest.getBoundingClientRect().width + (Number.parseFloat(paddingInlineStart) || 0) + (Number.parseFloat(paddingInlineEnd) || 0));
    });
    setWanted((now) => (now.length === next.length && now.every((one, i) => one === next[i]) ? now : next));
  }, [scroller, columns, isWide]);
  if (!isWide || room === 0) return null;
  const fixed = widths.map((width, i) => width && Math.max(width, wanted[i] ?? 0));
  const taken = fixed.reduce<number>((sum, width) => sum + (width ?? 0), 0);
  return fixed.map((width) => width ?? Math.max(least, room - taken));
}

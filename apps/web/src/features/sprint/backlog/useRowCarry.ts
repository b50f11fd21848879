import { useEffect, useEffectEvent, useRef, type KeyboardEvent, type RefObject } from 'react';
import { keyOf } from '../../shell/keys.ts';
import type { BacklogLists, Spot } from './backlog-lists.ts';
import type { Target } from './backlog-moves.ts';
import { gapOf, SECTION } from './drop-mark.ts';
import { drawMark } from './useRowDrag.ts';

export interface CarryWords {
  grabbed: (count: number) => string;
  /** Where it would stand: behind a ticket, or on top, and of which section. */
  at: (afterKey: string | null, section: string) => string;
  restored: () => string;
}

interface Carried {
  ids: readonly string[];
  /** The row whose lower edge the line is at: a ticket, or a heading. */
  row: HTMLElement;
}

/** Rows between which one page is. */
const PAGE = 7;

/**
 * Moves rows by the keyboard: M takes the row at hand, or all that are ticked with it; arrows carry the line where they will stand, over headings
 * into other sections; Home and End name the ends of the section; Enter puts them there, Esc leaves them.
 */
export function useRowCarry(
  scroller: RefObject<HTMLElement | null>,
  mark: RefObject<HTMLElement | null>,
  lists: BacklogLists,
  {
    carriedWith,
    onCarry,
    onDrop,
    say,
    words,
  }: {
    carriedWith: (id: string) => readonly string[];
    onCarry: (ids: readonly string[]) => void;
    onDrop: (ids: readonly string[], target: Target) => void;
    say: (text: string) => void;
    words: CarryWords;
  },
): (event: KeyboardEvent) => void {
  const carried = useRef<Carried | null>(null);

  const spotAt = (row: HTMLElement): Spot | null => gapOf(row, Number.POSITIVE_INFINITY, (id) => lists.spotOf(id))?.spot ?? null;
  const show = (): void => {
    const now = carried.current;
    const outer = scroller.current;
    if (!now || !outer) return;
    now.row.scrollIntoView({ block: 'nearest' });
    // the heading of the table lies over the first row
    const { bottom } = now.row.getBoundingClientRect();
    const head = outer.querySelector('thead')?.getBoundingClientRect().bottom ?? 0;
    if (bottom < head + 40) outer.scrollTop -= head + 80 - bottom;
    drawMark(mark.current, outer, { y: now.row.getBoundingClientRect().bottom });
  };
  const tell = (): void => {
    const spot = carried.current && spotAt(carried.current.row);
    if (!spot) return;
    const heading = scroller.current?.querySelector(`[${SECTION}="${spot.section ?? ''}"]`);
    say(words.at(spot.afterId === null ? null : (lists.read(spot.afterId)?.key ?? ''), heading?.textContent ?? ''));
  };
  const end = (): void => {
    carried.current = null;
    if (scroller.current) drawMark(mark.current, scroller.current, null);
    onCarry([]);
  };
  const step = (by: number): void => {
    const now = carried.current;
    if (!now) return;
    for (let left = Math.abs(by); left > 0; left--) {
      let next: Element | null = now.row;
      do next = by > 0 ? next.nextElementSibling : next.previousElementSibling;
      while (next && !isStop(next));
      // rows that are not drawn yet are not jumped over
      if (!(next instanceof HTMLElement) || next.hasAttribute('aria-hidden')) break;
      now.row = next;
    }
    show();
    tell();
  };
  const drop = (target: Target | null): void => {
    const ids = carried.current?.ids ?? [];
    end();
    if (target) onDrop(ids, target);
  };
  const scrolled = useEffectEvent(
    () => carried.current && scroller.current && drawMark(mark.current, scroller.current, { y: carried.current.row.getBoundingClientRect().bottom }),
  );
  useEffect(() => {
    const outer = scroller.current;
    const listen = (): void => void scrolled();
    outer?.addEventListener('scroll', listen, { passive: true });
    return () => outer?.removeEventListener('scroll', listen);
  }, [scroller]);

  return (event) => {
    const key = keyOf(event.nativeEvent);
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest('input:not([type="checkbox"]), textarea, select')) return;
    const now = carried.current;
    if (!now) {
      const row = target.closest<HTMLElement>('tr[data-row]');
      if (key !== 'm' || !row) return;
      const ids = carriedWith(row.dataset['row'] ?? '');
      if (ids.length === 0) return;
      event.preventDefault();
      carried.current = { ids, row };
      onCarry(ids);
      show();
      say(words.grabbed(ids.length));
      return;
    }
    event.preventDefault();
    if (key === 'ArrowDown' || key === 'j') step(1);
    else if (key === 'ArrowUp' || key === 'k') step(-1);
    else if (key === 'PageDown') step(PAGE);
    else if (key === 'PageUp') step(-PAGE);
    else if (key === 'Home' || key === 'End') {
      const section = spotAt(now.row)?.section;
      if (section !== undefined) drop({ section, end: key === 'Home' ? 'TOP' : 'BOTTOM' });
    } else if (key === 'Enter' || key === ' ' || key === 'm') drop(spotAt(now.row));
    else if (key === 'Escape' || key === 'Tab') {
      end();
      say(words.restored());
    }
  };
}

/** A row, a heading, or the room of rows that are not drawn. */
const isStop = (row: Element): boolean =>
  row instanceof HTMLElement &&
  (row.dataset['row'] !== undefined || row.querySelector(`[${SECTION}]`) !== null || (row.hasAttribute('aria-hidden') && row.offsetHeight > 1));

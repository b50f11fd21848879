import { useEffect, type RefObject } from 'react';
import type { BoardParts } from '../board-context.ts';

/** A finger that rests so long on a card, and has not gone further than this in pixels, wants its menu. */
const PRESSED_AFTER_MS = 450;
const STILL_WITHIN = 9;

/**
 * A long press opens the menu of a card, from which a thumb moves it: a finger that moves scrolls, as everywhere. One listener for all cards. What
 * browsers make of the finger that is lifted, or of the press (a click, a drag, their own menu), is left out.
 */
export function useLongPress({ openMenu }: BoardParts, board: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = board.current;
    if (!element) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let from: { x: number; y: number } | null = null;
    let isPressed = false;
    const end = (): void => {
      clearTimeout(timer);
      from = null;
    };
    const down = (event: PointerEvent): void => {
      end();
      isPressed = false;
      const card = event.target instanceof Element ? event.target.closest('[data-ticket-id]') : null;
      if (event.pointerType !== 'touch' || !event.isPrimary || !card || (event.target as Element).closest('button')) return;
      from = { x: event.clientX, y: event.clientY };
      timer = setTimeout(() => {
        isPressed = true;
        openMenu(card.getAttribute('data-ticket-id') ?? '', card, event);
      }, PRESSED_AFTER_MS);
    };
    const move = (event: PointerEvent): void => {
      if (from && Math.hypot(event.clientX - from.x, event.clientY - from.y) > STILL_WITHIN) end();
    };
    const leftOut = (event: Event): void => {
      if (!isPressed) return;
      event.preventDefault();
      event.stopPropagation();
    };
    const stop = new AbortController();
    const { signal } = stop;
    element.addEventListener('pointerdown', down, { signal });
    element.addEventListener('pointermove', move, { signal });
    for (const ending of ['pointerup', 'pointercancel'] as const) element.addEventListener(ending, end, { signal });
    element.addEventListener('touchend', leftOut, { signal, passive: false });
    for (const made of ['click', 'dragstart', 'contextmenu']) element.addEventListener(made, leftOut, { signal, capture: true });
    return () => {
      end();
      stop.abort();
    };
  }, [openMenu, board]);
}

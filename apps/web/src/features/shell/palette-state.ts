import { createSignal } from './signal.ts';

const opened = createSignal(false);
/** What had the focus when it was opened. */
let from: Element | null = null;

export const usePaletteOpened = opened.use;

export function openPalette(): void {
  if (opened.get()) return;
  from = document.activeElement;
  opened.set(true);
}

/** The focus goes back to where it was, before anything else is done: what opens next returns it there, too. */
export function closePalette(): void {
  if (!opened.get()) return;
  opened.set(false);
  if (from instanceof HTMLElement && from.isConnected && from !== document.body) from.focus({ preventScroll: true });
}

/** Where somebody was when they opened it. */
export const paletteOpenedFrom = (): Element | null => from;

/** Gives the focus to what has just come onto the screen, but never takes it from somebody who types in the palette meanwhile. */
export function takeFocus(element: HTMLElement | null): void {
  if (!opened.get()) element?.focus({ preventScroll: true });
}

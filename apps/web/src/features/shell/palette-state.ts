import { createSignal } from './signal.ts';

const opened = createSignal(false);

export const usePaletteOpened = opened.use;
export const openPalette = (): void => opened.set(true);
export const closePalette = (): void => opened.set(false);

/** Gives the focus to what has just come onto the screen, but never takes it from somebody who types in the palette meanwhile. */
export function takeFocus(element: HTMLElement | null): void {
  if (!opened.get()) element?.focus({ preventScroll: true });
}

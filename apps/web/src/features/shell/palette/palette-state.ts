import { createSignal } from '../signal.ts';

/** Whether the palette was ever asked for: only then its code is fetched. */
const wanted = createSignal(false);
const opened = createSignal(false);

export const usePaletteWanted = wanted.use;
export const usePaletteOpened = opened.use;
export const wantPalette = (): void => wanted.set(true);
export const closePalette = (): void => opened.set(false);

export function openPalette(): void {
  wanted.set(true);
  opened.set(true);
}

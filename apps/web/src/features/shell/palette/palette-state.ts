import { createSignal } from '../signal.ts';

const opened = createSignal(false);

export const usePaletteOpened = opened.use;
export const openPalette = (): void => opened.set(true);
export const closePalette = (): void => opened.set(false);

import { createSignal } from '../shell/signal.ts';

const sheet = createSignal(false);

export const useShortcutSheetOpened = sheet.use;
export const openShortcutSheet = (): void => sheet.set(true);
export const closeShortcutSheet = (): void => sheet.set(false);

import { useEffect } from 'react';
import { isTyping, keyOf } from '../shell/keys.ts';
import { closeShortcutSheet, openShortcutSheet, useShortcutSheetOpened } from './shortcut-sheet-state.ts';
import { useLater } from '../shell/useLater.ts';

const load = () => import('./ShortcutSheet.tsx');

/** Listens for `?`, which opens the list of shortcuts. */
export function Shortcuts() {
  const opened = useShortcutSheetOpened();
  const Sheet = useLater(load, opened, closeShortcutSheet);

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (keyOf(event) !== '?' || isTyping(event)) return;
      event.preventDefault();
      openShortcutSheet();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  return Sheet && <Sheet opened={opened} onClose={closeShortcutSheet} />;
}

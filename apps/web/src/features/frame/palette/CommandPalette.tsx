import { useEffect } from 'react';
import { keyOf } from '../../shell/keys.ts';
import { useLater } from '../../shell/useLater.ts';
import { closePalette, openPalette, usePaletteOpened } from './palette-state.ts';

const load = () => import('./Palette.tsx');

/** Listens for Ctrl/Cmd+K, which opens and closes the palette. */
export function CommandPalette() {
  const opened = usePaletteOpened();
  const Palette = useLater(load, opened, closePalette);

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (keyOf(event) !== 'k' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
      event.preventDefault();
      if (opened) closePalette();
      else openPalette();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [opened]);

  return Palette && <Palette opened={opened} onClose={closePalette} />;
}

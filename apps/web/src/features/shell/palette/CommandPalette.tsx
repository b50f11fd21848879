import { useEffect, useState, type ComponentType } from 'react';
import type { PaletteProps } from './Palette.tsx';
import { closePalette, openPalette, usePaletteOpened } from './palette-state.ts';

const IDLE_MS = 3000;

/** Listens for Ctrl/Cmd+K; the palette itself is fetched when asked for, or a little after the page is there. */
export function CommandPalette() {
  const opened = usePaletteOpened();
  const [Palette, setPalette] = useState<ComponentType<PaletteProps> | null>(null);

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.isComposing || event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
      event.preventDefault();
      if (opened) closePalette();
      else openPalette();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [opened]);

  useEffect(() => {
    if (Palette) return;
    const fetchIt = (): void => {
      // without a connection there is no palette yet: the next press of the key tries again
      import('./Palette.tsx').then((module) => setPalette(() => module.default)).catch(closePalette);
    };
    if (opened) {
      fetchIt();
      return;
    }
    const timer = setTimeout(fetchIt, IDLE_MS);
    return () => clearTimeout(timer);
  }, [Palette, opened]);

  return Palette && <Palette opened={opened} onClose={closePalette} />;
}

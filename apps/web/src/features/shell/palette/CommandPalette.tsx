import { lazy, Suspense, useEffect } from 'react';
import { closePalette, openPalette, usePaletteOpened, usePaletteWanted, wantPalette } from './palette-state.ts';

const Palette = lazy(() => import('./Palette.tsx'));

/** Listens for Ctrl/Cmd+K; the palette itself is fetched when the browser has nothing better to do, or when asked for. */
export function CommandPalette() {
  const wanted = usePaletteWanted();
  const opened = usePaletteOpened();

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
    const timer = setTimeout(wantPalette, 3000);
    return () => clearTimeout(timer);
  }, []);

  if (!wanted) return null;
  return (
    <Suspense fallback={null}>
      <Palette opened={opened} onClose={closePalette} />
    </Suspense>
  );
}

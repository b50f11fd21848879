import { useCallback, useEffect } from 'react';
import { useViewer } from '../../access/useActor.ts';
import { keyOf } from '../../shell/keys.ts';
import { useRooms } from '../../shell/rooms.ts';
import { useLater } from '../../shell/useLater.ts';
import { closePalette, openPalette, usePaletteOpened } from '../../shell/palette-state.ts';

import { loadPalette } from './load-palette.tsx';
import { useRememberOpened } from './useThingsHere.ts';

/** Listens for Ctrl/Cmd+K, which opens and closes the palette, and remembers what is looked at, which it shows first. */
export function CommandPalette() {
  const rooms = useRooms();
  const opened = usePaletteOpened();
  useRememberOpened(useViewer().user.id);
  const load = useCallback(() => loadPalette(rooms), [rooms]);
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

import { useMemo, type ComponentType } from 'react';
import type { PaletteSource } from '../../shell/entry.ts';
import type { Room } from '../../shell/rooms.ts';
import type { PaletteProps } from './Palette.tsx';

/** The palette with what the rooms answer to it. */
export async function loadPalette(rooms: readonly Room[]): Promise<{ default: ComponentType<Omit<PaletteProps, 'useAnswers'>> }> {
  const [{ Palette }, { useEntries }, ...sources] = await Promise.all([
    import('./Palette.tsx'),
    import('./useEntries.tsx'),
    ...rooms.flatMap(({ palette }) => palette?.() ?? []),
  ]);
  const useAnswers = [...sources, useEntries].reduce(both);
  return { default: (props) => <Palette useAnswers={useAnswers} {...props} /> };
}

function both(useFirst: PaletteSource, useSecond: PaletteSource): PaletteSource {
  return function useBoth(typed) {
    const first = useFirst(typed);
    const second = useSecond(typed);
    const entries = useMemo(() => [...first.entries, ...second.entries], [first.entries, second.entries]);
    return { entries, searching: first.searching || second.searching };
  };
}

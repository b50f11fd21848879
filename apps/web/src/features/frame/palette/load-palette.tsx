import { useMemo, type ComponentType } from 'react';
import type { Command, PalettePart, ThingLines } from '../../shell/palette-part.ts';
import type { Room } from '../../shell/rooms.ts';
import type { PaletteProps } from './Palette.tsx';

/** The palette with what the rooms give to it. */
export async function loadPalette(rooms: readonly Room[]): Promise<{ default: ComponentType<Pick<PaletteProps, 'opened' | 'onClose'>> }> {
  const [{ Palette }, { palettePart }, ...parts] = await Promise.all([
    import('./Palette.tsx'),
    import('./palette-part.tsx'),
    ...rooms.flatMap(({ palette }) => palette?.() ?? []),
  ]);
  const useCommands = hooksOf([...parts, palettePart], 'useCommands').reduce(bothCommands);
  const useThings = hooksOf(parts, 'useThings').reduce(bothThings);
  return { default: (props) => <Palette useCommands={useCommands} useThings={useThings} {...props} /> };
}

const hooksOf = <Name extends keyof PalettePart>(parts: readonly PalettePart[], name: Name): NonNullable<PalettePart[Name]>[] =>
  parts.flatMap((part) => (part[name] ? [part[name]] : []));

function bothCommands(useFirst: () => readonly Command[], useSecond: () => readonly Command[]): () => readonly Command[] {
  return function useBoth() {
    const first = useFirst();
    const second = useSecond();
    return useMemo(() => [...first, ...second], [first, second]);
  };
}

function bothThings(useFirst: () => ThingLines, useSecond: () => ThingLines): () => ThingLines {
  return function useBoth() {
    const first = useFirst();
    const second = useSecond();
    return useMemo(() => ({ ...first, ...second }), [first, second]);
  };
}

import type { ThingKind } from '@trainyard/domain';
import type { ReactNode } from 'react';
import type { ThingLineFragment } from './palette.generated.ts';

export type Thing = ThingLineFragment;

/** One line of the palette. */
export interface Entry {
  id: string;
  label: string;
  /** Short text before the label, such as a key. Also searched. */
  hint?: string | undefined;
  icon: ReactNode;
  /** What it belongs to. */
  of?: string | null;
  /** How it stands. */
  state?: ReactNode;
  person?: { id: string; name: string } | null;
  run: () => void;
}

/** Something to do, or a page: the browser knows it. */
export interface Command extends Entry {
  /** `ticket`: of the ticket at hand. */
  group: 'ticket' | 'pages' | 'commands';
  /** Further words that find it, such as its name in the other language. */
  words?: string;
  /** The key that does the same. */
  shortcut?: string;
  /** There may be many: none is shown before something is typed. */
  quiet?: boolean;
}

/** How things of some kinds are shown, and where they lead. */
export type ThingLines = Partial<Record<ThingKind, (thing: Thing) => Entry>>;

/** What a room gives to the palette. Hooks: they are called whenever the palette is drawn. */
export interface PalettePart {
  useCommands?: () => readonly Command[];
  useThings?: () => ThingLines;
}

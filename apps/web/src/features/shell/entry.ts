import { normalForm } from '@trainyard/domain';
import type { ReactNode } from 'react';

/** One line of the palette. */
export interface Entry {
  id: string;
  group: 'tickets' | 'boards' | 'pages' | 'commands';
  label: string;
  /** Short text before the label, such as a project's key. Also searched. */
  hint?: string;
  icon: ReactNode;
  /** Further words that find it, such as its name in the other language. */
  words?: string;
  run: () => void;
}

/** What a room answers to what is typed into the palette. A hook: it is called whenever the palette is drawn. */
export type PaletteSource = (typed: string) => { entries: readonly Entry[]; searching: boolean };

/** Whether every word that was typed begins, or is within, a text of the entry. */
export function matches(entry: Pick<Entry, 'label' | 'hint' | 'words'>, query: string): boolean {
  const text = normalForm(`${entry.hint ?? ''} ${entry.label} ${entry.words ?? ''}`);
  return normalForm(query)
    .split(/\s+/)
    .every((word) => text.includes(word));
}

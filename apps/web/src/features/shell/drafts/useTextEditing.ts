import { useEffect, useRef, useState, type RefObject } from 'react';
import { textOf } from './draft-store.ts';
import { useDraft } from './drafts.ts';
import { useDiscard } from './useDiscard.ts';

/** A text as the server has it. */
export interface SavedText {
  version: number;
  text: string;
}

export interface TextEditing {
  /** Whether the field is open. */
  opened: boolean;
  /** What the field holds. */
  text: string;
  /** What the text was when the person began to change it, which is what their change is compared with. */
  base: SavedText;
  /** Somebody else has changed it since, and not to the same. */
  behind: boolean;
  /** When what is in the field, or would be, was written, where that was before the field was opened. */
  keptAt: number | null;
  /** The button that opens the field. It has the focus back when the field goes with the focus in it. */
  opener: RefObject<HTMLButtonElement | null>;
  open: () => void;
  write: (text: string) => void;
  /** Closes the field. The words stay. */
  leave: () => void;
  /** Closes the field and throws the words away, which can be taken back. */
  discard: () => void;
  /** What was written as `text` is saved. */
  saved: (text: string) => void;
}

/** Changing a text in a field that is opened for it. What is written outlives the field; with `reopen` the field opens again for it. */
export function useTextEditing(key: string, saved: SavedText, reopen: boolean): TextEditing {
  const { draft, write, end } = useDraft(key);
  const discardDraft = useDiscard();
  const [opened, setOpened] = useState(reopen && draft !== null);
  const [keptAt, setKeptAt] = useState(draft?.at ?? null);
  const opener = useRef<HTMLButtonElement>(null);
  const wasOpened = useRef(opened);
  useEffect(() => {
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (wasOpened.current && !opened && lost) opener.current?.focus({ preventScroll: true });
    wasOpened.current = opened;
  }, [opened]);
  const base = draft?.base ? { version: draft.base.version, text: textOf(draft.base) } : saved;
  const text = draft ? textOf(draft) : saved.text;
  return {
    opened,
    text,
    base,
    behind: draft !== null && base.text !== saved.text && text !== saved.text,
    keptAt: draft && (opened ? keptAt : draft.at),
    opener,
    open: () => {
      setKeptAt(draft?.at ?? null);
      setOpened(true);
    },
    write: (next) => (next === base.text ? end() : write(next, { version: base.version, words: base.text })),
    leave: () => setOpened(false),
    discard: () => {
      discardDraft(key);
      setKeptAt(null);
      setOpened(false);
    },
    saved: (sent) => {
      end(sent);
      setOpened(false);
    },
  };
}

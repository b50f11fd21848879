import { TextInput } from '@mantine/core';
import { useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { textOf } from '../shell/drafts/draft-store.ts';
import { DraftNote } from '../shell/drafts/DraftNote.tsx';
import { useDraft } from '../shell/drafts/drafts.ts';
import { useDiscard } from '../shell/drafts/useDiscard.ts';
import { useErrorMessage } from '../shell/error/useErrorMessage.ts';
import classes from './NameField.module.css';

export interface NameFieldProps {
  /** Where what is typed is kept until it is sent. */
  draftKey: string;
  label: string;
  name: string;
  /** Characters; what is more is not cut but said. */
  max: number;
  /** Gives the error where the new name is refused. */
  onSave: (name: string) => Promise<unknown>;
}

/** A name that is edited in place: Enter or leaving the field sends it, Esc gives the old one back. What is refused stays, with the reason. */
export function NameField({ draftKey, label, name, max, onSave }: NameFieldProps) {
  const { t } = useTranslation('shell');
  const describe = useErrorMessage();
  const { draft, write, end } = useDraft(draftKey);
  const discard = useDiscard();
  const [keptAt, setKeptAt] = useState(draft?.at ?? null);
  const typed = draft && textOf(draft);
  /** Of the text as it was sent: another one is not what was refused. */
  const [refusal, setRefusal] = useState<{ text: string; error: unknown } | null>(null);
  // what was sent last and is not answered yet
  const onItsWay = useRef<string | null>(null);
  const wanted = (typed ?? name).trim();
  const excess = wanted.length - max;

  const save = async (): Promise<void> => {
    if (typed === null || excess > 0 || wanted === onItsWay.current) return;
    if (wanted === '' || (wanted === name && onItsWay.current === null)) return end();
    onItsWay.current = wanted;
    const error = await onSave(wanted);
    if (onItsWay.current === wanted) onItsWay.current = null;
    if (error) setRefusal({ text: typed, error });
    // what was written meanwhile stays
    else end(typed);
    setKeptAt(null);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    // leaving the field sends the name, and so only once
    if (event.key === 'Enter') event.currentTarget.blur();
    else if (event.key === 'Escape') discard(draftKey);
  };

  return (
    <>
      <TextInput
        variant="unstyled"
        className={classes.root}
        aria-label={label}
        value={typed ?? name}
        error={excess > 0 ? t('excess', { count: excess, max }) : refusal?.text === typed ? describe(refusal?.error) : undefined}
        onChange={(event) => write(event.currentTarget.value)}
        onBlur={() => void save()}
        onKeyDown={onKeyDown}
      />
      {draft && keptAt !== null && <DraftNote at={keptAt} onDiscard={() => discard(draftKey)} />}
    </>
  );
}

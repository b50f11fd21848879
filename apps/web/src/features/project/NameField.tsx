import { TextInput } from '@mantine/core';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorMessage } from '../shell/error/useErrorMessage.ts';
import { isComposing } from '../shell/keys.ts';
import classes from './NameField.module.css';

export interface NameFieldProps {
  label: string;
  name: string;
  /** Characters; what is more is not cut but said. */
  max: number;
  /** Gives the error where the new name is refused. */
  onSave: (name: string) => Promise<unknown>;
}

/** A name that is edited in place: Enter or leaving the field sends it, Esc gives the old one back. What is refused stays, with the reason. */
export function NameField({ label, name, max, onSave }: NameFieldProps) {
  const { t } = useTranslation('board');
  const describe = useErrorMessage();
  const [typed, setTyped] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<unknown>(null);
  const wanted = (typed ?? name).trim();
  const excess = wanted.length - max;

  const restore = (): void => {
    setTyped(null);
    setRefusal(null);
  };
  const save = async (): Promise<void> => {
    if (wanted === '' || wanted === name) return restore();
    if (excess > 0) return;
    const refused = await onSave(wanted);
    if (refused) setRefusal(refused);
    else restore();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (isComposing(event.nativeEvent)) return;
    // leaving the field sends the name, and so only once
    if (event.key === 'Enter') event.currentTarget.blur();
    else if (event.key === 'Escape') restore();
  };

  return (
    <TextInput
      variant="unstyled"
      className={classes.root}
      aria-label={label}
      value={typed ?? name}
      error={excess > 0 ? t('excess', { count: excess, max }) : refusal ? describe(refusal) : undefined}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        setRefusal(null);
      }}
      onBlur={() => void save()}
      onKeyDown={onKeyDown}
    />
  );
}

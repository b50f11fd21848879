import { TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';

export interface NumberFieldProps {
  value: number | null;
  label: string;
  disabled?: boolean;
  saving?: boolean;
  autoFocus?: boolean;
  /** False: only Enter saves. */
  saveOnLeave?: boolean;
  /** Called when the person begins to type. */
  onBegin?: () => void;
  /** Called when the field is left or Enter is pressed; null: there is none. */
  onSave: (value: number | null) => void;
  /** Called where there was nothing to save then; not while what is typed is no estimate. */
  onUnchanged?: () => void;
  /** What was typed: null is nothing, undefined is none that is possible. */
  read: (typed: string) => number | null | undefined;
  /** Said of what is not possible. */
  refusal: string;
  placeholder: string;
}

/** An estimate. What is none stays in the field, with the reason. */
export function NumberField({ value, label, disabled, saving, autoFocus, saveOnLeave = true, read, refusal, placeholder, ...on }: NumberFieldProps) {
  const { onBegin, onSave, onUnchanged } = on;
  /** Null: the field shows what is saved. */
  const [typed, setTyped] = useState<string | null>(null);
  const [refused, setRefused] = useState(false);
  const [shown, setShown] = useState(value);
  // Enter saves, and so does leaving the field, which may follow while it saves
  const sent = useRef<number | null | undefined>(undefined);
  const write = (text: string | null): void => {
    setTyped(text);
    setRefused(false);
  };
  if (shown !== value) {
    setShown(value);
    // what somebody else saves does not take away what is being typed here
    if (typed !== null && read(typed) === value) write(null);
  }
  useEffect(() => {
    if (!saving) sent.current = undefined;
  }, [saving, value]);
  const save = (): void => {
    const next = typed === null ? value : read(typed);
    if (next === undefined) return setRefused(true);
    if (next === value) {
      write(null);
      onUnchanged?.();
    } else if (next !== sent.current) {
      sent.current = next;
      onSave(next);
    }
  };
  return (
    <TextInput
      aria-label={label}
      inputMode="decimal"
      autoComplete="off"
      value={typed ?? value ?? ''}
      error={refused && refusal}
      placeholder={placeholder}
      disabled={disabled}
      readOnly={saving}
      autoFocus={autoFocus}
      // opened by a key, what is typed next replaces the estimate
      onFocus={autoFocus ? (event) => event.currentTarget.select() : undefined}
      onChange={(event) => {
        if (typed === null) onBegin?.();
        write(event.currentTarget.value);
      }}
      onBlur={saveOnLeave ? save : undefined}
      onKeyDown={(event) => {
        if (event.key === 'Enter') save();
        else if (event.key === 'Escape') write(null);
      }}
    />
  );
}

import { TextInput } from '@mantine/core';
import { DAY_YEARS, isDay } from '@trainyard/domain';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

export interface DayFieldProps {
  /** A day such as 2026-01-05; null: none. */
  value: string | null;
  label: string;
  saving?: boolean;
  autoFocus?: boolean;
  /** Called when the person begins to change it. */
  onBegin?: () => void;
  /** Called when the field is left or Enter is pressed: a date that is typed passes through others. */
  onSave: (day: string | null) => void;
  /** Called where there was nothing to save then. */
  onUnchanged?: () => void;
}

/** A day of the calendar. It is a text from end to end, which no time zone moves. */
export function DayField({ value, label, saving, autoFocus, onBegin, onSave, onUnchanged }: DayFieldProps) {
  const { t } = useTranslation('ticket');
  /** Null: the field shows what is saved. */
  const [typed, setTyped] = useState<string | null>(null);
  const [refused, setRefused] = useState(false);
  const [shown, setShown] = useState(value);
  const write = (text: string | null): void => {
    setTyped(text);
    setRefused(false);
  };
  if (shown !== value) {
    setShown(value);
    if ((typed || null) === value) write(null);
  }
  const save = (input: HTMLInputElement): void => {
    const day = input.value === '' ? null : input.value;
    if (input.validity.badInput || (day !== null && !isDay(day))) return setRefused(true);
    write(null);
    if (day === value) onUnchanged?.();
    else onSave(day);
  };
  return (
    <TextInput
      type="date"
      aria-label={label}
      min={`${DAY_YEARS.first}-01-01`}
      max={`${DAY_YEARS.last}-12-31`}
      value={typed ?? value ?? ''}
      error={refused && t('day.refused', DAY_YEARS)}
      readOnly={saving}
      autoFocus={autoFocus}
      onChange={(event) => {
        if (typed === null) onBegin?.();
        write(event.currentTarget.value);
      }}
      onBlur={(event) => save(event.currentTarget)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') save(event.currentTarget);
        else if (event.key === 'Escape') write(null);
      }}
    />
  );
}

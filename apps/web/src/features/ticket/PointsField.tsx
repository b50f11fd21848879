import { TextInput } from '@mantine/core';
import { pointsIn, POINTS_MAX } from '@trainyard/domain';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

export interface PointsFieldProps {
  value: number | null;
  label: string;
  disabled?: boolean;
  saving?: boolean;
  autoFocus?: boolean;
  /** False: only Enter saves. */
  saveOnLeave?: boolean;
  /** Called when the person begins to type. */
  onBegin?: () => void;
  /** Called when the field is left or Enter is pressed; null: not estimated. */
  onSave: (points: number | null) => void;
  /** Called where there was nothing to save then; not while what is typed is no estimate. */
  onUnchanged?: () => void;
}

/** Points in halves. What is no estimate stays in the field, with the reason. */
export function PointsField({ value, label, disabled, saving, autoFocus, saveOnLeave = true, onBegin, onSave, onUnchanged }: PointsFieldProps) {
  const { t } = useTranslation('ticket');
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
    if (typed !== null && pointsIn(typed) === value) write(null);
  }
  useEffect(() => {
    if (!saving) sent.current = undefined;
  }, [saving, value]);
  const save = (): void => {
    const points = typed === null ? value : pointsIn(typed);
    if (points === undefined) return setRefused(true);
    if (points === value) {
      write(null);
      onUnchanged?.();
    } else if (points !== sent.current) {
      sent.current = points;
      onSave(points);
    }
  };
  return (
    <TextInput
      aria-label={label}
      inputMode="decimal"
      autoComplete="off"
      value={typed ?? value ?? ''}
      error={refused && t('points.refused', { max: POINTS_MAX })}
      placeholder={t('points.none')}
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

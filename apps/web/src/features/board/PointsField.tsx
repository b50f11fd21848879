import { NumberInput } from '@mantine/core';
import { POINTS_MAX } from '@trainyard/domain';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

export interface PointsFieldProps {
  value: number | null;
  label: string;
  disabled?: boolean;
  autoFocus?: boolean;
  /** Called when the field is left or Enter is pressed; null: not estimated. */
  onSave: (points: number | null) => void;
}

/** Points in halves. */
export function PointsField({ value, label, disabled, autoFocus, onSave }: PointsFieldProps) {
  const { t } = useTranslation('board');
  const [typed, setTyped] = useState<string | number>(value ?? '');
  const [shown, setShown] = useState(value);
  // Enter saves, and so does leaving the field, which follows when it is switched off while it saves
  const sent = useRef<number | null | undefined>(undefined);
  if (shown !== value) {
    setShown(value);
    setTyped(value ?? '');
  }
  useEffect(() => {
    if (!disabled) sent.current = undefined;
  }, [disabled, value]);
  const save = (): void => {
    const points = typeof typed === 'number' ? Math.round(typed * 2) / 2 : null;
    if (points === value || points === sent.current) return;
    sent.current = points;
    onSave(points);
  };
  return (
    <NumberInput
      aria-label={label}
      value={typed}
      onChange={setTyped}
      min={0}
      max={POINTS_MAX}
      step={0.5}
      clampBehavior="strict"
      decimalScale={1}
      placeholder={t('points.none')}
      hideControls
      disabled={disabled}
      autoFocus={autoFocus}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) save();
      }}
    />
  );
}

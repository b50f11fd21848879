import { NumberInput, type NumberInputProps } from '@mantine/core';
import { WIP_LIMIT_MAX } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';

/** A limit as it is typed; '' for none. */
export type TypedLimit = number | '';

export const isLimit = (limit: TypedLimit): boolean => limit === '' || (limit >= 1 && limit <= WIP_LIMIT_MAX);

export interface LimitFieldProps extends Omit<NumberInputProps, 'value' | 'onChange' | 'error'> {
  value: TypedLimit;
  onChange: (limit: TypedLimit) => void;
}

/** How many cards a column may hold. What is out of range stays as it was typed, with the range. */
export function LimitField({ value, onChange, ...input }: LimitFieldProps) {
  const { t } = useTranslation('project');
  const format = useFormat();
  return (
    <NumberInput
      min={1}
      max={WIP_LIMIT_MAX}
      allowDecimal={false}
      allowNegative={false}
      clampBehavior="none"
      {...input}
      value={value}
      // a number with more digits than JavaScript can hold comes as text
      onChange={(typed) => onChange(typed === '' ? '' : Number(typed))}
      error={isLimit(value) ? undefined : t('column.limitRange', { max: format.number(WIP_LIMIT_MAX) })}
    />
  );
}

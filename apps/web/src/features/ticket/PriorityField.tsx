import { Kbd, Select } from '@mantine/core';
import { PRIORITIES, type Priority } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { PriorityIcon } from './PriorityIcon.tsx';
import classes from './PriorityIcon.module.css';

export interface PriorityFieldProps {
  value: Priority | null;
  label: string;
  onChange: (priority: Priority | null) => void;
}

const NONE = 'NONE';

/** Chooses a priority at once: by its number, by the arrows, or by pointing. */
export function PriorityField({ value, label, onChange }: PriorityFieldProps) {
  const { t } = useTranslation('ticket');
  const all = [...PRIORITIES, NONE] as const;
  const choose = (word: string | undefined | null): void => {
    if (word != null) onChange(PRIORITIES.find((one) => one === word) ?? null);
  };
  return (
    <Select
      aria-label={label}
      data={all.map((word) => ({ value: word, label: t(`priority.${word === NONE ? 'none' : word}`) }))}
      value={value ?? NONE}
      leftSection={value && <PriorityIcon priority={value} label="" />}
      allowDeselect={false}
      autoFocus
      defaultDropdownOpened
      comboboxProps={{ withinPortal: false }}
      onKeyDown={(event) => {
        const word = /^[1-5]$/.test(event.key) ? all[Number(event.key) - 1] : undefined;
        if (!word) return;
        event.preventDefault();
        choose(word);
      }}
      onChange={choose}
      renderOption={({ option }) => (
        <span className={classes.option}>
          {option.value === NONE ? <span className={classes.none} /> : <PriorityIcon priority={option.value as Priority} label="" />}
          <span>{option.label}</span>
          <Kbd size="xs">{all.findIndex((word) => word === option.value) + 1}</Kbd>
        </span>
      )}
    />
  );
}

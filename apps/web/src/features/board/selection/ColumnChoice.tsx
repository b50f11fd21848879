import { Kbd, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardColumnHead } from '../board-context.ts';
import classes from './ColumnChoice.module.css';

export interface ColumnChoiceProps {
  columns: readonly BoardColumnHead[];
  /** Where the card lies now. */
  value: string | null;
  onChange: (columnId: string) => void;
}

/** Chooses a column by its number, by typing, or by the arrows. */
export function ColumnChoice({ columns, value, onChange }: ColumnChoiceProps) {
  const { t } = useTranslation('board');
  const [typed, setTyped] = useState('');
  const choose = (id: string | null): void => {
    if (id !== null) onChange(id);
  };
  return (
    <Select
      aria-label={t('column.choose')}
      placeholder={t('column.choose')}
      data={columns.map(({ id, name }) => ({ value: id, label: name }))}
      value={value}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      selectFirstOptionOnChange={typed !== ''}
      nothingFoundMessage={t('column.none')}
      allowDeselect={false}
      autoFocus
      defaultDropdownOpened
      comboboxProps={{ withinPortal: false }}
      onFocus={() => setTyped('')}
      onKeyDown={(event) => {
        const column =
          /^[1-9]$/.test(event.key) && (typed === '' || columns.some(({ id, name }) => id === value && name === typed))
            ? columns[Number(event.key) - 1]
            : undefined;
        if (!column) return;
        event.preventDefault();
        choose(column.id);
      }}
      onChange={choose}
      renderOption={({ option }) => (
        <span className={classes.option}>
          <span>{option.label}</span>
          <Kbd size="xs">{columns.findIndex(({ id }) => id === option.value) + 1}</Kbd>
        </span>
      )}
    />
  );
}

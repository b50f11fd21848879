import { Select } from '@mantine/core';
import { Face } from '@trainyard/ui';
import { useState, type Ref } from 'react';
import { useTranslation } from 'react-i18next';

export interface PersonFieldProps {
  people: readonly { id: string; name: string }[];
  value: { id: string; name: string } | null;
  label: string;
  /** Its label stands above it. */
  labelled?: boolean;
  error?: string | undefined;
  ref?: Ref<HTMLInputElement>;
  disabled?: boolean;
  saving?: boolean;
  autoOpen?: boolean;
  onChange: (personId: string | null) => void;
}

/** Chooses who does it. One who has left the project is still named. */
export function PersonField({ people, value, label, labelled, error, ref, disabled, saving, autoOpen, onChange }: PersonFieldProps) {
  const { t } = useTranslation('ticket');
  const [typed, setTyped] = useState('');
  const known = value && people.every((person) => person.id !== value.id) ? [value, ...people] : people;
  return (
    <Select
      {...(labelled ? { label } : { 'aria-label': label })}
      ref={ref}
      error={error}
      data={known.map((person) => ({ value: person.id, label: person.name }))}
      value={value?.id ?? null}
      leftSection={value && <Face {...value} size={18} />}
      renderOption={({ option }) => (
        <>
          <Face id={option.value} name={option.label} size={20} />
          <span>{option.label}</span>
        </>
      )}
      onChange={onChange}
      searchable
      onSearchChange={setTyped}
      // Enter takes who was searched for
      selectFirstOptionOnChange={typed !== '' && typed !== value?.name}
      clearable
      clearButtonProps={{ 'aria-label': t('assignee.clear') }}
      placeholder={t('assignee.none')}
      nothingFoundMessage={t('assignee.nobody')}
      disabled={disabled}
      readOnly={saving}
      autoFocus={autoOpen}
      defaultDropdownOpened={autoOpen}
      comboboxProps={{ withinPortal: true }}
    />
  );
}

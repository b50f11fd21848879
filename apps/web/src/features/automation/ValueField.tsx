import { Select, TextInput } from '@mantine/core';
import { useTicketWords } from '../ticket/useTicketWords.ts';
import { fieldAs, type RuleProject } from './rule-words.ts';

export interface ValueFieldProps {
  label: string;
  /** The field by its name in inputs. */
  as: string;
  value: string | null;
  /** What it is called to have none. */
  empty: string;
  project: RuleProject;
  error: string | undefined;
  onChange: (value: string | null) => void;
}

/** A value of a field of tickets, as text. */
export function ValueField({ label, as, value, empty, project, error, onChange }: ValueFieldProps) {
  const ticket = useTicketWords();
  const field = fieldAs(as);
  const choices =
    field?.kind === 'WORD'
      ? field.words.map((word) => ({ value: word as string, label: ticket.word(field.name, word) }))
      : field?.kind === 'PERSON'
        ? project.people.map(({ id, name }) => ({ value: id, label: name }))
        : field?.kind === 'LABELS'
          ? project.labels.map(({ id, name }) => ({ value: id, label: name }))
          : null;
  if (choices)
    return (
      <Select
        label={label}
        value={value}
        data={choices}
        clearable
        searchable
        placeholder={empty}
        error={error}
        comboboxProps={{ withinPortal: true }}
        onChange={onChange}
      />
    );
  return (
    <TextInput
      label={label}
      type={field?.kind === 'DAY' ? 'date' : 'text'}
      inputMode={field?.kind === 'POINTS' || field?.kind === 'HOURS' ? 'decimal' : undefined}
      value={value ?? ''}
      placeholder={empty}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value === '' ? null : event.currentTarget.value)}
    />
  );
}

import { useQuery } from '@apollo/client/react';
import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { print, TICKET_FIELDS, type Condition } from '@trainyard/domain';
import { useState, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { timeZone } from '../lists/export-address.ts';
import { FindTicketsDocument, type TicketNameFragment } from './ticket.generated.ts';
import { TypeIcon } from './TypeIcon.tsx';
import classes from './TicketPicker.module.css';

export type NamedTicket = Pick<TicketNameFragment, 'id' | 'key' | 'type' | 'title'>;

export interface TicketPickerProps {
  /** Null: of all projects. */
  projectId: string | null;
  /** What is possible here. */
  conditions?: readonly Condition[];
  /** What is not offered. */
  except?: readonly string[];
  value: NamedTicket | null;
  label: string;
  /** Its label stands above it. */
  labelled?: boolean;
  placeholder: string;
  clearLabel?: string;
  ref?: Ref<HTMLInputElement>;
  saving?: boolean;
  disabled?: boolean;
  error?: string | undefined;
  onChange: (ticket: NamedTicket | null) => void;
}

const WAIT_MS = 120;

/** Finds a ticket by its key or by words of its title. */
export function TicketPicker({ projectId, conditions = [], except = [], value, label, labelled, ref, saving, onChange, ...field }: TicketPickerProps) {
  const { t } = useTranslation('ticket');
  const { placeholder, clearLabel, disabled, error } = field;
  const nameOf = ({ key, title }: NamedTicket): string => `${key} ${title}`;
  const [opened, setOpened] = useState(false);
  const [typed, setTyped] = useState('');
  const wanted = value && typed === nameOf(value) ? '' : typed.trim();
  const [text] = useDebouncedValue(wanted, WAIT_MS);
  const query = print({ conditions, words: text === '' ? [] : [{ text, negated: false }], sort: [{ field: 'updated', descending: true }] }, TICKET_FIELDS);
  const { data, previousData, loading } = useQuery(FindTicketsDocument, {
    variables: { projectId, query, timeZone: timeZone() },
    skip: !opened,
    fetchPolicy: 'cache-and-network',
  });
  const found: readonly NamedTicket[] = ((data ?? previousData)?.tickets.nodes ?? []).filter(({ id }) => !except.includes(id));
  const all = value && found.every(({ id }) => id !== value.id) ? [value, ...found] : found;
  const byId = new Map(all.map((ticket) => [ticket.id, ticket]));
  return (
    <Select
      {...(labelled ? { label } : { 'aria-label': label })}
      ref={ref}
      data={all.map((ticket) => ({ value: ticket.id, label: nameOf(ticket) }))}
      value={value?.id ?? null}
      searchable
      onSearchChange={setTyped}
      // what the server found is what there is
      filter={({ options }) => options}
      onDropdownOpen={() => setOpened(true)}
      onDropdownClose={() => setOpened(false)}
      selectFirstOptionOnChange={wanted !== ''}
      allowDeselect={false}
      clearable={clearLabel !== undefined}
      clearButtonProps={{ 'aria-label': clearLabel }}
      placeholder={placeholder}
      nothingFoundMessage={loading || text !== wanted ? undefined : t('parent.nothing')}
      readOnly={saving}
      disabled={disabled}
      error={error}
      leftSection={value && <TypeIcon type={value.type} label="" />}
      renderOption={({ option }) => {
        const ticket = byId.get(option.value);
        return (
          ticket && (
            <span className={classes.option}>
              <TypeIcon type={ticket.type} label={t(`type.${ticket.type}`)} />
              <span className={classes.key}>{ticket.key}</span>
              <span className={classes.title}>{ticket.title}</span>
            </span>
          )
        );
      }}
      onChange={(id) => onChange(id === null ? null : (byId.get(id) ?? null))}
      comboboxProps={{ withinPortal: true }}
    />
  );
}

import { useQuery } from '@apollo/client/react';
import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CandidatesDocument, type CandidatesQuery } from './team.generated.ts';

export type Candidate = Pick<CandidatesQuery['users']['nodes'][number], 'id' | 'name' | 'memberships'>;

export interface PersonSelectProps {
  label: string;
  value: Candidate | null;
  onChange: (person: Candidate | null) => void;
  error?: string;
}

/** Chooses one of everybody, found by the server as one types. */
export function PersonSelect({ label, value, onChange, error }: PersonSelectProps) {
  const { t } = useTranslation('staffing');
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed, 150);
  // the name of the one chosen is no search
  const { data, previousData } = useQuery(CandidatesDocument, { variables: { search: search === value?.name ? null : search || null } });
  const people = (data ?? previousData)?.users.nodes.filter((person) => !person.disabled) ?? [];
  return (
    <Select
      label={label}
      placeholder={t('member.findPerson')}
      searchable
      data-autofocus
      value={value?.id ?? null}
      onChange={(id) => onChange(people.find((person) => person.id === id) ?? null)}
      searchValue={typed}
      onSearchChange={setTyped}
      // the server has searched already: names and addresses, in both scripts
      filter={({ options }) => options}
      nothingFoundMessage={t('member.nobody')}
      data={people.map((person) => ({ value: person.id, label: person.email ? `${person.name} · ${person.email}` : person.name }))}
      error={error}
    />
  );
}

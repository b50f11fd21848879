import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './Reports.module.css';

interface SprintSelectProps {
  /** Those that have begun, the first of which is meant where none is chosen. */
  sprints: readonly { id: string; name: string; state: string }[];
  value: string | undefined;
  onChange: (id: string | undefined) => void;
}

export function SprintSelect({ sprints, value, onChange }: SprintSelectProps) {
  const { t } = useTranslation('flow');
  return (
    <Select
      label={t('bar.sprint')}
      className={classes.select}
      value={value ?? sprints[0]?.id ?? null}
      onChange={(id) => onChange(id ?? undefined)}
      data={sprints.map(({ id, name, state }) => ({ value: id, label: state === 'RUNNING' ? t('bar.running', { name }) : name }))}
      allowDeselect={false}
      searchable={sprints.length > 8}
    />
  );
}

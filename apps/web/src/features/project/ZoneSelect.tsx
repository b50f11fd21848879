import { Select } from '@mantine/core';
import { isTimeZone } from '@trainyard/domain';
import { useState, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { useZoneClock } from '../../i18n/useZoneClock.ts';
import { useNow } from '../shell/useNow.ts';
import classes from './ZoneSelect.module.css';

/** So many zones are listed at once: who looks for another types a part of its name. */
const SHOWN = 60;
const ZONES: readonly string[] = Intl.supportedValuesOf('timeZone');

export interface ZoneSelectProps {
  label: string;
  value: string;
  onChange: (zone: string) => void;
  onBlur: () => void;
  /** What somebody else chose meanwhile. */
  theirs: string | undefined;
  disabled: boolean;
  error: string | undefined;
  ref: Ref<HTMLInputElement>;
}

/** A zone by its name, each with the time that it is there. */
export function ZoneSelect({ value, onChange, theirs, ...props }: ZoneSelectProps) {
  const { t } = useTranslation('project');
  const clock = useZoneClock();
  const now = useNow(30_000);
  const [search, setSearch] = useState(value);
  return (
    <Select
      {...props}
      value={value}
      onChange={(zone) => zone !== null && onChange(zone)}
      description={theirs ?? (isTimeZone(value) && t('zone.now', { time: clock.time(now, value), offset: clock.offset(now, value) }))}
      data={[...new Set(['UTC', value, ...ZONES])]}
      allowDeselect={false}
      searchable
      searchValue={search}
      onSearchChange={setSearch}
      limit={SHOWN}
      // America/New_York is found by "new york", and all are shown until something is typed.
      filter={({ options, search: typed, limit }) => {
        const wanted = typed === value ? '' : plain(typed);
        return options.filter((option) => 'value' in option && plain(option.value).includes(wanted)).slice(0, limit);
      }}
      nothingFoundMessage={t('zone.none')}
      renderOption={({ option }) => (
        <span className={classes.option}>
          <span>{option.value.replaceAll('_', ' ')}</span>
          <span className={classes.time}>{isTimeZone(option.value) && `${clock.time(now, option.value)} · UTC${clock.offset(now, option.value)}`}</span>
        </span>
      )}
    />
  );
}

const plain = (text: string): string => text.trim().toLowerCase().replaceAll(/[_ ]+/g, ' ');

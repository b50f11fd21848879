import { Button, TextInput } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { clockAt, instantAt, isTimeZone } from '@trainyard/domain';
import { useState } from 'react';
import { Segments } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { useNow } from '../shell/useNow.ts';
import { minuteOf, type ReportSearch } from './report-search.ts';
import classes from './Reports.module.css';

export interface AsOfProps {
  search: Pick<ReportSearch, 'asOf' | 'known' | 'unread'>;
  timeZone: string;
  onChange: (part: { asOf?: string | undefined; unread?: undefined; known?: 'NOW' | undefined }) => void;
  /** Whether what came later can change what is shown of it. */
  hasKnown: boolean;
}

/** Of which moment a report is: of now, and then it is live, or of a past one, which is written as clocks of the project show it. */
export function AsOf({ search: { asOf, known, unread }, timeZone, onChange, hasKnown }: AsOfProps) {
  const { t } = useTranslation('flow');
  const zone = isTimeZone(timeZone) ? timeZone : 'UTC';
  const now = useNow(30_000);
  const [typed, setTyped] = useState<string | null>(null);
  const shown = asOf === undefined ? '' : clockAt(Date.parse(asOf), zone).slice(0, 16);
  const latest = clockAt(now, zone).slice(0, 16);
  const isAhead = typed !== null && typed > latest;
  const save = (): void => {
    if (typed === null || isAhead) return;
    setTyped(null);
    if (typed === shown) return;
    if (typed === '') onChange({ asOf: undefined, unread: undefined, known: undefined });
    else onChange({ asOf: minuteOf(instantAt(`${typed}:00`, zone)), unread: undefined });
  };
  return (
    <>
      <TextInput
        type="datetime-local"
        label={t('asOf.label', { zone })}
        className={classes.moment}
        value={typed ?? shown}
        max={latest}
        error={isAhead ? t('asOf.ahead') : unread !== undefined && t('asOf.unread', { text: unread })}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.key === 'Enter') save();
          else if (event.key === 'Escape') setTyped(null);
        }}
      />
      {asOf === undefined ? (
        <span className={classes.live}>{t('asOf.live')}</span>
      ) : (
        <Button
          variant="default"
          leftSection={<IconHistory size={14} aria-hidden="true" />}
          onClick={() => {
            setTyped(null);
            onChange({ asOf: undefined, known: undefined });
          }}
        >
          {t('asOf.now')}
        </Button>
      )}
      {hasKnown && asOf !== undefined && (
        <Segments
          label={t('known.label')}
          value={known ?? 'THEN'}
          onChange={(value) => onChange({ known: value === 'NOW' ? 'NOW' : undefined })}
          data={[
            { value: 'THEN', label: t('known.THEN') },
            { value: 'NOW', label: t('known.NOW') },
          ]}
        />
      )}
    </>
  );
}

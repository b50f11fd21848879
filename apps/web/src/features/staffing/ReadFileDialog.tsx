import { useMutation } from '@apollo/client/react';
import { Button, FileButton, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { DialogFoot } from '@trainyard/ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { useToast } from '../shell/useToast.ts';
import classes from './Calendars.module.css';
import { CalendarsDocument, CalendarYearDocument, ReadCalendarFileDocument, type ReadCalendarFileMutation } from './calendars.generated.ts';
import type { Calendar } from './CalendarsPage.tsx';
import { useDayText } from './useDayText.ts';

/** Reads a file of holidays: what it would do is shown before it is done. */
export function ReadFileDialog({ calendar, opened, onClose }: { calendar: Calendar; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('staffing');
  return (
    <Modal opened={opened} onClose={onClose} title={t('calendar.file.open')} size="lg">
      <ReadFile calendar={calendar} onDone={onClose} />
    </Modal>
  );
}

function ReadFile({ calendar, onDone }: { calendar: Calendar; onDone: () => void }) {
  const { t } = useTranslation('staffing');
  const toast = useToast();
  const [file, setFile] = useState<{ name: string; ics: string } | null>(null);
  const [knownUntil, setKnownUntil] = useState('');
  const [read, { data, error, loading, reset }] = useMutation(ReadCalendarFileDocument, { errorPolicy: 'all' });
  const found = data?.readCalendarFile;
  const ask = (ics: string, dryRun: boolean, until: string | null) =>
    read({
      variables: { id: calendar.id, version: calendar.version, ics, knownUntil: until, dryRun },
      ...(!dryRun && { refetchQueries: [CalendarsDocument, CalendarYearDocument] }),
    });

  const pick = async (picked: File | null): Promise<void> => {
    if (!picked) return;
    reset();
    const ics = await picked.text();
    setFile({ name: picked.name, ics });
    const answer = await ask(ics, true, null);
    setKnownUntil(untilOf(calendar, answer.data?.readCalendarFile));
  };
  const take = async (): Promise<void> => {
    if (!file || !found) return;
    const { data: done } = await ask(file.ics, false, knownUntil || null);
    if (!done) return;
    toast.done(t('calendar.file.done', { count: found.added.length + found.changed.length }));
    onDone();
  };
  const hasDays = found && found.added.length + found.changed.length > 0;
  return (
    <Stack gap="sm">
      <Text size="sm">{t('calendar.file.text')}</Text>
      <Group gap="sm">
        <FileButton accept=".ics,text/calendar" onChange={(picked) => void pick(picked)}>
          {(props) => (
            <Button {...props} variant="default" data-autofocus>
              {t('calendar.file.choose')}
            </Button>
          )}
        </FileButton>
        {file && <span className={classes.fileName}>{file.name}</span>}
      </Group>
      {found && <Found found={found} />}
      {found && (
        <TextInput
          type="date"
          label={t('calendar.knownUntil')}
          description={t('calendar.file.knownUntilText')}
          value={knownUntil}
          onChange={(event) => setKnownUntil(event.currentTarget.value)}
        />
      )}
      <DialogFoot notice={<ErrorNotice error={error} />}>
        <Button disabled={!hasDays && (!found || knownUntil === (calendar.knownUntil ?? ''))} loading={loading} onClick={() => void take()}>
          {t('calendar.file.take')}
        </Button>
      </DialogFoot>
    </Stack>
  );
}

type FoundDays = ReadCalendarFileMutation['readCalendarFile'];

/** A list of holidays names whole years: until the end of its last one they are known. */
function untilOf({ knownUntil }: Calendar, found: FoundDays | undefined): string {
  const days = [...(found?.added ?? []), ...(found?.changed.map(({ to }) => to) ?? [])].map(({ day }) => day).toSorted();
  const last = days.at(-1);
  const known = knownUntil ?? '';
  return last && `${last.slice(0, 4)}-12-31` > known ? `${last.slice(0, 4)}-12-31` : known;
}

function Found({ found }: { found: FoundDays }) {
  const { t } = useTranslation('staffing');
  const dayText = useDayText();
  const kind = (works: boolean): string => t(`calendar.kind.${works ? 'MAKE_UP' : 'OFF'}`);
  return (
    <div className={classes.found} role="status">
      <p>{t('calendar.file.found', { added: found.added.length, changed: found.changed.length, unchanged: found.unchangedCount })}</p>
      <ul className={classes.foundDays}>
        {found.added.map((one) => (
          <li key={one.day}>
            <span className={classes.namedDay}>{dayText(one.day)}</span>
            <span>{one.name}</span>
            <span className={classes.namedKind}>{kind(one.works)}</span>
          </li>
        ))}
        {found.changed.map(({ from, to }) => (
          <li key={to.day}>
            <span className={classes.namedDay}>{dayText(to.day)}</span>
            <span>{to.name}</span>
            <span className={classes.namedKind}>
              {kind(to.works)} · {t('calendar.file.was', { name: from.name, kind: kind(from.works) })}
            </span>
          </li>
        ))}
      </ul>
      {found.leftOutCount > 0 && (
        <>
          <p>{t('calendar.file.leftOut', { count: found.leftOutCount })}</p>
          <ul className={classes.foundDays}>
            {found.leftOut.map((one) => (
              <li key={one.line}>
                <span className={classes.namedDay}>{t('calendar.file.line', { line: one.line })}</span>
                <span>{one.name}</span>
                <span className={classes.namedKind}>{t(`calendar.leftOut.${one.reason}`)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

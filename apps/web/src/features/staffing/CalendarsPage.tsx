import { useMutation, useQuery } from '@apollo/client/react';
import { ActionIcon, Button, Group, Menu, Select, Skeleton } from '@mantine/core';
import { can } from '@trainyard/domain';
import { ConfirmDialog, Delayed } from '@trainyard/ui';
import { IconChevronLeft, IconChevronRight, IconDots, IconFileImport, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCalendarName } from '../../i18n/useCalendarName.ts';
import { serverToday } from '../../server-clock.ts';
import { useActor } from '../access/useActor.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { Page } from '../shell/Page.tsx';
import { useToast } from '../shell/useToast.ts';
import { CalendarDialog } from './CalendarDialog.tsx';
import { CalendarYear } from './CalendarYear.tsx';
import classes from './Calendars.module.css';
import { FIRST_YEAR, LAST_YEAR, type CalendarSearch } from './calendar-search.ts';
import { CalendarsDocument, DeleteCalendarDocument, type CalendarsQuery } from './calendars.generated.ts';
import { ReadFileDialog } from './ReadFileDialog.tsx';

export type Calendar = CalendarsQuery['calendars'][number];

/** The calendars of the organisation: a year of one at a glance. */
export function CalendarsPage() {
  const { calendar, year } = useSearch({ from: '/_app/calendars' });
  const navigate = useNavigate();
  return <Calendars chosen={{ calendar, year }} onChoose={(search) => void navigate({ to: '/calendars', search, replace: true })} />;
}

export interface CalendarsProps {
  chosen: CalendarSearch;
  onChoose: (search: CalendarSearch) => void;
}

export function Calendars({ chosen, onChoose }: CalendarsProps) {
  const { t } = useTranslation('staffing');
  const calendarName = useCalendarName();
  const mayManage = can(useActor(), 'calendar.manage');
  const [creating, setCreating] = useState(false);
  const { data, error, refetch } = useQuery(CalendarsDocument, { fetchPolicy: 'cache-and-network' });
  const calendars = data?.calendars ?? [];
  const shown = calendars.find(({ id }) => id === chosen.calendar) ?? calendars[0];
  const year = chosen.year ?? Number(serverToday().slice(0, 4));
  const go = (to: number): void => onChoose({ ...chosen, year: to });
  return (
    <Page
      title={t('calendar.title')}
      lead={t('calendar.lead')}
      actions={
        mayManage && (
          <Button leftSection={<IconPlus size={14} aria-hidden="true" />} onClick={() => setCreating(true)}>
            {t('calendar.new')}
          </Button>
        )
      }
    >
      <ErrorNotice error={error} onRetry={refetch} />
      {shown ? (
        <>
          <Group gap="sm" align="flex-end" justify="space-between">
            <Group gap="xs" align="flex-end">
              <Select
                label={t('calendar.one')}
                value={shown.id}
                onChange={(id) => id !== null && onChoose({ ...chosen, calendar: id })}
                allowDeselect={false}
                searchable={calendars.length > 10}
                data={calendars.map((one) => ({ value: one.id, label: calendarName(one) }))}
              />
              {mayManage && (
                <CalendarMenu key={shown.id} calendar={shown} isFirst={shown.id === calendars[0]?.id} onGone={() => onChoose({ year: chosen.year })} />
              )}
            </Group>
            <div className={classes.years} role="group" aria-label={t('calendar.year')}>
              <ActionIcon
                variant="default"
                size="var(--control-height)"
                disabled={year <= FIRST_YEAR}
                aria-label={t('calendar.yearBefore')}
                onClick={() => go(year - 1)}
              >
                <IconChevronLeft size={16} />
              </ActionIcon>
              <output className={classes.shownYear}>{year}</output>
              <ActionIcon
                variant="default"
                size="var(--control-height)"
                disabled={year >= LAST_YEAR}
                aria-label={t('calendar.yearAfter')}
                onClick={() => go(year + 1)}
              >
                <IconChevronRight size={16} />
              </ActionIcon>
            </div>
          </Group>
          <CalendarYear key={shown.id} calendar={shown} year={year} mayManage={mayManage} />
        </>
      ) : (
        !error && (
          <Delayed>
            <Skeleton height={400} />
          </Delayed>
        )
      )}
      <CalendarDialog opened={creating} onClose={() => setCreating(false)} onMade={(id) => onChoose({ ...chosen, calendar: id })} />
    </Page>
  );
}

function CalendarMenu({ calendar, isFirst, onGone }: { calendar: Calendar; isFirst: boolean; onGone: () => void }) {
  const { t } = useTranslation(['staffing', 'shell']);
  const calendarName = useCalendarName();
  const toast = useToast();
  const [dialog, setDialog] = useState<'EDIT' | 'FILE' | 'DELETE' | null>(null);
  const close = (): void => setDialog(null);
  const [remove, { loading }] = useMutation(DeleteCalendarDocument, {
    refetchQueries: [CalendarsDocument],
    awaitRefetchQueries: true,
    errorPolicy: 'all',
    onError: toast.failed,
  });
  const confirm = async (): Promise<void> => {
    const { data } = await remove({ variables: { id: calendar.id, version: calendar.version } });
    close();
    if (data) onGone();
  };
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size="var(--control-height)" aria-label={t('calendar.more')}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} stroke={1.6} />} onClick={() => setDialog('EDIT')}>
            {t('calendar.edit')}
          </Menu.Item>
          <Menu.Item leftSection={<IconFileImport size={16} stroke={1.6} />} onClick={() => setDialog('FILE')}>
            {t('calendar.file.open')}
          </Menu.Item>
          {!isFirst && (
            <Menu.Item color="red" leftSection={<IconTrash size={16} stroke={1.6} />} onClick={() => setDialog('DELETE')}>
              {t('calendar.delete')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <CalendarDialog calendar={calendar} opened={dialog === 'EDIT'} onClose={close} />
      <ReadFileDialog calendar={calendar} opened={dialog === 'FILE'} onClose={close} />
      <ConfirmDialog
        opened={dialog === 'DELETE'}
        title={t('calendar.deleteTitle', { name: calendarName(calendar) })}
        labels={{ confirm: t('calendar.delete'), cancel: t('shell:cancel') }}
        pending={loading}
        onConfirm={() => void confirm()}
        onCancel={close}
      >
        {t('calendar.deleteText')}
      </ConfirmDialog>
    </>
  );
}

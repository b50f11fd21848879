import { useMutation } from '@apollo/client/react';
import { ActionIcon, Button, Group, NumberInput, Select, TextInput } from '@mantine/core';
import { DAY_MINUTES_MAX, usualWeek } from '@trainyard/domain';
import { IconTrash } from '@tabler/icons-react';
import { Controller } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { useCalendarName } from '../../i18n/useCalendarName.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { serverToday } from '../../server-clock.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { useMutationForm } from '../shell/form/useMutationForm.ts';
import { useToast } from '../shell/useToast.ts';
import { Period } from './Period.tsx';
import { useWeekdays } from './useWeekdays.ts';
import classes from './WorkTime.module.css';
import type { PersonTime } from './WorkTimeDialog.tsx';
import { RemoveWorkingPatternDocument, SetWorkingPatternDocument, WorkTimeDocument, type WorkTimeQuery } from './work-time.generated.ts';

const DAY_HOURS_MAX = DAY_MINUTES_MAX / 60;

const week = z.object({
  since: z.string().check(z.minLength(1, 'required')),
  hours: z.array(z.number('required').check(z.gte(0), z.lte(DAY_HOURS_MAX))),
  calendarId: z.string(),
});

export interface WeekOfWorkProps {
  person: PersonTime;
  calendars: WorkTimeQuery['calendars'];
  mayChange: boolean;
}

/** The hours of each day of a week, from a day on. */
export function WeekOfWork({ person, calendars, mayChange }: WeekOfWorkProps) {
  const { t } = useTranslation('staffing');
  const format = useFormat();
  const weekdays = useWeekdays();
  const calendarName = useCalendarName();
  const toast = useToast();
  const [remove] = useMutation(RemoveWorkingPatternDocument, { refetchQueries: [WorkTimeDocument], errorPolicy: 'all', onError: toast.failed });
  const hoursOf = (minutes: readonly number[]): string =>
    weekdays
      .map(({ day, medium }) => ({ name: medium, minutes: minutes[day - 1] ?? 0 }))
      .filter((one) => one.minutes > 0)
      .map((one) => `${one.name} ${format.number(one.minutes / 60)}`)
      .join(' · ');
  return (
    <section>
      <h3 className={classes.title}>{t('work.week')}</h3>
      {person.workingPatterns.length === 0 ? (
        <p className={classes.text}>{t('work.usual')}</p>
      ) : (
        <ul className={classes.lines}>
          {person.workingPatterns.map((one) => (
            <li key={one.id}>
              <span className={classes.when}>
                <Period fromDate={one.fromDate} toDate={one.toDate} />
              </span>
              <span className={classes.what}>
                {hoursOf(one.minutes) || t('work.never')} · {calendarName(one.calendar)}
              </span>
              {mayChange && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t('work.takeBack')}
                  title={t('work.takeBack')}
                  onClick={() => void remove({ variables: { id: one.id, version: one.version } })}
                >
                  <IconTrash size={16} />
                </ActionIcon>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayChange && <ChangeWeek key={person.workingPatterns.map(({ id, version }) => `${id} ${version}`).join()} person={person} calendars={calendars} />}
    </section>
  );
}

function ChangeWeek({ person, calendars }: Omit<WeekOfWorkProps, 'mayChange'>) {
  const { t } = useTranslation('staffing');
  const weekdays = useWeekdays();
  const calendarName = useCalendarName();
  const toast = useToast();
  const today = serverToday();
  const now = person.workingPatterns.findLast(({ fromDate }) => fromDate === null || fromDate <= today);
  const first = calendars[0];
  const form = useMutationForm(SetWorkingPatternDocument, {
    schema: week,
    values: {
      since: today,
      hours: (now?.minutes ?? usualWeek({ weekdays: first?.weekdays ?? [] })).map((minutes) => minutes / 60),
      calendarId: now?.calendar.id ?? first?.id ?? '',
    },
    refetchQueries: [WorkTimeDocument],
    at: { minutes: 'hours' },
    variables: ({ since, hours, calendarId }) => ({ input: { userId: person.id, since, calendarId, minutes: hours.map((one) => Math.round(one * 60)) } }),
    onDone: () => toast.done(t('work.saved')),
  });
  return (
    <form onSubmit={form.onSubmit} noValidate className={classes.form}>
      <Controller
        control={form.control}
        name="hours"
        render={({ field }) => (
          <fieldset className={classes.hours}>
            <legend>{t('work.hours')}</legend>
            {weekdays.map(({ day, medium, long }) => (
              <NumberInput
                key={day}
                label={medium}
                aria-label={long}
                min={0}
                max={DAY_HOURS_MAX}
                step={0.5}
                decimalScale={2}
                hideControls
                value={field.value[day - 1] ?? 0}
                onChange={(value) => field.onChange(field.value.with(day - 1, Number(value)))}
              />
            ))}
          </fieldset>
        )}
      />
      <ErrorNotice {...form.notice} />
      <Group gap="sm" align="flex-end">
        <TextInput {...form.field('since')} type="date" label={t('work.since')} />
        <Controller
          control={form.control}
          name="calendarId"
          render={({ field }) => (
            <Select
              {...field}
              label={t('work.calendar')}
              allowDeselect={false}
              data={calendars.map((one) => ({ value: one.id, label: calendarName(one) }))}
              error={form.errorOf('calendarId')}
            />
          )}
        />
        <Button type="submit" variant="default" loading={form.pending}>
          {t('work.save')}
        </Button>
      </Group>
    </form>
  );
}

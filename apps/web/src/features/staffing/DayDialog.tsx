import { Modal, Radio, Stack, TextInput } from '@mantine/core';
import { CALENDAR_DAY_NAME_MAX, daysBetween, isWorkingDay, shiftedDay, workingCalendar } from '@trainyard/domain';
import { Controller, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { DialogForm } from '../shell/form/DialogForm.tsx';
import { optionalText } from '../shell/form/rules.ts';
import { useMutationForm } from '../shell/form/useMutationForm.ts';
import { CalendarsDocument, CalendarYearDocument, ChangeCalendarDaysDocument } from './calendars.generated.ts';
import type { Calendar } from './CalendarsPage.tsx';
import type { ShownDay } from './CalendarYear.tsx';
import { useDayText } from './useDayText.ts';

const KINDS = ['WEEKDAY', 'OFF', 'MAKE_UP'] as const;
/** Days that are named at once: a longer stretch is a slip of the hand. */
const DAYS_MAX = 62;

const details = z.object({ kind: z.enum(KINDS), name: optionalText(CALENDAR_DAY_NAME_MAX), from: z.string(), until: z.string() }).check(
  z.refine(({ kind, name }) => kind === 'WEEKDAY' || name !== '', { error: 'required', path: ['name'] }),
  z.refine(({ from, until }) => until >= from && daysBetween(from, until) < DAYS_MAX, { error: 'period', path: ['until'] }),
);

export interface DayDialogProps {
  calendar: Calendar;
  /** Null: closed. */
  day: string | null;
  named: ShownDay | undefined;
  onClose: () => void;
}

/** What a day is, and those that follow it. */
export function DayDialog({ calendar, day, named, onClose }: DayDialogProps) {
  const dayText = useDayText();
  return (
    <Modal opened={day !== null} onClose={onClose} title={day && dayText(day)}>
      {day !== null && <DayForm key={day} calendar={calendar} day={day} named={named} onDone={onClose} />}
    </Modal>
  );
}

function DayForm({ calendar, day, named, onDone }: { calendar: Calendar; day: string; named: ShownDay | undefined; onDone: () => void }) {
  const { t } = useTranslation(['staffing', 'shell']);
  // Most days that are named are holidays, but for those on which nobody works anyhow.
  const other = isWorkingDay(workingCalendar({ ...calendar, days: [] }), day) ? 'OFF' : 'MAKE_UP';
  const form = useMutationForm(ChangeCalendarDaysDocument, {
    schema: details,
    values: { kind: named ? (named.works ? 'MAKE_UP' : 'OFF') : other, name: named?.name ?? '', from: day, until: day },
    refetchQueries: [CalendarYearDocument, CalendarsDocument],
    variables: ({ kind, name, until }) => {
      const days = Array.from({ length: daysBetween(day, until) + 1 }, (_, i) => shiftedDay(day, i));
      return {
        id: calendar.id,
        version: calendar.version,
        input: kind === 'WEEKDAY' ? { forget: days } : { name: days.map((one) => ({ day: one, works: kind === 'MAKE_UP', name })) },
      };
    },
    onDone,
  });
  const kind = useWatch({ control: form.control, name: 'kind' });
  return (
    <DialogForm form={form} submit={t('shell:save')}>
      <Controller
        control={form.control}
        name="kind"
        render={({ field }) => (
          <Radio.Group {...field} label={t('calendar.what')}>
            <Stack gap={6} mt={4}>
              {KINDS.map((value) => (
                <Radio key={value} value={value} size="xs" label={t(`calendar.is.${value}`)} />
              ))}
            </Stack>
          </Radio.Group>
        )}
      />
      {kind !== 'WEEKDAY' && <TextInput {...form.field('name')} label={t('calendar.dayName')} data-autofocus />}
      <TextInput {...form.field('until')} type="date" min={day} label={t('calendar.until')} description={t('calendar.untilText', { max: DAYS_MAX })} />
    </DialogForm>
  );
}

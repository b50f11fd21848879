import { Checkbox, Group, Modal, TextInput } from '@mantine/core';
import { CALENDAR_NAME_MAX } from '@trainyard/domain';
import { Controller } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { useCalendarName } from '../../i18n/useCalendarName.ts';
import { DialogForm } from '../shell/form/DialogForm.tsx';
import { requiredText } from '../shell/form/rules.ts';
import { useMutationForm } from '../shell/form/useMutationForm.ts';
import type { Calendar } from './CalendarsPage.tsx';
import { CalendarsDocument, CreateCalendarDocument, UpdateCalendarDocument } from './calendars.generated.ts';
import { useWeekdays } from './useWeekdays.ts';

const details = z.object({
  name: requiredText(CALENDAR_NAME_MAX),
  weekdays: z.array(z.number()).check(z.minLength(1, 'required')),
  knownUntil: z.string(),
});

export interface CalendarDialogProps {
  /** Absent: a new one. */
  calendar?: Calendar;
  opened: boolean;
  onClose: () => void;
  onMade?: (id: string) => void;
}

export function CalendarDialog({ calendar, opened, onClose, onMade }: CalendarDialogProps) {
  const { t } = useTranslation('staffing');
  return (
    <Modal opened={opened} onClose={onClose} title={t(calendar ? 'calendar.edit' : 'calendar.new')}>
      {calendar ? (
        <EditCalendar calendar={calendar} onDone={onClose} />
      ) : (
        <NewCalendar
          onDone={(id) => {
            onMade?.(id);
            onClose();
          }}
        />
      )}
    </Modal>
  );
}

function NewCalendar({ onDone }: { onDone: (id: string) => void }) {
  const { t } = useTranslation('staffing');
  const form = useMutationForm(CreateCalendarDocument, {
    schema: details,
    values: { name: '', weekdays: [1, 2, 3, 4, 5], knownUntil: '' },
    draft: 'calendar:new',
    refetchQueries: [CalendarsDocument],
    at: { CONFLICT: { field: 'name', words: t('calendar.taken') } },
    variables: ({ knownUntil, ...input }) => ({ input: { ...input, knownUntil: knownUntil || null } }),
    onDone: ({ createCalendar: { id } }) => onDone(id),
  });
  return (
    <DialogForm form={form} submit={t('calendar.create')}>
      <TextInput {...form.field('name')} label={t('calendar.name')} data-autofocus />
      <Controller
        control={form.control}
        name="weekdays"
        render={({ field }) => <WeekdayChoice value={field.value} onChange={field.onChange} error={form.errorOf('weekdays')} />}
      />
      <TextInput {...form.field('knownUntil')} type="date" label={t('calendar.knownUntil')} description={t('calendar.knownUntilText')} />
    </DialogForm>
  );
}

function EditCalendar({ calendar, onDone }: { calendar: Calendar; onDone: () => void }) {
  const { t } = useTranslation(['staffing', 'shell']);
  const calendarName = useCalendarName();
  // What is there from the start is named in the reader's language, until somebody names it otherwise.
  const shownName = calendarName(calendar);
  const form = useMutationForm(UpdateCalendarDocument, {
    schema: details,
    values: { name: shownName, weekdays: calendar.weekdays, knownUntil: calendar.knownUntil ?? '' },
    changes: CalendarsDocument,
    draft: `calendar:${calendar.id}`,
    at: { CONFLICT: { field: 'name', words: t('calendar.taken') } },
    variables: ({ name, weekdays, knownUntil }) => ({
      id: calendar.id,
      version: calendar.version,
      input: { weekdays, knownUntil: knownUntil || null, ...(name !== shownName && { name }) },
    }),
    onDone,
  });
  const { theirs } = form;
  return (
    <DialogForm form={form} submit={t('shell:save')}>
      <TextInput {...form.field('name')} label={t('calendar.name')} description={theirs('name')} data-autofocus />
      <Controller
        control={form.control}
        name="weekdays"
        render={({ field }) => <WeekdayChoice value={field.value} onChange={field.onChange} error={form.errorOf('weekdays')} />}
      />
      <TextInput
        {...form.field('knownUntil')}
        type="date"
        label={t('calendar.knownUntil')}
        description={theirs('knownUntil') ?? t('calendar.knownUntilText')}
      />
    </DialogForm>
  );
}

function WeekdayChoice({ value, onChange, error }: { value: readonly number[]; onChange: (days: number[]) => void; error: string | undefined }) {
  const { t } = useTranslation('staffing');
  const weekdays = useWeekdays();
  return (
    <Checkbox.Group
      label={t('calendar.weekdays')}
      description={t('calendar.weekdaysText')}
      value={value.map(String)}
      onChange={(days) => onChange(days.map(Number).toSorted())}
      error={error}
    >
      <Group gap="xs" mt={6}>
        {weekdays.map(({ day, long }) => (
          <Checkbox key={day} size="xs" value={String(day)} label={long} />
        ))}
      </Group>
    </Checkbox.Group>
  );
}

import { useMutation } from '@apollo/client/react';
import { ActionIcon, Button, Checkbox, Group, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { serverToday } from '../../server-clock.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { useMutationForm } from '../shell/form/useMutationForm.ts';
import { useToast } from '../shell/useToast.ts';
import { Period } from './Period.tsx';
import { useDayText } from './useDayText.ts';
import classes from './WorkTime.module.css';
import type { PersonTime } from './WorkTimeDialog.tsx';
import { AddTimeOffDocument, RemoveTimeOffDocument, WorkTimeDocument } from './work-time.generated.ts';

const days = z
  .object({ fromDate: z.string().check(z.minLength(1, 'required')), toDate: z.string(), fromNoon: z.boolean(), untilNoon: z.boolean() })
  .check(z.refine(({ fromDate, toDate }) => toDate === '' || toDate >= fromDate, { error: 'period', path: ['toDate'] }));

/** Days on which a person does not work. Nothing asks why. */
export function DaysOff({ person, mayChange }: { person: PersonTime; mayChange: boolean }) {
  const { t } = useTranslation('staffing');
  const dayText = useDayText();
  const toast = useToast();
  const [remove] = useMutation(RemoveTimeOffDocument, { refetchQueries: [WorkTimeDocument], errorPolicy: 'all', onError: toast.failed });
  return (
    <section>
      <h3 className={classes.title}>{t('off.title')}</h3>
      {person.timeOff.length === 0 ? (
        <p className={classes.text}>{t('off.none')}</p>
      ) : (
        <ul className={classes.lines}>
          {person.timeOff.map((one) => (
            <li key={one.id}>
              <span className={classes.when}>
                {one.fromDate === one.toDate ? dayText(one.fromDate) : <Period fromDate={one.fromDate} toDate={one.toDate} />}
              </span>
              <span className={classes.what}>{[one.fromNoon && t('off.fromNoon'), one.untilNoon && t('off.untilNoon')].filter(Boolean).join(', ')}</span>
              {mayChange && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t('off.remove', { day: dayText(one.fromDate) })}
                  onClick={() => void remove({ variables: { id: one.id, version: one.version } })}
                >
                  <IconTrash size={16} />
                </ActionIcon>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayChange && <AddDaysOff userId={person.id} />}
    </section>
  );
}

function AddDaysOff({ userId }: { userId: string }) {
  const { t } = useTranslation('staffing');
  const empty = { fromDate: serverToday(), toDate: '', fromNoon: false, untilNoon: false };
  const form = useMutationForm(AddTimeOffDocument, {
    schema: days,
    values: empty,
    refetchQueries: [WorkTimeDocument],
    at: { CONFLICT: { field: 'fromDate', words: t('off.overlaps') } },
    variables: (input) => ({ input: { ...input, userId, toDate: input.toDate || input.fromDate } }),
    onDone: () => {
      form.reset(empty);
    },
  });
  return (
    <form onSubmit={form.onSubmit} noValidate className={classes.form}>
      <Group gap="sm" align="flex-start">
        <TextInput {...form.field('fromDate')} type="date" label={t('off.from')} />
        <TextInput
          {...form.field('toDate')}
          type="date"
          label={t('off.to')}
          description={t('off.toText')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
        />
      </Group>
      <Group gap="md">
        <Checkbox {...form.register('fromNoon')} size="xs" label={t('off.fromNoonLabel')} />
        <Checkbox {...form.register('untilNoon')} size="xs" label={t('off.untilNoonLabel')} error={form.errorOf('untilNoon')} />
      </Group>
      <ErrorNotice {...form.notice} />
      <div>
        <Button type="submit" variant="default" loading={form.pending}>
          {t('off.add')}
        </Button>
      </div>
    </form>
  );
}

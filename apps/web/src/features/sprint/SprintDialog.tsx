import { useQuery } from '@apollo/client/react';
import { Modal, Select, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import {
  isDay,
  shiftedDay,
  SPRINT_DAYS_MAX,
  SPRINT_GOAL_MAX,
  SPRINT_NAME_MAX,
  workingCalendar,
  workingDays,
  type NamedDay,
  type WorkingCalendar,
} from '@trainyard/domain';
import type { ReactNode } from 'react';
import { Controller, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { DialogForm } from '../shell/form/DialogForm.tsx';
import { optionalText, requiredText } from '../shell/form/rules.ts';
import { useMutationForm } from '../shell/form/useMutationForm.ts';
import { GrowingText } from '../shell/GrowingText.tsx';
import { Waiting } from '../shell/Waiting.tsx';
import { nextSprintNumber, oddDay, offeredDays } from './sprint-days.ts';
import classes from './SprintDialog.module.css';
import {
  BacklogDocument,
  CreateSprintDocument,
  PlanDaysDocument,
  ProjectSprintsDocument,
  UpdateSprintDocument,
  type SprintHeadFragment,
} from './sprints.generated.ts';

const facts = z
  .object({
    name: requiredText(SPRINT_NAME_MAX),
    goal: optionalText(SPRINT_GOAL_MAX),
    boardId: z.string('required').check(z.minLength(1, 'required')),
    startsOn: z.string('required').check(z.minLength(1, 'required')),
    endsOn: z.string('required').check(z.minLength(1, 'required')),
  })
  .check(z.refine(({ startsOn, endsOn }) => startsOn <= endsOn, { error: 'period', path: ['endsOn'] }));
type Facts = z.infer<typeof facts>;
type Boards = readonly { id: string; name: string }[];

export interface SprintDialogProps {
  /** What is changed; null: a new one. */
  sprint: SprintHeadFragment | null;
  projectId: string;
  /** The Scrum boards of its project. */
  boards: Boards;
  /** Sprints that are known: what the name and the days of the next one follow from. */
  before: readonly SprintHeadFragment[];
  /** Of the project: a new sprint begins then, or behind the last one, on the first day that is worked. */
  today: string;
  onClose: () => void;
}

type Planned = Omit<SprintDialogProps, 'sprint' | 'projectId'> & { days: Days };

/** Which days are worked, and how they are called. */
interface Days {
  calendar: WorkingCalendar;
  named: readonly NamedDay[];
}

export function SprintDialog({ sprint, projectId, ...rest }: SprintDialogProps) {
  const { t } = useTranslation('sprint');
  const year = Number(rest.today.slice(0, 4));
  const { data, error, refetch } = useQuery(PlanDaysDocument, { variables: { projectId, year, nextYear: year + 1 }, fetchPolicy: 'cache-and-network' });
  const told = data?.project?.calendar;
  const named = told ? [...told.days, ...told.later] : [];
  const plan = { ...rest, days: { calendar: workingCalendar({ weekdays: told?.weekdays ?? [], knownUntil: told?.knownUntil ?? null, days: named }), named } };
  return (
    <Modal opened onClose={rest.onClose} title={t(sprint ? 'sprint.edit' : 'sprint.new')}>
      {!told && <Waiting error={error} onRetry={refetch} height={340} />}
      {told && (sprint ? <EditSprint {...plan} sprint={sprint} /> : <NewSprint {...plan} />)}
    </Modal>
  );
}

function NewSprint({ boards, before, today, days, onClose }: Planned) {
  const { t } = useTranslation('sprint');
  const last = before.toSorted((a, b) => (a.endsOn < b.endsOn ? 1 : -1))[0];
  const form = useMutationForm(CreateSprintDocument, {
    schema: facts,
    values: {
      name: t('sprint.usual', { number: nextSprintNumber(before.map(({ name }) => name)) }),
      goal: '',
      boardId: boards[0]?.id ?? '',
      ...offeredDays(days.calendar, last && last.endsOn >= today ? shiftedDay(last.endsOn, 1) : today),
    },
    refetchQueries: [BacklogDocument, ProjectSprintsDocument],
    variables: (input) => ({ input }),
    onDone: onClose,
  });
  return (
    <DialogForm form={form} submit={t('sprint.create')}>
      <Fields form={form} boards={boards} days={days} today={today} />
    </DialogForm>
  );
}

function EditSprint({ sprint, boards, today, days, onClose }: Planned & { sprint: SprintHeadFragment }) {
  const { t } = useTranslation('sprint');
  const { id, version, name, goal, boardId, startsOn, endsOn, state } = sprint;
  const form = useMutationForm(UpdateSprintDocument, {
    schema: facts,
    values: { name, goal, boardId: boardId ?? '', startsOn, endsOn },
    refetchQueries: [BacklogDocument, ProjectSprintsDocument],
    variables: ({ boardId: board, ...input }) => ({ id, version, input: { ...input, ...(board !== boardId && { boardId: board }) } }),
    onDone: onClose,
  });
  return (
    <DialogForm form={form} submit={t('sprint.save')}>
      <Fields form={form} boards={boards} days={days} today={today} hasBegun={state !== 'PLANNED'} />
    </DialogForm>
  );
}

interface FieldsProps {
  form: ReturnType<typeof useMutationForm<unknown, never, Facts>>;
  boards: Boards;
  days: Days;
  today: string;
  /** Its board stays, and its first day has passed. */
  hasBegun?: boolean;
}

function Fields({ form, boards, days: { calendar, named }, today, hasBegun = false }: FieldsProps) {
  const { t } = useTranslation('sprint');
  const [startsOn, endsOn] = useWatch({ control: form.control, name: ['startsOn', 'endsOn'] });
  const oddText = (day: string, past: string): ReactNode => {
    const odd = oddDay(calendar, day, today);
    const name = named.find((one) => one.day === day)?.name;
    if (odd === null) return null;
    return (
      <span className={classes.odd}>
        <IconAlertTriangle size={14} aria-hidden="true" />
        {odd === 'PAST' ? past : name ? t('sprint.holiday', { name }) : t('sprint.freeDay')}
      </span>
    );
  };
  const isPeriod = isDay(startsOn) && isDay(endsOn) && startsOn <= endsOn && endsOn <= shiftedDay(startsOn, SPRINT_DAYS_MAX);
  return (
    <>
      <TextInput {...form.field('name')} label={t('sprint.name')} autoFocus data-autofocus />
      <GrowingText {...form.field('goal')} label={t('sprint.goal')} placeholder={t('sprint.goalHint')} minRows={2} maxRows={6} />
      <TextInput
        {...form.field('startsOn')}
        type="date"
        label={t('sprint.startsOn')}
        description={!hasBegun && oddText(startsOn, t('sprint.pastDay'))}
        inputWrapperOrder={BELOW}
      />
      <TextInput
        {...form.field('endsOn')}
        type="date"
        label={t('sprint.endsOn')}
        description={
          <>
            {oddText(endsOn, t(hasBegun ? 'sprint.pastDay' : 'sprint.pastEnd'))}
            {isPeriod && t('sprint.workingDays', { count: workingDays(calendar, startsOn, endsOn).length })}
          </>
        }
        inputWrapperOrder={BELOW}
      />
      {boards.length > 1 && (
        <Controller
          control={form.control}
          name="boardId"
          render={({ field }) => (
            <Select
              {...field}
              label={t('sprint.board')}
              data={boards.map(({ id, name }) => ({ value: id, label: name }))}
              error={form.errorOf('boardId')}
              disabled={hasBegun}
              allowDeselect={false}
            />
          )}
        />
      )}
    </>
  );
}

/** What is said of a day stands below it: the field stays where it is while it is filled in. */
const BELOW: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'description', 'error'];

import { Modal, Select, TextInput } from '@mantine/core';
import { shiftedDay, SPRINT_GOAL_MAX, SPRINT_NAME_MAX } from '@trainyard/domain';
import { Controller } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { DialogForm } from '../shell/form/DialogForm.tsx';
import { optionalText, requiredText } from '../shell/form/rules.ts';
import { useMutationForm } from '../shell/form/useMutationForm.ts';
import { GrowingText } from '../shell/GrowingText.tsx';
import { nextSprintNumber } from './sprint-days.ts';
import { BacklogDocument, CreateSprintDocument, ProjectSprintsDocument, UpdateSprintDocument, type SprintHeadFragment } from './sprints.generated.ts';

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

/** Two weeks, as most are. */
const USUAL_DAYS = 14;

export interface SprintDialogProps {
  /** What is changed; null: a new one. */
  sprint: SprintHeadFragment | null;
  /** The Scrum boards of its project. */
  boards: Boards;
  /** Sprints that are known: what the name and the days of the next one follow from. */
  before: readonly SprintHeadFragment[];
  /** Of the project: a new sprint begins then, or behind the last one. */
  today: string;
  onClose: () => void;
}

export function SprintDialog({ sprint, onClose, ...rest }: SprintDialogProps) {
  const { t } = useTranslation('sprint');
  return (
    <Modal opened onClose={onClose} title={t(sprint ? 'sprint.edit' : 'sprint.new')}>
      {sprint ? <EditSprint {...rest} sprint={sprint} onClose={onClose} /> : <NewSprint {...rest} onClose={onClose} />}
    </Modal>
  );
}

function NewSprint({ boards, before, today, onClose }: Omit<SprintDialogProps, 'sprint'>) {
  const { t } = useTranslation('sprint');
  const last = before.toSorted((a, b) => (a.endsOn < b.endsOn ? 1 : -1))[0];
  const startsOn = last && last.endsOn >= today ? shiftedDay(last.endsOn, 1) : today;
  const form = useMutationForm(CreateSprintDocument, {
    schema: facts,
    values: {
      name: t('sprint.usual', { number: nextSprintNumber(before.map(({ name }) => name)) }),
      goal: '',
      boardId: boards[0]?.id ?? '',
      startsOn,
      endsOn: shiftedDay(startsOn, USUAL_DAYS - 1),
    },
    refetchQueries: [BacklogDocument, ProjectSprintsDocument],
    variables: (input) => ({ input }),
    onDone: onClose,
  });
  return (
    <DialogForm form={form} submit={t('sprint.create')}>
      <Fields form={form} boards={boards} />
    </DialogForm>
  );
}

function EditSprint({ sprint, boards, onClose }: Omit<SprintDialogProps, 'sprint'> & { sprint: SprintHeadFragment }) {
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
      <Fields form={form} boards={boards} isBoardFixed={state !== 'PLANNED'} />
    </DialogForm>
  );
}

interface FieldsProps {
  form: ReturnType<typeof useMutationForm<unknown, never, Facts>>;
  boards: Boards;
  isBoardFixed?: boolean;
}

function Fields({ form, boards, isBoardFixed = false }: FieldsProps) {
  const { t } = useTranslation('sprint');
  return (
    <>
      <TextInput {...form.field('name')} label={t('sprint.name')} autoFocus data-autofocus />
      <GrowingText {...form.field('goal')} label={t('sprint.goal')} placeholder={t('sprint.goalHint')} minRows={2} maxRows={6} />
      <TextInput {...form.field('startsOn')} type="date" label={t('sprint.startsOn')} />
      <TextInput {...form.field('endsOn')} type="date" label={t('sprint.endsOn')} />
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
              disabled={isBoardFixed}
              allowDeselect={false}
            />
          )}
        />
      )}
    </>
  );
}

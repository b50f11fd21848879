import { Checkbox, Modal, Text, TextInput } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import { deviceHoursIn, isDay, PRIORITIES, TICKET_DESCRIPTION_MAX, TICKET_KINDS, TICKET_TITLE_MAX, titleExcess, titleOf } from '@trainyard/domain';
import { useEffect, useState, type KeyboardEvent } from 'react';
import { useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { useFormat } from '../../i18n/useFormat.ts';
import { lastBoard } from '../project/recent-boards.ts';
import { DialogForm } from '../shell/form/DialogForm.tsx';
import { useMutationForm } from '../shell/form/useMutationForm.ts';
import { offerOpen } from '../shell/offer-open.tsx';
import { useGone } from '../shell/useToldWhenGone.ts';
import { draftKeys } from './draft-keys.ts';
import { lastProjectId, rememberProject, showInList } from './new-ticket.ts';
import { MakeTicketDocument } from './new-ticket.generated.ts';
import { BACKLOG, idsIn, type NewTicketValues } from './new-ticket-values.ts';
import { NewTicketFacts } from './NewTicketFacts.tsx';
import { useWritableProjects, type WritableProject } from './useWritableProjects.ts';
import { GrowingText } from '../shell/GrowingText.tsx';

const aDay = z.string().check(z.refine((day) => day === '' || isDay(day), 'day'));
const newTicket = z.object({
  title: z.string().check(z.overwrite(titleOf), z.minLength(1, 'required'), z.maxLength(TICKET_TITLE_MAX, 'tooLong')),
  description: z.string().check(z.maxLength(TICKET_DESCRIPTION_MAX, 'tooLong')),
  projectId: z.string().check(z.minLength(1, 'required')),
  type: z.enum(TICKET_KINDS),
  columnId: z.string(),
  assigneeId: z.string(),
  parentId: z.string(),
  priority: z.enum([...PRIORITIES, '']),
  deviceHours: z.string().check(z.refine((typed) => deviceHoursIn(typed) !== undefined, 'number')),
  startDate: aDay,
  dueDate: aDay,
  labelIds: z.string(),
});
const EMPTY: NewTicketValues = {
  title: '',
  description: '',
  projectId: '',
  type: 'TASK',
  columnId: BACKLOG,
  assigneeId: '',
  parentId: '',
  priority: '',
  deviceHours: '',
  startDate: '',
  dueDate: '',
  labelIds: '',
};

/** A ticket for any project in which one may write, made from anywhere. */
export default function NewTicketDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('ticket');
  return (
    <Modal opened={opened} onClose={onClose} title={t('new.title')} size={560}>
      <NewTicketForm onClose={onClose} />
    </Modal>
  );
}

function NewTicketForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['ticket', 'shell']);
  const format = useFormat();
  const navigate = useNavigate();
  const gone = useGone();
  const projects = useWritableProjects();
  const begun = useFirstProject(projects);
  const [isOneOfMany, setOneOfMany] = useState(false);

  const form = useMutationForm(MakeTicketDocument, {
    schema: newTicket,
    values: EMPTY,
    draft: draftKeys.newTicketAnywhere,
    drafts: { beside: ['projectId', 'type', 'columnId', 'assigneeId', 'parentId', 'priority', 'deviceHours', 'startDate', 'dueDate', 'labelIds'] },
    at: {
      WIP_LIMIT_REACHED: 'columnId',
      BOARD_ARCHIVED: 'columnId',
      NOT_FOUND: { field: 'columnId', words: t('new.placeGone') },
      PARENT_KIND: 'parentId',
      PROJECT_READ_ONLY: 'projectId',
      FORBIDDEN: 'projectId',
    },
    variables: ({ columnId, assigneeId, parentId, priority, deviceHours, startDate, dueDate, labelIds, ...input }) => ({
      input: {
        ...input,
        parentId: parentId || null,
        priority: priority || null,
        deviceHours: deviceHoursIn(deviceHours) ?? null,
        startDate: startDate || null,
        dueDate: dueDate || null,
        columnId: columnId === BACKLOG ? null : columnId,
        assigneeId: assigneeId || null,
        labelIds: idsIn(labelIds),
      },
    }),
    onDone: ({ createTicket: { id, key } }, sent) => {
      rememberProject(sent.projectId);
      if (isOneOfMany) begin(sent);
      else if (!gone()) onClose();
      const open = (): unknown => navigate({ to: '/tickets/$ticketKey', params: { ticketKey: key } });
      void showInList(key).then((shown) => offerOpen(`made-${id}`, t(shown === false ? 'new.madeUnseen' : 'new.made', { key }), open));
    },
  });
  const { control, setValue, getValues } = form;
  const [title, description, projectId] = useWatch({ control, name: ['title', 'description', 'projectId'] });

  // Chosen, not what the form begins with: a draft says in which project it was written, whatever page it is opened on again.
  useEffect(() => {
    if (begun !== null && getValues('projectId') === '') setValue('projectId', begun, { shouldDirty: true });
  }, [begun, projectId, getValues, setValue]);

  /** The next one of a kind. What was typed while this one was on its way is its beginning. */
  const begin = (sent: NewTicketValues): void => {
    const now = getValues();
    form.reset();
    for (const field of ['projectId', 'type', 'columnId'] as const) setValue(field, now[field], { shouldDirty: true });
    for (const field of ['title', 'description'] as const) {
      const beyond = now[field].startsWith(sent[field]) ? now[field].slice(sent[field].length) : now[field];
      if (beyond.trim() !== '') setValue(field, beyond.trimStart(), { shouldDirty: true });
    }
    form.setFocus('title');
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.currentTarget.form?.requestSubmit();
  };
  const tooLong = (count: number, max: number): string | undefined => (count > 0 ? t('shell:excess', { count, max: format.number(max) }) : undefined);

  if (projects.length === 0) return <Text>{t('new.nowhere')}</Text>;
  const ofTitle = form.field('title');
  const ofDescription = form.field('description');
  return (
    <DialogForm
      form={form}
      submit={t('new.submit')}
      beside={<Checkbox size="xs" mr="auto" label={t('new.another')} checked={isOneOfMany} onChange={(event) => setOneOfMany(event.currentTarget.checked)} />}
    >
      <TextInput
        {...ofTitle}
        label={t('ticket.title')}
        error={tooLong(titleExcess(title), TICKET_TITLE_MAX) ?? ofTitle.error}
        autoComplete="off"
        onKeyDown={onKeyDown}
        data-autofocus
      />
      <GrowingText
        {...ofDescription}
        label={t('ticket.description')}
        placeholder={t('new.descriptionHint')}
        error={tooLong(description.length - TICKET_DESCRIPTION_MAX, TICKET_DESCRIPTION_MAX) ?? ofDescription.error}
        minRows={3}
        maxRows={12}
        onKeyDown={onKeyDown}
      />
      <NewTicketFacts form={form} projects={projects} />
    </DialogForm>
  );
}

/** The project of the page at hand, else the one where this browser made a ticket or showed a board last, else the only one. */
function useFirstProject(projects: readonly WritableProject[]): string | null {
  const { projectKey, ticketKey } = useParams({ strict: false });
  const here = projectKey ?? ticketKey?.slice(0, ticketKey.lastIndexOf('-'));
  const last = lastProjectId();
  const board = lastBoard();
  const first =
    projects.find(({ key }) => key === here) ??
    projects.find(({ id }) => id === last) ??
    projects.find(({ key }) => key === board?.projectKey) ??
    (projects.length === 1 ? projects[0] : undefined);
  return first?.id ?? null;
}

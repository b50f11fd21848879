import { useApolloClient, useMutation, useQuery } from '@apollo/client/react';
import { Select } from '@mantine/core';
import { LIFECYCLE_STAGES, TICKET_TYPES, type LifecycleStage, type TicketType } from '@trainyard/domain';
import { use, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useToast } from '../shell/useToast.ts';
import { TicketHolderContext } from './ticket-holder.ts';
import type { LabelChange } from './label-change.ts';
import { LabelField } from './LabelField.tsx';
import { PersonField } from './PersonField.tsx';
import { PointsField } from './PointsField.tsx';
import classes from './TicketFacts.module.css';
import { MoveTicketDocument, ProjectPeopleDocument, TicketProjectDocument } from './ticket.generated.ts';
import type { Ticket, TicketProject } from './useTicket.ts';
import { useTicketUpdates, type TicketInput } from './useTicketUpdates.ts';

export interface TicketFactsProps {
  ticket: Ticket;
  project: TicketProject;
  mayWrite: boolean;
}

/** The fields of a ticket, each saved as it is changed. */
export function TicketFacts({ ticket, project, mayWrite }: TicketFactsProps) {
  const { t } = useTranslation('ticket');
  const client = useApolloClient();
  const toast = useToast();
  const { update, changeLabels } = useTicketUpdates();
  const holder = use(TicketHolderContext);
  const [move] = useMutation(MoveTicketDocument);
  const saved = useRef<Ticket | null>(null);
  /** The ticket as it was when the field of points was entered: what is typed there answers to that. */
  const pointsBegunOn = useRef<Ticket | null>(null);
  const [pending, setPending] = useState<string | null>(null);
  // who has joined since the project was loaded may be chosen too
  const { data: fresh } = useQuery(ProjectPeopleDocument, { variables: { id: project.id }, fetchPolicy: 'cache-and-network', skip: !mayWrite });
  const people = fresh?.project?.people ?? project.people;
  // From the backlog a ticket goes to the first board.
  const columns = (project.boards.find((one) => one.id === ticket.boardId) ?? project.boards[0])?.columns ?? [];

  const guarded = async (field: string, change: () => Promise<void>): Promise<void> => {
    setPending(field);
    try {
      await change();
    } catch (error) {
      // the other's value is on screen now: the person sees it and may choose again
      toast.failed(error);
    } finally {
      setPending(null);
    }
  };
  // what was saved a moment ago may not be drawn yet
  const newest = (): Ticket => (saved.current && saved.current.id === ticket.id && saved.current.version > ticket.version ? saved.current : ticket);
  const save = (field: string, input: TicketInput, base = newest()): Promise<void> =>
    guarded(field, async () => {
      saved.current = await update(base, input);
    });
  const saveLabels = (change: LabelChange): Promise<void> =>
    guarded('labels', async () => {
      saved.current = await changeLabels(newest(), change);
    });
  const savePoints = (points: number | null): void => {
    const base = pointsBegunOn.current ?? newest();
    pointsBegunOn.current = null;
    void save('points', { points }, base);
  };
  const toColumn = (columnId: string): void =>
    void guarded('column', async () => {
      if (holder) await holder.toTop(ticket.id, columnId);
      else await move({ variables: { id: ticket.id, columnId, afterId: null } });
    });
  const labelCreated = async (): Promise<unknown> => client.refetchQueries({ include: [TicketProjectDocument] });

  return (
    <dl className={classes.facts}>
      <Fact name={t('field.column')}>
        <Choice
          label={t('field.column')}
          value={ticket.columnId}
          placeholder={t('field.backlog')}
          options={columns.map((column) => ({ value: column.id, label: column.name }))}
          disabled={!mayWrite}
          saving={pending === 'column'}
          onChange={(columnId) => columnId !== null && toColumn(columnId)}
        />
      </Fact>
      <Fact name={t('field.type')}>
        <Choice
          label={t('field.type')}
          value={ticket.type}
          options={TICKET_TYPES.map((type) => ({ value: type, label: t(`type.${type}`) }))}
          disabled={!mayWrite}
          saving={pending === 'type'}
          onChange={(type) => type !== null && void save('type', { type: type as TicketType })}
        />
      </Fact>
      <Fact name={t('field.stage')}>
        <Choice
          label={t('field.stage')}
          value={ticket.stage}
          options={LIFECYCLE_STAGES.map((stage) => ({ value: stage, label: t(`stage.${stage}`) }))}
          placeholder={t('stage.none')}
          clearable
          disabled={!mayWrite}
          saving={pending === 'stage'}
          onChange={(stage) => void save('stage', { stage: stage as LifecycleStage | null })}
        />
      </Fact>
      <Fact name={t('field.assignee')}>
        <PersonField
          label={t('field.assignee')}
          people={people}
          value={ticket.assignee}
          disabled={!mayWrite}
          saving={pending === 'assignee'}
          onChange={(assigneeId) => void save('assignee', { assigneeId })}
        />
      </Fact>
      <Fact name={t('field.points')}>
        <PointsField
          label={t('field.points')}
          value={ticket.points}
          disabled={!mayWrite}
          saving={pending === 'points'}
          onBegin={() => (pointsBegunOn.current = newest())}
          onSave={savePoints}
        />
      </Fact>
      <Fact name={t('field.labels')} wide>
        <LabelField
          label={t('field.labels')}
          projectId={project.id}
          labels={project.labels}
          value={ticket.labelIds}
          disabled={!mayWrite}
          onChange={saveLabels}
          onFailed={toast.failed}
          onCreated={labelCreated}
        />
      </Fact>
    </dl>
  );
}

function Fact({ name, wide, children }: { name: string; wide?: boolean; children: ReactNode }) {
  return (
    <div className={classes.fact} data-wide={wide || undefined}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

interface ChoiceProps {
  label: string;
  value: string | null;
  options: { value: string; label: string }[];
  placeholder?: string;
  clearable?: boolean;
  disabled: boolean;
  saving: boolean;
  onChange: (value: string | null) => void;
}

function Choice({ label, value, options, placeholder, clearable = false, disabled, saving, onChange }: ChoiceProps) {
  const { t } = useTranslation('ticket');
  return (
    <Select
      aria-label={label}
      data={options}
      value={value}
      placeholder={placeholder}
      clearable={clearable}
      clearButtonProps={{ 'aria-label': t('field.clear', { name: label }) }}
      allowDeselect={false}
      disabled={disabled}
      readOnly={saving}
      onChange={(next) => {
        if (next !== value) onChange(next);
      }}
      comboboxProps={{ withinPortal: true }}
    />
  );
}

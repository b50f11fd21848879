import { useApolloClient, useMutation, useQuery } from '@apollo/client/react';
import { Select } from '@mantine/core';
import { columnOf, progressAt, SET_FIELDS, STANDINGS, standingOf, type Priority, type SetField, type Standing } from '@trainyard/domain';
import { Face } from '@trainyard/ui';
import { use, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { TOGETHER } from '../../apollo-together.ts';
import { LabelDot } from '../project/LabelDot.tsx';
import { useToast } from '../shell/useToast.ts';
import { wordOf } from '../activity/field-words.ts';
import { TicketHolderContext } from './ticket-holder.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { DayField } from './DayField.tsx';
import { DueDate } from './DueDate.tsx';
import { HoursField } from './HoursField.tsx';
import { PriorityIcon } from './PriorityIcon.tsx';
import type { LabelChange } from './label-change.ts';
import { LabelField } from './LabelField.tsx';
import { ParentField } from './ParentField.tsx';
import { ParentLink } from './ParentLink.tsx';
import { PersonField } from './PersonField.tsx';
import { placeOf } from './placement.ts';
import { PointsField } from './PointsField.tsx';
import classes from './TicketFacts.module.css';
import { StandingIcon, standingWord } from './TicketState.tsx';
import { MoveTicketDocument, ProjectPeopleDocument, TicketProjectDocument } from './ticket.generated.ts';
import type { Ticket, TicketProject } from './useTicket.ts';
import { useOpenSprints, usePlanTicket } from './usePlanTicket.ts';
import { useTicketProgress } from './useTicketProgress.ts';
import { useTicketUpdates, type TicketInput } from './useTicketUpdates.ts';

export interface TicketFactsProps {
  ticket: Ticket;
  project: TicketProject;
  mayWrite: boolean;
}

type FactField = Extract<SetField, { kind: 'WORD' | 'POINTS' | 'HOURS' | 'DAY' | 'PARENT' | 'PERSON' | 'LABELS' }>;
const FACTS = SET_FIELDS.filter((field): field is FactField => field.fact === true);

/** The fields of a ticket, each saved as it is changed. */
export function TicketFacts({ ticket, project, mayWrite }: TicketFactsProps) {
  const { t } = useTranslation('ticket');
  const format = useFormat();
  const client = useApolloClient();
  const toast = useToast();
  const { update, changeLabels } = useTicketUpdates();
  const holder = use(TicketHolderContext);
  const [move] = useMutation(MoveTicketDocument);
  const progress = useTicketProgress();
  const saved = useRef<Ticket | null>(null);
  /** The ticket as it was when a field was entered: what is typed there answers to that. */
  const begunOn = useRef(new Map<string, Ticket>());
  const [pending, setPending] = useState<string | null>(null);
  // who has joined since the project was loaded may be chosen too
  const { data: fresh } = useQuery(ProjectPeopleDocument, {
    variables: { id: project.id },
    fetchPolicy: 'cache-and-network',
    context: TOGETHER,
    notifyOnNetworkStatusChange: false,
    skip: !mayWrite,
  });
  const people = fresh?.project?.people ?? project.people;
  // From the backlog a ticket goes to the first board.
  const board = project.boards.find((one) => one.id === ticket.boardId);
  const columns = (board ?? project.boards[0])?.columns ?? [];
  const onArchived = ticket.boardId !== null && board === undefined;

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
    guarded('label', async () => {
      saved.current = await changeLabels(newest(), change);
    });
  const begins = (field: string) => (): void => void begunOn.current.set(field, newest());
  const saveTyped = ({ name, as }: FactField, value: number | string | null): void => {
    const base = begunOn.current.get(name) ?? newest();
    begunOn.current.delete(name);
    void save(name, { [as]: value }, base);
  };
  const before = { id: ticket.id, key: ticket.key, state: ticket.state, resolution: ticket.resolution, place: placeOf(ticket) };
  const toStanding = (standing: Standing): void => void guarded('state', () => progress.give(before, standing));
  const toColumn = (columnId: string): void =>
    void guarded('column', async () => {
      if (columnId === BACKLOG) await progress.takeOff(before);
      else await (holder?.toTop(ticket.id, columnId) ?? move({ variables: { id: ticket.id, columnId, afterId: null } }));
    });
  const labelCreated = async (): Promise<unknown> => client.refetchQueries({ include: [TicketProjectDocument] });

  /** For who may only look: what it says, and no field that refuses. */
  const text = (field: FactField): ReactNode => {
    const nothing = <span className={classes.none}>{t('field.nothing')}</span>;
    switch (field.kind) {
      case 'WORD': {
        const word = ticket[field.as];
        return word === null ? (
          nothing
        ) : (
          <>
            {iconOf(field)?.(word)}
            {wordOf(t, field, word)}
          </>
        );
      }
      case 'POINTS':
      case 'HOURS': {
        const value = ticket[field.as];
        return value === null ? nothing : format.number(value);
      }
      case 'DAY': {
        const day = ticket[field.as];
        return day === null ? nothing : field.name === 'due' ? <DueDate ticket={ticket} /> : format.date(day);
      }
      case 'PARENT':
        return ticket.parent ? <ParentLink parent={ticket.parent} /> : nothing;
      case 'PERSON': {
        const person = ticket[field.name];
        return person ? (
          <>
            <Face {...person} size={18} />
            {person.name}
          </>
        ) : (
          nothing
        );
      }
      case 'LABELS': {
        const carried = project.labels.filter(({ id }) => ticket[field.as].includes(id));
        return carried.length === 0
          ? nothing
          : carried.map(({ id, name, color }) => (
              <span key={id} className={classes.label}>
                <LabelDot color={color} />
                {name}
              </span>
            ));
      }
    }
  };
  const editor = (field: FactField): ReactNode => {
    const { name } = field;
    const of = { label: t(`field.${name}`), saving: pending === name };
    switch (field.kind) {
      case 'WORD': {
        const clearable = field.initial === null;
        const options = field.words.map((word) => ({ value: word, label: wordOf(t, field, word) }));
        const choose = (value: string | null): void => void ((value !== null || clearable) && save(name, { [field.as]: value }));
        const placeholder = clearable ? wordOf(t, field, 'none') : undefined;
        return (
          <Choice {...of} value={ticket[field.as]} options={options} icon={iconOf(field)} placeholder={placeholder} clearable={clearable} onChange={choose} />
        );
      }
      case 'POINTS':
        return <PointsField {...of} value={ticket[field.as]} onBegin={begins(name)} onSave={(points) => saveTyped(field, points)} />;
      case 'HOURS':
        return <HoursField {...of} value={ticket[field.as]} onBegin={begins(name)} onSave={(hours) => saveTyped(field, hours)} />;
      case 'DAY':
        return <DayField {...of} value={ticket[field.as]} onBegin={begins(name)} onSave={(day) => saveTyped(field, day)} />;
      case 'PARENT':
        return (
          <ParentField
            {...of}
            projectId={ticket.projectId}
            type={ticket.type}
            value={ticket.parent}
            onChange={(parent) => void save(name, { [field.as]: parent?.id ?? null })}
          />
        );
      case 'PERSON':
        return <PersonField {...of} people={people} value={ticket[field.name]} onChange={(id) => void save(name, { [field.as]: id })} />;
      case 'LABELS': {
        const value = ticket[field.as];
        return (
          <LabelField
            {...of}
            projectId={project.id}
            labels={project.labels}
            value={value}
            onChange={saveLabels}
            onFailed={toast.failed}
            onCreated={labelCreated}
          />
        );
      }
    }
  };

  return (
    <dl className={classes.facts}>
      <Fact of="column" name={t('field.column')}>
        {mayWrite ? (
          <Choice
            label={t('field.column')}
            value={ticket.columnId ?? BACKLOG}
            options={[...columns.map((column) => ({ value: column.id, label: column.name })), { value: BACKLOG, label: t('field.backlog') }]}
            placeholder={onArchived ? t('field.onArchived') : undefined}
            saving={pending === 'column'}
            onChange={(columnId) => columnId !== null && toColumn(columnId)}
          />
        ) : (
          <span className={classes.text}>
            {onArchived ? t('field.onArchived') : (columns.find(({ id }) => id === ticket.columnId)?.name ?? t('field.backlog'))}
          </span>
        )}
      </Fact>
      <Fact of="state" name={t('list.field.state')}>
        {mayWrite ? (
          <Choice
            label={t('list.field.state')}
            value={standingOf(ticket)}
            options={STANDINGS.map((standing) => {
              const word = standingWord(t, standing);
              const { state } = progressAt(standing);
              const hasPlace = ticket.boardId === null || ticket.state === state || (!onArchived && columnOf(state, columns) !== undefined);
              const label = hasPlace ? word : t(onArchived ? 'field.boardArchived' : 'field.noColumn', { state: word });
              return { value: standing, label, disabled: !hasPlace };
            })}
            icon={(standing) => <StandingIcon standing={standing as Standing} />}
            saving={pending === 'state'}
            onChange={(standing) => standing !== null && toStanding(standing as Standing)}
          />
        ) : (
          <span className={classes.text}>
            <StandingIcon standing={standingOf(ticket)} />
            {standingWord(t, standingOf(ticket))}
          </span>
        )}
      </Fact>
      <SprintFact ticket={ticket} mayWrite={mayWrite} />
      {FACTS.map((field) => (
        <Fact key={field.name} of={field.name} name={t(`field.${field.name}`)} wide={field.kind === 'LABELS'}>
          {mayWrite ? editor(field) : <span className={classes.text}>{text(field)}</span>}
        </Fact>
      ))}
    </dl>
  );
}

/** What stands before the words of a field. */
const iconOf = ({ name }: FactField): ((word: string) => ReactNode) | undefined =>
  name === 'priority' ? (word) => <PriorityIcon priority={word as Priority} label="" /> : undefined;

/** Where the project has sprints. */
function SprintFact({ ticket, mayWrite }: Pick<TicketFactsProps, 'ticket' | 'mayWrite'>) {
  const { t } = useTranslation('ticket');
  const plan = usePlanTicket();
  const sprints = useOpenSprints(ticket.projectId);
  const [saving, setSaving] = useState(false);
  if (sprints.length === 0 && ticket.sprintId === null) return null;
  const name = sprints.find(({ id }) => id === ticket.sprintId)?.name;
  const choose = async (id: string | null): Promise<void> => {
    setSaving(true);
    await plan(ticket, sprints.find((one) => one.id === id) ?? null);
    setSaving(false);
  };
  return (
    <Fact of="sprint" name={t('list.field.sprint')}>
      {mayWrite ? (
        <Choice
          label={t('list.field.sprint')}
          value={ticket.sprintId}
          options={sprints.map((one) => ({ value: one.id, label: one.name }))}
          placeholder={t('sprint.none')}
          clearable
          saving={saving}
          onChange={(id) => void choose(id)}
        />
      ) : (
        <span className={classes.text}>{name ?? t('sprint.none')}</span>
      )}
    </Fact>
  );
}

/** @param of by which a key finds it */
function Fact({ of, name, wide, children }: { of: string; name: string; wide?: boolean; children: ReactNode }) {
  return (
    <div className={classes.fact} data-wide={wide || undefined} data-fact={of}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The choice of no column. */
const BACKLOG = 'BACKLOG';

interface ChoiceProps {
  label: string;
  value: string | null;
  options: { value: string; label: string; disabled?: boolean }[];
  /** What stands before a value. */
  icon?: ((value: string) => ReactNode) | undefined;
  placeholder?: string;
  clearable?: boolean;
  saving: boolean;
  onChange: (value: string | null) => void;
}

function Choice({ label, value, options, icon, placeholder, clearable = false, saving, onChange }: ChoiceProps) {
  const { t } = useTranslation('ticket');
  return (
    <Select
      aria-label={label}
      data={options}
      value={value}
      leftSection={value !== null && icon?.(value)}
      renderOption={
        icon &&
        (({ option }) => (
          <span className={classes.option}>
            {icon(option.value)}
            {option.label}
          </span>
        ))
      }
      placeholder={placeholder}
      clearable={clearable}
      clearButtonProps={{ 'aria-label': t('field.clear', { name: label }) }}
      allowDeselect={false}
      readOnly={saving}
      onChange={(next) => {
        if (next !== value) onChange(next);
      }}
      comboboxProps={{ withinPortal: true }}
    />
  );
}

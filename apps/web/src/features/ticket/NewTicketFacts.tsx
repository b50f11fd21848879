import { useQuery } from '@apollo/client/react';
import { MultiSelect, Pill, Select, TextInput } from '@mantine/core';
import { DEVICE_HOURS_MAX, PRIORITIES, TICKET_KINDS } from '@trainyard/domain';
import { useEffect, useState } from 'react';
import { Controller, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { LabelDot } from '../project/LabelDot.tsx';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import type { MutationForm } from '../shell/form/useMutationForm.ts';
import labelClasses from './LabelField.module.css';
import { NewTicketChoicesDocument } from './new-ticket.generated.ts';
import { BACKLOG, idsIn, type NewTicketValues } from './new-ticket-values.ts';
import classes from './NewTicketFacts.module.css';
import { ParentField } from './ParentField.tsx';
import { PersonField } from './PersonField.tsx';
import { PriorityIcon } from './PriorityIcon.tsx';
import { TypeIcon } from './TypeIcon.tsx';
import type { NamedTicket } from './TicketPicker.tsx';
import type { WritableProject } from './useWritableProjects.ts';

export interface NewTicketFactsProps {
  form: MutationForm<NewTicketValues>;
  projects: readonly WritableProject[];
}

/** What a new ticket may be given besides its words: each has a good beginning. */
export function NewTicketFacts({ form: { control, setValue, getValues, field: of, errorOf, refusalOf }, projects }: NewTicketFactsProps) {
  const { t } = useTranslation('ticket');
  const [projectId, type] = useWatch({ control, name: ['projectId', 'type'] });
  /** What was found, by which the field knows its name. */
  const [parent, setParent] = useState<NamedTicket | null>(null);
  const { data, loading, error, refetch } = useQuery(NewTicketChoicesDocument, {
    variables: { id: projectId },
    skip: projectId === '',
    fetchPolicy: 'cache-and-network',
  });
  const project = data?.project;
  const { boards = [], people = [], labels = [] } = project ?? {};
  const columns = new Map(boards.flatMap((board) => board.columns.map((column) => [column.id, column.name])));
  const colorOf = new Map(labels.map((label) => [label.id, label.color]));

  // A draft may name what is there no more. What is shown is what is sent.
  useEffect(() => {
    if (loading || !project) return;
    const { columnId, assigneeId, parentId, labelIds } = getValues();
    // a draft keeps its id alone: what cannot be shown is not sent
    if (parentId !== '' && parentId !== parent?.id) setValue('parentId', '');
    const known = idsIn(labelIds).filter((id) => project.labels.some((label) => label.id === id));
    if (columnId !== BACKLOG && !project.boards.some((board) => board.columns.some((column) => column.id === columnId))) setValue('columnId', BACKLOG);
    if (assigneeId !== '' && !project.people.some((person) => person.id === assigneeId)) setValue('assigneeId', '');
    if (known.join(' ') !== labelIds) setValue('labelIds', known.join(' '));
  }, [loading, project, parent, getValues, setValue]);

  return (
    <>
      <div className={classes.pairs}>
        <Controller
          control={control}
          name="projectId"
          render={({ field }) => (
            <Select
              {...field}
              label={t('list.field.project')}
              searchable
              openOnFocus={false}
              allowDeselect={false}
              placeholder={t('new.chooseProject')}
              nothingFoundMessage={t('new.noProject')}
              data={projects.map(({ id, key, name }) => ({ value: id, label: `${key} · ${name}` }))}
              onChange={(id) => {
                field.onChange(id ?? '');
                // these belong to the project that was left
                setValue('columnId', BACKLOG);
                setValue('assigneeId', '');
                setValue('parentId', '');
                setValue('labelIds', '');
              }}
              error={refusalOf('projectId') ?? (errorOf('projectId') && t('new.chooseProject'))}
            />
          )}
        />
        <Controller
          control={control}
          name="columnId"
          render={({ field }) => (
            <Select
              {...field}
              label={t('new.place')}
              searchable={columns.size > 8}
              openOnFocus={false}
              allowDeselect={false}
              nothingFoundMessage={t('new.noPlace')}
              data={[
                { value: BACKLOG, label: t('field.backlog') },
                ...boards.map((board) => ({
                  group: board.name,
                  items: board.columns.map(({ id, name }) => ({ value: id, label: `${board.name} · ${name}` })),
                })),
              ]}
              renderOption={({ option }) => columns.get(option.value) ?? option.label}
              error={errorOf('columnId')}
            />
          )}
        />
        <Controller
          control={control}
          name="type"
          render={({ field }) => (
            <Select
              {...field}
              label={t('field.type')}
              allowDeselect={false}
              data={TICKET_KINDS.map((value) => ({ value, label: t(`type.${value}`) }))}
              leftSection={
                <span className={classes.kind} aria-hidden="true">
                  <TypeIcon type={field.value} label="" />
                </span>
              }
              error={errorOf('type')}
            />
          )}
        />
        <Controller
          control={control}
          name="assigneeId"
          render={({ field }) => (
            <PersonField
              ref={field.ref}
              label={t('field.assignee')}
              labelled
              people={people}
              value={people.find(({ id }) => id === field.value) ?? null}
              onChange={(id) => field.onChange(id ?? '')}
              error={errorOf('assigneeId')}
            />
          )}
        />
        <Controller
          control={control}
          name="parentId"
          render={({ field }) => (
            <ParentField
              ref={field.ref}
              label={t('field.parent')}
              labelled
              projectId={projectId}
              type={type}
              value={parent?.id === field.value ? parent : null}
              onChange={(found) => {
                setParent(found);
                field.onChange(found?.id ?? '');
              }}
              error={errorOf('parentId')}
            />
          )}
        />
        <Controller
          control={control}
          name="priority"
          render={({ field }) => (
            <Select
              {...field}
              label={t('field.priority')}
              value={field.value || null}
              clearable
              clearButtonProps={{ 'aria-label': t('field.clear', { name: t('field.priority') }) }}
              placeholder={t('priority.none')}
              data={PRIORITIES.map((value) => ({ value, label: t(`priority.${value}`) }))}
              leftSection={field.value && <PriorityIcon priority={field.value} label="" />}
              onChange={(priority) => field.onChange(priority ?? '')}
              error={errorOf('priority')}
            />
          )}
        />
        <TextInput
          {...of('deviceHours')}
          label={t('field.hours')}
          inputMode="decimal"
          autoComplete="off"
          placeholder={t('hours.none')}
          error={refusalOf('deviceHours') ?? (errorOf('deviceHours') && t('hours.refused', { max: DEVICE_HOURS_MAX }))}
        />
        {(['startDate', 'dueDate'] as const).map((name) => (
          <TextInput key={name} {...of(name)} type="date" label={t(name === 'startDate' ? 'field.start' : 'field.due')} error={errorOf(name)} />
        ))}
      </div>
      {labels.length > 0 && (
        <Controller
          control={control}
          name="labelIds"
          render={({ field }) => (
            <MultiSelect
              ref={field.ref}
              label={t('field.label')}
              searchable
              hidePickedOptions
              data={labels.map(({ id, name }) => ({ value: id, label: name }))}
              value={idsIn(field.value).filter((id) => colorOf.has(id))}
              onChange={(ids) => field.onChange(ids.join(' '))}
              placeholder={field.value === '' ? t('labels.none') : undefined}
              nothingFoundMessage={t('new.noLabel')}
              renderPill={({ option, value, onRemove }) => (
                <Pill withRemoveButton onRemove={onRemove} classNames={{ label: labelClasses.option }}>
                  <LabelDot color={colorOf.get(String(value))} />
                  {option?.label}
                </Pill>
              )}
              renderOption={({ option }) => (
                <span className={labelClasses.option}>
                  <LabelDot color={colorOf.get(option.value)} />
                  {option.label}
                </span>
              )}
              error={errorOf('labelIds')}
            />
          )}
        />
      )}
      <ErrorNotice error={error} onRetry={refetch} />
    </>
  );
}

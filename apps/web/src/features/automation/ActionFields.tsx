import { ActionIcon, Select, Textarea, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { RULE_DEEDS, RULE_FIELDS, RULE_RECIPIENTS, TICKET_KINDS, type RuleDeed, type RuleRecipient, type TicketKind } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { useTicketWords } from '../ticket/useTicketWords.ts';
import { actionOf } from './rule-draft.ts';
import type { Action, RuleProject, RuleWords } from './rule-words.ts';
import classes from './Rules.module.css';
import { ValueField } from './ValueField.tsx';

export interface ActionFieldsProps {
  action: Action;
  project: RuleProject;
  words: RuleWords;
  /** What is wrong with a part of it; null: with all of it. */
  errorAt: (part: keyof Action | null) => string | undefined;
  onChange: (action: Action) => void;
  /** Null: it is the only one. */
  onRemove: (() => void) | null;
}

/** One deed of a rule. */
export function ActionFields({ action, project, words, errorAt, onChange, onRemove }: ActionFieldsProps) {
  const { t } = useTranslation('automation');
  const ticket = useTicketWords();
  const set = (change: Partial<Action>): void => onChange({ ...action, ...change });
  const columns = project.boards.map((board) => ({ group: board.name, items: board.columns.map(({ id, name }) => ({ value: id, label: name })) }));
  return (
    <div className={classes.action}>
      <div className={classes.fields}>
        <Select
          label={t('deed')}
          value={action.does}
          allowDeselect={false}
          data={RULE_DEEDS.map((deed) => ({ value: deed, label: t(`deed_${deed}`) }))}
          error={errorAt(null) ?? errorAt('does')}
          onChange={(deed) => deed && onChange(actionOf(deed as RuleDeed))}
        />
        {action.does === 'MOVE' && (
          <Select
            label={t('toColumn')}
            value={action.columnId}
            allowDeselect={false}
            data={columns}
            error={errorAt('columnId')}
            onChange={(columnId) => set({ columnId })}
          />
        )}
        {action.does === 'SET' && (
          <>
            <Select
              label={t('field')}
              value={action.field}
              allowDeselect={false}
              data={RULE_FIELDS.map(({ as }) => ({ value: as, label: words.field(as) }))}
              error={errorAt('field')}
              onChange={(field) => field && set({ field, value: null })}
            />
            <ValueField
              label={t('value')}
              as={action.field ?? ''}
              value={action.value}
              empty={t('nothing')}
              project={project}
              error={errorAt('value')}
              onChange={(value) => set({ value })}
            />
          </>
        )}
        {(action.does === 'ADD_LABEL' || action.does === 'REMOVE_LABEL') && (
          <Select
            label={t('label')}
            value={action.labelId}
            allowDeselect={false}
            searchable
            data={project.labels.map(({ id, name }) => ({ value: id, label: name }))}
            error={errorAt('labelId')}
            onChange={(labelId) => set({ labelId })}
          />
        )}
        {action.does === 'NOTIFY' && (
          <>
            <Select
              label={t('whom')}
              value={action.who}
              allowDeselect={false}
              data={RULE_RECIPIENTS.map((who) => ({ value: who, label: t(`who.${who}`) }))}
              error={errorAt('who')}
              onChange={(who) => set({ who: who as RuleRecipient, personId: null })}
            />
            {action.who === 'PERSON' && (
              <Select
                label={t('person')}
                value={action.personId}
                allowDeselect={false}
                searchable
                data={project.people.map(({ id, name }) => ({ value: id, label: name }))}
                error={errorAt('personId')}
                onChange={(personId) => set({ personId })}
              />
            )}
          </>
        )}
        {action.does === 'CREATE_TICKET' && (
          <>
            <TextInput
              label={t('ticketTitle')}
              value={action.title ?? ''}
              error={errorAt('title')}
              onChange={(event) => set({ title: event.currentTarget.value })}
            />
            <Select
              label={ticket.field('type')}
              value={action.type}
              allowDeselect={false}
              data={TICKET_KINDS.map((kind) => ({ value: kind, label: ticket.word('type', kind) }))}
              error={errorAt('type')}
              onChange={(type) => set({ type: type as TicketKind })}
            />
            <Select
              label={t('toColumn')}
              value={action.columnId}
              clearable
              placeholder={t('backlog')}
              data={columns}
              error={errorAt('columnId')}
              onChange={(columnId) => set({ columnId })}
            />
          </>
        )}
        {onRemove && (
          <ActionIcon variant="subtle" color="gray" size={36} aria-label={t('removeAction', { action: words.then(action) })} onClick={onRemove}>
            <IconTrash size={16} aria-hidden="true" />
          </ActionIcon>
        )}
      </div>
      {(action.does === 'COMMENT' || action.does === 'NOTIFY') && (
        <Textarea
          label={t('text')}
          autosize
          minRows={1}
          maxRows={6}
          value={action.text ?? ''}
          error={errorAt('text')}
          onChange={(event) => set({ text: event.currentTarget.value })}
        />
      )}
    </div>
  );
}

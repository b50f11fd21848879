import { SET_FIELDS, type SetField } from '@trainyard/domain';
import type { TFunction } from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { useTicketWords } from '../ticket/useTicketWords.ts';
import type { RuleFactsFragment, RuleProjectQuery } from './automation.generated.ts';

export type RuleProject = NonNullable<RuleProjectQuery['project']>;
export type Trigger = Omit<RuleFactsFragment['trigger'], '__typename'>;
export type Action = Omit<RuleFactsFragment['actions'][number], '__typename'>;

export interface RuleWords {
  when: (trigger: Trigger) => string;
  then: (action: Action) => string;
  field: (as: string) => string;
  /** A value of a field, or a column (`columnId`), by its name. */
  value: (as: string, value: unknown) => string;
  fault: (fault: RuleFactsFragment['faults'][number]) => string;
}

export const fieldAs = (as: string): SetField | undefined => SET_FIELDS.find((field) => field.as === as);

/** Says what a rule waits for and does, with the names that things have in its project. */
export function useRuleWords(project: RuleProject | null | undefined): RuleWords {
  const { t } = useTranslation('automation');
  const ticket = useTicketWords();
  const format = useFormat();
  return useWordsOf(t, ticket, format, project);
}

function useWordsOf(
  t: TFunction<'automation'>,
  ticket: ReturnType<typeof useTicketWords>,
  format: ReturnType<typeof useFormat>,
  project: RuleProject | null | undefined,
): RuleWords {
  const nameOf = useCallback(
    (id: unknown): string => {
      const columns = project?.boards.flatMap((board) => board.columns) ?? [];
      const found = [...columns, ...(project?.labels ?? []), ...(project?.people ?? [])].find((thing) => thing.id === id);
      return found?.name ?? t('gone');
    },
    [project, t],
  );
  const field = (as: string): string => (as === 'columnId' ? ticket.field('column') : ticket.field(fieldAs(as)?.name ?? as));
  const value = (as: string, told: unknown): string => {
    if (told === null || told === undefined || told === '') return t('nothing');
    const known = fieldAs(as);
    if (Array.isArray(told)) return told.length === 0 ? t('nothing') : told.map(nameOf).join(', ');
    if (as === 'columnId' || known?.kind === 'PERSON' || known?.kind === 'LABELS') return nameOf(told);
    if (known?.kind === 'WORD') return ticket.word(known.name, String(told));
    if (known?.kind === 'DAY') return format.date(String(told));
    return String(told);
  };
  return {
    field,
    value,
    when: (trigger) => {
      switch (trigger.on) {
        case 'FIELD_CHANGED':
          return trigger.to === null
            ? t('when.FIELD_CHANGED', { field: field(trigger.field ?? '') })
            : t('when.FIELD_BECAME', { field: field(trigger.field ?? ''), value: value(trigger.field ?? '', trigger.to) });
        case 'MOVED':
          if (trigger.columnId !== null) return t('when.MOVED_TO', { column: nameOf(trigger.columnId) });
          return trigger.state === null ? t('when.MOVED') : t('when.MOVED_STATE', { state: ticket.word('state', trigger.state) });
        case 'RUN_ENDED':
          return t('when.RUN_ENDED', { states: (trigger.runStates ?? []).map((state) => t(`ended.${state}`)).join(', ') });
        case 'SCHEDULE':
          return trigger.weekday === null
            ? t('when.DAILY', { at: trigger.at })
            : t('when.WEEKLY', { at: trigger.at, day: t(`weekday.${String(trigger.weekday) as '1'}`) });
        default:
          return t(`when.${trigger.on}`);
      }
    },
    then: (action) => {
      switch (action.does) {
        case 'MOVE':
          return t('then.MOVE', { column: nameOf(action.columnId) });
        case 'SET':
          return action.value === null
            ? t('then.CLEAR', { field: field(action.field ?? '') })
            : t('then.SET', { field: field(action.field ?? ''), value: value(action.field ?? '', action.value) });
        case 'ADD_LABEL':
        case 'REMOVE_LABEL':
          return t(`then.${action.does}`, { label: nameOf(action.labelId) });
        case 'COMMENT':
          return t('then.COMMENT', { text: action.text });
        case 'NOTIFY':
          return action.who === 'PERSON' ? t('then.NOTIFY', { person: nameOf(action.personId) }) : t(`then.NOTIFY_${action.who ?? 'ASSIGNEE'}`);
        case 'QUEUE_RUN':
          return t('then.QUEUE_RUN');
        case 'CREATE_TICKET':
          return t('then.CREATE_TICKET', { title: action.title });
      }
    },
    fault: ({ kind, field: of, value: what }) =>
      t(`fault.${kind as 'QUERY'}`, { field: of !== null && kind === 'NAME' ? ticket.field(of) : (of ?? ''), value: what ?? '' }),
  };
}

import { MultiSelect, Select, TextInput } from '@mantine/core';
import { RULE_EVENTS, RULE_SUBJECTS, RUN_ENDS, SET_FIELDS, TICKET_STATES, type RuleEvent, type RuleSubject } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { useTicketWords } from '../ticket/useTicketWords.ts';
import { triggerOn } from './rule-draft.ts';
import type { RuleProject, RuleWords, Trigger } from './rule-words.ts';
import classes from './Rules.module.css';
import { ValueField } from './ValueField.tsx';

const WATCHED = SET_FIELDS.filter(({ kind }) => kind !== 'MARKDOWN' && kind !== 'TITLE' && kind !== 'PARENT');
const DAYS = ['1', '2', '3', '4', '5', '6', '7'] as const;
const ANY = '';

export interface WhenFieldsProps {
  trigger: Trigger;
  project: RuleProject;
  words: RuleWords;
  /** What is wrong with a part of it. */
  errorAt: (part: keyof Trigger) => string | undefined;
  onChange: (trigger: Trigger) => void;
}

/** When: an event, and what of it. */
export function WhenFields({ trigger, project, words, errorAt, onChange }: WhenFieldsProps) {
  const { t } = useTranslation('automation');
  const ticket = useTicketWords();
  const set = (change: Partial<Trigger>): void => onChange({ ...trigger, ...change });
  const columns = project.boards.map((board) => ({ group: board.name, items: board.columns.map(({ id, name }) => ({ value: id, label: name })) }));
  return (
    <fieldset className={classes.part}>
      <legend>{t('part.when')}</legend>
      <div className={classes.fields}>
        <Select
          label={t('event')}
          value={trigger.on}
          allowDeselect={false}
          data={RULE_EVENTS.map((event) => ({ value: event, label: t(`event_${event}`) }))}
          onChange={(event) => event && onChange(triggerOn(event as RuleEvent))}
        />
        {trigger.on === 'FIELD_CHANGED' && (
          <>
            <Select
              label={t('field')}
              value={trigger.field}
              allowDeselect={false}
              data={WATCHED.map(({ as }) => ({ value: as, label: words.field(as) }))}
              error={errorAt('field')}
              onChange={(field) => field && set({ field, to: null })}
            />
            <ValueField
              label={t('becomes')}
              as={trigger.field ?? ''}
              value={trigger.to}
              empty={t('anyValue')}
              project={project}
              error={errorAt('to')}
              onChange={(to) => set({ to })}
            />
          </>
        )}
        {trigger.on === 'MOVED' && (
          <Select
            label={t('into')}
            error={errorAt('columnId') ?? errorAt('state')}
            value={trigger.columnId ?? (trigger.state === null ? ANY : `state ${trigger.state}`)}
            allowDeselect={false}
            data={[
              { value: ANY, label: t('anyColumn') },
              { group: t('anyColumnOf'), items: TICKET_STATES.map((state) => ({ value: `state ${state}`, label: ticket.word('state', state) })) },
              ...columns,
            ]}
            onChange={(chosen) => {
              const state = TICKET_STATES.find((one) => chosen === `state ${one}`) ?? null;
              set({ state, columnId: state !== null || chosen === ANY ? null : chosen });
            }}
          />
        )}
        {trigger.on === 'RUN_ENDED' && (
          <MultiSelect
            label={t('how')}
            error={errorAt('runStates')}
            value={[...(trigger.runStates ?? [])]}
            data={RUN_ENDS.map((state) => ({ value: state, label: t(`ended.${state}`) }))}
            onChange={(chosen) => set({ runStates: RUN_ENDS.filter((state) => chosen.includes(state)) })}
          />
        )}
        {trigger.on === 'SCHEDULE' && (
          <>
            <Select
              label={t('onDay')}
              error={errorAt('weekday')}
              value={trigger.weekday === null ? ANY : String(trigger.weekday)}
              allowDeselect={false}
              data={[{ value: ANY, label: t('everyDay') }, ...DAYS.map((day) => ({ value: day as string, label: t(`weekday.${day}`) }))]}
              onChange={(day) => set({ weekday: day === ANY || day === null ? null : Number(day) })}
            />
            <TextInput
              type="time"
              label={t('atTime', { zone: project.timeZone })}
              error={errorAt('at')}
              value={trigger.at ?? ''}
              onChange={(event) => set({ at: event.currentTarget.value })}
            />
          </>
        )}
        {trigger.each !== null && (
          <Select
            label={t('for')}
            error={errorAt('each')}
            value={trigger.each}
            allowDeselect={false}
            data={RULE_SUBJECTS.map((each) => ({ value: each, label: t(`each.${each}`) }))}
            onChange={(each) => set({ each: each as RuleSubject })}
          />
        )}
      </div>
    </fieldset>
  );
}

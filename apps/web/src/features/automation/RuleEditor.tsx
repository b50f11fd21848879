import { useLazyQuery, useMutation } from '@apollo/client/react';
import { Button, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { ACTIONS_EACH, RULE_NAME_MAX, TICKET_FIELDS } from '@trainyard/domain';
import { ConfirmDialog } from '@trainyard/ui';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newId } from '../../new-id.ts';
import { FilterBar } from '../lists/FilterBar.tsx';
import { describeError } from '../shell/error/describe-error.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { useErrorMessage } from '../shell/error/useErrorMessage.ts';
import { useToast } from '../shell/useToast.ts';
import { useTicketWords } from '../ticket/useTicketWords.ts';
import { ActionFields } from './ActionFields.tsx';
import {
  CreateRuleDocument,
  DeleteRuleDocument,
  RehearseRuleDocument,
  RulesDocument,
  UpdateRuleDocument,
  type RuleFactsFragment,
} from './automation.generated.ts';
import { Rehearsal } from './Rehearsal.tsx';
import { actionOf, draftOf, isAsSent, sentOf, type RuleDraft } from './rule-draft.ts';
import type { RuleProject, RuleWords } from './rule-words.ts';
import { useRuleSwitch } from './useRuleSwitch.ts';
import { WhenFields } from './WhenFields.tsx';
import classes from './Rules.module.css';

/** What has a field of its own here: what is wrong there is said there. */
const PLACES = /^(?:name|trigger\.(?:field|to|columnId|state|runStates|weekday|at|each)|actions\.\d+(?:\.\w+)?)$/;
/** Reasons that mean something else of a rule than elsewhere. */
const REASONS = ['EMPTY', 'REQUIRED', 'UNKNOWN', 'TWICE', 'NEEDS_TICKET', 'NOT_A_TIME'] as const;
type Reason = (typeof REASONS)[number];

export interface RuleEditorProps {
  project: RuleProject;
  /** Null: a new one. */
  rule: RuleFactsFragment | null;
  words: RuleWords;
}

/** When, if, then; tried on what has happened before it is switched on. */
export function RuleEditor({ project, rule, words }: RuleEditorProps) {
  const { t } = useTranslation('automation');
  const ticket = useTicketWords();
  const navigate = useNavigate();
  const toast = useToast();
  const message = useErrorMessage();
  const [draft, setDraft] = useState<RuleDraft>(() => draftOf(rule));
  const [id] = useState(newId);
  const [doomed, setDoomed] = useState(false);
  const again = { errorPolicy: 'all' as const, refetchQueries: [RulesDocument] };
  const [create, creating] = useMutation(CreateRuleDocument, again);
  const [update, updating] = useMutation(UpdateRuleDocument, again);
  const [remove, removing] = useMutation(DeleteRuleDocument, { ...again, onError: toast.failed });
  const [rehearse, rehearsal] = useLazyQuery(RehearseRuleDocument, { fetchPolicy: 'network-only' });
  const { toggle, loading: switching } = useRuleSwitch();
  const [asked, setAsked] = useState<{ draft: RuleDraft; isTry: boolean } | null>(null);
  const error = asked?.isTry ? rehearsal.error : (creating.error ?? updating.error);
  const wrong = error && describeError(error);
  const at = wrong?.code === 'BAD_INPUT' && typeof wrong.params.field === 'string' && PLACES.test(wrong.params.field) ? wrong.params.field : null;
  const why = typeof wrong?.params.reason === 'string' && REASONS.includes(wrong.params.reason as Reason) ? (wrong.params.reason as Reason) : null;
  const errorAt = (place: string): string | undefined =>
    asked && at === place && isAsSent(place, draft, asked.draft) ? (why ? t(`wrong.${why}`) : message(error)) : undefined;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (error) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [error]);
  const isChanged = JSON.stringify(draft) !== JSON.stringify(draftOf(rule));
  const set = (change: Partial<RuleDraft>): void => setDraft((before) => ({ ...before, ...change }));
  const toRules = (): Promise<void> => navigate({ to: '/projects/$projectKey/rules', params: { projectKey: project.key } });

  const save = async (): Promise<void> => {
    setAsked({ draft, isTry: false });
    const { data } = rule
      ? await update({ variables: { id: rule.id, version: rule.version, input: { name: draft.name, ...sentOf(draft) } } })
      : await create({ variables: { input: { id, projectId: project.id, name: draft.name, ...sentOf(draft) } } });
    if (!data) return;
    toast.done(t('saved'));
    if (!rule && 'createRule' in data)
      await navigate({ to: '/projects/$projectKey/rules/$ruleId', params: { projectKey: project.key, ruleId: data.createRule.id }, replace: true });
  };
  const tryIt = (): void => {
    setAsked({ draft, isTry: true });
    void rehearse({ variables: { input: { ruleId: rule?.id ?? null, projectId: project.id, ...sentOf(draft) } } });
  };

  return (
    <form
      ref={form}
      className={classes.editor}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextInput
        label={t('name')}
        value={draft.name}
        maxLength={RULE_NAME_MAX}
        required
        error={errorAt('name')}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <WhenFields
        trigger={draft.trigger}
        project={project}
        words={words}
        errorAt={(field) => errorAt(`trigger.${field}`)}
        onChange={(trigger) => set({ trigger })}
      />
      <fieldset className={classes.part}>
        <legend>{t('part.if')}</legend>
        <FilterBar
          fields={TICKET_FIELDS}
          words={ticket}
          names={{
            assignee: project.people.map(({ name }) => name),
            author: project.people.map(({ name }) => name),
            label: project.labels.map(({ name }) => name),
            board: project.boards.map(({ name }) => name),
            column: [...new Set(project.boards.flatMap(({ columns }) => columns.map(({ name }) => name)))],
          }}
          example="type:bug priority:urgent"
          asked={draft.condition}
          onAsk={(condition) => set({ condition })}
        />
        <p className={classes.quiet}>{t('ifText')}</p>
      </fieldset>
      <fieldset className={classes.part}>
        <legend>{t('part.then')}</legend>
        {draft.actions.map((action, i) => (
          <ActionFields
            key={i}
            action={action}
            project={project}
            words={words}
            errorAt={(field) => errorAt(field === null ? `actions.${i}` : `actions.${i}.${field}`)}
            onChange={(changed) => set({ actions: draft.actions.with(i, changed) })}
            onRemove={draft.actions.length > 1 ? () => set({ actions: draft.actions.toSpliced(i, 1) }) : null}
          />
        ))}
        {draft.actions.length < ACTIONS_EACH && (
          <Button
            mt={12}
            size="compact-sm"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden="true" />}
            onClick={() => set({ actions: [...draft.actions, actionOf('COMMENT')] })}
          >
            {t('addAction')}
          </Button>
        )}
      </fieldset>
      {error && at === null && <ErrorNotice error={error} />}
      <div className={classes.buttons}>
        <Button type="submit" loading={creating.loading || updating.loading} disabled={rule !== null && !isChanged}>
          {t(rule ? 'save' : 'create')}
        </Button>
        <Button variant="default" loading={rehearsal.loading} onClick={tryIt}>
          {t('rehearse')}
        </Button>
        {rule && (
          <>
            <Button variant="default" loading={switching} disabled={isChanged} onClick={() => void toggle(rule)}>
              {t(rule.enabled ? 'turnOff' : 'turnOn')}
            </Button>
            <Button variant="subtle" color="red" onClick={() => setDoomed(true)}>
              {t('delete')}
            </Button>
          </>
        )}
      </div>
      {rehearsal.data && !rehearsal.loading && <Rehearsal found={rehearsal.data.rehearseRule} words={words} name={draft.name} />}
      <ConfirmDialog
        opened={doomed && rule !== null}
        title={t('deleteTitle')}
        labels={{ confirm: t('delete'), cancel: t('cancel') }}
        pending={removing.loading}
        onConfirm={() =>
          rule &&
          void remove({ variables: { id: rule.id, version: rule.version } }).then(({ data }) => {
            setDoomed(false);
            if (data) void toRules();
          })
        }
        onCancel={() => setDoomed(false)}
      >
        {t('deleteText', { name: rule?.name ?? '' })}
      </ConfirmDialog>
    </form>
  );
}

import { isEnded, LINK_FIELDS, LINK_SIDES, RUN_STATES, SET_FIELDS, TICKET_STATES, type RunState, type SetField, type TicketState } from '@trainyard/domain';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { useErrorMessage } from '../shell/error/useErrorMessage.ts';
import { wordOf } from './field-words.ts';
import type { TicketHistoryQuery } from './activity.generated.ts';

export type Step = NonNullable<TicketHistoryQuery['ticket']>['activity']['nodes'][number];
/** What is told in words. */
export type Told = Pick<Step, 'entity' | 'action' | 'changes' | 'names'>;
type Change = { from: unknown; to: unknown };

function changesOf({ changes }: Told): Record<string, Change> {
  return typeof changes === 'object' && changes !== null ? (changes as Record<string, Change>) : {};
}

/** Says a step of the log in words that follow the actor's name: "moved this from To do to Doing". */
export function useHistoryWords(): (step: Told) => string[] {
  const { t } = useTranslation('activity');
  const { t: ticket } = useTranslation('ticket');
  const { t: run } = useTranslation('training');
  const format = useFormat();
  const message = useErrorMessage();
  return useCallback(
    (step) => {
      const changes = changesOf(step);
      const none = t('nothing');
      const names = step.names as Record<string, string>;
      const named = (id: unknown): string => (typeof id === 'string' ? (names[id] ?? t('gone')) : none);

      const valueOf = (field: SetField, value: unknown): string => {
        if (field.kind === 'WORD') return isOne(field.words, value) ? wordOf(ticket, field, value) : none;
        if (field.kind === 'DAY') return format.date(String(value));
        if (field.kind === 'HOURS') return format.number(Number(value));
        return field.kind === 'PERSON' || field.kind === 'PARENT' ? named(value) : String(value);
      };
      const ofField = (name: string, { from, to }: Change): string[] => {
        if (name === 'columnId') {
          if (from === null) return [t('placed', { to: named(to) })];
          if (to === null) return [t('takenOff', { from: named(from) })];
          return from === to ? [] : [t('moved', { from: named(from), to: named(to) })];
        }
        if (name === 'sprintId') {
          if (from === null) return [t('intoSprint', { to: named(to) })];
          return [to === null ? t('outOfSprint', { from: named(from) }) : t('betweenSprints', { from: named(from), to: named(to) })];
        }
        if (name === 'check') return [to === null ? t('unchecked', { text: from }) : t('checked', { text: to })];
        // A move says its column, which says the state; how it ended says that it is done.
        if (name === 'state')
          return changes.columnId || !isOne(TICKET_STATES, to) || isDropped(changes.resolution?.to) ? [] : [t(`state.${to as TicketState}`)];
        if (name === 'resolution') {
          if (isDropped(to)) return [t(`resolution.${to}`)];
          return to === 'DONE' && from !== null ? [t('state.DONE')] : [];
        }
        const side = LINK_SIDES.find((one) => LINK_FIELDS[one] === name);
        if (side) {
          const other = names[String(to ?? from)] ?? ticket('linked.hidden');
          return [ticket(`${to === null ? 'unlinked' : 'linked'}.${side}`, { key: other })];
        }
        const field = SET_FIELDS.find(({ as }) => as === name);
        if (!field) return [];
        if (field.kind === 'LABELS') {
          const before = Array.isArray(from) ? from : [];
          const after = Array.isArray(to) ? to : [];
          const added = after.filter((id) => !before.includes(id)).map(named);
          const removed = before.filter((id) => !after.includes(id)).map(named);
          return [
            ...(added.length > 0 ? [t('labelsAdded', { names: added.join(', ') })] : []),
            ...(removed.length > 0 ? [t('labelsRemoved', { names: removed.join(', ') })] : []),
          ];
        }
        if (to === null && field.initial === null) return [ticket(`cleared.${field.name}`)];
        return [ticket(`history.${field.name}`, { to: valueOf(field, to), ...(typeof to === 'number' && { count: to }) })];
      };

      if (step.entity === 'COMMENT') {
        if (step.action === 'CREATED') return [t('commented')];
        return [step.action === 'DELETED' ? t('commentDeleted') : t('commentEdited')];
      }
      if (step.entity === 'ATTACHMENT') {
        if (step.action === 'DELETED') return [t('fileDeleted', { name: changes.name?.from })];
        return [t(changes.restored ? 'fileRestored' : 'fileAttached', { name: changes.name?.to })];
      }
      if (step.entity === 'RUN') {
        if (step.action === 'CREATED') return [t('runQueued')];
        const state = changes.state?.to;
        return isOne(RUN_STATES, state) && isEnded(state as RunState) ? [t('runState', { state: run(`state.${state as RunState}`) })] : [];
      }
      if (step.entity === 'RULE') {
        const outcome = changes.fired?.to;
        if (outcome === 'REFUSED') return [t('ruleRefused', { why: message(changes.reason?.to) })];
        if (outcome === 'LOOP') return [t('ruleLoop')];
        return changes.notified ? [t('ruleTold')] : [];
      }
      if (step.entity !== 'TICKET') return [];
      if (step.action === 'CREATED') return [t('created')];
      if (step.action === 'DELETED') return [t('deleted')];
      const said = Object.entries(changes).flatMap(([field, change]) => ofField(field, change));
      return said.length === 0 && step.action === 'MOVED' ? [t('reordered')] : said;
    },
    [t, ticket, run, format, message],
  );
}

const isDropped = (value: unknown): value is 'CANCELLED' | 'DUPLICATE' => value === 'CANCELLED' || value === 'DUPLICATE';

function isOne(values: readonly string[], value: unknown): value is string {
  return typeof value === 'string' && values.includes(value);
}

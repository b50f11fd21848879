import {
  isEnded,
  LIFECYCLE_STAGES,
  RUN_STATES,
  TICKET_STATES,
  TICKET_TYPES,
  type LifecycleStage,
  type RunState,
  type TicketState,
  type TicketType,
} from '@trainyard/domain';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketHistoryQuery } from './activity.generated.ts';

type Step = NonNullable<TicketHistoryQuery['ticket']>['activity']['nodes'][number];
type Change = { from: unknown; to: unknown };

function changesOf({ changes }: Step): Record<string, Change> {
  return typeof changes === 'object' && changes !== null ? (changes as Record<string, Change>) : {};
}

/** Says a step of the log in words that follow the actor's name: "moved this from To do to Doing". */
export function useHistoryWords(): (step: Step) => string[] {
  const { t } = useTranslation('activity');
  const { t: ticket } = useTranslation('ticket');
  const { t: run } = useTranslation('training');
  return useCallback(
    (step) => {
      const changes = changesOf(step);
      const none = t('nothing');
      const names = step.names as Record<string, string>;
      const named = (id: unknown): string => (typeof id === 'string' ? (names[id] ?? t('gone')) : none);

      const ofField = (field: string, { from, to }: Change): string[] => {
        switch (field) {
          case 'columnId':
            if (from === null) return [t('placed', { to: named(to) })];
            return from === to ? [] : [t('moved', { from: named(from), to: named(to) })];
          case 'state':
            // A move says its column, which says the state.
            return changes.columnId || !isOne(TICKET_STATES, to) ? [] : [t(`state.${to as TicketState}`)];
          case 'title':
            return [t('renamed', { to: String(to) })];
          case 'description':
            return [t('description')];
          case 'type':
            return [t('type', { to: isOne(TICKET_TYPES, to) ? ticket(`type.${to as TicketType}`) : none })];
          case 'stage':
            return [to === null ? t('stageCleared') : t('stage', { to: isOne(LIFECYCLE_STAGES, to) ? ticket(`stage.${to as LifecycleStage}`) : none })];
          case 'points':
            return [typeof to === 'number' ? t('points', { to }) : t('pointsCleared')];
          case 'assigneeId':
            return [to === null ? t('unassigned') : t('assigned', { to: named(to) })];
          case 'labelIds': {
            const before = Array.isArray(from) ? from : [];
            const after = Array.isArray(to) ? to : [];
            const added = after.filter((id) => !before.includes(id)).map(named);
            const removed = before.filter((id) => !after.includes(id)).map(named);
            return [
              ...(added.length > 0 ? [t('labelsAdded', { names: added.join(', ') })] : []),
              ...(removed.length > 0 ? [t('labelsRemoved', { names: removed.join(', ') })] : []),
            ];
          }
          default:
            return [];
        }
      };

      if (step.entity === 'COMMENT') {
        if (step.action === 'CREATED') return [t('commented')];
        return [step.action === 'DELETED' ? t('commentDeleted') : t('commentEdited')];
      }
      if (step.entity === 'RUN') {
        if (step.action === 'CREATED') return [t('runQueued')];
        const state = changes.state?.to;
        return isOne(RUN_STATES, state) && isEnded(state as RunState) ? [t('runState', { state: run(`state.${state as RunState}`) })] : [];
      }
      if (step.entity !== 'TICKET') return [];
      if (step.action === 'CREATED') return [t('created')];
      if (step.action === 'DELETED') return [t('deleted')];
      const said = Object.entries(changes).flatMap(([field, change]) => ofField(field, change));
      return said.length === 0 && step.action === 'MOVED' ? [t('reordered')] : said;
    },
    [t, ticket, run],
  );
}

function isOne(values: readonly string[], value: unknown): boolean {
  return typeof value === 'string' && values.includes(value);
}

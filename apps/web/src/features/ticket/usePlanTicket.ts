import { useMutation, useQuery } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import { TOGETHER } from '../../apollo-together.ts';
import { offerUndo } from '../shell/offer-undo.tsx';
import { useToast } from '../shell/useToast.ts';
import { OpenSprintsDocument, PlanTicketDocument, type OpenSprintsQuery } from './ticket.generated.ts';

export type OpenSprint = NonNullable<OpenSprintsQuery['project']>['sprints'][number];

/** The sprints of a project that a ticket can be put into. */
export function useOpenSprints(projectId: string): readonly OpenSprint[] {
  const { data } = useQuery(OpenSprintsDocument, {
    variables: { id: projectId },
    fetchPolicy: 'cache-and-network',
    context: TOGETHER,
    notifyOnNetworkStatusChange: false,
  });
  return data?.project?.sprints ?? [];
}

/** Puts a ticket into a sprint, or into none, and offers to take that back. */
export function usePlanTicket(): (ticket: { id: string; key: string; sprintId: string | null }, sprint: { id: string; name: string } | null) => Promise<void> {
  const { t } = useTranslation('ticket');
  const toast = useToast();
  const [plan] = useMutation(PlanTicketDocument);
  return async ({ id, key, sprintId }, sprint) => {
    try {
      await plan({ variables: { id, sprintId: sprint?.id ?? null } });
      offerUndo(`sprint-${id}`, sprint ? t('sprint.put', { key, name: sprint.name }) : t('sprint.taken', { key }), () =>
        plan({ variables: { id, sprintId } }).catch(toast.failed),
      );
    } catch (error) {
      toast.failed(error);
    }
  };
}

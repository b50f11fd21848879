import { useApolloClient, useMutation } from '@apollo/client/react';
import { Button, Menu } from '@mantine/core';
import { IconArrowBarToDown, IconArrowBarToUp, IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { SelectionBar } from '../lists/SelectionBar.tsx';
import type { RowSelection } from '../lists/useRowSelection.ts';
import { offerUndo } from '../shell/offer-undo.tsx';
import { useToast } from '../shell/useToast.ts';
import { TicketRowFragmentDoc, TicketsDocument } from '../ticket/tickets.generated.ts';
import type { ShownLists } from './shown-lists.ts';
import { BacklogDocument, PlanTicketsDocument, RankTicketsDocument, type SprintHeadFragment } from './sprints.generated.ts';

export interface PlanBarProps {
  sprints: readonly SprintHeadFragment[];
  selection: RowSelection;
  lists: ShownLists;
}

/** Where the tickets that were ticked go: to a sprint, to the backlog, to the top or the bottom; all at once, and back by one press. */
export function PlanBar({ sprints, selection, lists }: PlanBarProps) {
  const { t } = useTranslation('sprint');
  const format = useFormat();
  const client = useApolloClient();
  const toast = useToast();
  const again = { refetchQueries: [TicketsDocument, BacklogDocument], awaitRefetchQueries: true };
  const [plan, { loading: planning }] = useMutation(PlanTicketsDocument, again);
  const [rank, { loading: ranking }] = useMutation(RankTicketsDocument, again);
  const ids = [...selection.selected];
  const points = ids.reduce(
    (sum, id) => sum + (client.cache.readFragment({ id: client.cache.identify({ __typename: 'Ticket', id }), fragment: TicketRowFragmentDoc })?.points ?? 0),
    0,
  );

  /** In which list each of them is now, in its order. */
  const placesOf = (): [sprintId: string | null, ids: string[]][] =>
    [...sprints.map(({ id }) => id), null].map((sprintId) => [sprintId, lists.in(sprintId).filter((id) => selection.selected.has(id))]);
  const move = async (sprintId: string | null, name: string): Promise<void> => {
    const before = placesOf();
    const moved = ids.length;
    try {
      await plan({ variables: { ids, sprintId } });
    } catch (error) {
      toast.failed(error);
      return;
    }
    selection.clear();
    offerUndo('plan', t('backlog.moved', { count: moved, to: name }), async () => {
      for (const [from, those] of before)
        if (from !== sprintId && those.length > 0) await plan({ variables: { ids: those, sprintId: from } }).catch(toast.failed);
    });
  };
  /** In the order in which they stand. */
  const place = async (where: 'TOP' | 'BOTTOM'): Promise<void> => {
    const order = placesOf().flatMap(([, those]) => those);
    const last = where === 'TOP' ? null : (lists.in(null).findLast((id) => !selection.selected.has(id)) ?? null);
    try {
      await rank({ variables: { ids: order, afterId: last } });
      selection.clear();
      toast.done(t('backlog.ranked'));
    } catch (error) {
      toast.failed(error);
    }
  };
  const isBusy = planning || ranking;
  return (
    <SelectionBar count={ids.length} onClear={selection.clear}>
      <span>{t('backlog.selected', { points: format.number(points) })}</span>
      <Menu position="top-start">
        <Menu.Target>
          <Button size="compact-sm" variant="default" loading={isBusy} leftSection={<IconArrowRight size={14} aria-hidden="true" />}>
            {t('backlog.moveTo')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {sprints.map(({ id, name }) => (
            <Menu.Item key={id} onClick={() => void move(id, name)}>
              {name}
            </Menu.Item>
          ))}
          <Menu.Item onClick={() => void move(null, t('backlog.toBacklog'))}>{t('backlog.toBacklog')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Button
        size="compact-sm"
        variant="default"
        disabled={isBusy}
        leftSection={<IconArrowBarToUp size={14} aria-hidden="true" />}
        onClick={() => void place('TOP')}
      >
        {t('backlog.toTop')}
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        disabled={isBusy}
        leftSection={<IconArrowBarToDown size={14} aria-hidden="true" />}
        onClick={() => void place('BOTTOM')}
      >
        {t('backlog.toBottom')}
      </Button>
    </SelectionBar>
  );
}

import { skipToken, useApolloClient, useQuery } from '@apollo/client/react';
import { LIFECYCLE_STAGES, type LaneField } from '@trainyard/domain';
import { useMemo, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { CardFieldsFragmentDoc } from '../../ticket/card.generated.ts';
import { BoardPeopleDocument, type BoardFrameFragment } from '../board.generated.ts';
import type { BoardModel } from '../model/board-model.ts';
import { cellOf, type Lane } from '../model/cells.ts';

/** A lane as it is told. */
export interface LaneHead {
  key: Lane;
  name: string;
  /** Of a label. */
  color?: string;
}

const NONE: readonly LaneHead[] = [];

/** The lanes of a board from the top: by name or in the order of stages, last the one of nothing. None: it is not grouped. */
export function useLanes(model: BoardModel, frame: BoardFrameFragment, by: LaneField | undefined): readonly LaneHead[] {
  const { t } = useTranslation('board');
  const { t: ticket } = useTranslation('ticket');
  const client = useApolloClient();
  const keys = useSyncExternalStore(
    (listener) => model.subscribeAll(listener),
    () => model.lanes(),
  );
  const { data } = useQuery(BoardPeopleDocument, by === 'ASSIGNEE' ? { variables: { id: frame.id } } : skipToken);
  const people = data?.board?.lanes;
  const { labels } = frame.project;
  return useMemo(() => {
    if (!by) return NONE;
    /** Of somebody whom a card has just been given to. */
    const nameOnCard = (key: string): string => {
      const id = frame.columns.flatMap((column) => model.view(cellOf(column.id, key)).entries[0]?.id ?? [])[0];
      const from = { id: client.cache.identify({ __typename: 'Ticket', id: id ?? '' }), fragment: CardFieldsFragmentDoc, fragmentName: 'CardFields' };
      return client.cache.readFragment(from)?.assignee?.name ?? '';
    };
    const headOf = (key: Lane): LaneHead => {
      if (key === null) return { key, name: t(`lanes.none.${by}`) };
      if (by === 'STAGE') return { key, name: ticket(`stage.${key as 'DATA'}`) };
      if (by === 'ASSIGNEE') return { key, name: people?.find((one) => one.key === key)?.name ?? nameOnCard(key) };
      const label = labels.find(({ id }) => id === key);
      return { key, name: label?.name ?? '', ...(label && { color: label.color }) };
    };
    return inOrder(by, keys.map(headOf));
  }, [by, client, frame.columns, keys, labels, model, people, t, ticket]);
}

export function inOrder(by: LaneField, heads: readonly LaneHead[]): LaneHead[] {
  const stages: readonly (string | null)[] = LIFECYCLE_STAGES;
  return heads.toSorted((a, b) => {
    if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
    if (by === 'STAGE') return stages.indexOf(a.key) - stages.indexOf(b.key);
    return a.name.localeCompare(b.name) || (a.key < b.key ? -1 : 1);
  });
}

import type { ApolloClient } from '@apollo/client';
import { BoardLanesDocument, type LaneCountsFragment } from '../board.generated.ts';
import type { Asked, CellPage, Head } from './board-model.ts';
import { cellOf } from './cells.ts';

/** What the counts of lanes say of their cells: how many cards, and none of them. A cell without any is empty. */
export function cellsIn({ columns, lanes }: LaneCountsFragment): { pages: CellPage[]; heads: Head[] } {
  const heads = columns.map(({ id, tickets: { all, seq } }) => ({ columnId: id, all, seq }));
  const pages = lanes.flatMap(({ key, seq, columns: counted }) =>
    heads.map(({ columnId }) => {
      const total = counted.find((one) => one.columnId === columnId)?.total ?? 0;
      return { columnId: cellOf(columnId, key), page: { offset: 0, total, seq, cards: [] } };
    }),
  );
  return { pages, heads };
}

/** The counts of the lanes that are asked for; null where there is no such board. */
export async function readLanes(client: ApolloClient, boardId: string, { by, ...asked }: Asked): Promise<LaneCountsFragment | null> {
  if (!by) throw new Error('A board without lanes has no counts of them');
  const { data } = await client.query({ query: BoardLanesDocument, variables: { id: boardId, by, ...asked }, fetchPolicy: 'no-cache' });
  return data?.board ?? null;
}

import type { ApolloClient } from '@apollo/client';
import { BoardMatchesDocument } from '../board.generated.ts';
import { cellOf } from './cells.ts';
import type { Asked } from './board-model.ts';
import type { CardMatch } from './board-news.ts';

/** Of these tickets the ones that lie on the board, and whether they are asked for. */
export async function readMatches(client: ApolloClient, boardId: string, ids: readonly string[], asked: Asked): Promise<readonly CardMatch[]> {
  const { data } = await client.query({ query: BoardMatchesDocument, variables: { id: boardId, ids: [...ids], by: null, ...asked }, fetchPolicy: 'no-cache' });
  return (data?.board?.matches ?? []).map(({ lane, ...match }) => ({ ...match, columnId: cellOf(match.columnId, asked.by ? lane : undefined) }));
}

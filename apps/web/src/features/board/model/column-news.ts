import type { ApolloCache } from '@apollo/client';
import { ColumnHeadFragmentDoc, type ColumnNewsFragment } from '../board.generated.ts';

export function writeColumnNews(cache: ApolloCache, batch: readonly Pick<ColumnNewsFragment, 'columns'>[]): void {
  for (const column of batch.flatMap(({ columns }) => columns)) {
    cache.writeFragment({ id: cache.identify(column), fragment: ColumnHeadFragmentDoc, data: column });
  }
}

import { newsPart } from '../../activity/news.ts';
import { ColumnHeadFragmentDoc, ColumnNewsFragmentDoc } from '../board.generated.ts';

export const columnNews = newsPart(ColumnNewsFragmentDoc, (cache, sent) => {
  for (const column of sent.flatMap(({ columns }) => columns)) {
    cache.writeFragment({ id: cache.identify(column), fragment: ColumnHeadFragmentDoc, data: column });
  }
});

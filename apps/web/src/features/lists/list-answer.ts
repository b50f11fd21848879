import type { ListAnswer } from './ListPage.tsx';

export const PAGE = 50;

/** What Apollo gives of a list; `connection` is the newest there is, of this query or of the one before. */
export function listAnswer<Row>(
  {
    data,
    error,
    refetch,
    fetchMore,
  }: { data?: unknown; error?: unknown; refetch: () => unknown; fetchMore: (options: { variables: { after: string | null } }) => Promise<unknown> },
  connection: ListAnswer<Row>['connection'],
): ListAnswer<Row> {
  return { connection, isOld: data === undefined && connection !== undefined, error, refetch, fetchMore: (after) => fetchMore({ variables: { after } }) };
}

import { ApolloLink, gql, Observable } from '@apollo/client';
import { createClient } from './apollo-cache.ts';
import { TYPE_POLICIES } from './rooms.ts';

const QUERY = gql`
  query Datasets($first: Int!, $after: String) {
    datasets(first: $first, after: $after) {
      nodes {
        id
      }
      pageInfo {
        endCursor
        hasNextPage
      }
    }
  }
`;
type Answer = { datasets: { nodes: { id: string }[] } };

it('shows what came while the same page is on its way once more: news of a change comes beside the answer to it', async () => {
  const rows = ['a'];
  const answers: (() => void)[] = [];
  const link = new ApolloLink(
    () =>
      new Observable((observer) => {
        answers.push(() => {
          const nodes = rows.map((id) => ({ __typename: 'Dataset', id }));
          observer.next({
            data: { datasets: { __typename: 'DatasetConnection', nodes, pageInfo: { __typename: 'PageInfo', endCursor: rows.at(-1), hasNextPage: false } } },
          });
          observer.complete();
        });
      }),
  );
  const shown: string[] = [];
  // Two requests of one kind at a time would be one.
  const list = createClient(link, TYPE_POLICIES).watchQuery<Answer>({
    query: QUERY,
    variables: { first: 50 },
    fetchPolicy: 'cache-and-network',
    context: { queryDeduplication: false },
  });
  list.subscribe(({ data }) => void shown.push((data as Answer | undefined)?.datasets.nodes.map(({ id }) => id).join() ?? ''));
  answers.shift()?.();
  await settled();
  expect(shown.at(-1)).toBe('a');

  rows.push('b');
  const [first, second] = [list.fetchMore({ variables: { first: 100, after: null } }), list.fetchMore({ variables: { first: 100, after: null } })];
  answers.shift()?.();
  await first;
  await settled();
  answers.shift()?.();
  await second;
  await settled();
  expect(shown.at(-1)).toBe('a,b');
});

/** Apollo Client tells of a change of its cache in the next turn. */
const settled = (): Promise<void> => new Promise((done) => setTimeout(done, 0));

import { ApolloLink, gql } from '@apollo/client';
import { Observable, type Subscriber } from 'rxjs';
import { createClient } from './apollo-cache.ts';

const QUERY = gql`
  query Files($id: ID!) {
    files(id: $id)
  }
`;

type Files = { files: string };

/** A server whose answers the test gives, each to one request, in whatever order. */
function server() {
  const requests: Subscriber<ApolloLink.Result>[] = [];
  const link = new ApolloLink(() => new Observable((observer) => void requests.push(observer)));
  const client = createClient(link, []);
  const shown: unknown[] = [];
  client.watchQuery<Files>({ query: QUERY, variables: { id: 't' }, fetchPolicy: 'cache-only' }).subscribe(({ data }) => void shown.push(data?.files));
  return {
    requests,
    shown,
    ask: (id = 't') => client.query<Files>({ query: QUERY, variables: { id }, fetchPolicy: 'network-only' }).then(({ data }) => data?.files),
    answer(which: number, files: string) {
      requests[which]?.next({ data: { files } });
      requests[which]?.complete();
    },
  };
}
const moment = (): Promise<void> => new Promise((done) => setTimeout(done, 0));

it('asks once more for what happened since the question that is on its way', async () => {
  const { ask, answer, requests, shown } = server();
  const first = ask();
  await moment();
  const second = ask();
  expect(requests).toHaveLength(2);
  answer(0, 'one');
  answer(1, 'one, two');
  expect(await Promise.all([first, second])).toEqual(['one', 'one, two']);
  await moment();
  expect(shown.at(-1)).toBe('one, two');
});

it('shows what the later answer says when the earlier one comes behind it', async () => {
  const { ask, answer, shown } = server();
  const first = ask();
  await moment();
  const second = ask();
  answer(1, 'one, two');
  expect(await second).toBe('one, two');
  answer(0, 'one');
  expect(await first).toBe('one, two');
  await moment();
  expect(shown.at(-1)).toBe('one, two');
});

it('keeps an answer when a later question fails, and nothing once all are answered', async () => {
  const { ask, answer, requests } = server();
  const first = ask();
  await moment();
  const second = ask();
  requests[1]?.error(new TypeError('Failed to fetch'));
  await expect(second).rejects.toThrow('Failed to fetch');
  answer(0, 'one');
  expect(await first).toBe('one');
  const third = ask();
  answer(2, 'three');
  expect(await third).toBe('three');
});

it('asks one question of one moment once, and another by itself', async () => {
  const { ask, answer, requests } = server();
  const same = [ask(), ask()];
  const other = ask('u');
  expect(requests).toHaveLength(2);
  answer(0, 'one');
  answer(1, 'other');
  expect(await Promise.all([...same, other])).toEqual(['one', 'one', 'other']);
});

import { ApolloLink, gql, type OperationVariables } from '@apollo/client';
import { GraphQLError, print, validate, buildSchema } from 'graphql';
import { Observable, type Subscriber } from 'rxjs';
import { createClient } from './apollo-cache.ts';
import { TOGETHER, togetherLink } from './apollo-together.ts';

const SCHEMA = buildSchema(
  'type Query { ticket(id: ID!): Ticket } type Ticket { id: ID! files(first: Int): [String!]! steps(first: Int, after: String): [String!]! title: String! }',
);
const FILES = gql`
  query Files($id: ID!) {
    ticket(id: $id) {
      id
      ...Names @unmask
    }
  }
  fragment Names on Ticket {
    files
  }
`;
const STEPS = gql`
  query Steps($id: ID!, $first: Int!, $after: String) {
    ticket(id: $id) {
      id
      steps(first: $first, after: $after)
    }
  }
`;
const MORE = gql`
  query More($id: ID!, $first: Int!, $after: String) {
    ticket(id: $id) {
      id
      files(first: $first)
      title
    }
  }
`;

/** A server that answers when the test says so. */
function server() {
  const requests: { operation: ApolloLink.Operation; subscriber: Subscriber<ApolloLink.Result>; isOver: boolean }[] = [];
  const end = new ApolloLink(
    (operation) =>
      new Observable((subscriber) => {
        const request = { operation, subscriber, isOver: false };
        requests.push(request);
        return () => void (request.isOver = true);
      }),
  );
  const client = createClient(ApolloLink.from([togetherLink(), end]), []);
  return {
    requests,
    names: () => requests.map(({ operation }) => operation.operationName),
    ask: (query: typeof FILES, variables: OperationVariables, context: object = TOGETHER) =>
      client.query({ query, variables, context, fetchPolicy: 'network-only' }),
    watch: (query: typeof FILES, variables: OperationVariables) =>
      client.watchQuery({ query, variables, context: TOGETHER, fetchPolicy: 'network-only' }).subscribe(() => undefined),
    answer(which: number, result: ApolloLink.Result) {
      requests[which]?.subscriber.next(result);
      requests[which]?.subscriber.complete();
    },
  };
}
const moment = (): Promise<void> => new Promise((done) => setTimeout(done, 0));
const TICKET = { __typename: 'Ticket', id: 't', files: ['a.txt'], steps: ['made'], title: 'T' };

it('sends what is asked at one moment of one thing as one query, and gives each what it asked for', async () => {
  const { requests, names, ask, answer } = server();
  const both = [ask(FILES, { id: 't' }), ask(STEPS, { id: 't', first: 50 })];
  await moment();
  expect(names()).toEqual(['Files_Steps']);
  const { query, variables } = requests[0]!.operation;
  expect(validate(SCHEMA, query)).toEqual([]);
  expect(print(query).match(/ticket\(/g)).toHaveLength(1);
  expect(variables).toEqual({ id: 't', first: 50 });
  answer(0, { data: { ticket: TICKET } });
  const [files, steps] = (await Promise.all(both)).map(({ data }) => data);
  expect(files).toEqual({ ticket: { __typename: 'Ticket', id: 't', files: ['a.txt'] } });
  expect(steps).toEqual({ ticket: { __typename: 'Ticket', id: 't', steps: ['made'] } });
});

it.each([
  ['of another thing', FILES, { id: 'other' }, TOGETHER],
  ['at another page, which the first names too and leaves open', MORE, { id: 't', first: 50, after: 'x' }, TOGETHER],
  ['not marked', FILES, { id: 't' }, {}],
])('sends alone what is %s', async (_, query, variables, context) => {
  const { names, ask } = server();
  void ask(STEPS, { id: 't', first: 50 });
  void ask(query, variables, context);
  await moment();
  expect(names().toSorted()).toEqual([query === MORE ? 'More' : 'Files', 'Steps']);
});

it('sends apart what means different things by one name', async () => {
  const { names, ask } = server();
  void ask(MORE, { id: 't', first: 50 });
  void ask(
    gql`
      query Few($id: ID!) {
        ticket(id: $id) {
          id
          files(first: 1)
        }
      }
    `,
    { id: 't' },
  );
  await moment();
  expect(names()).toEqual(['More', 'Few']);
});

it('asks part by part after an error, so that each says its own', async () => {
  const { names, ask, answer } = server();
  const files = ask(FILES, { id: 't' });
  const steps = ask(STEPS, { id: 't', first: 50 });
  await moment();
  answer(0, { data: { ticket: null }, errors: [new GraphQLError('steps are out of order')] });
  expect(names()).toEqual(['Files_Steps', 'Files', 'Steps']);
  answer(1, { data: { ticket: TICKET } });
  answer(2, { errors: [new GraphQLError('steps are out of order')] });
  expect((await files).data).toEqual({ ticket: { __typename: 'Ticket', id: 't', files: ['a.txt'] } });
  await expect(steps).rejects.toThrow('steps are out of order');
});

it('breaks off what nobody waits for any more, and only that', async () => {
  const { requests, watch } = server();
  const files = watch(FILES, { id: 't' });
  const steps = watch(STEPS, { id: 't', first: 50 });
  await moment();
  files.unsubscribe();
  expect(requests[0]?.isOver).toBe(false);
  steps.unsubscribe();
  expect(requests[0]?.isOver).toBe(true);
});

it('fails all whose request failed', async () => {
  const { requests, ask } = server();
  const both = [ask(FILES, { id: 't' }), ask(STEPS, { id: 't', first: 50 })];
  await moment();
  requests[0]?.subscriber.error(new TypeError('Failed to fetch'));
  expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(requests).toHaveLength(1);
});

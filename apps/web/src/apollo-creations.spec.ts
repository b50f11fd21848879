import { ApolloClient, ApolloLink, InMemoryCache, type DocumentNode } from '@apollo/client';
import { buildSchema, parse, validate } from 'graphql';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Observable } from 'rxjs';
import { creationLink } from './apollo-creations.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/;
const COMMENT = parse('mutation AddComment($ticketId: ID!, $body: String!, $id: ID) { addComment(ticketId: $ticketId, body: $body, id: $id) { id } }');
const TICKET = parse('mutation CreateTicket($input: CreateTicketInput!) { createTicket(input: $input) { id } }');
const RENAME = parse('mutation UpdateLabel($id: ID!, $input: UpdateLabelInput!) { updateLabel(id: $id, version: 1, input: $input) { id } }');

/** What the server is sent, and whether its answer arrives. */
function server(): {
  send: (mutation: DocumentNode, variables: object) => Promise<unknown>;
  sent: Record<string, unknown>[];
  answer: 'LOST' | 'DONE' | 'REFUSED';
} {
  const sent: Record<string, unknown>[] = [];
  const http = new ApolloLink(({ variables }) => {
    sent.push(variables);
    return new Observable((observer) => {
      if (state.answer === 'LOST') return observer.error(new TypeError('Failed to fetch'));
      observer.next(state.answer === 'DONE' ? { data: { made: null } } : { data: null, errors: [{ message: 'no' }] });
      observer.complete();
    });
  });
  const client = new ApolloClient({ link: ApolloLink.from([creationLink(), http]), cache: new InMemoryCache() });
  const state = {
    sent,
    answer: 'DONE' as 'LOST' | 'DONE' | 'REFUSED',
    send: (mutation: DocumentNode, variables: object) => client.mutate({ mutation, variables, fetchPolicy: 'no-cache' }).catch(() => null),
  };
  return state;
}

it('sends one id while answers are lost, and another for the next of the same words', async () => {
  const one = server();
  const words = { ticketId: 't', body: 'Looks good' };
  one.answer = 'LOST';
  await one.send(COMMENT, words);
  await one.send(COMMENT, words);
  one.answer = 'DONE';
  await one.send(COMMENT, words);
  await one.send(COMMENT, words);
  const ids = one.sent.map(({ id }) => id);
  expect(ids[0]).toMatch(UUID);
  expect([ids[1], ids[2], ids[3] === ids[0]]).toEqual([ids[0], ids[0], false]);
});

it('sends another id with other content, and the same after a refusal', async () => {
  const one = server();
  one.answer = 'LOST';
  await one.send(TICKET, { input: { title: 'a' } });
  await one.send(TICKET, { input: { title: 'b' } });
  one.answer = 'REFUSED';
  await one.send(TICKET, { input: { title: 'a' } });
  await one.send(TICKET, { input: { title: 'a' } });
  const ids = one.sent.map(({ input }) => (input as { id: string }).id);
  expect(ids[0]).toMatch(UUID);
  expect([ids[1] === ids[0], ids[2] === ids[0], ids[3] === ids[0]]).toEqual([false, true, true]);
});

it('leaves alone what changes a thing that is there', async () => {
  const one = server();
  await one.send(RENAME, { id: 'label', input: { name: 'x' } });
  expect(one.sent).toEqual([{ id: 'label', input: { name: 'x' } }]);
});

it('finds where the id goes in every mutation of the app that makes a thing', async () => {
  const files = globSync(join(import.meta.dirname, '**/*.graphql'));
  const mutations = files.flatMap((file) =>
    parse(readFileSync(file, 'utf8')).definitions.filter(
      (one) =>
        one.kind === 'OperationDefinition' &&
        one.operation === 'mutation' &&
        one.selectionSet.selections.some((field) => field.kind === 'Field' && /^(add|create|queue)[A-Z]/.test(field.name.value)),
    ),
  );
  expect(mutations.length).toBeGreaterThanOrEqual(14);
  const schema = buildSchema(readFileSync(join(import.meta.dirname, '../../../schema.graphql'), 'utf8'));
  for (const mutation of mutations) {
    const one = server();
    await one.send({ kind: 'Document', definitions: [mutation] } as DocumentNode, {});
    const { id, input } = one.sent[0] as { id?: string; input?: { id?: string } };
    expect(id ?? input?.id).toMatch(UUID);
    // and passes it on
    const faults = validate(schema, { kind: 'Document', definitions: [mutation] } as DocumentNode).filter(({ message }) => message.includes('never used'));
    expect(faults).toEqual([]);
  }
});

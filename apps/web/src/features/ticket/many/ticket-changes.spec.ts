import { ApolloClient, ApolloLink, InMemoryCache, Observable } from '@apollo/client';
import { buildSentTicket, buildTicketRow } from '../../../../test/build-ticket.ts';
import { TicketRowFragmentDoc } from '../tickets.generated.ts';
import type { ChangeTicketsMutationVariables } from './change-tickets.generated.ts';
import { TicketChanges, type ManyDone } from './ticket-changes.ts';

const IDS = ['a', 'b'];

/** Two tickets, and a server that refuses what was made from another version, as the real one does. */
function build() {
  const one = (id: string) => Object.assign({ columnId: 'todo' }, buildSentTicket(), buildTicketRow({ id, key: `NLP-${id}` }));
  const server = new Map(IDS.map((id): [string, ReturnType<typeof one>] => [id, one(id)]));
  const sent: unknown[] = [];
  const link = new ApolloLink(({ variables }) => {
    const { changes } = variables as ChangeTicketsMutationVariables;
    sent.push(changes);
    const changeTickets = [changes].flat().map(({ id, version, values }) => {
      const was = server.get(id)!;
      const answer = { __typename: 'ChangedTicket', id, params: null, became: {}, columnBefore: 'todo', afterBefore: null };
      if (version != null && version !== was.version)
        return { ...answer, outcome: 'REFUSED', code: 'STALE_VERSION', params: { ticket: was.key }, changes: {}, ticket: was };
      const labelIds = [...((values?.labelIds as readonly string[] | undefined) ?? was.labelIds)];
      const ticket = { ...was, labelIds, version: was.version + 1 };
      server.set(id, ticket);
      return { ...answer, outcome: 'CHANGED', code: null, changes: values ? { labelIds: { from: was.labelIds, to: labelIds } } : {}, ticket };
    });
    return new Observable((observer) => {
      setTimeout(() => {
        observer.next({ data: { changeTickets } });
        observer.complete();
      });
    });
  });
  const client = new ApolloClient({ cache: new InMemoryCache(), link });
  for (const data of server.values()) client.cache.writeFragment({ fragment: TicketRowFragmentDoc, fragmentName: 'TicketRow', data });
  const labels = (): string[] => IDS.map((id) => server.get(id)!.labelIds.join());
  return { changes: new TicketChanges(client), server, labels, sent };
}
const label = (changes: TicketChanges, labelId: string): Promise<ManyDone> => changes.do(IDS, { kind: 'LABEL', labelId, on: true });

describe('what was done with many tickets', () => {
  it('is taken back step by step, also without a pause', async () => {
    const { changes, labels, sent } = build();
    const steps: ManyDone[] = [];
    for (const labelId of ['x', 'y', 'z']) steps.push(await label(changes, labelId));
    expect(labels()).toEqual(['x,y,z', 'x,y,z']);
    expect((await steps[2]!.takeBack()).changed.map(({ id }) => id)).toEqual(['b', 'a']);
    expect(labels()).toEqual(['x,y', 'x,y']);
    await Promise.all([steps[1]!.takeBack(), steps[0]!.takeBack()]);
    expect(labels()).toEqual(['', '']);
    // what was not set is never sent
    expect(sent[0]).toEqual(IDS.map((id) => ({ id, version: 1, values: { labelIds: ['x'] } })));
  });

  it('is taken back also where they were deleted and restored meanwhile', async () => {
    const { changes, labels } = build();
    const set = await label(changes, 'x');
    const gone = await changes.do(IDS, { kind: 'DELETE' });
    await gone.takeBack();
    await set.takeBack();
    expect(labels()).toEqual(['', '']);
  });

  it('stays where somebody else has changed one since, which is named; the others are as they were', async () => {
    const { changes, labels, server } = build();
    const done = await label(changes, 'x');
    const b = server.get('b')!;
    server.set('b', { ...b, labelIds: ['x', 'theirs'], version: b.version + 1 });
    const back = await done.takeBack();
    expect(back.changed.map(({ id }) => id)).toEqual(['a']);
    expect(back.refused).toEqual([{ id: 'b', key: 'NLP-b', code: 'STALE_VERSION', params: { ticket: 'NLP-b' } }]);
    expect(labels()).toEqual(['', 'x,theirs']);
  });
});

import { ApolloClient, ApolloLink, InMemoryCache, Observable } from '@apollo/client';
import { GraphQLError } from 'graphql';
import { jest } from '@jest/globals';
import { buildSentTicket } from '../../../../test/build-ticket.ts';
import { SentTicketFragmentDoc } from '../../ticket/card.generated.ts';
import { BoardModel } from '../model/board-model.ts';
import { BoardMoves } from '../model/board-moves.ts';
import type { WindowLoader } from '../model/window-loader.ts';
import type { ChangeTicketsMutationVariables } from './change-tickets.generated.ts';
import { TicketChanges } from './ticket-changes.ts';

const IDS = ['a', 'b'];

/** Two cards, and a server that refuses what was made from another version, as the real one does. */
function build() {
  const server = new Map(IDS.map((id) => [id, { ...buildSentTicket({ id, rank: id }), labelIds: [] as string[] }]));
  const link = new ApolloLink(({ variables }) => {
    const { changes } = variables as ChangeTicketsMutationVariables;
    const stale = [changes].flat().some(({ id, version }) => version != null && version !== server.get(id)?.version);
    const changed = stale
      ? []
      : [changes].flat().map(({ id, values }) => {
          const was = server.get(id)!;
          const labelIds = [...((values?.labelIds as readonly string[] | undefined) ?? was.labelIds)];
          const ticket = { ...was, labelIds, version: was.version + 1 };
          server.set(id, ticket);
          return { __typename: 'ChangedTicket', columnBefore: 'todo', afterBefore: null, ticket };
        });
    return new Observable((observer) => {
      setTimeout(() => {
        observer.next(stale ? { errors: [new GraphQLError('refused', { extensions: { code: 'STALE_VERSION' } })] } : { data: { changeTickets: changed } });
        observer.complete();
      });
    });
  });
  const client = new ApolloClient({ cache: new InMemoryCache(), link });
  for (const data of server.values()) client.cache.writeFragment({ fragment: SentTicketFragmentDoc, fragmentName: 'SentTicket', data });
  const cards = IDS.map((id) => ({ id, rank: id }));
  const model = new BoardModel([{ columnId: 'todo', page: { offset: 0, total: 2, all: 2, seq: 1, cards } }], 1);
  const notUndone = jest.fn();
  const moves = new BoardMoves(client, model, {} as WindowLoader, () => undefined, { moved: () => undefined, refused: () => undefined, notUndone });
  const labels = (): string[] => IDS.map((id) => server.get(id)!.labelIds.join());
  return { changes: new TicketChanges(client, model, moves), moves, server, labels, notUndone };
}

describe('what was done with many cards', () => {
  it('is taken back step by step, also by keys without a pause', async () => {
    const { changes, moves, labels, notUndone } = build();
    for (const labelId of ['x', 'y', 'z']) await changes.do(IDS, { kind: 'LABEL', labelId, on: true });
    expect(labels()).toEqual(['x,y,z', 'x,y,z']);
    await moves.undo();
    expect(labels()).toEqual(['x,y', 'x,y']);
    await Promise.all([moves.undo(), moves.undo()]);
    expect(labels()).toEqual(['', '']);
    expect(notUndone).not.toHaveBeenCalled();
  });

  it('is taken back also where the cards were deleted and restored meanwhile', async () => {
    const { changes, moves, labels } = build();
    await changes.do(IDS, { kind: 'LABEL', labelId: 'x', on: true });
    await changes.do(IDS, { kind: 'DELETE' });
    await moves.undo();
    await moves.undo();
    expect(labels()).toEqual(['', '']);
  });

  it('stays where somebody else has changed a card since, which is said', async () => {
    const { changes, moves, labels, server, notUndone } = build();
    await changes.do(IDS, { kind: 'LABEL', labelId: 'x', on: true });
    const b = server.get('b')!;
    server.set('b', { ...b, labelIds: ['x', 'theirs'], version: b.version + 1 });
    expect(await moves.undo()).toBeNull();
    expect(labels()).toEqual(['x', 'x,theirs']);
    expect(notUndone).toHaveBeenCalledTimes(1);
  });
});

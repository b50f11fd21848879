import { ApolloClient, ApolloLink, InMemoryCache, Observable } from '@apollo/client';
import { ranksBetween } from '@trainyard/domain';
import { buildSentTicket } from '../../../../test/build-ticket.ts';
import { SentTicketFragmentDoc } from '../../ticket/card.generated.ts';
import { BoardModel } from './board-model.ts';
import { BoardMoves, type MoveReport } from './board-moves.ts';
import { WindowLoader } from './window-loader.ts';

describe('moves between lanes', () => {
  const asked = { query: 'group:label', timeZone: 'UTC', by: 'LABEL' } as const;
  const ranks = ranksBetween(null, null, 3) as [string, string, string];
  type Sent = { name: string; variables: Record<string, unknown> };

  /** Three cards of `gpu` in "todo", and the lane of `data` with nothing in it. */
  function buildLanes() {
    const cards = ranks.map((rank, i) => ({ id: `card${i}`, rank }));
    const cells = ['gpu', 'data', ''].flatMap((lane) => ['todo', 'doing'].map((columnId) => `${columnId}@${lane}`));
    const model = new BoardModel(
      cells.map((columnId) => ({
        columnId,
        page: columnId === 'todo@gpu' ? { offset: 0, total: 3, seq: 1, cards } : { offset: 0, total: 0, seq: 1, cards: [] },
      })),
      1,
      asked,
      ['todo', 'doing'].map((columnId) => ({ columnId, all: columnId === 'todo' ? 3 : 0, seq: 1 })),
    );
    const sent: Sent[] = [];
    const cache = new InMemoryCache();
    const link = new ApolloLink(({ operationName, variables }) => {
      sent.push({ name: operationName ?? '', variables });
      const into = variables['into'] as { lane: string | null; labelIds?: string[] } | undefined;
      const { id, columnId, rank } = variables as { id: string; columnId: string; rank?: string };
      const labelIds: string[] = into?.labelIds ?? (into?.lane ? [into.lane, 'slow'] : []);
      return new Observable((observer) => {
        queueMicrotask(() => {
          observer.next({ data: { moveTicket: { ...buildSentTicket({ id, labelIds }), columnId, rank: rank ?? 'a1' } } });
          observer.complete();
        });
      });
    });
    const client = new ApolloClient({ link, cache });
    for (const { id } of cards)
      cache.writeFragment({ fragment: SentTicketFragmentDoc, fragmentName: 'SentTicket', data: buildSentTicket({ id, labelIds: ['gpu', 'slow'] }), id: `Ticket:${id}` }); // prettier-ignore
    const loader = new WindowLoader(
      model,
      async () => null,
      () => undefined,
    );
    const moved: MoveReport[] = [];
    const moves = new BoardMoves(client, model, loader, () => ({ name: 'Column', wipLimit: null, wipPolicy: 'WARN' }), {
      moved: (report) => void moved.push(report),
      notUndone: (error) => {
        throw error;
      },
      refused: (_report, error) => {
        throw error;
      },
    });
    return { client, model, moves, sent, moved };
  }

  it('tell the lane with the place, and keep the rank in a column where the neighbours seen say nothing of it', async () => {
    const { model, moves, sent } = buildLanes();
    await moves.move('card1', 'todo@data', 0);
    expect(sent).toEqual([
      { name: 'MoveIntoLane', variables: { id: 'card1', columnId: 'todo', rank: ranks[1], into: { by: 'LABEL', lane: 'data', seen: ['gpu'] } } },
    ]);
    expect(model.placeOf('card1')).toEqual({ columnId: 'todo@data', rank: ranks[1] });
    expect([model.all('todo'), model.view('todo@gpu').total, model.view('todo@data').total]).toEqual([3, 2, 1]);
    await moves.move('card2', 'doing@', 0);
    expect(sent[1]).toEqual({
      name: 'MoveIntoLane',
      variables: { id: 'card2', columnId: 'doing', afterId: null, into: { by: 'LABEL', lane: null, seen: ['gpu'] } },
    });
    expect([model.all('todo'), model.all('doing')]).toEqual([2, 1]);
  });

  it('are taken back with every label that leaving the lane took away', async () => {
    const { model, moves, sent } = buildLanes();
    await moves.move('card0', 'todo@', 0);
    await moves.undo();
    expect(sent[1]).toEqual({
      name: 'MoveIntoLane',
      variables: { id: 'card0', columnId: 'todo', rank: ranks[0], into: { by: 'LABEL', lane: 'gpu', labelIds: ['gpu', 'slow'], seen: [] } },
    });
    expect(model.placeOf('card0')).toEqual({ columnId: 'todo@gpu', rank: ranks[0] });
  });

  it('are taken back from what they left, not from what somebody has set since', async () => {
    const { client, moves, sent } = buildLanes();
    await moves.move('card0', 'todo@data', 0);
    client.cache.writeFragment({ fragment: SentTicketFragmentDoc, fragmentName: 'SentTicket', data: buildSentTicket({ id: 'card0', labelIds: ['urgent'] }), id: 'Ticket:card0' }); // prettier-ignore
    await moves.undo();
    expect(sent[1]?.variables['into']).toEqual({ by: 'LABEL', lane: 'gpu', labelIds: ['gpu', 'slow'], seen: ['data', 'slow'] });
  });

  it('within a lane are moves like others', async () => {
    const { moves, sent } = buildLanes();
    await moves.move('card0', 'todo@gpu', 2);
    expect(sent).toEqual([{ name: 'MoveTicket', variables: { id: 'card0', columnId: 'todo', afterId: 'card2' } }]);
  });
});

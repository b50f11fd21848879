import { ApolloClient, ApolloLink, InMemoryCache, Observable } from '@apollo/client';
import { waitFor } from '@testing-library/react';
import { ranksBetween, type WipPolicy } from '@trainyard/domain';
import { GraphQLError } from 'graphql';
import { buildSentTicket } from '../../../../test/build-ticket.ts';
import { SentTicketFragmentDoc } from '../../ticket/card.generated.ts';
import { BoardFocus } from '../keys/board-focus.ts';
import { BoardModel } from './board-model.ts';
import { BoardMoves, type MoveReport } from './board-moves.ts';
import { KeyboardMove } from '../keys/keyboard-move.ts';
import { WindowLoader } from './window-loader.ts';

type Variables = { id: string; columnId: string; afterId: string | null };
type Answer = { columnId: string; rank: string; boardId?: string; state?: 'DONE'; resolution?: 'DONE' } | { code: string };

/** A board of two columns of ten, of which `loaded` are known, and a server whose answers the test gives. */
function buildBoard({
  loaded = 10,
  offline = false,
  limit = null,
  policy = 'WARN',
  answer,
}: {
  loaded?: number;
  offline?: boolean;
  limit?: number | null;
  policy?: WipPolicy;
  answer?: (variables: Variables, call: number) => Answer;
}) {
  const cards = (name: string) => ranksBetween(null, null, 10).map((rank, i) => ({ id: `${name}${i}`, rank }));
  const columns = { todo: cards('todo'), doing: cards('doing') };
  const page = (id: 'todo' | 'doing', offset: number, count: number) => ({
    offset,
    total: 10,
    all: 10,
    seq: 1,
    cards: columns[id].slice(offset, offset + count),
  });
  const model = new BoardModel(
    [
      { columnId: 'todo', page: page('todo', 0, loaded) },
      { columnId: 'doing', page: page('doing', 0, loaded) },
    ],
    1,
  );
  const sent: Variables[] = [];
  const link = new ApolloLink((operation) => {
    sent.push(operation.variables as Variables);
    const given = answer?.(operation.variables as Variables, sent.length) ?? {
      columnId: operation.variables.columnId as string,
      rank: model.placeOf(operation.variables.id as string)?.rank ?? '',
    };
    return new Observable((observer) => {
      queueMicrotask(() => {
        if ('code' in given) observer.next({ errors: [new GraphQLError('refused', { extensions: { code: given.code } })] });
        else
          observer.next({
            data: {
              [operation.operationName === 'MoveTicket' ? 'moveTicket' : 'setTicketState']: {
                __typename: 'Ticket',
                id: operation.variables.id,
                version: 2,
                ...given,
              },
            },
          });
        observer.complete();
      });
    });
  });
  const client = new ApolloClient({ link, cache: new InMemoryCache() });
  const reads: number[] = [];
  const loader = new WindowLoader(
    model,
    async (columnId, offset, count) => {
      reads.push(offset);
      if (offline) throw new Error('no network');
      return page(columnId as 'todo' | 'doing', offset, count);
    },
    () => undefined,
  );
  const moved: MoveReport[] = [];
  const refused: unknown[] = [];
  const moves = new BoardMoves(client, model, loader, (columnId) => ({ name: columnId, wipLimit: columnId === 'doing' ? limit : null, wipPolicy: policy }), {
    moved: (report) => void moved.push(report),
    refused: (_report, error) => void refused.push(error),
    notUndone: (error) => void refused.push(error),
  });
  const order = (columnId: string): string[] => model.view(columnId).entries.map((entry) => entry.id);
  return { model, moves, client, loader, sent, moved, refused, reads, order };
}

describe('BoardMoves', () => {
  it('shows the card in its place before the server is asked, and names its neighbour to the server', async () => {
    const { moves, order, sent, moved } = buildBoard({});
    const done = moves.move('todo3', 'doing', 2);
    expect(order('doing').slice(0, 4)).toEqual(['doing0', 'doing1', 'todo3', 'doing2']);
    await done;
    expect(sent).toEqual([{ id: 'todo3', columnId: 'doing', afterId: 'doing1' }]);
    expect(moved).toHaveLength(1);
    expect(order('doing')[2]).toBe('todo3');
  });

  it('counts the place without the card itself', async () => {
    const { moves, order, sent } = buildBoard({});
    await moves.move('todo1', 'todo', 4);
    expect(order('todo').slice(0, 6)).toEqual(['todo0', 'todo2', 'todo3', 'todo4', 'todo1', 'todo5']);
    expect(sent[0]?.afterId).toBe('todo4');
    await moves.move('todo1', 'todo', 4);
    expect(sent).toHaveLength(1);
  });

  it('loads the card that it is put before, also where it comes from above in the same column', async () => {
    const { moves, order, sent, refused } = buildBoard({ loaded: 5 });
    await moves.move('todo1', 'todo', 4);
    expect(refused).toEqual([]);
    expect(sent[0]?.afterId).toBe('todo4');
    expect(order('todo').slice(0, 6)).toEqual(['todo0', 'todo2', 'todo3', 'todo4', 'todo1', 'todo5']);
  });

  it('puts a card back that the server refuses', async () => {
    const { moves, order, refused, moved } = buildBoard({ answer: () => ({ code: 'WIP_LIMIT_REACHED' }) });
    const before = order('todo');
    await moves.move('todo3', 'doing', 0);
    expect(order('todo')).toEqual(before);
    expect(order('doing')).not.toContain('todo3');
    expect(refused).toHaveLength(1);
    expect(moved).toHaveLength(0);
    expect(moves.canUndo()).toBe(false);
  });

  it('does not send what the column refuses by its own rule', async () => {
    const { moves, order, refused, sent } = buildBoard({ limit: 10, policy: 'REFUSE' });
    await moves.move('todo3', 'doing', 0);
    expect(refused).toEqual([expect.objectContaining({ code: 'WIP_LIMIT_REACHED', params: { limit: 10, count: 10, column: 'doing' } })]);
    expect(sent).toHaveLength(0);
    expect(order('todo')).toContain('todo3');
  });

  it('tries once more behind the card before, where the neighbour has gone', async () => {
    const { moves, sent, moved } = buildBoard({ answer: ({ columnId }, call) => (call === 1 ? { code: 'NEIGHBOUR_GONE' } : { columnId, rank: 'a2V' }) });
    await moves.move('todo3', 'doing', 3);
    expect(sent.map((one) => one.afterId)).toEqual(['doing2', 'doing1']);
    expect(moved).toHaveLength(1);
  });

  it('sends moves one after the other', async () => {
    const { moves, sent, order } = buildBoard({});
    await Promise.all([moves.move('todo3', 'doing', 0), moves.move('todo4', 'doing', 1)]);
    expect(sent.map((one) => [one.id, one.afterId])).toEqual([
      ['todo3', null],
      ['todo4', 'todo3'],
    ]);
    expect(order('doing').slice(0, 2)).toEqual(['todo3', 'todo4']);
  });

  it('takes a move back to the neighbour it had', async () => {
    const { moves, order, sent } = buildBoard({});
    await moves.move('todo3', 'doing', 0);
    expect(await moves.undo()).toBe('todo3');
    expect(sent.at(-1)).toEqual({ id: 'todo3', columnId: 'todo', afterId: 'todo2' });
    expect(order('todo')).toEqual(Array.from({ length: 10 }, (_, i) => `todo${i}`));
    expect(await moves.undo()).toBeNull();
  });

  it('takes back what left its place by another way, unless somebody has moved it on or off the board since', async () => {
    const { moves, model, order, sent } = buildBoard({});
    const place = (id: string) => model.placeOf(id) ?? { columnId: '', rank: '' };
    const from = place('todo3');
    model.settle('todo3', model.draft('todo3', null), null);
    expect(order('todo')).not.toContain('todo3');
    expect(await moves.back('todo3', from, true)).toBe(true);
    expect(sent).toEqual([{ id: 'todo3', columnId: 'todo', afterId: 'todo2' }]);
    expect(await moves.back('todo4', place('todo4'), true)).toBe(false);
    const last = place('todo5');
    model.settle('todo5', model.draft('todo5', null), null);
    expect(await moves.back('todo5', last, false)).toBe(false);
    expect(sent).toHaveLength(1);
  });

  it('takes a step back once, by its notice or by the key, in whatever order', async () => {
    const { moves } = buildBoard({});
    const back: string[] = [];
    const steps = ['todo1', 'todo2', 'todo3'].map((ticketId) => ({ ticketId, takeBack: async () => back.push(ticketId) > 0 }));
    for (const step of steps) await moves.doing(Promise.resolve(step));
    expect(await moves.undo(steps[1])).toBe('todo2');
    expect(await moves.undo(steps[1])).toBeNull();
    expect([await moves.undo(), await moves.undo(), await moves.undo()]).toEqual(['todo3', 'todo1', null]);
    expect(back).toEqual(['todo2', 'todo3', 'todo1']);
  });

  it('waits with the key for what is on its way, in the order in which it was done', async () => {
    const { moves, order, sent } = buildBoard({});
    const moved = Promise.all([moves.move('todo3', 'doing', 0), moves.move('todo5', 'doing', 0)]);
    expect(await Promise.all([moves.undo(), moves.undo(), moves.undo()])).toEqual(['todo5', 'todo3', null]);
    await moved;
    expect(sent.map(({ id, columnId }) => `${id} ${columnId}`)).toEqual(['todo3 doing', 'todo5 doing', 'todo5 todo', 'todo3 todo']);
    expect(order('todo')).toEqual(Array.from({ length: 10 }, (_, i) => `todo${i}`));
  });

  it('tells that a way back was refused', async () => {
    const { moves, model, refused } = buildBoard({ answer: () => ({ code: 'WIP_LIMIT_REACHED' }) });
    expect(await moves.back('todo3', model.placeOf('doing3') ?? { columnId: '', rank: '' }, false)).toBe(false);
    expect(refused).toHaveLength(1);
  });

  it('gives a cancelled ticket that was moved back how it had ended', async () => {
    const { moves, client, sent } = buildBoard({ answer: ({ columnId }) => ({ boardId: 'board', columnId, rank: 'a', state: 'DONE', resolution: 'DONE' }) });
    const data = buildSentTicket({ id: 'todo3', resolution: 'CANCELLED' });
    client.cache.writeFragment({ id: 'Ticket:todo3', fragment: SentTicketFragmentDoc, fragmentName: 'SentTicket', data });
    await moves.move('todo3', 'doing', 0);
    expect(await moves.undo()).toBe('todo3');
    expect(sent.slice(1)).toEqual([
      { id: 'todo3', columnId: 'todo', afterId: 'todo2' },
      { id: 'todo3', state: 'DONE', resolution: 'CANCELLED' },
    ]);
  });

  it('loads the end of a long column before it moves a card there', async () => {
    const { moves, sent, reads } = buildBoard({ loaded: 3 });
    await moves.toEdge('todo1', 'doing', 'BOTTOM');
    expect(reads.length).toBeGreaterThan(0);
    expect(sent[0]).toEqual({ id: 'todo1', columnId: 'doing', afterId: 'doing9' });
  });
});

describe('KeyboardMove', () => {
  function carrying(options: Parameters<typeof buildBoard>[0] = {}) {
    const board = buildBoard(options);
    const focus = new BoardFocus(board.model);
    const steps: number[] = [];
    const carry = new KeyboardMove(board.model, focus, board.moves, board.loader, {
      grabbed: () => undefined,
      stepped: (_id, _columnId, index) => void steps.push(index),
      dropped: () => undefined,
      restored: () => undefined,
      refused: (_id, error) => void board.refused.push(error),
    });
    return { ...board, focus, carry, steps };
  }

  it('carries a card as many places as there were key presses, and sends it once', async () => {
    const { carry, order, sent } = carrying();
    carry.grab('todo0');
    for (let i = 0; i < 6; i++) carry.step(1);
    expect(order('todo').indexOf('todo0')).toBe(6);
    expect(sent).toHaveLength(0);
    carry.drop();
    await Promise.resolve();
    expect(sent).toEqual([{ id: 'todo0', columnId: 'todo', afterId: 'todo6' }]);
  });

  it('stops at the ends', () => {
    const { carry, order } = carrying();
    carry.grab('todo8');
    for (let i = 0; i < 9; i++) carry.step(1);
    expect(order('todo').at(-1)).toBe('todo8');
  });

  it('waits for cards that are not loaded, and loses no key: neither steps, nor a column, nor the drop behind them', async () => {
    const { carry, sent, moved } = carrying({ loaded: 3 });
    carry.grab('todo0');
    for (let i = 0; i < 7; i++) carry.step(1);
    carry.toColumn((here) => (here === 'todo' ? 'doing' : null));
    carry.toColumn((here) => (here === 'todo' ? 'doing' : null));
    carry.step(1);
    carry.step(1);
    carry.step(-1);
    carry.drop();
    expect(sent).toHaveLength(0);
    await waitFor(() => expect(moved).toHaveLength(1));
    expect(sent).toEqual([{ id: 'todo0', columnId: 'doing', afterId: 'doing7' }]);
  });

  it('keeps the card in the hand when cards cannot be loaded, and does not drop it short of where it was to go', async () => {
    const { carry, order, sent, refused } = carrying({ loaded: 3, offline: true });
    carry.grab('todo0');
    for (let i = 0; i < 7; i++) carry.step(1);
    carry.drop();
    await waitFor(() => expect(refused).toEqual([new Error('no network')]));
    expect(carry.ticketId()).toBe('todo0');
    expect(sent).toHaveLength(0);
    carry.step(-1);
    expect(order('todo').indexOf('todo0')).toBe(0);
  });

  it('puts a card back at once on Escape, whatever it waits for', async () => {
    const { carry, order, sent, reads } = carrying({ loaded: 3 });
    carry.grab('todo0');
    for (let i = 0; i < 7; i++) carry.step(1);
    carry.restore();
    expect(order('todo')).toEqual(['todo0', 'todo1', 'todo2']);
    await waitFor(() => expect(order('todo')).toHaveLength(10));
    expect(reads).toHaveLength(1);
    expect(order('todo')[0]).toBe('todo0');
    expect(sent).toHaveLength(0);
  });

  it('puts the card back where it was', () => {
    const { carry, order, sent } = carrying();
    carry.grab('todo2');
    carry.toColumn(() => 'doing');
    expect(order('doing')[2]).toBe('todo2');
    carry.restore();
    expect(order('todo')[2]).toBe('todo2');
    expect(sent).toHaveLength(0);
  });

  it('does not carry a card into a column that takes no more', () => {
    const { carry, order, refused } = carrying({ limit: 10, policy: 'REFUSE' });
    carry.grab('todo2');
    carry.toColumn(() => 'doing');
    expect(order('todo')[2]).toBe('todo2');
    expect(refused).toHaveLength(1);
  });
});

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

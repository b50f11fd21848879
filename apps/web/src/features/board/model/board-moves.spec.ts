import { buildMoves } from '../../../../test/build-moves.ts';
import { buildSentTicket } from '../../../../test/build-ticket.ts';
import { SentTicketFragmentDoc } from '../../ticket/card.generated.ts';

describe('BoardMoves', () => {
  it('shows the card in its place before the server is asked, and names its neighbour to the server', async () => {
    const { moves, order, sent, moved } = buildMoves({});
    const done = moves.move('todo3', 'doing', 2);
    expect(order('doing').slice(0, 4)).toEqual(['doing0', 'doing1', 'todo3', 'doing2']);
    await done;
    expect(sent).toEqual([{ id: 'todo3', columnId: 'doing', afterId: 'doing1' }]);
    expect(moved).toHaveLength(1);
    expect(order('doing')[2]).toBe('todo3');
  });

  it('counts the place without the card itself', async () => {
    const { moves, order, sent } = buildMoves({});
    await moves.move('todo1', 'todo', 4);
    expect(order('todo').slice(0, 6)).toEqual(['todo0', 'todo2', 'todo3', 'todo4', 'todo1', 'todo5']);
    expect(sent[0]?.afterId).toBe('todo4');
    await moves.move('todo1', 'todo', 4);
    expect(sent).toHaveLength(1);
  });

  it('loads the card that it is put before, also where it comes from above in the same column', async () => {
    const { moves, order, sent, refused } = buildMoves({ loaded: 5 });
    await moves.move('todo1', 'todo', 4);
    expect(refused).toEqual([]);
    expect(sent[0]?.afterId).toBe('todo4');
    expect(order('todo').slice(0, 6)).toEqual(['todo0', 'todo2', 'todo3', 'todo4', 'todo1', 'todo5']);
  });

  it('puts a card back that the server refuses', async () => {
    const { moves, order, refused, moved } = buildMoves({ answer: () => ({ code: 'WIP_LIMIT_REACHED' }) });
    const before = order('todo');
    await moves.move('todo3', 'doing', 0);
    expect(order('todo')).toEqual(before);
    expect(order('doing')).not.toContain('todo3');
    expect(refused).toHaveLength(1);
    expect(moved).toHaveLength(0);
    expect(moves.canUndo()).toBe(false);
  });

  it('does not send what the column refuses by its own rule', async () => {
    const { moves, order, refused, sent } = buildMoves({ limit: 10, policy: 'REFUSE' });
    await moves.move('todo3', 'doing', 0);
    expect(refused).toEqual([expect.objectContaining({ code: 'WIP_LIMIT_REACHED', params: { limit: 10, count: 10, column: 'doing' } })]);
    expect(sent).toHaveLength(0);
    expect(order('todo')).toContain('todo3');
  });

  it('tries once more behind the card before, where the neighbour has gone', async () => {
    const { moves, sent, moved } = buildMoves({ answer: ({ columnId }, call) => (call === 1 ? { code: 'NEIGHBOUR_GONE' } : { columnId, rank: 'a2V' }) });
    await moves.move('todo3', 'doing', 3);
    expect(sent.map((one) => one.afterId)).toEqual(['doing2', 'doing1']);
    expect(moved).toHaveLength(1);
  });

  it('sends moves one after the other', async () => {
    const { moves, sent, order } = buildMoves({});
    await Promise.all([moves.move('todo3', 'doing', 0), moves.move('todo4', 'doing', 1)]);
    expect(sent.map((one) => [one.id, one.afterId])).toEqual([
      ['todo3', null],
      ['todo4', 'todo3'],
    ]);
    expect(order('doing').slice(0, 2)).toEqual(['todo3', 'todo4']);
  });

  it('takes a move back to the neighbour it had', async () => {
    const { moves, order, sent } = buildMoves({});
    await moves.move('todo3', 'doing', 0);
    expect(await moves.undo()).toBe('todo3');
    expect(sent.at(-1)).toEqual({ id: 'todo3', columnId: 'todo', afterId: 'todo2' });
    expect(order('todo')).toEqual(Array.from({ length: 10 }, (_, i) => `todo${i}`));
    expect(await moves.undo()).toBeNull();
  });

  it('takes back what left its place by another way, unless somebody has moved it on or off the board since', async () => {
    const { moves, model, order, sent } = buildMoves({});
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
    const { moves } = buildMoves({});
    const back: string[] = [];
    const steps = ['todo1', 'todo2', 'todo3'].map((ticketId) => ({ ticketId, takeBack: async () => back.push(ticketId) > 0 }));
    for (const step of steps) await moves.doing(Promise.resolve(step));
    expect(await moves.undo(steps[1])).toBe('todo2');
    expect(await moves.undo(steps[1])).toBeNull();
    expect([await moves.undo(), await moves.undo(), await moves.undo()]).toEqual(['todo3', 'todo1', null]);
    expect(back).toEqual(['todo2', 'todo3', 'todo1']);
  });

  it('waits with the key for what is on its way, in the order in which it was done', async () => {
    const { moves, order, sent } = buildMoves({});
    const moved = Promise.all([moves.move('todo3', 'doing', 0), moves.move('todo5', 'doing', 0)]);
    expect(await Promise.all([moves.undo(), moves.undo(), moves.undo()])).toEqual(['todo5', 'todo3', null]);
    await moved;
    expect(sent.map(({ id, columnId }) => `${id} ${columnId}`)).toEqual(['todo3 doing', 'todo5 doing', 'todo5 todo', 'todo3 todo']);
    expect(order('todo')).toEqual(Array.from({ length: 10 }, (_, i) => `todo${i}`));
  });

  it('tells that a way back was refused', async () => {
    const { moves, model, refused } = buildMoves({ answer: () => ({ code: 'WIP_LIMIT_REACHED' }) });
    expect(await moves.back('todo3', model.placeOf('doing3') ?? { columnId: '', rank: '' }, false)).toBe(false);
    expect(refused).toHaveLength(1);
  });

  it('gives a cancelled ticket that was moved back how it had ended', async () => {
    const { moves, client, sent } = buildMoves({ answer: ({ columnId }) => ({ boardId: 'board', columnId, rank: 'a', state: 'DONE', resolution: 'DONE' }) });
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
    const { moves, sent, reads } = buildMoves({ loaded: 3 });
    await moves.toEdge('todo1', 'doing', 'BOTTOM');
    expect(reads.length).toBeGreaterThan(0);
    expect(sent[0]).toEqual({ id: 'todo1', columnId: 'doing', afterId: 'doing9' });
  });
});

import { waitFor } from '@testing-library/react';
import { buildMoves } from '../../../../test/build-moves.ts';
import { BoardFocus } from './board-focus.ts';
import { KeyboardMove } from './keyboard-move.ts';

describe('KeyboardMove', () => {
  function carrying(options: Parameters<typeof buildMoves>[0] = {}) {
    const board = buildMoves(options);
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

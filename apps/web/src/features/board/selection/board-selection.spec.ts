import { TICKETS_AT_ONCE } from '@trainyard/domain';
import type { BoardModel } from '../model/board-model.ts';
import { BoardSelection } from './board-selection.ts';

/** Two columns of 1_200 and three cards: a1, a2, ... and b1 to b3. */
const columns = { a: 1_200, b: 3 };
const rank = (i: number): string => String(i).padStart(4, '0');
const model = {
  columnIds: () => Object.keys(columns),
  placeOf: (id: string) => (/^[ab]\d+$/.test(id) ? { columnId: id[0], rank: rank(Number(id.slice(1))) } : null),
  view: (columnId: 'a' | 'b') => ({
    total: columns[columnId],
    entries: Array.from({ length: columns[columnId] }, (_, i) => ({ id: `${columnId}${i + 1}`, rank: rank(i + 1), index: i })),
  }),
} as unknown as BoardModel;

const selection = (...ids: string[]): BoardSelection => {
  const made = new BoardSelection(model);
  for (const id of ids) made.toggle(id);
  return made;
};

describe('the cards that are chosen', () => {
  it('come and go one by one, and are acted on in the order of the board', () => {
    const chosen = selection('b2', 'a3', 'a1', 'b1');
    chosen.toggle('b1');
    expect(chosen.ids()).toEqual(['b2', 'a3', 'a1']);
    expect(chosen.inOrder()).toEqual(['a1', 'a3', 'b2']);
  });

  it('grow with a walk, and shrink with the way back, but not beyond where it began', () => {
    const chosen = selection();
    for (const [from, to] of ['a2 a3', 'a3 a4', 'a4 a3', 'a3 a2', 'a2 a1'].map((step) => step.split(' ') as [string, string])) chosen.walked(from, to);
    expect([...chosen.ids()].toSorted()).toEqual(['a1', 'a2']);
    // the end of the column: nothing to go to
    chosen.walked('a1', 'a1');
    expect(chosen.has('a1')).toBe(true);
  });

  it('reach from the last one to another of its column, either way; in another column it is that one alone', () => {
    const chosen = selection('a5');
    chosen.reach('a2');
    expect(chosen.inOrder()).toEqual(['a2', 'a3', 'a4', 'a5']);
    chosen.reach('b2');
    chosen.reach('b3');
    expect(chosen.inOrder()).toEqual(['a2', 'a3', 'a4', 'a5', 'b2', 'b3']);
  });

  it('are no more than are changed at once', () => {
    const chosen = selection('a1');
    chosen.reach('a1200');
    expect(chosen.ids()).toHaveLength(TICKETS_AT_ONCE);
  });

  it('are told to who listens, and stay the same array while nothing changes', () => {
    const chosen = selection('a1');
    let told = 0;
    const stop = chosen.subscribe(() => (told += 1));
    const before = chosen.ids();
    expect(chosen.ids()).toBe(before);
    chosen.toggle('a2');
    stop();
    chosen.clear();
    expect([told, chosen.ids()]).toEqual([1, []]);
  });

  it('leave out what has left the board', () => {
    expect(selection('a1', 'gone').inOrder()).toEqual(['a1']);
  });
});

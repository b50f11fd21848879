import { enterColumn, moveTicket, type MoveTicket, type Placed } from './move-ticket.ts';
import { ranksBetween } from './rank.ts';

const [r1, r2, r3, r4] = ranksBetween(null, null, 4) as [string, string, string, string];
const card = (id: string, rank: string, columnId = 'todo'): Placed => ({ id, rank, columnId });
const column = { id: 'todo', name: 'To do', count: 4, wipLimit: null, wipPolicy: 'WARN' as const };
const doing = { id: 'doing', name: 'Doing', count: 2, wipLimit: 2, wipPolicy: 'REFUSE' as const };
const move = (over: Partial<MoveTicket>): MoveTicket => ({ ticket: card('b', r2), column, after: null, next: card('a', r1), ...over });

describe('moving a ticket', () => {
  it.each([
    ['to the top', { after: null, next: card('a', r1) }, null, r1],
    ['between two others', { after: card('c', r3), next: card('d', r4) }, r3, r4],
    ['to the end', { after: card('d', r4), next: null }, r4, null],
  ] as const)('%s gives it a rank strictly between its new neighbours', (_, place, low, high) => {
    const moved = moveTicket(move(place));
    if (!moved.ok) throw new Error(moved.code);
    expect(moved).toMatchObject({ columnId: 'todo', unchanged: false });
    if (low !== null) expect(moved.rank > low).toBe(true);
    if (high !== null) expect(moved.rank < high).toBe(true);
  });

  it.each([
    ['dropped where it lies', { after: card('a', r1), next: card('c', r3) }],
    ['dropped behind itself', { after: card('b', r2), next: card('c', r3) }],
    ['alone in its column', { after: null, next: null }],
  ] as const)('changes nothing when %s', (_, place) => {
    expect(moveTicket(move(place))).toMatchObject({ ok: true, unchanged: true, rank: r2 });
  });

  // Ranks tie in no column that this program wrote; should one ever, a drop mends it.
  it.each([
    ['behind one of its own rank', { after: card('a', r2), next: card('c', r3) }, r2, r3],
    ['before one of its own rank', { after: card('a', r1), next: card('c', r2) }, r1, r2],
  ] as const)('parts a card that is dropped %s', (_, place, low, high) => {
    const moved = moveTicket(move(place));
    if (!moved.ok) throw new Error(moved.code);
    expect({ ...moved, rank: low < moved.rank && moved.rank < high }).toEqual({ ok: true, columnId: 'todo', rank: true, unchanged: false, wip: 'NONE' });
  });

  it('is refused when the neighbour has gone, in the same column and in another', () => {
    expect(moveTicket(move({ after: 'gone' }))).toEqual({ ok: false, code: 'NEIGHBOUR_GONE' });
    expect(moveTicket(move({ column: doing, after: 'gone' }))).toEqual({ ok: false, code: 'NEIGHBOUR_GONE' });
  });

  it('into a full column is refused or only warned of, as its policy says', () => {
    const into = { after: null, next: null };
    expect(moveTicket(move({ column: doing, ...into }))).toEqual({ ok: false, code: 'WIP_LIMIT_REACHED', params: { limit: 2, count: 2, column: 'Doing' } });
    expect(moveTicket(move({ column: { ...doing, wipPolicy: 'WARN' }, ...into }))).toMatchObject({
      ok: true,
      wip: 'OVER',
      columnId: 'doing',
      unchanged: false,
    });
    expect(moveTicket(move({ column: { ...doing, count: 1 }, ...into }))).toMatchObject({ ok: true, wip: 'FULL', unchanged: false });
  });

  it('within an overfull column is always allowed: it adds nothing', () => {
    expect(moveTicket(move({ column: { ...column, wipLimit: 1, wipPolicy: 'REFUSE' } }))).toMatchObject({ ok: true, unchanged: false, wip: 'OVER' });
  });
});

describe('entering a column', () => {
  it('places a new card by its neighbours', () => {
    const entered = enterColumn({ column, after: card('a', r1), next: card('b', r2) });
    if (!entered.ok) throw new Error(entered.code);
    expect(r1 < entered.rank && entered.rank < r2).toBe(true);
  });

  it('is refused by a full column that refuses', () => {
    expect(enterColumn({ column: doing, after: null, next: null })).toMatchObject({ ok: false, code: 'WIP_LIMIT_REACHED' });
  });
});

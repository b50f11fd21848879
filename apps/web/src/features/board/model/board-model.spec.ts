import { compareRank, rankBetween, ranksBetween, type CardPlace } from '@trainyard/domain';
import fc from 'fast-check';
import { BoardModel } from './board-model.ts';
import type { ReadPage } from './logged-column.ts';
import { placementChange, type PlacementChange } from './placement-changes.ts';
import type { Placement } from '../../ticket/placement.ts';

const COLUMNS = ['todo', 'doing'] as const;

/** The board as the server has it: a log and the columns at its end. */
class Server {
  seq = 0;
  log: PlacementChange[] = [];
  columns = new Map<string, CardPlace[]>();
  constructor(count: number) {
    for (const id of COLUMNS)
      this.columns.set(
        id,
        ranksBetween(null, null, count).map((rank, i) => ({ id: `${id}${i}`, rank })),
      );
  }
  page(columnId: string, offset: number, limit: number): ReadPage {
    const cards = this.columns.get(columnId)!;
    return { offset, total: cards.length, all: cards.length, seq: this.seq, cards: cards.slice(offset, offset + limit) };
  }
  place(ticketId: string): Placement | null {
    for (const [columnId, cards] of this.columns) {
      const card = cards.find((one) => one.id === ticketId);
      if (card) return { columnId, rank: card.rank };
    }
    return null;
  }
  move(ticketId: string, columnId: string, index: number): Placement {
    const from = this.place(ticketId);
    if (from)
      this.columns.set(
        from.columnId,
        this.columns.get(from.columnId)!.filter((card) => card.id !== ticketId),
      );
    const cards = this.columns.get(columnId)!;
    const at = Math.min(index, cards.length);
    const to = { columnId, rank: rankBetween(cards[at - 1]?.rank ?? null, cards[at]?.rank ?? null) };
    cards.splice(at, 0, { id: ticketId, rank: to.rank });
    this.log.push({ seq: ++this.seq, ticketId, from, to });
    return to;
  }
  since(seq: number): PlacementChange[] {
    return this.log.filter((change) => change.seq > seq);
  }
}

const open = (server: Server, limit: number): BoardModel =>
  new BoardModel(
    COLUMNS.map((columnId) => ({ columnId, page: server.page(columnId, 0, limit) })),
    server.seq,
  );

function expectLike(model: BoardModel, server: Server): void {
  for (const columnId of COLUMNS) {
    const view = model.view(columnId);
    const cards = server.columns.get(columnId)!;
    expect(view.total).toBe(cards.length);
    for (const entry of view.entries) expect(cards[entry.index]).toEqual({ id: entry.id, rank: entry.rank });
  }
}
/** What happened until now is not told; the columns are read, each by two pages. `meanwhile` may happen before one of them. */
function renew(model: BoardModel, server: Server, at = 0, meanwhile: () => void = () => undefined): void {
  const seq = server.seq;
  const read = COLUMNS.map((columnId, i) => {
    const first = server.page(columnId, 0, 6);
    if (i === 0) meanwhile();
    return { columnId, pages: [first, server.page(columnId, at, 3)] };
  });
  model.renew(read, seq);
}
/** Reads what is shown of columns whose order is not known. */
function find(model: BoardModel, server: Server): void {
  for (const columnId of COLUMNS) if (model.isLost(columnId)) model.addPage(columnId, server.page(columnId, 0, 6));
}
const ids = (model: BoardModel, columnId: string): string[] => model.view(columnId).entries.map((entry) => entry.id);

describe('BoardModel', () => {
  it('ends at the order of the server, however events, pages and what is not told interleave', () => {
    const step = fc.record({ kind: fc.constantFrom('move', 'read', 'deliverPage', 'deliverEvents', 'renew'), a: fc.nat(40), b: fc.nat(40), c: fc.nat(1) });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.array(step, { maxLength: 60 }), (count, steps) => {
        const server = new Server(count);
        const model = open(server, 6);
        const inFlight: { columnId: string; page: ReadPage }[] = [];
        for (const { kind, a, b, c } of steps) {
          const columnId = COLUMNS[c]!;
          if (kind === 'move') server.move(`${COLUMNS[a % 2]}${a % count}`, columnId, b);
          else if (kind === 'read') inFlight.push({ columnId, page: server.page(columnId, a % count, 8) });
          else if (kind === 'renew') renew(model, server, a % count, () => void (b % 2 && server.move(`${COLUMNS[b % 2]}${b % count}`, columnId, a)));
          else if (kind === 'deliverEvents')
            model.applyChanges(server.since(model.seq).slice(0, b), server.since(model.seq).slice(0, b).at(-1)?.seq ?? model.seq);
          else {
            const [page] = inFlight.splice(a % Math.max(1, inFlight.length), 1);
            if (page) model.addPage(page.columnId, page.page);
          }
        }
        model.applyChanges(server.since(model.seq), server.seq);
        for (const page of inFlight) model.addPage(page.columnId, page.page);
        find(model, server);
        for (const columnId of COLUMNS) expect(model.isLost(columnId)).toBe(false);
        expectLike(model, server);
      }),
    );
  });

  it('shows a drafted card in its new place at once and never twice, whichever of reply and event comes first', () => {
    for (const replyFirst of [true, false]) {
      const server = new Server(4);
      const model = open(server, 10);
      const shownTotals: number[] = [];
      model.subscribeAll(() => shownTotals.push(model.view('todo').total + model.view('doing').total));
      const token = model.draft('todo1', { columnId: 'doing', rank: rankBetween(null, server.columns.get('doing')![0]!.rank) });
      expect(ids(model, 'doing')[0]).toBe('todo1');
      const place = server.move('todo1', 'doing', 0);
      const reply = (): void => model.settle('todo1', token, place);
      const event = (): void => model.applyChanges(server.since(model.seq), server.seq);
      for (const arrive of replyFirst ? [reply, event] : [event, reply]) {
        arrive();
        expect(ids(model, 'doing')).toEqual(['todo1', 'doing0', 'doing1', 'doing2', 'doing3']);
        expect(ids(model, 'todo')).toEqual(['todo0', 'todo2', 'todo3']);
      }
      expect(new Set(shownTotals)).toEqual(new Set([8]));
    }
  });

  it('keeps the draft until the reply where the server chose another rank', () => {
    const server = new Server(3);
    const model = open(server, 10);
    const token = model.draft('todo0', { columnId: 'doing', rank: rankBetween(null, server.columns.get('doing')![0]!.rank) });
    const mine = server.move('todo0', 'doing', 1);
    const theirs = server.move('todo0', 'todo', 2);
    model.applyChanges(server.since(0), server.seq);
    model.settle('todo0', token, mine);
    expect(model.placeOf('todo0')).toEqual(theirs);
    expectLike(model, server);
  });

  it('puts a refused card back', () => {
    const server = new Server(3);
    const model = open(server, 10);
    const before = model.view('todo');
    const token = model.draft('todo1', { columnId: 'doing', rank: 'Zz' });
    model.discard('todo1', token);
    expect(model.view('todo').entries).toEqual(before.entries);
    expect(ids(model, 'doing')).not.toContain('todo1');
  });

  it('takes no answer to a draft that another has replaced', () => {
    const server = new Server(3);
    const model = open(server, 10);
    const first = model.draft('todo0', { columnId: 'doing', rank: 'Zy' });
    model.draft('todo0', { columnId: 'doing', rank: 'Zz' });
    model.discard('todo0', first);
    expect(model.placeOf('todo0')).toEqual({ columnId: 'doing', rank: 'Zz' });
  });

  it('loads a reranked column afresh, and takes no page read before the reranking', () => {
    const server = new Server(3);
    const model = open(server, 10);
    const old = server.page('todo', 0, 10);
    const fresh = ranksBetween('a5', null, 3);
    server.columns.set(
      'todo',
      server.columns.get('todo')!.map((card, i) => ({ ...card, rank: fresh[i]! })),
    );
    server.seq += 1;
    model.applyChanges([], server.seq, [{ columnId: 'todo', seq: server.seq }]);
    expect(model.isLost('todo')).toBe(true);
    expect(ids(model, 'todo')).toEqual(['todo0', 'todo1', 'todo2']);
    model.addPage('todo', old);
    expect(model.isLost('todo')).toBe(true);
    const page = server.page('todo', 0, 10);
    server.move('todo2', 'todo', 0);
    model.applyChanges(server.since(1), server.seq);
    model.addPage('todo', page);
    expect(model.isLost('todo')).toBe(false);
    expectLike(model, server);
  });

  it('keeps what is shown while pages of different positions are no column, and takes none that is older', () => {
    const server = new Server(8);
    const model = open(server, 8);
    const old = server.page('todo', 4, 4);
    server.move('todo7', 'todo', 0);
    const first = server.page('todo', 0, 3);
    server.move('todo6', 'todo', 0);
    const second = server.page('todo', 3, 3);
    model.renew(
      [
        { columnId: 'todo', pages: [first, second] },
        { columnId: 'doing', pages: [server.page('doing', 0, 8)] },
      ],
      first.seq,
    );
    expect([model.isLost('todo'), model.isLost('doing')]).toEqual([true, false]);
    expect(ids(model, 'todo')).toEqual(['todo0', 'todo1', 'todo2', 'todo3', 'todo4', 'todo5', 'todo6', 'todo7']);
    for (const late of [old, first]) model.addPage('todo', late);
    expect(model.isLost('todo')).toBe(true);
    model.addPage('todo', server.page('todo', 0, 4));
    model.addPage('todo', old);
    model.applyChanges(server.since(model.seq), server.seq);
    expect([model.isLost('todo'), ids(model, 'todo')]).toEqual([false, ['todo6', 'todo7', 'todo0', 'todo1']]);
    expectLike(model, server);
  });

  it('shows the columns that the board has now, and knows no card of one that is gone', () => {
    const server = new Server(2);
    const model = open(server, 10);
    server.columns.set('later', [{ id: 'x', rank: 'a0' }]);
    server.columns.delete('doing');
    model.renew(
      ['later', 'todo'].map((columnId) => ({ columnId, pages: [server.page(columnId, 0, 10)] })),
      9,
    );
    expect([model.columnIds(), ids(model, 'later'), model.seq]).toEqual([['later', 'todo'], ['x'], 9]);
    expect([model.placeOf('doing0'), model.placeOf('x')?.columnId]).toEqual([null, 'later']);
    expect(model.view('doing').total).toBe(0);
  });

  it('knows no longer where a card lies that a column, as it was read, cannot hold', () => {
    const server = new Server(8);
    const model = open(server, 8);
    server.move('todo1', 'doing', 8);
    renew(model, server);
    expect([model.placeOf('todo1'), model.placeOf('todo7')?.columnId]).toEqual([null, 'todo']);
  });

  it('keeps a card that is carried where it is while the board is read again', () => {
    const server = new Server(3);
    const model = open(server, 10);
    const token = model.draft('todo0', { columnId: 'doing', rank: rankBetween(null, server.columns.get('doing')![0]!.rank) });
    server.move('todo2', 'todo', 0);
    renew(model, server);
    expect([ids(model, 'todo'), ids(model, 'doing')[0]]).toEqual([['todo2', 'todo1'], 'todo0']);
    model.discard('todo0', token);
    expectLike(model, server);
  });

  it.each([
    ['before what happened is known to be untold', true],
    ['after the board was read again', false],
  ])('ends a move whose event is among what is not told, agreed to %s', (_, before) => {
    const server = new Server(20);
    const model = open(server, 6);
    // Seen: at the top. Out of what is read again: at the end.
    for (const [id, to] of [
      ['todo0', 0],
      ['todo1', 19],
    ] as const) {
      const token = model.draft(id, { columnId: 'doing', rank: 'a' });
      const mine = server.move(id, 'doing', to);
      if (before) model.settle(id, token, mine);
      // Somebody else moves it on: the log will not say the place that this browser waits for.
      const theirs = server.move(id, 'todo', to);
      renew(model, server);
      if (!before) model.settle(id, token, mine);
      find(model, server);
      expect(COLUMNS.map((columnId) => model.isLost(columnId))).toEqual([false, false]);
      expect(ids(model, 'doing')).not.toContain(id);
      if (to === 0) expect(model.placeOf(id)).toEqual(theirs);
      expectLike(model, server);
    }
  });

  it('ends a deletion whose event is among what is not told, and shows the card when it comes back', () => {
    const server = new Server(3);
    const model = open(server, 10);
    const token = model.draft('todo1', null);
    server.columns.set(
      'todo',
      server.columns.get('todo')!.filter(({ id }) => id !== 'todo1'),
    );
    server.seq += 1;
    renew(model, server);
    model.settle('todo1', token, null);
    expect([ids(model, 'todo'), model.placeOf('todo1')]).toEqual([['todo0', 'todo2'], null]);
    server.move('todo1', 'todo', 1);
    model.applyChanges(server.since(model.seq), server.seq);
    expect(ids(model, 'todo')).toEqual(['todo0', 'todo1', 'todo2']);
  });

  it('counts an event once, however often it comes', () => {
    const server = new Server(3);
    const model = open(server, 1);
    server.move('todo2', 'doing', 3);
    for (let i = 0; i < 3; i++) model.applyChanges(server.since(0), server.seq);
    expectLike(model, server);
  });

  it('reads steps of cards from the log and nothing else', () => {
    const base = { seq: 1, entityId: 't', action: 'MOVED', changes: { columnId: { from: 'a', to: 'b' }, rank: { from: 'a0', to: 'a1' } } };
    expect(placementChange({ ...base, entity: 'TICKET' })).toEqual({
      seq: 1,
      ticketId: 't',
      from: { columnId: 'a', rank: 'a0' },
      to: { columnId: 'b', rank: 'a1' },
    });
    expect(placementChange({ ...base, entity: 'COLUMN' })).toBeNull();
    expect(placementChange({ ...base, entity: 'TICKET', changes: { title: { from: 'x', to: 'y' } } })).toBeNull();
    expect(placementChange({ ...base, entity: 'TICKET', changes: { columnId: { from: null, to: 'b' }, rank: { from: null, to: 'a1' } } })?.from).toBeNull();
  });

  it('holds columns in the order of rank', () => {
    const server = new Server(5);
    const model = open(server, 10);
    server.move('todo4', 'doing', 2);
    model.applyChanges(server.since(0), server.seq);
    const entries = [...model.view('doing').entries];
    expect(entries).toEqual([...entries].sort(compareRank));
  });
});

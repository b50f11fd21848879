import { jest } from '@jest/globals';
import { compareRank, rankBetween, ranksBetween, type CardPlace } from '@trainyard/domain';
import fc from 'fast-check';
import { buildActivity } from '../../../../test/build-activity.ts';
import type { LoggedActivity } from '../../activity/news.ts';
import { BoardModel, type Asked, type CellPage, type Head } from './board-model.ts';
import { BoardNews, type CardMatch } from './board-news.ts';
import { cellOf, columnIn, laneIn, type Lane } from './cells.ts';
import type { ReadPage } from './logged-column.ts';
import { cellsIn } from './read-lanes.ts';
import { WindowLoader } from './window-loader.ts';

const COLUMNS = ['todo', 'doing'] as const;
const BY_PERSON: Asked = { query: 'group:assignee', timeZone: 'UTC', by: 'ASSIGNEE' };
const PEOPLE: readonly Lane[] = ['ada', 'bo', null, 'cy'];

interface Card extends CardPlace {
  columnId: string;
  lane: Lane;
}

/** A board in lanes as the server has it. Nobody has given Cy anything yet. */
class Server {
  seq = 0;
  log: LoggedActivity[] = [];
  cards: Card[] = COLUMNS.flatMap((columnId) =>
    ranksBetween(null, null, 30).map((rank, i) => ({ id: `${columnId}${i}`, columnId, rank, lane: PEOPLE[i % 3] ?? null })),
  );

  in(columnId: string, lane?: Lane): Card[] {
    return this.cards.filter((card) => card.columnId === columnId && (lane === undefined || card.lane === lane)).sort(compareRank);
  }
  page(cellId: string, offset: number, limit: number): ReadPage {
    const cards = this.in(columnIn(cellId), laneIn(cellId));
    const shown = cards.slice(offset, offset + limit).map(({ id, rank }) => ({ id, rank }));
    return { offset, total: cards.length, all: this.in(columnIn(cellId)).length, seq: this.seq, cards: shown };
  }
  counts(): { pages: CellPage[]; heads: Head[] } {
    const lanes = PEOPLE.filter((lane) => this.cards.some((card) => card.lane === lane));
    return cellsIn({
      __typename: 'Board',
      id: 'board',
      columns: COLUMNS.map((id) => ({ __typename: 'Column', id, tickets: { __typename: 'TicketWindow', all: this.in(id).length, seq: this.seq } })),
      lanes: lanes.map((key) => ({
        __typename: 'Lane',
        key,
        seq: this.seq,
        columns: COLUMNS.map((columnId) => ({ __typename: 'LaneColumn' as const, columnId, total: this.in(columnId, key).length })).filter(
          ({ total }) => total > 0,
        ),
      })),
    });
  }
  matches(ids: readonly string[]): CardMatch[] {
    return this.cards
      .filter(({ id }) => ids.includes(id))
      .map(({ id, columnId, rank, lane }) => ({ id, columnId: cellOf(columnId, lane), rank, matches: true }));
  }
  private tell(ticketId: string, action: LoggedActivity['action'], changes: unknown): void {
    this.log.push(buildActivity(++this.seq, ticketId, action, changes));
  }
  assign(card: Card, lane: Lane): void {
    this.tell(card.id, 'UPDATED', { assigneeId: { from: card.lane, to: lane } });
    card.lane = lane;
  }
  move(card: Card, columnId: string, index: number): void {
    const others = this.in(columnId).filter((one) => one !== card);
    const at = Math.min(index, others.length);
    const before = { columnId: card.columnId, rank: card.rank };
    Object.assign(card, { columnId, rank: rankBetween(others[at - 1]?.rank ?? null, others[at]?.rank ?? null) });
    this.tell(card.id, 'MOVED', { columnId: { from: before.columnId, to: columnId }, rank: { from: before.rank, to: card.rank } });
  }
  remove(card: Card): void {
    this.cards = this.cards.filter((one) => one !== card);
    this.tell(card.id, 'DELETED', { columnId: { from: card.columnId, to: null }, rank: { from: card.rank, to: null } });
  }
}

const open = (server: Server): BoardModel => {
  const { pages, heads } = server.counts();
  return new BoardModel(pages, server.seq, BY_PERSON, heads);
};
const settle = async (): Promise<void> => {
  for (let i = 0; i < 40; i += 1) await Promise.resolve();
};

/** Everything is counted as the server has it, and what is loaded is in its order. */
function expectLike(model: BoardModel, server: Server): void {
  for (const columnId of COLUMNS) {
    expect([columnId, model.all(columnId), model.shown(columnId)]).toEqual([columnId, server.in(columnId).length, server.in(columnId).length]);
    for (const lane of model.lanes()) {
      const cards = server.in(columnId, lane);
      const view = model.view(cellOf(columnId, lane));
      expect([columnId, lane, view.total]).toEqual([columnId, lane, cards.length]);
      expect(view.entries.map(({ id }) => id)).toEqual(view.entries.map(({ index }) => cards[index]?.id));
    }
  }
}

describe('a board in lanes', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('begins with counts alone, reads what is in view, and has a lane of those of nobody whatever happens', async () => {
    const server = new Server();
    server.cards = server.cards.filter(({ lane }) => lane !== null);
    const model = open(server);
    expect(model.lanes()).toEqual(['ada', 'bo', null]);
    expectLike(model, server);
    const reads: string[] = [];
    const loader = new WindowLoader(
      model,
      async (cellId, offset, limit) => {
        reads.push(cellId);
        return server.page(cellId, offset, limit);
      },
      () => undefined,
    );
    loader.want('todo@ada', 0, 5);
    loader.want('todo@', 0, 5);
    await settle();
    expect(reads).toEqual(['todo@ada']);
    expect(model.view('todo@ada').entries.slice(0, 2)).toMatchObject([{ id: 'todo0' }, { id: 'todo3' }]);
    expectLike(model, server);
    loader.stop();
  });

  it('is as the server has it after whatever happens: given to others, moved, taken away, also where nothing was loaded', async () => {
    const step = fc.record({ what: fc.constantFrom('ASSIGN', 'MOVE', 'REMOVE', 'BOTH'), card: fc.nat(59), lane: fc.constantFrom(...PEOPLE), column: fc.constantFrom(...COLUMNS), at: fc.nat(30) }); // prettier-ignore
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }), async (batches) => {
        const server = new Server();
        const model = open(server);
        const loader = new WindowLoader(
          model,
          async (cellId, offset, limit) => server.page(cellId, offset, limit),
          () => undefined,
        );
        model.subscribeAll(() => loader.pump());
        const news = new BoardNews(
          model,
          async (ids) => server.matches(ids),
          async () => model.recount(server.counts().pages, (cellId) => loader.isInView(cellId)),
        );
        for (const cellId of ['todo@ada', 'doing@ada', 'todo@bo']) loader.want(cellId, 0, 4);
        await settle();
        for (const batch of batches) {
          for (const { what, card: n, lane, column, at } of batch) {
            const card = server.cards[n % server.cards.length];
            if (!card) continue;
            if (what === 'ASSIGN' || what === 'BOTH') server.assign(card, lane);
            if (what === 'MOVE' || what === 'BOTH') server.move(card, column, at);
            if (what === 'REMOVE') server.remove(card);
          }
          news.take({ seq: server.seq, activities: server.log.splice(0) });
          await settle();
        }
        // cells in doubt are read, or counted, a moment later
        for (let i = 0; i < 4; i += 1) {
          await jest.advanceTimersByTimeAsync(1100);
          await settle();
        }
        expectLike(model, server);
        for (const cellId of ['todo@ada', 'doing@ada', 'todo@bo'])
          expect(model.view(cellId).entries.length).toBeGreaterThanOrEqual(Math.min(4, server.in(columnIn(cellId), laneIn(cellId)).length));
        news.stop();
        loader.stop();
      }),
      { numRuns: 150 },
    );
  });

  it('shows a card in a lane that is new, and keeps a lane that becomes empty until something else is asked', async () => {
    const server = new Server();
    const model = open(server);
    const news = new BoardNews(model, async (ids) => server.matches(ids));
    const [first] = server.cards;
    if (!first) throw new Error('there are cards');
    server.assign(first, 'cy');
    news.take({ seq: server.seq, activities: server.log.splice(0) });
    await settle();
    expect(model.lanes()).toContain('cy');
    expect(model.placeOf(first.id)).toEqual({ columnId: 'todo@cy', rank: first.rank });
    server.assign(first, 'ada');
    news.take({ seq: server.seq, activities: server.log.splice(0) });
    await settle();
    expect([model.view('todo@cy').total, model.lanes().includes('cy')]).toEqual([0, true]);
    const { pages, heads } = server.counts();
    model.ask(BY_PERSON, pages, heads);
    expect(model.lanes()).not.toContain('cy');
    news.stop();
  });
});

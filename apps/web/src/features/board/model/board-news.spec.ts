import { jest } from '@jest/globals';
import { compareRank, rankBetween, ranksBetween, type CardPlace } from '@trainyard/domain';
import fc from 'fast-check';
import { buildActivity } from '../../../../test/build-activity.ts';
import type { LoggedActivity } from '../../activity/news.ts';
import { BoardModel, type Asked } from './board-model.ts';
import type { ReadPage } from './logged-column.ts';
import { BoardNews, type CardMatch } from './board-news.ts';
import { WindowLoader } from './window-loader.ts';

const COLUMNS = ['todo', 'doing'] as const;
const BUGS: Asked = { query: 'type:bug', timeZone: 'UTC' };

interface Card extends CardPlace {
  columnId: string;
  isBug: boolean;
}

/** A board as the server has it, asked for its bugs. */
class Server {
  seq = 0;
  cards: Card[] = [];
  log: LoggedActivity[] = [];

  constructor(count: number) {
    for (const columnId of COLUMNS)
      this.cards.push(...ranksBetween(null, null, count).map((rank, i) => ({ id: `${columnId}${i}`, columnId, rank, isBug: i % 3 === 0 })));
  }

  in(columnId: string, all = false): Card[] {
    return this.cards.filter((card) => card.columnId === columnId && (all || card.isBug)).sort(compareRank);
  }
  page(columnId: string, offset: number, limit: number): ReadPage {
    const cards = this.in(columnId);
    return {
      offset,
      total: cards.length,
      all: this.in(columnId, true).length,
      seq: this.seq,
      cards: cards.slice(offset, offset + limit).map(({ id, rank }) => ({ id, rank })),
    };
  }
  matches(ids: readonly string[]): CardMatch[] {
    return this.cards.filter(({ id }) => ids.includes(id)).map(({ id, columnId, rank, isBug }) => ({ id, columnId, rank, matches: isBug }));
  }
  private tell(ticketId: string, action: LoggedActivity['action'], changes: unknown): void {
    this.log.push(buildActivity(++this.seq, ticketId, action, changes));
  }
  move(card: Card, columnId: string, index: number): void {
    const others = this.in(columnId, true).filter((one) => one !== card);
    const at = Math.min(index, others.length);
    const before = { columnId: card.columnId, rank: card.rank };
    Object.assign(card, { columnId, rank: rankBetween(others[at - 1]?.rank ?? null, others[at]?.rank ?? null) });
    this.tell(card.id, 'MOVED', { columnId: { from: before.columnId, to: card.columnId }, rank: { from: before.rank, to: card.rank } });
  }
  retype(card: Card): void {
    card.isBug = !card.isBug;
    this.tell(card.id, 'UPDATED', { type: { from: 'BUG', to: 'TASK' } });
  }
  rename(card: Card): void {
    this.tell(card.id, 'UPDATED', { title: { from: 'a', to: 'b' } });
  }
  remove(card: Card): void {
    this.cards = this.cards.filter((one) => one !== card);
    this.tell(card.id, 'DELETED', { columnId: { from: card.columnId, to: null }, rank: { from: card.rank, to: null } });
  }
  create(columnId: string, isBug: boolean): void {
    const card = { id: `new${this.seq}`, columnId, isBug, rank: rankBetween(this.in(columnId, true).at(-1)?.rank ?? null, null) };
    this.cards.push(card);
    this.tell(card.id, 'CREATED', { columnId: { from: null, to: columnId }, rank: { from: null, to: card.rank } });
  }
}

const open = (server: Server, limit: number): BoardModel =>
  new BoardModel(
    COLUMNS.map((columnId) => ({ columnId, page: server.page(columnId, 0, limit) })),
    server.seq,
    BUGS,
  );
const settle = async (): Promise<void> => {
  for (let i = 0; i < 20; i += 1) await Promise.resolve();
};

function expectLike(model: BoardModel, server: Server): void {
  for (const columnId of COLUMNS) {
    const cards = server.in(columnId);
    const view = model.view(columnId);
    expect(view.total).toBe(cards.length);
    for (const entry of view.entries) expect(cards[entry.index]?.id).toBe(entry.id);
    expect(model.all(columnId)).toBe(server.in(columnId, true).length);
  }
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it.each([4, 100])('shows what matches after whatever happens, with true counts; %i cards of each column are loaded', async (loaded) => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(6), fc.nat(59), fc.nat(40), fc.constantFrom(...COLUMNS), fc.boolean()), { maxLength: 25 }),
      fc.array(fc.nat(4), { maxLength: 6 }),
      async (steps, together) => {
        const server = new Server(30);
        const model = open(server, loaded);
        const news = new BoardNews(model, async (ids) => server.matches(ids));
        const loader = new WindowLoader(
          model,
          async (columnId, offset, limit) => server.page(columnId, offset, limit),
          () => undefined,
        );
        for (const columnId of COLUMNS) loader.want(columnId, 0, loaded);
        model.subscribeAll(() => loader.pump());
        let told = 0;
        for (const [i, [what, which, index, columnId, isBug]] of steps.entries()) {
          const card = server.cards[which % server.cards.length];
          if (!card) continue;
          if (what <= 2) server.move(card, columnId, index);
          else if (what === 3) server.retype(card);
          else if (what === 4) server.rename(card);
          else if (what === 5) server.remove(card);
          else server.create(columnId, isBug);
          // now and then several are told at once, after what they tell is no longer how it is
          if (together.includes(i % 5)) continue;
          news.take({ seq: server.seq, activities: server.log.slice(told) });
          told = server.log.length;
          if (isBug) await settle();
        }
        news.take({ seq: server.seq, activities: server.log.slice(told) });
        await settle();
        // columns whose count was in doubt are read again
        await jest.advanceTimersByTimeAsync(1000);
        await settle();
        expectLike(model, server);
        news.stop();
        loader.stop();
      },
    ),
    { numRuns: 150 },
  );
});

describe('an event in a board that is asked', () => {
  const start = (loaded = 100) => {
    const server = new Server(30);
    const model = open(server, loaded);
    const asked: string[][] = [];
    const news = new BoardNews(model, async (ids) => {
      asked.push([...ids]);
      return server.matches(ids);
    });
    const tell = async (): Promise<void> => {
      news.take({ seq: server.seq, activities: server.log.splice(0) });
      await settle();
    };
    return { server, model, news, asked, tell };
  };
  const card = (server: Server, id: string): Card => server.cards.find((one) => one.id === id) as Card;

  it('asks about what it changed, and about nothing where no condition looks at that', async () => {
    const { server, asked, tell } = start();
    server.rename(card(server, 'todo0'));
    await tell();
    expect(asked).toEqual([]);
    server.retype(card(server, 'todo4'));
    await tell();
    expect(asked).toEqual([['todo4']]);
  });

  it('brings a card that begins to match, and takes one away that ceases to', async () => {
    const { server, model, tell } = start();
    server.retype(card(server, 'todo4'));
    server.retype(card(server, 'todo0'));
    await tell();
    expect(model.placeOf('todo4')).toEqual({ columnId: 'todo', rank: card(server, 'todo4').rank });
    expect(model.placeOf('todo0')).toBeNull();
    expect(model.isOnBoard('todo0')).toBe(true);
  });

  it('lets go of a card that was moved here and does not match there', async () => {
    const { server, model, tell } = start();
    const moved = card(server, 'todo0');
    const token = model.draft('todo0', { columnId: 'doing', rank: 'zz' });
    server.move(moved, 'doing', 30);
    model.settle('todo0', token, { columnId: 'doing', rank: moved.rank });
    expect(model.placeOf('todo0')?.columnId).toBe('doing');
    expect([model.all('todo'), model.all('doing')]).toEqual([29, 31]);
    moved.isBug = false;
    await tell();
    expect(model.placeOf('todo0')).toBeNull();
    expect([model.all('todo'), model.all('doing')]).toEqual([29, 31]);
  });

  it('is applied after what is read meanwhile, as far as that does not have it', async () => {
    const { server, model, news } = start();
    await news.hold(async () => {
      server.retype(card(server, 'todo4'));
      news.take({ seq: server.seq, activities: server.log.splice(0) });
      await settle();
      expect(model.placeOf('todo4')).toBeNull();
      const pages = COLUMNS.map((columnId) => ({ columnId, page: server.page(columnId, 0, 100) }));
      server.retype(card(server, 'todo5'));
      news.take({ seq: server.seq, activities: server.log.splice(0) });
      model.ask(BUGS, pages);
    });
    await settle();
    expectLike(model, server);
    expect(model.placeOf('todo5')).not.toBeNull();
  });

  it('is asked about again where the server did not answer', async () => {
    const server = new Server(30);
    const model = open(server, 100);
    let calls = 0;
    const news = new BoardNews(model, async (ids) => {
      calls += 1;
      if (calls === 1) throw new TypeError('cut');
      return server.matches(ids);
    });
    server.retype(card(server, 'todo4'));
    news.take({ seq: server.seq, activities: server.log });
    await settle();
    expect(model.placeOf('todo4')).toBeNull();
    await jest.advanceTimersByTimeAsync(1000);
    await settle();
    expectLike(model, server);
  });
});

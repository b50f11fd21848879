import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { waitFor } from '../../infra/test/wait-for.ts';
import { installProbe } from './page-probe.ts';

export interface BoardAddress {
  baseUrl: string;
  email: string;
  password: string;
  projectKey: string;
  boardId: string;
}

const CARD = '[data-ticket-id]';
const COLUMN = '[data-column-id]';
/** Enough for all columns of a six-column board to be in view. */
const SIZE = { width: 2000, height: 900 };

/** Seconds of processor time that all processes of the browser have used. */
async function processorTime(session: CDPSession): Promise<number> {
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

/** A new window loads pages of its own, such as the address bar's list: they must not share the processor with the board. */
async function windowReady(browser: Browser): Promise<void> {
  const session = await browser.newBrowserCDPSession();
  let before = Number.NEGATIVE_INFINITY;
  const atRest = async (): Promise<boolean> => {
    const now = await processorTime(session);
    const used = now - before;
    before = now;
    return used < 0.05;
  };
  // on a machine that is too busy to tell, the paint is measured all the same
  await waitFor('the browser window to be at rest', atRest, 5000, 500).catch(() => undefined);
  await session.detach();
}

/** A board in a browser of its own. */
export class BoardScreen {
  readonly page: Page;
  private readonly context: BrowserContext;
  private readonly address: BoardAddress;

  private constructor(context: BrowserContext, page: Page, address: BoardAddress) {
    this.context = context;
    this.page = page;
    this.address = address;
  }

  /** A signed-in browser with nothing in its cache and no page yet; `slower` times slower than this machine. */
  static async prepare(browser: Browser, address: BoardAddress, slower: number = 1): Promise<BoardScreen> {
    const context = await browser.newContext({ viewport: SIZE, locale: 'en-US' });
    const answer = await context.request.post(`${address.baseUrl}/graphql`, {
      headers: { 'x-trainyard-csrf': '1' },
      data: {
        query: 'mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) { user { id } } }',
        variables: { email: address.email, password: address.password },
      },
    });
    const reply = (await answer.json()) as { errors?: { message: string }[] };
    if (reply.errors?.[0]) throw new Error(`The bench could not sign in: ${reply.errors[0].message}`);
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await installProbe(page);
    await windowReady(browser);
    if (slower > 1) await (await context.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: slower });
    return new BoardScreen(context, page, address);
  }

  static async open(browser: Browser, address: BoardAddress, slower: number = 1): Promise<BoardScreen> {
    const screen = await BoardScreen.prepare(browser, address, slower);
    await screen.show();
    await screen.quiet();
    return screen;
  }

  /** Goes to the board, which may be asked something; milliseconds from the start of the navigation until every column showed a card. */
  async show(query?: string): Promise<number> {
    await this.page.goto(
      `${this.address.baseUrl}/projects/${this.address.projectKey}/board/${this.address.boardId}${query === undefined ? '' : `?query=${encodeURIComponent(query)}`}`,
      {
        waitUntil: 'commit',
      },
    );
    return this.page.evaluate(() =>
      globalThis.probe.when(() => {
        const columns = [...document.querySelectorAll('[data-column-id]')];
        return columns.length > 0 && columns.every((column) => column.querySelector('[data-ticket-id]') !== null);
      }, 20_000),
    );
  }

  /** Waits until the page has had nothing to do for a moment. */
  async quiet(): Promise<void> {
    await this.page.waitForLoadState('networkidle').catch(() => undefined);
    await this.page.evaluate(() => new Promise<void>((resolve) => requestIdleCallback(() => resolve(), { timeout: 2000 })));
  }

  async close(): Promise<void> {
    await this.context.close();
  }

  columnIds(): Promise<string[]> {
    return this.page.$$eval(COLUMN, (columns) => columns.map((column) => column.getAttribute('data-column-id') ?? ''));
  }

  /** Ids of the cards wholly in view in a column, top to bottom. */
  inView(columnId: string): Promise<string[]> {
    return this.page.evaluate((id) => {
      const column = document.querySelector(`[data-column-id="${id}"]`);
      const list = column?.querySelector('ul')?.parentElement;
      if (!list) return [];
      const { top, bottom } = list.getBoundingClientRect();
      return [...list.querySelectorAll('[data-ticket-id]')]
        .map((card) => ({ id: card.getAttribute('data-ticket-id') ?? '', box: card.getBoundingClientRect() }))
        .filter(({ box }) => box.top >= top - 1 && box.bottom <= bottom + 1)
        .sort((a, b) => a.box.top - b.box.top)
        .map(({ id: ticketId }) => ticketId);
    }, columnId);
  }

  /** Where a card is on the screen, once it stands still. */
  async box(ticketId: string): Promise<{ x: number; y: number; width: number; height: number }> {
    const card = this.page.locator(`[data-ticket-id="${ticketId}"]`);
    await this.page.evaluate(
      (id) => Promise.all((document.querySelector(`[data-ticket-id="${id}"]`)?.getAnimations() ?? []).map((one) => one.finished.catch(() => undefined))),
      ticketId,
    );
    const box = await card.boundingBox();
    if (!box) throw new Error(`Card ${ticketId} is not on the screen`);
    return box;
  }

  /** The column and index a card is drawn at; null where it is not drawn. */
  placeOf(ticketId: string): Promise<{ columnId: string; index: number } | null> {
    return this.page.evaluate((id) => {
      const card = document.querySelector(`[data-ticket-id="${id}"]`);
      const columnId = card?.closest('[data-column-id]')?.getAttribute('data-column-id');
      return card && columnId ? { columnId, index: Number(card.getAttribute('data-index')) } : null;
    }, ticketId);
  }

  async scrollColumn(columnId: string, to: number): Promise<void> {
    await this.page.evaluate(
      ([id, top]) => {
        const list = document.querySelector(`[data-column-id="${id}"] ul`)?.parentElement;
        if (list) list.scrollTop = Number(top);
      },
      [columnId, to] as const,
    );
  }

  /** What a column shows: how far it is scrolled, and the cards wholly in view there. */
  async shown(columnId: string): Promise<{ top: number; cards: string[] }> {
    const top = await this.page.locator(`[data-column-id="${columnId}"] ul`).evaluate((list) => list.parentElement?.scrollTop ?? 0);
    return { top, cards: await this.inView(columnId) };
  }

  /** Whether a column shows the same, once it has been scrolled there and its cards have come. */
  async comesToShow(columnId: string, { top, cards }: { top: number; cards: string[] }): Promise<boolean> {
    await this.scrollColumn(columnId, top);
    const same = async (): Promise<boolean> => (await this.inView(columnId)).join() === cards.join();
    return waitFor('the column to show the same', same, 5000).catch(() => false);
  }

  /** Lifts a card with the mouse: over the card's middle, and moved far enough to be a drag. */
  async lift(ticketId: string): Promise<void> {
    const box = await this.box(ticketId);
    await this.page.mouse.move(box.x + box.width / 2, box.y + 20);
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + box.width / 2 + 4, box.y + 26, { steps: 3 });
    await this.page.locator(`[data-ticket-id="${ticketId}"][data-dragging]`).waitFor({ state: 'attached', timeout: 3000 });
  }

  domSize(): Promise<{ nodes: number; cards: number }> {
    return this.page.evaluate((card) => ({ nodes: document.querySelectorAll('*').length, cards: document.querySelectorAll(card).length }), CARD);
  }
}

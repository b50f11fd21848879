import type { Page } from 'playwright-core';
import { waitFor } from '../../../infra/test/wait-for.ts';
import { addTicket } from '../../../infra/test/workspace.ts';
import { axeViolations, openStage, shot } from './stage.ts';

const { stage, api, board } = await openStage('KEYS');

describe('by keys alone', () => {
  let page: Page;
  let ids: string[];

  beforeAll(async () => {
    page = await stage.signedIn({ width: 1440, height: 900 });
  });
  afterAll(() => page.context().close());
  beforeEach(async () => {
    // of the test before
    for (const at of [0, 1, 2, 3, 4]) {
      const { column } = await api.query<{ column: { tickets: { nodes: { id: string; version: number }[] } } }>(
        'query ($id: ID!) { column(id: $id) { tickets { nodes { id version } } } }',
        { id: board.columnId(at) },
      );
      const changes = column.tickets.nodes.map(({ id, version }) => ({ id, version, deleted: true }));
      if (changes.length > 0) await api.query('mutation ($changes: [TicketChangeInput!]!) { changeTickets(changes: $changes) { ticket { id } } }', { changes });
    }
    ids = [];
    for (const title of ['First', 'Second', 'Third', 'Fourth', 'Fifth']) ids.push((await addTicket(api, board.columnId(0), title)).id);
    await board.open(page);
    await board.card(page, ids[4]!).waitFor();
  });

  const focused = (): Promise<string | null | undefined> =>
    page.evaluate(() => document.activeElement?.closest('[data-ticket-id]')?.getAttribute('data-ticket-id'));
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const on = (at: number): Promise<(string | null)[]> => board.cardsOf(page, at);
  const start = async (id: string): Promise<void> => {
    await board.card(page, id).locator('a').first().focus();
    await waitFor('the card to have the focus', async () => (await focused()) === id);
  };

  it('a card goes to another column with two keys, and comes back with one', async () => {
    await start(ids[1]!);
    await press('s', '3');
    await waitFor('the card in the third column', async () => (await on(2)).join() === ids[1]);
    await waitFor('the focus on it', async () => (await focused()) === ids[1]);
    await press('Control+z');
    await waitFor('the card back in its place', async () => (await on(0)).join() === ids.join());
  });

  it('an editor says which card it is of, though another is shown beside the board, and that one goes with the keyboard', async () => {
    await start(ids[0]!);
    await press(' ');
    const peek = page.getByRole('complementary', { name: /KEYS-\d+/ });
    await peek.getByRole('heading', { name: 'First' }).waitFor();
    await press('j', 'j');
    await peek.getByRole('heading', { name: 'Third' }).waitFor();
    await waitFor('the keyboard to stay on the card', async () => (await focused()) === ids[2]);
    // by the mouse to another card's menu button, which leaves the peek as it is
    await board.card(page, ids[3]!).locator('a').first().focus();
    await press('a');
    const editor = page.getByRole('dialog', { name: /Assignee/ });
    await editor.getByText('Fourth').waitFor();
    await peek.getByRole('heading', { name: 'Third' }).waitFor();
    await press('Escape');
    await waitFor('the keyboard on the card again', async () => (await focused()) === ids[3]);
    await press('Escape');
    await peek.waitFor({ state: 'detached' });
  });

  it('the keys of a card are those of its panel and of its page', async () => {
    await start(ids[0]!);
    await press(' ');
    const peek = page.getByRole('complementary', { name: /KEYS-\d+/ });
    await peek.getByRole('heading', { name: 'First' }).waitFor();
    await peek.focus();
    await press('e');
    await waitFor('the field of points', () => page.evaluate(() => document.activeElement?.closest('[data-fact]')?.getAttribute('data-fact') === 'points'));
    await page.keyboard.type('5');
    await press('Enter');
    await board.card(page, ids[0]!).getByTitle('5 points').waitFor();
    const key = (await peek.getAttribute('aria-label')) ?? '';
    await page.goto(`${stage.url}/tickets/${/KEYS-\d+/.exec(key)?.[0]}`);
    await page.getByRole('heading', { name: 'First' }).waitFor();
    await press('a');
    await waitFor('the field of the assignee', () =>
      page.evaluate(() => document.activeElement?.closest('[data-fact]')?.getAttribute('data-fact') === 'assignee'),
    );
  });

  it('the palette does with a card what its keys do, finds what was just made, and begins with what was opened', async () => {
    const palette = page.getByRole('combobox', { name: 'Search and commands' });
    await start(ids[1]!);
    await press('Control+k');
    await palette.waitFor();
    const keyOf = async (id: string): Promise<string> => /KEYS-\d+/.exec(await board.card(page, id).innerText())?.[0] ?? '';
    const [first, second] = [await keyOf(ids[0]!), await keyOf(ids[1]!)];
    await page.getByRole('option', { name: `Assign ${second}` }).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await palette.fill('estimate');
    await press('Enter');
    await page.getByRole('dialog', { name: `${second} Points` }).waitFor();
    await press('Escape');
    await waitFor('the keyboard on the card again', async () => (await focused()) === ids[1]);
    await press('Control+k');
    await palette.waitFor();
    await press('Escape');
    await waitFor('the keyboard where it was', async () => (await focused()) === ids[1]);

    await press('Control+k');
    await palette.fill(first);
    await press('Enter');
    const peek = page.getByRole('complementary', { name: first });
    await peek.getByRole('heading', { name: 'First' }).waitFor();
    // of what is open beside the board, once the keyboard is in there
    await press('Control+k');
    await palette.fill('copy key');
    await page.getByRole('option', { name: `Copy the key ${first}` }).waitFor();
    await press('Escape');
    await waitFor('it to be known as opened', () =>
      page.evaluate((key) => Object.entries(localStorage).some(([name, kept]) => name.startsWith('trainyard.opened.') && String(kept).includes(key)), first),
    );
    await page.getByRole('link', { name: 'Home', exact: true }).click();
    await page.keyboard.press('Control+k');
    await page
      .getByRole('group', { name: 'Recent' })
      .getByRole('option', { name: new RegExp(`${first}.*First`) })
      .waitFor();
    await press('Escape');
  });

  it('many are chosen, moved, labelled nothing else, deleted, and each of it is one step back', async () => {
    await start(ids[0]!);
    await press('x', 'Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowUp');
    const bar = page.getByRole('toolbar', { name: 'Chosen cards' });
    await bar.getByText('2 cards chosen').waitFor();
    await press('j', 'j', 'x');
    await bar.getByText('3 cards chosen').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await shot(page, 'board-chosen');
    await press('s', '4');
    await waitFor('three in the fourth column, in their order', async () => (await on(3)).join() === [ids[0], ids[1], ids[3]].join());
    await waitFor('the others', async () => (await on(0)).join() === [ids[2], ids[4]].join());
    await press('Control+z');
    await waitFor('all back in their order', async () => (await on(0)).join() === ids.join());
    await bar.getByText('3 cards chosen').waitFor();
    await press('Delete');
    await waitFor('two left', async () => (await on(0)).join() === [ids[2], ids[4]].join());
    await bar.waitFor({ state: 'detached' });
    await press('Control+z');
    await waitFor('all back again', async () => (await on(0)).join() === ids.join());
    await page.reload();
    await board.card(page, ids[4]!).waitFor();
    expect(await on(0)).toEqual(ids);
  });

  it('shift and a click choose all between, and Esc none', async () => {
    await start(ids[0]!);
    await press('x');
    await board
      .card(page, ids[3]!)
      .locator('a')
      .first()
      .click({ modifiers: ['Shift'] });
    await page.getByText('4 cards chosen').waitFor();
    await press('Escape');
    await page.getByRole('toolbar', { name: 'Chosen cards' }).waitFor({ state: 'detached' });
  });

  it('after a ticket was made, Esc leaves the keyboard on it', async () => {
    await start(ids[2]!);
    await press('c');
    await page.keyboard.type('Made by keys');
    await press('Enter');
    const made = board.column(page, 0).locator('[data-ticket-id]', { hasText: 'Made by keys' });
    await made.waitFor();
    await press('Escape');
    const id = await made.getAttribute('data-ticket-id');
    await waitFor('the new card to have the focus', async () => (await focused()) === id);
    await press('c', 'Escape');
    await waitFor('the card to have it again', async () => (await focused()) === id);
  });

  it('a kind is said in the title itself, which does not keep it', async () => {
    await start(ids[0]!);
    await press('c');
    await page.keyboard.type('Loss is NaN !bug @somebody');
    await press('Enter', 'Escape');
    const made = board.column(page, 0).locator('[data-ticket-id]', { hasText: 'Loss is NaN @somebody' });
    await made.getByRole('img', { name: 'Bug' }).waitFor();
  });

  it('a card is copied, with what it says and nothing of what happened to it', async () => {
    await board.card(page, ids[0]!).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Make a copy' }).click();
    await waitFor('the copy below it', async () => (await on(0)).length === 6);
    const order = await on(0);
    expect([order[0], order[2]]).toEqual([ids[0], ids[1]]);
    await board.card(page, order[1]!).getByRole('link', { name: /First/ }).waitFor();
  });
});

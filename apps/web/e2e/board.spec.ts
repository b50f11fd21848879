import { addTicket } from '../../../infra/test/workspace.ts';
import { waitFor } from '../../../infra/test/wait-for.ts';
import { BoardOnScreen, openStage, shot } from './stage.ts';

const { stage, api, board } = await openStage('NLP');

describe('the board', () => {
  let first: { id: string; key: string };
  let second: { id: string; key: string };
  let third: { id: string; key: string };

  beforeAll(async () => {
    const from = board.columnId(0);
    first = await addTicket(api, from, 'First ticket');
    second = await addTicket(api, from, 'Second ticket');
    third = await addTicket(api, from, 'Third ticket');
  });

  it('shows a drag to a second browser without reload, and keeps it after one', async () => {
    const mine = await stage.signedIn();
    const theirs = await stage.signedIn();
    await Promise.all([board.open(mine), board.open(theirs)]);
    await board.card(theirs, third.id).waitFor();
    expect(await board.cardsOf(theirs, 0)).toEqual([first.id, second.id, third.id]);

    await board.card(mine, first.id).dragTo(board.column(mine, 1).locator('ul'), { targetPosition: { x: 60, y: 4 } });
    await waitFor('the second browser to show the move', async () => (await board.cardsOf(theirs, 1)).includes(first.id));
    expect(await board.cardsOf(theirs, 0)).toEqual([second.id, third.id]);
    await shot(theirs, 'board-after-move');

    await mine.reload();
    await board.card(mine, first.id).waitFor();
    expect(await board.cardsOf(mine, 1)).toEqual([first.id]);
    await Promise.all([mine.context().close(), theirs.context().close()]);
  });

  it('moves a card by keyboard, restores it on Escape, and keeps the focus on it', async () => {
    const page = await stage.signedIn();
    await board.open(page);
    const link = board.card(page, second.id).locator('a').first();
    await link.focus();
    await page.keyboard.press('m');
    await page.locator(`[data-ticket-id="${second.id}"][data-grabbed]`).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Escape');
    await waitFor('the card to be put back', async () => (await board.cardsOf(page, 0)).join() === [second.id, third.id].join());

    await page.keyboard.press('m');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await waitFor('the new order', async () => (await board.cardsOf(page, 0)).join() === [third.id, second.id].join());
    expect(await page.evaluate(() => document.activeElement?.closest('[data-ticket-id]')?.getAttribute('data-ticket-id'))).toBe(second.id);
    const saved = await waitFor('the server to have it', async () => {
      const { column: found } = await api.query<{ column: { tickets: { nodes: { id: string }[] } } }>(
        'query ($id: ID!) { column(id: $id) { tickets { nodes { id } } } }',
        { id: board.columnId(0) },
      );
      const ids = found.tickets.nodes.map((ticket) => ticket.id);
      return ids[0] === third.id ? ids : null;
    });
    expect(saved).toEqual([third.id, second.id]);
    await page.context().close();
  });

  it('carries a card along a column that is not loaded: by keys without a pause none is lost, by hand also over head and foot of the column', async () => {
    const onScreen = await BoardOnScreen.add(stage, api, 'LONG');
    const ids: string[] = [];
    for (let i = 0; i < 70; i++) ids.push((await addTicket(api, onScreen.columnId(0), `Ticket ${i}`)).id);
    const [carried = '', dragged = ''] = ids;
    const page = await stage.signedIn();
    await onScreen.open(page);
    await board.card(page, carried).locator('a').first().focus();
    await page.keyboard.press('m');
    const keys = await page.context().newCDPSession(page);
    const press = (key: string, windowsVirtualKeyCode: number, modifiers = 0): Promise<unknown>[] =>
      (['rawKeyDown', 'keyUp'] as const).map((type) => keys.send('Input.dispatchKeyEvent', { type, key, code: key, windowsVirtualKeyCode, modifiers }));
    await Promise.all([...Array.from({ length: 60 }, () => press('ArrowDown', 40)).flat(), ...press('Enter', 13)]);
    const order = [...ids.slice(1, 61), carried, ...ids.slice(61)];
    await waitFor('the server to have it sixty places lower', async () => {
      const { column: found } = await api.query<{ column: { tickets: { nodes: { id: string }[] } } }>(
        'query ($id: ID!) { column(id: $id) { tickets(limit: 70) { nodes { id } } } }',
        { id: onScreen.columnId(0) },
      );
      return found.tickets.nodes.map((ticket) => ticket.id).join() === order.join();
    });

    const list = onScreen.column(page, 0);
    const cards = list.locator('ul').locator('..');
    const scrolled = (): Promise<number> => cards.evaluate((element) => element.scrollTop);
    await waitFor('the column to have followed it', async () => {
      const [around, inner] = await Promise.all([cards.boundingBox(), board.card(page, carried).boundingBox()]);
      return around !== null && inner !== null && inner.y >= around.y && inner.y + inner.height / 2 < around.y + around.height;
    });
    await cards.evaluate((element) => (element.scrollTop = 0));
    await board.card(page, dragged).hover();
    await page.mouse.down();
    const [whole, inner] = [await list.boundingBox(), await cards.boundingBox()];
    if (whole === null || inner === null) throw new Error('The column is not on the screen');
    const middle = whole.x + whole.width / 2;
    // straight there: on the way over the cards' own edges the column would scroll anyhow
    const hold = async (y: number): Promise<void> => {
      await page.mouse.move(middle, y);
      await page.mouse.move(middle + 1, y);
    };
    await hold(inner.y + inner.height / 2);
    await hold(inner.y + inner.height + 30);
    await waitFor('the column to scroll for a card over its foot', async () => (await scrolled()) > 200);
    await hold(inner.y + inner.height / 2);
    const there = await scrolled();
    await hold(inner.y - 15);
    await waitFor('the column to scroll back for a card over its head', async () => (await scrolled()) < there - 100);
    await page.mouse.up();

    // a walk that chooses loses no key either
    await onScreen.open(page);
    await onScreen.column(page, 0).locator('[data-ticket-id] a').first().focus();
    await page.keyboard.press('x');
    await page.keyboard.down('Shift');
    await Promise.all(Array.from({ length: 60 }, () => press('ArrowDown', 40, 8)).flat());
    await page.keyboard.up('Shift');
    await page.getByText('61 cards chosen').waitFor();
    await page.context().close();
  });

  it('cancels a card by keyboard, shows that to a second browser, takes it back, and takes the card off the board', async () => {
    const ended = await addTicket(api, board.columnId(0), 'Not wanted any more');
    const mine = await stage.signedIn();
    const theirs = await stage.signedIn();
    await Promise.all([board.open(mine), board.open(theirs)]);
    const done = board.project.columns.length - 1;
    const choose = async (...names: string[]): Promise<void> => {
      await board.card(mine, ended.id).locator('a').first().focus();
      await mine.keyboard.press('Shift+F10');
      for (const name of names) {
        // Done is a column, too: the menu of states comes after it
        await mine.getByRole('menuitem', { name, exact: true }).last().focus();
        await mine.keyboard.press(name === names.at(-1) ? 'Enter' : 'ArrowRight');
      }
    };
    await choose('State', 'Cancelled');
    await waitFor('the card to lie among what is done', async () => (await board.cardsOf(theirs, done)).includes(ended.id));
    await board.card(theirs, ended.id).getByText('Cancelled').waitFor();
    await theirs.getByRole('link', { name: `${ended.key} Not wanted any more, Cancelled`, exact: true }).waitFor();
    await mine.getByText(`${ended.key} is cancelled`).waitFor();
    await shot(mine, 'board-cancelled');
    await mine.getByRole('button', { name: 'Undo' }).click();
    await waitFor('the card to be back', async () => (await board.cardsOf(theirs, 0)).includes(ended.id));
    expect(await board.card(theirs, ended.id).getByText('Cancelled').count()).toBe(0);

    // How it ended comes back too, though its column says no more than that it did.
    await choose('State', 'Done');
    await choose('State', 'Duplicate');
    await board.card(theirs, ended.id).getByText('Duplicate').waitFor();
    await board.card(mine, ended.id).dragTo(board.column(mine, done - 1).locator('ul'), { targetPosition: { x: 60, y: 4 } });
    await waitFor('the card to be dragged', async () => (await board.cardsOf(theirs, done - 1)).includes(ended.id));
    expect(await board.card(theirs, ended.id).getByText('Duplicate').count()).toBe(0);
    await mine.keyboard.press('Control+z');
    await board.card(theirs, ended.id).getByText('Duplicate').waitFor();
    expect(await board.cardsOf(theirs, done)).toContain(ended.id);
    await mine.keyboard.press('Control+z');
    await board.card(theirs, ended.id).getByText('Duplicate').waitFor({ state: 'detached' });
    expect(await board.cardsOf(theirs, done)).toContain(ended.id);

    await choose('Take off the board');
    await board.card(theirs, ended.id).waitFor({ state: 'detached' });
    await mine.goto(`${stage.url}/projects/${board.project.key}/tickets?query=is:backlog`);
    await mine.getByRole('cell', { name: 'Not wanted any more' }).waitFor();
    // Beside the board it can be put back there.
    await mine.goto(`${board.url}?ticket=${ended.key}`);
    await mine.getByRole('combobox', { name: 'Column' }).click();
    await mine.getByRole('option', { name: board.project.columns[1]?.name ?? '', exact: true }).click();
    await waitFor('the card to be back on the board', async () => (await board.cardsOf(theirs, 1)).includes(ended.id));
    expect(stage.takeComplaints()).toEqual([]);
    await Promise.all([mine.context().close(), theirs.context().close()]);
  });

  it('puts a card back, with the reason, when a full column refuses it', async () => {
    const { board: read } = await api.query<{ board: { columns: { id: string; version: number }[] } }>(
      'query ($id: ID!) { board(id: $id) { columns { id version } } }',
      { id: board.project.boardId },
    );
    const full = read.columns[1];
    await api.query('mutation ($id: ID!, $version: Int!, $input: UpdateColumnInput!) { updateColumn(id: $id, version: $version, input: $input) { id } }', {
      id: full?.id,
      version: full?.version,
      input: { wipLimit: 1, wipPolicy: 'REFUSE' },
    });
    const page = await stage.signedIn();
    await board.open(page);
    await board.card(page, third.id).dragTo(board.column(page, 1).locator('ul'), { targetPosition: { x: 60, y: 4 } });
    await page.getByRole('alert').first().waitFor();
    await shot(page, 'wip-refused');
    await waitFor('the card to be back', async () => (await board.cardsOf(page, 0)).includes(third.id) && !(await board.cardsOf(page, 1)).includes(third.id));
    await page.context().close();
  });

  it('creates tickets inline and keeps the field open', async () => {
    const page = await stage.signedIn();
    await board.open(page);
    await board.column(page, 2).getByRole('button', { name: 'New ticket' }).click();
    for (const title of ['Written inline', 'And another']) {
      await page.keyboard.type(title);
      await page.keyboard.press('Enter');
      await board.column(page, 2).getByText(title, { exact: true }).first().waitFor();
    }
    await page.context().close();
  });
});

import type { CDPSession, Page } from 'playwright-core';
import { addTicket } from '../../../infra/test/workspace.ts';
import { waitFor } from '../../../infra/test/wait-for.ts';
import { openStage } from './stage.ts';

/** What only a browser can show of hands: an input method, a page that ends, another layout. */
const { stage, api, board } = await openStage('HANDS');
let ticket: { id: string; key: string };
let page: Page;
let keyboard: CDPSession;

beforeAll(async () => {
  ticket = await addTicket(api, board.columnId(0), 'First ticket');
  page = await stage.signedIn();
  keyboard = await page.context().newCDPSession(page);
}, 60_000);

const openBoard = async (search = ''): Promise<void> => {
  await page.goto(`${board.url}${search}`);
  await board.card(page, ticket.id).waitFor();
};
const CTRL = 2;
const press = async (key: string, code: string, windowsVirtualKeyCode: number, modifiers = 0): Promise<void> => {
  await keyboard.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key, code, windowsVirtualKeyCode, modifiers });
  await keyboard.send('Input.dispatchKeyEvent', { type: 'keyUp', key, code, windowsVirtualKeyCode, modifiers });
};
const focusCard = (): Promise<void> => page.locator(`[data-ticket-id="${ticket.id}"] a`).first().focus();

/** Types pinyin whose word is not chosen yet, and presses the key that would also mean something to the page. */
async function compose(key: 'Escape' | 'Enter', modifiers = 0): Promise<void> {
  await keyboard.send('Input.imeSetComposition', { text: 'shuju', selectionStart: 5, selectionEnd: 5 });
  await press(key, key, 229, modifiers);
}

/** Ends the word with nothing, and the task it ended in: a key in that same task still belongs to the word. */
async function dropComposition(): Promise<void> {
  await keyboard.send('Input.imeSetComposition', { text: '', selectionStart: 0, selectionEnd: 0 });
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 0)));
}

it('the board goes where a card is walked to and carried, on a screen that shows one column', async () => {
  const size = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  await openBoard();
  await focusCard();
  const inView = (): Promise<boolean> =>
    page.evaluate(() => {
      const { left, right } = (document.activeElement as HTMLElement).getBoundingClientRect();
      return left >= 0 && right <= innerWidth && document.activeElement?.closest('[data-ticket-id]') !== null;
    });
  await page.keyboard.press('m');
  for (const { id } of board.project.columns.slice(1)) {
    await page.keyboard.press('ArrowRight');
    await page.locator(`[data-column-id="${id}"] [data-ticket-id="${ticket.id}"]`).waitFor();
    await waitFor('the carried card in view', inView);
  }
  await page.keyboard.press('Escape');
  await page.locator(`[data-column-id="${board.columnId(0)}"] [data-ticket-id="${ticket.id}"]`).waitFor();
  await waitFor('the card in view that was put back', inView);
  if (size) await page.setViewportSize(size);
});

it('a finger that moves scrolls, and one that rests opens the menu of a card, from which a thumb moves it', async () => {
  for (let i = 0; i < 9; i += 1) await addTicket(api, board.columnId(0), `Further ticket ${i}`);
  const phone = await stage.signedIn({ width: 390, height: 700, touch: true });
  await phone.goto(board.url);
  const card = board.card(phone, ticket.id);
  await card.waitFor();
  const hand = await phone.context().newCDPSession(phone);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
    hand.send('Input.dispatchTouchEvent', { type, touchPoints });
  const place = async (): Promise<{ x: number; y: number }> => {
    const box = await card.boundingBox();
    if (!box) throw new Error('the card is there');
    return { x: box.x + 80, y: box.y + 30 };
  };
  const { x, y } = await place();
  const scroller = board.column(phone, 0).locator('[data-scroller]');
  const scrolled = (): Promise<number> => scroller.evaluate((element) => element.scrollTop);

  await touch('touchStart', [{ x, y: y + 200 }]);
  for (let i = 1; i <= 10; i += 1) await touch('touchMove', [{ x, y: y + 200 - i * 15 }]);
  await touch('touchEnd', []);
  await waitFor('the column to be scrolled', async () => (await scrolled()) > 50);
  expect(await phone.getByRole('menu').count()).toBe(0);
  // the column may glide on after the finger has gone
  let at = { x, y };
  await waitFor('the column at its top, and still', async () => {
    await scroller.evaluate((element) => (element.scrollTop = 0));
    const before = at;
    await card.waitFor();
    at = await place();
    return (await scrolled()) === 0 && at.y === before.y;
  });

  await touch('touchStart', [at]);
  await phone.getByRole('menuitem', { name: 'Move to…' }).waitFor();
  await touch('touchEnd', []);
  await phone.getByRole('menuitem', { name: 'Move to…' }).tap();
  const name = board.project.columns[1]?.name ?? '';
  await phone.getByRole('dialog').getByRole('button', { name, exact: true }).tap();
  await waitFor('the card to be moved', async () => (await board.cardsOf(phone, 1)).includes(ticket.id));
  expect(new URL(phone.url()).search).toBe('');

  await phone.getByRole('button', { name: 'Filter the board' }).tap();
  await phone.getByRole('dialog').getByRole('combobox').fill('further');
  await phone.keyboard.press('Enter');
  await phone.keyboard.press('Escape');
  await phone.getByRole('button', { name: 'Filter the board: 1 condition' }).waitFor();
  await waitFor('what does not match to be away', async () => (await board.cardsOf(phone, 1)).length === 0);
  expect(stage.takeComplaints()).toEqual([]);
  await phone.context().close();
  await api.query('mutation ($id: ID!, $c: ID!) { moveTicket(id: $id, columnId: $c) { id } }', { id: ticket.id, c: board.columnId(0) });
});

describe('a word that is being composed', () => {
  it('keeps its Esc and Enter in the title, the quick edit, the editor of a limit and a dialog', async () => {
    await openBoard(`?ticket=${ticket.key}`);
    await page.getByRole('button', { name: 'First ticket', exact: true }).click();
    const title = page.getByRole('textbox', { name: 'Title', exact: true });
    await compose('Escape');
    await compose('Enter');
    expect(await title.inputValue()).toContain('shuju');
    await dropComposition();
    await press('Escape', 'Escape', 27);
    await title.waitFor({ state: 'detached' });

    await openBoard();
    await focusCard();
    await page.keyboard.press('l');
    const labels = page.getByRole('combobox', { name: 'Labels' });
    await labels.waitFor();
    await compose('Escape');
    await compose('Enter');
    expect(await labels.inputValue()).toContain('shuju');
    await dropComposition();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await labels.waitFor({ state: 'detached' });

    await page
      .getByRole('button', { name: /^Limit of/ })
      .first()
      .click();
    const limit = page.getByLabel('Most cards at a time');
    await limit.waitFor();
    await compose('Escape');
    expect(await limit.isVisible()).toBe(true);
    await dropComposition();
    await page.keyboard.press('Escape');
    await limit.waitFor({ state: 'detached' });

    await page.goto(`${stage.url}/projects/new`);
    const name = page.locator('input[name=name]');
    await name.focus();
    await compose('Escape');
    await compose('Enter');
    expect(await name.inputValue()).toContain('shuju');
    await dropComposition();
    await press('Escape', 'Escape', 27);
    await page.waitForURL((url) => url.pathname === '/projects');
  });
});

const comment = () => page.getByRole('textbox', { name: 'New comment' });

describe('Ctrl+Enter', () => {
  const said = async (): Promise<string[]> => {
    const { ticket: read } = await api.query<{ ticket: { comments: { nodes: { body: string }[] } } }>(
      'query ($key: String!) { ticket(key: $key) { comments(first: 50) { nodes { body } } } }',
      { key: ticket.key },
    );
    return read.comments.nodes.map(({ body }) => body);
  };

  // another tracker sent what stood before the word, and lost the word
  it('in the middle of a word sends nothing and loses nothing; after it, all of it', async () => {
    await openBoard(`?ticket=${ticket.key}`);
    await comment().focus();
    await page.keyboard.insertText('清洗');
    await compose('Enter', CTRL);
    // an input method may also hand the key on as it is
    await press('Enter', 'Enter', 13, CTRL);
    expect(await comment().inputValue()).toBe('清洗shuju');
    await page.keyboard.insertText('数据');
    expect(await comment().inputValue()).toBe('清洗数据');
    expect(await said()).toEqual([]);
    await page.keyboard.press('Control+Enter');
    await waitFor('the comment', async () => (await said()).length > 0);
    expect(await said()).toEqual(['清洗数据']);
    await waitFor('an empty field', async () => (await comment().inputValue()) === '');
  });

  it('has a button beside it, which takes the word as it stands there', async () => {
    await comment().focus();
    await page.keyboard.insertText('第二');
    await keyboard.send('Input.imeSetComposition', { text: '条', selectionStart: 1, selectionEnd: 1 });
    await page.getByRole('button', { name: 'Comment', exact: true }).click();
    await waitFor('the second comment', async () => (await said()).length > 1);
    expect(await said()).toEqual(['清洗数据', '第二条']);
  });
});

/** As an instrument writes it: a title above the names, decimal commas, and a word for "no value" that others use for a class. */
const MEASURED = `Furnace 4, November;;\n\nheat;load;state\n${Array.from({ length: 60 }, (_, i) => `${i},5;${i % 7};${i % 6 === 0 ? 'none' : i < 30 ? 'cold' : 'hot'}\n`).join('')}`;

describe("a table of somebody's own", () => {
  it('is read as its owner says, and a run tells which rows it leaves out and why', async () => {
    await page.goto(`${stage.url}/datasets`);
    await page.getByRole('button', { name: 'Add dataset' }).first().click();
    const form = page.getByRole('dialog', { name: 'Add a dataset' });
    await form.getByText('Table', { exact: true }).click();
    await form.locator('input[type=file]').setInputFiles({ name: 'furnace.csv', mimeType: 'text/csv', buffer: Buffer.from(MEASURED) });
    await form.getByRole('alert').getByRole('button', { name: 'Leave out the first 2 rows' }).click();
    await form.getByRole('columnheader', { name: 'heat' }).waitFor();
    expect(await form.getByRole('alert').count()).toBe(0);
    expect(
      await form
        .getByRole('combobox', { name: /^Decimal mark/ })
        .locator('option:checked')
        .innerText(),
    ).toBe('Guessed: Comma 1,5');
    await form.getByText('Every one of the first 60 rows has a value. · words, such as cold').waitFor();
    const words = form.getByRole('textbox', { name: 'Words for “no value” in state' });
    await words.fill('none');
    await words.press('Tab');
    await form.getByText('Without a value: 10 of the first 60 rows (“none” 10)').waitFor();
    // Read with another delimiter there is no such column any more; nor is anything decided of it then.
    await form.getByRole('combobox', { name: /^Separates cells/ }).selectOption('PIPE');
    await form.getByRole('columnheader', { name: 'heat;load;state' }).waitFor();
    await form.getByRole('combobox', { name: /^Separates cells/ }).selectOption('');
    await form.getByText('Without a value: 10 of the first 60 rows (“none” 10)').waitFor();
    await form.getByRole('button', { name: 'Add dataset' }).click();
    await page.waitForURL(/\/datasets\/[0-9a-f-]{36}$/);
    // once it is read; the list, which may be there for a moment still, has others that are ready
    await page.getByRole('row', { name: /^state Category .*10 .*“none” 10/ }).waitFor({ timeout: 60_000 });

    await page.goto(`${stage.url}/tickets/${ticket.key}`);
    await page.getByRole('button', { name: 'Queue run' }).first().click();
    const queue = page.getByRole('dialog', { name: 'Queue a training run' });
    // the sentence above names it, too
    await queue.locator('label', { hasText: 'Table classifier' }).click();
    const target = queue.getByRole('combobox', { name: /^Target column/ });
    await target.selectOption('state');
    await queue.getByRole('textbox', { name: /^Epochs/ }).fill('1');
    await queue.getByText('60 rows: 50 used, 10 left out').waitFor();
    await queue.getByRole('button', { name: 'Queue run' }).click();
    await queue.waitFor({ state: 'detached' });
    // What opened the dialog is still there, though the list of runs is empty no more.
    await waitFor('the focus', () => page.evaluate(() => document.activeElement?.textContent === 'Queue run'));
    await page.getByRole('link', { name: /^Open/ }).first().click();
    await page.getByText('Succeeded', { exact: true }).first().waitFor({ timeout: 60_000 });
    await page.getByText(/60 rows: 50 used, 10 left out/).waitFor();
    expect(stage.takeComplaints()).toEqual([]);
  });
});

describe('words that are not sent', () => {
  const half = 'Half a sentence, 半句话';

  // another board closed its editor by one Esc, or a click beside it, and five minutes of work were gone
  it('outlive Esc in the description, first that of a word, and a click beside a dialog', async () => {
    await openBoard(`?ticket=${ticket.key}`);
    await page.getByRole('button', { name: 'Add a description' }).click();
    const description = page.getByRole('textbox', { name: 'Description' });
    await page.keyboard.insertText(half);
    await compose('Escape');
    expect(await description.inputValue()).toBe(`${half}shuju`);
    await dropComposition();
    await press('Escape', 'Escape', 27);
    await description.waitFor({ state: 'detached' });
    await page.getByText('Draft kept from').waitFor();
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    expect(await description.inputValue()).toBe(half);
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await page.getByRole('button', { name: 'Undo' }).waitFor();

    await page.goto(`${stage.url}/projects/new`);
    const name = page.locator('input[name=name]');
    await name.fill(half);
    await page.mouse.click(5, 5);
    await page.waitForURL((url) => url.pathname === '/projects');
    await page.goto(`${stage.url}/projects/new`);
    await waitFor('the words after a click beside', async () => (await name.inputValue()) === half);
    await page.getByRole('button', { name: 'Discard' }).click();
  });

  it('are one draft for a form that is open in two tabs, also where one slept meanwhile', async () => {
    await page.goto(`${stage.url}/projects/new`);
    const tab = await page.context().newPage();
    await tab.goto(`${stage.url}/projects/new`);
    const [here, there] = [page, tab].map((one) => ({ name: one.locator('input[name=name]'), description: one.locator('textarea[name=description]') }));
    if (!here || !there) throw new Error('two tabs');
    await here.name.fill('Retrieval');
    await waitFor('the name in the other tab', async () => (await there.name.inputValue()) === 'Retrieval');
    await there.description.fill('Finds passages');
    await waitFor('the description in this tab', async () => (await here.description.inputValue()) === 'Finds passages');
    await keyboard.send('Page.setWebLifecycleState', { state: 'frozen' });
    await there.name.fill('Retrieval models');
    await tab.evaluate(() => dispatchEvent(new Event('pagehide')));
    await keyboard.send('Page.setWebLifecycleState', { state: 'active' });
    await page.bringToFront();
    await waitFor('the name after the sleep', async () => (await here.name.inputValue()) === 'Retrieval models');
    await here.description.fill('Finds');
    await waitFor('both', async () => (await there.name.inputValue()) === 'Retrieval models' && (await there.description.inputValue()) === 'Finds');
    await tab.close();
  });

  it('outlive a reload, another page and Back, and are seen in another tab', async () => {
    await openBoard(`?ticket=${ticket.key}`);
    await comment().fill(half);
    await page.reload();
    await waitFor('the words after a reload', async () => (await comment().inputValue()) === half);
    await page.goto(`${stage.url}/teams`);
    await page.goBack();
    await waitFor('the words after Back', async () => (await comment().inputValue()) === half);
    const tab = await page.context().newPage();
    await tab.goto(`${stage.url}/tickets/${ticket.key}`);
    const there = tab.getByRole('textbox', { name: 'New comment' });
    await waitFor('the words in another tab', async () => (await there.inputValue()) === half);
    await there.fill(`${half}!`);
    await waitFor('what the other tab wrote', async () => (await comment().inputValue()) === `${half}!`);
    await tab.close();
  });

  it('can be copied when somebody else deletes the ticket, are back with it, and go when their writer signs out, after a question', async () => {
    await api.query('mutation ($id: ID!) { deleteTicket(id: $id, version: 1) { id } }', { id: ticket.id });
    await page.getByText('What you wrote and did not send').waitFor();
    await page.getByText(`${half}!`).waitFor();
    await page.getByRole('button', { name: 'Restore ticket' }).click();
    await waitFor('the words in their field again', async () => (await comment().inputValue()) === `${half}!`);
    await waitFor('the focus on the ticket', () => page.evaluate((key) => document.activeElement?.getAttribute('data-ticket-key') === key, ticket.key));
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Stay signed in' }).click();
    expect(await page.evaluate(() => JSON.stringify(localStorage))).toContain('半句话');
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Delete and sign out' }).click();
    await page.waitForURL('**/sign-in**');
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('半句话');
    expect(stage.takeComplaints().filter((line) => !line.includes('401'))).toEqual([]);
  });
});

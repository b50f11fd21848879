import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { addDataset, addPerson, addTicket, queueRun, type Person } from '../../../infra/test/workspace.ts';
import { waitFor } from '../../../infra/test/wait-for.ts';
import { openStage, shot } from './stage.ts';

/** The lists of tickets, runs, datasets and people: asked, kept, exported, and still good for what they were good for. */
const { stage, api, board } = await openStage('LIST');
let page: Page;
let bo: Person;

const OPEN = 60;
const TICKETS = '/projects/LIST/tickets';

beforeAll(async () => {
  const [todo, done] = ['TODO', 'DONE'].map((wanted) => board.project.columns.find(({ category }) => category === wanted)?.id ?? '');
  for (let i = 1; i <= OPEN; i += 1) await addTicket(api, todo ?? '', `Open ticket ${i}`);
  await addTicket(api, done ?? '', 'Crawl, cleaned; "twice"');
  await addTicket(api, done ?? '', '=1+1 数据');
  bo = await addPerson(api, 'Bo Larsen', 'MEMBER');
  page = await stage.signedIn();
}, 120_000);

const open = async (path: string, on: Page = page): Promise<void> => {
  await on.goto(`${stage.url}${path}`);
  await on.getByRole('table').waitFor();
};
const field = (on: Page = page): Locator => on.getByRole('combobox', { name: 'Filter' });
const queryIn = (on: Page): string | null => new URL(on.url()).searchParams.get('query');
const asked = (query: string | null, on: Page = page): Promise<boolean> => waitFor(`the query ${query}`, () => queryIn(on) === query);
/** What names the rows, from the top. */
const names = (on: Page = page): Promise<string[]> => on.getByRole('rowheader').allInnerTexts();
const found = async (count: number, on: Page = page): Promise<void> => on.getByRole('status').getByText(`${count} found`, { exact: true }).waitFor();

describe('a list of tickets', () => {
  it('is asked by typing, and the address keeps it: Back, a reload, a link', async () => {
    await open(TICKETS);
    await found(OPEN + 2);
    await field().fill('state:done');
    await found(2);
    await asked('state:done');
    await field().fill('state:done crawl');
    await field().press('Enter');
    await found(1);
    await page.reload();
    await found(1);
    expect(await field().inputValue()).toBe('state:done crawl');
    await page.goBack();
    await found(2);
    expect(await field().inputValue()).toBe('state:done');
    await page.goBack();
    await found(OPEN + 2);
    expect(await field().inputValue()).toBe('');
  });

  it('is asked, sorted and opened by keyboard alone', async () => {
    await open(TICKETS);
    await field().focus();
    await page.keyboard.type('sta');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.type('do');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await found(2);
    const before = await names();
    const reach = async (name: RegExp): Promise<void> => {
      for (let i = 0; i < 20; i += 1) {
        await page.keyboard.press('Tab');
        if (name.test(await page.evaluate(() => document.activeElement?.textContent ?? ''))) return;
      }
      throw new Error(`${name} is not reached`);
    };
    await reach(/^Title$/);
    await page.keyboard.press('Enter');
    await asked('state:done sort:title');
    await page.keyboard.press('Enter');
    await asked('state:done sort:-title');
    // the focus stays where it sorts
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Title');
    expect((await names()).toSorted()).toEqual(before.toSorted());
    await reach(/^LIST-\d+$/);
    const key = await page.evaluate(() => document.activeElement?.textContent ?? '');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/tickets/${key}`);
  });

  it('says what is wrong under its place, and keeps what was found', async () => {
    await open(`${TICKETS}?query=state%3Adone`);
    await found(2);
    await field().fill('crawl state:dne');
    await field().press('Enter');
    const problem = page.getByText(/has no value “dne”/);
    await problem.waitFor();
    expect(await field().getAttribute('aria-invalid')).toBe('true');
    expect(await page.locator('mark').innerText()).toBe('dne');
    const [line, mark] = [await problem.boundingBox(), await page.locator('mark').boundingBox()];
    expect(line!.y).toBeGreaterThanOrEqual(mark!.y + mark!.height - 1);
    await found(2);
    expect(queryIn(page)).toBe('state:done');
    await page.getByRole('button', { name: 'Use done' }).click();
    await found(1);
    expect(queryIn(page)).toBe('crawl state:done');
  });

  it('keeps its heading in sight while it is scrolled, and is cards on a phone', async () => {
    await open(TICKETS);
    // what is scrolled to is read, and what is not in sight is not drawn
    const first = (await names())[0] ?? '';
    await waitFor('the last row', async () => {
      await page.getByRole('region', { name: 'Tickets' }).evaluate((region) => region.scrollTo({ top: region.scrollHeight }));
      return (await page.getByRole('table').getAttribute('aria-rowcount')) === String(OPEN + 3) && !(await names()).includes(first);
    });
    const head = page.getByRole('columnheader', { name: 'Title' });
    expect((await head.boundingBox())!.y).toBeGreaterThan(0);
    expect(
      await head.evaluate(
        (cell) => document.elementFromPoint(cell.getBoundingClientRect().x + 20, cell.getBoundingClientRect().y + 10)?.closest('th') === cell,
      ),
    ).toBe(true);
    const size = page.viewportSize();
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth && document.querySelector('main')!.scrollWidth <= innerWidth)).toBe(
      true,
    );
    expect(await head.isVisible()).toBe(false);
    await shot(page, 'tickets-phone');
    if (size) await page.setViewportSize(size);
  });

  it('shows what others have made once its reader comes back', async () => {
    await page.goto(`${stage.url}${TICKETS}?query=meanwhile`);
    await page.getByText('Nothing matches').waitFor();
    await addTicket(api, board.columnId(0), 'Made meanwhile');
    await waitFor('the ticket', async () => {
      await page.evaluate(() => window.dispatchEvent(new Event('focus')));
      return (await names()).length === 1;
    });
  });

  it('is a file of just its rows', async () => {
    await open(`${TICKETS}?query=state%3Adone%20sort%3Atitle`);
    await found(2);
    const shown = await names();
    const started = page.waitForEvent('download');
    await page.getByRole('link', { name: 'CSV' }).click();
    const download = await started;
    expect(download.suggestedFilename()).toMatch(/^tickets.*\.csv$/);
    const [head, ...rows] = cellsOf(readFileSync(await download.path(), 'utf8'));
    const at = (name: string): number => head!.indexOf(name);
    expect(rows.map((row) => row[at('key')])).toEqual(shown.map((key) => key.trim()));
    expect(rows.map((row) => row[at('title')]).toSorted()).toEqual(["'=1+1 数据", 'Crawl, cleaned; "twice"']);
  });
});

describe('a new ticket', () => {
  const dialog = (on: Page = page): Locator => on.getByRole('dialog', { name: 'New ticket' });
  const title = (on: Page = page): Locator => dialog(on).getByRole('textbox', { name: 'Title' });
  const hasFocus = (what: Locator): Promise<boolean> =>
    waitFor('the focus', async () => (await what.count()) > 0 && what.evaluate((element) => element === document.activeElement));

  it('is made from a list by C, a title and Enter, and its words outlive Esc and a reload', async () => {
    await open(TICKETS);
    await page.keyboard.press('c');
    await hasFocus(title());
    await page.keyboard.type('Made by hand');
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('table').waitFor();
    await page.keyboard.press('c');
    await hasFocus(title());
    expect(await title().inputValue()).toBe('Made by hand');
    await page.keyboard.press('Enter');
    await dialog().waitFor({ state: 'detached' });
    await page.getByText(/^LIST-\d+ created$/).waitFor();
    // whatever the order of the list
    const row = page.getByRole('row').nth(1);
    await row.getByText('Made by hand').waitFor();
    const key = await row.getByRole('rowheader').innerText();
    await open(`${TICKETS}?query=is%3Abacklog`);
    expect(await names()).toEqual([key]);
    await page.keyboard.press('c');
    await hasFocus(title());
    expect(await title().inputValue()).toBe('');
    await page.keyboard.press('Escape');
  });

  it('begins with the palette on a board, whose own C writes into a column', async () => {
    await board.open(page);
    await page.keyboard.press('c');
    await page.getByRole('textbox', { name: /^Title of a new ticket in/ }).waitFor();
    expect(await dialog().count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search and commands' }).fill('new ticket');
    await page.keyboard.press('Enter');
    await hasFocus(title());
    expect(await dialog().getByRole('combobox', { name: 'Project' }).inputValue()).toContain('LIST');
    // the way back closes it
    await page.goBack();
    await dialog().waitFor({ state: 'detached' });
  });

  it('is not offered to a viewer', async () => {
    const theirs = await stage.signedIn({ who: await addPerson(api, 'Vera Looks', 'VIEWER') });
    await open(TICKETS, theirs);
    await theirs.waitForLoadState('networkidle');
    expect(await theirs.getByRole('button', { name: 'New ticket' }).count()).toBe(0);
    await theirs.keyboard.press('c');
    await theirs.keyboard.press('Control+k');
    await theirs.getByRole('combobox', { name: 'Search and commands' }).fill('new ticket');
    await theirs.getByText('Nothing found for').waitFor();
    expect(await dialog(theirs).count()).toBe(0);
    await theirs.context().close();
  });
});

/** RFC 4180. */
function cellsOf(csv: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of csv.replace(/^\uFEFF/, '').matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '\r\n') rows.push([]);
  }
  return rows.filter((row) => row.length > 1);
}

describe('a saved view', () => {
  const views = (on: Page): Promise<void> => on.getByRole('button', { name: 'Views' }).click();

  it('is made, opened, and seen by others once it is shared', async () => {
    await open('/tickets?query=project%3ALIST%20state%3Adone');
    for (const [name, shared] of [
      ['My own', false],
      ['What is done', true],
    ] as const) {
      await views(page);
      await page.getByRole('menuitem', { name: 'Save this query as…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Save a view' });
      await dialog.getByLabel('Name').fill(name);
      if (shared) await dialog.getByLabel('Share with everybody in the organisation').check();
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.waitFor({ state: 'detached' });
    }
    const theirs = await stage.signedIn({ who: bo });
    await open('/tickets', theirs);
    await views(theirs);
    await theirs.getByRole('menuitem', { name: /^What is done/ }).waitFor();
    expect(await theirs.getByRole('menuitem', { name: /^My own/ }).count()).toBe(0);
    await theirs.getByRole('menuitem', { name: /^What is done/ }).click();
    await found(2, theirs);
    expect(queryIn(theirs)).toBe('project:LIST state:done');
    await theirs.context().close();

    await views(page);
    await page.getByRole('menuitem', { name: 'Manage views…' }).click();
    await page.getByRole('button', { name: 'Actions for “My own”' }).click();
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    const renaming = page.getByRole('dialog', { name: 'Rename the view' });
    await renaming.getByLabel('Name').fill('Mine');
    await renaming.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Mine', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
  });
});

describe('the runs', () => {
  it('of all projects go on while they are looked at, and are found by what came of them', async () => {
    const dataset = await addDataset(api, board.project.id, 'COMPARISON', 100);
    const ticket = await addTicket(api, board.columnId(0), 'Which number is larger');
    await page.goto(`${stage.url}/projects/LIST/runs`);
    await page.getByText('No runs yet').waitFor();
    // long enough to be seen going on, also by a runner that is warm
    await queueRun(api, ticket.id, dataset, 'NET_2_3_1', { epochs: 10_000, batchSize: 20 });
    await page.reload();
    const row = page.getByRole('row', { name: /Run 1 / });
    await row.getByText('Running', { exact: true }).waitFor({ timeout: 60_000 });
    await row.getByText('Succeeded', { exact: true }).waitFor({ timeout: 60_000 });
    await open('/runs');
    await field().fill('metric.accuracy:>=0.5 param.optimizer:none');
    await field().press('Enter');
    await page.getByText('Nothing matches').waitFor();
    await field().fill(`metric.accuracy:>=0.5 ticket:${ticket.key}`);
    await field().press('Enter');
    await found(1);
    await page.getByRole('link', { name: 'LIST', exact: true }).click();
    await page.waitForURL('**/projects/LIST/runs');
    await page.getByRole('heading', { name: 'Runs', exact: true }).waitFor();
    await page.getByRole('rowheader').getByRole('link', { name: 'Run 1' }).click();
    await page.waitForURL(/\/runs\/[0-9a-f-]{36}$/);
  });
});

describe('the datasets', () => {
  it('are added, read by a runner, found and deleted from where they are listed', async () => {
    await open('/datasets');
    await page.getByRole('button', { name: 'Add dataset' }).click();
    const form = page.getByRole('dialog', { name: 'Add a dataset' });
    await form.getByText('Synthetic', { exact: true }).click();
    await form.getByLabel('Name').fill('Digits for the list');
    await form.getByRole('button', { name: 'Add dataset' }).click();
    await page.waitForURL(/\/datasets\/[0-9a-f-]{36}$/);
    await open('/datasets?query=digits');
    const row = page.getByRole('row', { name: /Digits for the list/ });
    await row.getByText('Ready', { exact: true }).waitFor({ timeout: 60_000 });
    await field().fill('digits state:ready samples:>1');
    await field().press('Enter');
    await found(1);
    await row.getByRole('link', { name: 'Digits for the list' }).click();
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.waitForURL('**/datasets');
    await page.getByRole('table').waitFor();
    expect(await names()).not.toContain('Digits for the list');
  });
});

describe('the people', () => {
  const act = async (name: string, choice: string): Promise<void> => {
    await page.getByRole('button', { name: `Actions for ${name}` }).click();
    await page.getByRole('menuitem', { name: choice }).click();
  };

  it('are added, given a role and a password, disabled, found so, and enabled again', async () => {
    await open('/people');
    await page.getByRole('button', { name: 'Add person' }).click();
    const form = page.getByRole('dialog', { name: 'Add person' });
    await form.getByLabel('Name').fill('Cyd Park');
    await form.getByLabel('E-mail').fill('cyd@example.org');
    await form.getByLabel('First password').fill('a first password of Cyd');
    await form.getByRole('button', { name: 'Add person' }).click();
    await form.waitFor({ state: 'detached' });
    const row = page.getByRole('row', { name: /Cyd Park/ });
    await row.waitFor();

    const role = page.getByRole('combobox', { name: 'Role of Cyd Park' });
    await role.click();
    await page.getByRole('option', { name: 'Viewer' }).click();
    await waitFor('the role', async () => (await role.inputValue()) === 'Viewer');

    await act('Cyd Park', 'Teams over time');
    const history = page.getByRole('dialog', { name: 'Teams of Cyd Park over time' });
    await history.getByText('In no team yet').waitFor();
    await page.keyboard.press('Escape');
    await history.waitFor({ state: 'detached' });

    await act('Cyd Park', 'Set password');
    const password = page.getByRole('dialog', { name: 'Set a password for Cyd Park' });
    await password.getByLabel('New password').fill('a second password of Cyd');
    await password.getByRole('button', { name: 'Set password' }).click();
    await password.waitFor({ state: 'detached' });
    await stage.api({ email: 'cyd@example.org', password: 'a second password of Cyd' });

    await act('Cyd Park', 'Disable');
    await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
    await row.getByText('Disabled', { exact: true }).waitFor();
    await field().fill('is:disabled');
    await field().press('Enter');
    await found(1);
    await act('Cyd Park', 'Enable');
    await row.getByText('Disabled', { exact: true }).waitFor({ state: 'detached' });
    expect(stage.takeComplaints()).toEqual([]);
  });
});

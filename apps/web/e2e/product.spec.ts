import type { Locator, Page } from 'playwright-core';
import type { ApiClient } from '../../../infra/test/api-client.ts';
import { addDataset, addPerson, addProject, addTicket, OWNER, readRun, type Person, type ProjectInfo } from '../../../infra/test/workspace.ts';
import { waitFor } from '../../../infra/test/wait-for.ts';
import { axeViolations, shot, Stage } from './trainyard.ts';

/** A newcomer's day: makes the first account, drags tickets, another person sees it, trains from a ticket, reads the result on the card. */
let stage: Stage;
let api: ApiClient;
let project: ProjectInfo;

beforeAll(async () => {
  stage = await Stage.open({ empty: true });
  await stage.trainyard.everythingReady;
}, 300_000);
afterAll(() => stage?.close(), 60_000);

const column = (page: Page, index: number): Locator => page.locator(`[data-column-id="${project.columns[index]?.id ?? ''}"]`);
const cardsOf = (page: Page, index: number): Promise<(string | null)[]> =>
  column(page, index)
    .locator('[data-ticket-id]')
    .evaluateAll((cards) =>
      cards.toSorted((a, b) => Number(a.getAttribute('data-index')) - Number(b.getAttribute('data-index'))).map((card) => card.getAttribute('data-ticket-id')),
    );
const card = (page: Page, id: string): Locator => page.locator(`[data-ticket-id="${id}"]`);
const boardUrl = (of: ProjectInfo): string => `${stage.url}/projects/${of.key}/board/${of.boardId}`;

async function openBoard(page: Page, of: ProjectInfo = project): Promise<void> {
  await page.goto(boardUrl(of));
  await page.locator('[data-column-id]').first().waitFor();
}

describe('the first start', () => {
  it('makes the administrator on the first page, signs out and in again', async () => {
    const page = await stage.page();
    await page.goto(stage.url);
    await page.waitForURL('**/setup');
    await shot(page, 'setup');
    expect(await axeViolations(page)).toEqual([]);
    await page.locator('input[name=organisationName]').fill('Test');
    await page.locator('input[name=name]').fill('Olive Owner');
    await page.locator('input[name=email]').fill(OWNER.email);
    await page.locator('input[name=password]').fill(OWNER.password);
    await page.locator('button[type=submit]').click();
    await page.waitForURL('**/projects**');
    await page.context().clearCookies();
    await page.goto(stage.url);
    await page.waitForURL('**/sign-in**');
    await page.locator('input[name=email]').fill(OWNER.email);
    await page.locator('input[name=password]').fill('not the password at all');
    await page.locator('button[type=submit]').click();
    await page.getByRole('alert').first().waitFor();
    await shot(page, 'sign-in-refused');
    await page.locator('input[name=password]').fill(OWNER.password);
    await page.locator('button[type=submit]').click();
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    await page.context().close();

    api = await stage.api(OWNER);
    project = await addProject(api, 'NLP');
  });
});

describe('the board', () => {
  let first: { id: string; key: string };
  let second: { id: string; key: string };
  let third: { id: string; key: string };

  beforeAll(async () => {
    const from = project.columns[0]?.id ?? '';
    first = await addTicket(api, from, 'First ticket');
    second = await addTicket(api, from, 'Second ticket');
    third = await addTicket(api, from, 'Third ticket');
  });

  it('shows a drag to a second browser without reload, and keeps it after one', async () => {
    const mine = await stage.signedIn({ who: OWNER });
    const theirs = await stage.signedIn({ who: OWNER });
    await Promise.all([openBoard(mine), openBoard(theirs)]);
    await card(theirs, third.id).waitFor();
    expect(await cardsOf(theirs, 0)).toEqual([first.id, second.id, third.id]);

    await card(mine, first.id).dragTo(column(mine, 1).locator('ul'), { targetPosition: { x: 60, y: 4 } });
    await waitFor('the second browser to show the move', async () => (await cardsOf(theirs, 1)).includes(first.id));
    expect(await cardsOf(theirs, 0)).toEqual([second.id, third.id]);
    await shot(theirs, 'board-after-move');

    await mine.reload();
    await card(mine, first.id).waitFor();
    expect(await cardsOf(mine, 1)).toEqual([first.id]);
    await Promise.all([mine.context().close(), theirs.context().close()]);
  });

  it('moves a card by keyboard, restores it on Escape, and keeps the focus on it', async () => {
    const page = await stage.signedIn({ who: OWNER });
    await openBoard(page);
    const link = card(page, second.id).locator('a').first();
    await link.focus();
    await page.keyboard.press('m');
    await page.locator(`[data-ticket-id="${second.id}"][data-grabbed]`).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Escape');
    await waitFor('the card to be put back', async () => (await cardsOf(page, 0)).join() === [second.id, third.id].join());

    await page.keyboard.press('m');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await waitFor('the new order', async () => (await cardsOf(page, 0)).join() === [third.id, second.id].join());
    expect(await page.evaluate(() => document.activeElement?.closest('[data-ticket-id]')?.getAttribute('data-ticket-id'))).toBe(second.id);
    const saved = await waitFor('the server to have it', async () => {
      const { column: found } = await api.query<{ column: { tickets: { nodes: { id: string }[] } } }>(
        'query ($id: ID!) { column(id: $id) { tickets { nodes { id } } } }',
        { id: project.columns[0]?.id },
      );
      const ids = found.tickets.nodes.map((ticket) => ticket.id);
      return ids[0] === third.id ? ids : null;
    });
    expect(saved).toEqual([third.id, second.id]);
    await page.context().close();
  });

  it('carries a card along a column that is not loaded: by keys without a pause none is lost, by hand also over head and foot of the column', async () => {
    const long = await addProject(api, 'LONG');
    const ids: string[] = [];
    for (let i = 0; i < 70; i++) ids.push((await addTicket(api, long.columns[0]?.id ?? '', `Ticket ${i}`)).id);
    const [carried = '', dragged = ''] = ids;
    const page = await stage.signedIn({ who: OWNER });
    await openBoard(page, long);
    await card(page, carried).locator('a').first().focus();
    await page.keyboard.press('m');
    const keys = await page.context().newCDPSession(page);
    const press = (key: string, windowsVirtualKeyCode: number): Promise<unknown>[] =>
      (['rawKeyDown', 'keyUp'] as const).map((type) => keys.send('Input.dispatchKeyEvent', { type, key, code: key, windowsVirtualKeyCode }));
    await Promise.all([...Array.from({ length: 60 }, () => press('ArrowDown', 40)).flat(), ...press('Enter', 13)]);
    const order = [...ids.slice(1, 61), carried, ...ids.slice(61)];
    await waitFor('the server to have it sixty places lower', async () => {
      const { column: found } = await api.query<{ column: { tickets: { nodes: { id: string }[] } } }>(
        'query ($id: ID!) { column(id: $id) { tickets(limit: 70) { nodes { id } } } }',
        { id: long.columns[0]?.id },
      );
      return found.tickets.nodes.map((ticket) => ticket.id).join() === order.join();
    });

    const list = page.locator(`[data-column-id="${long.columns[0]?.id ?? ''}"]`);
    const cards = list.locator('ul').locator('..');
    const scrolled = (): Promise<number> => cards.evaluate((element) => element.scrollTop);
    await waitFor('the column to have followed it', async () => {
      const [around, inner] = await Promise.all([cards.boundingBox(), card(page, carried).boundingBox()]);
      return around !== null && inner !== null && inner.y >= around.y && inner.y + inner.height / 2 < around.y + around.height;
    });
    await cards.evaluate((element) => (element.scrollTop = 0));
    await card(page, dragged).hover();
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
    await page.context().close();
  });

  it('puts a card back, with the reason, when a full column refuses it', async () => {
    const { board } = await api.query<{ board: { columns: { id: string; version: number }[] } }>(
      'query ($id: ID!) { board(id: $id) { columns { id version } } }',
      { id: project.boardId },
    );
    const full = board.columns[1];
    await api.query('mutation ($id: ID!, $version: Int!, $input: UpdateColumnInput!) { updateColumn(id: $id, version: $version, input: $input) { id } }', {
      id: full?.id,
      version: full?.version,
      input: { wipLimit: 1, wipPolicy: 'REFUSE' },
    });
    const page = await stage.signedIn({ who: OWNER });
    await openBoard(page);
    await card(page, third.id).dragTo(column(page, 1).locator('ul'), { targetPosition: { x: 60, y: 4 } });
    await page.getByRole('alert').first().waitFor();
    await shot(page, 'wip-refused');
    await waitFor('the card to be back', async () => (await cardsOf(page, 0)).includes(third.id) && !(await cardsOf(page, 1)).includes(third.id));
    await page.context().close();
  });

  it('creates tickets inline and keeps the field open', async () => {
    const page = await stage.signedIn({ who: OWNER });
    await openBoard(page);
    await column(page, 2).getByRole('button', { name: 'New ticket' }).click();
    for (const title of ['Written inline', 'And another']) {
      await page.keyboard.type(title);
      await page.keyboard.press('Enter');
      await column(page, 2).getByText(title, { exact: true }).first().waitFor();
    }
    await page.context().close();
  });
});

describe('a training run', () => {
  it('is queued from a ticket in the browser and watched to its end on the card', async () => {
    const ticket = await addTicket(api, project.columns[0]?.id ?? '', 'Learn which number is larger');
    await addDataset(api, project.id, 'COMPARISON', 100);
    const page = await stage.signedIn({ who: OWNER });
    await openBoard(page);
    await card(page, ticket.id).locator('a').first().click();
    await page.waitForURL((url) => url.searchParams.has('ticket'));
    const dialog = page.getByRole('dialog');
    await page.getByRole('button', { name: 'Queue run' }).first().click();
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    // Esc closes the dialog, not also the panel beneath it
    expect(new URL(page.url()).searchParams.get('ticket')).toBe(ticket.key);
    await page.getByRole('button', { name: 'Queue run' }).first().click();
    await dialog.getByText('2-3-1 net').first().click();
    await shot(page, 'queue-run');
    expect(await axeViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Queue run' }).click();
    await dialog.waitFor({ state: 'hidden' });

    await card(page, ticket.id).locator('[data-state]').first().waitFor();
    await card(page, ticket.id).locator('[data-state="SUCCEEDED"]').waitFor({ timeout: 60_000 });
    expect(await card(page, ticket.id).innerText()).toMatch(/100(\.\d+)?\s?%|1\.000?|99(\.\d+)?\s?%/);
    await card(page, ticket.id).locator('svg, canvas').first().waitFor();
    await shot(page, 'run-on-card');

    const { ticket: found } = await api.query<{ ticket: { runs: { id: string }[] } }>('query ($id: ID!) { ticket(id: $id) { runs { id } } }', {
      id: ticket.id,
    });
    const runId = found.runs[0]?.id ?? '';
    const run = await readRun(api, runId);
    expect(run.result?.metrics.find((metric) => metric.name === 'accuracy')?.value).toBeGreaterThanOrEqual(0.98);

    await page.goto(`${stage.url}/runs/${runId}`);
    await page.getByText('Confusion matrix').first().waitFor();
    await shot(page, 'run-page');
    expect(await axeViolations(page)).toEqual([]);
    const download = page.waitForEvent('download');
    await page
      .getByRole('link', { name: 'Download model' })
      .or(page.getByRole('button', { name: 'Download model' }))
      .first()
      .click();
    expect((await download).suggestedFilename()).toMatch(/\.(zip|json|tar)/);
    await page.context().close();
  });
});

describe('rights', () => {
  let viewer: Person;
  let outsider: Person;
  let hidden: ProjectInfo;

  beforeAll(async () => {
    viewer = await addPerson(api, 'Vera Viewer', 'VIEWER');
    outsider = await addPerson(api, 'Otto Outside', 'MEMBER');
    hidden = await addProject(api, 'SEC', 'PRIVATE');
    await addTicket(api, hidden.columns[0]?.id ?? '', 'Nobody may know');
  });

  it('let a viewer look and not write, on screen and at the api', async () => {
    const page = await stage.signedIn({ who: viewer });
    await openBoard(page);
    await page.locator('[data-ticket-id]').first().waitFor();
    expect(await page.getByRole('button', { name: 'New ticket' }).count()).toBe(0);
    await shot(page, 'board-viewer');
    const theirs = await stage.api(viewer);
    await expect(addTicket(theirs, project.columns[0]?.id ?? '', 'Not allowed')).rejects.toThrow(/FORBIDDEN/);
    await page.context().close();
  });

  it('hide a private project: its address is as good as any that does not exist', async () => {
    const page = await stage.signedIn({ who: outsider });
    await page.goto(`${stage.url}/projects`);
    await page.getByText('Project NLP').first().waitFor();
    expect(await page.getByText('Project SEC').count()).toBe(0);
    const textAt = async (url: string): Promise<string> => {
      await page.goto(url);
      await page.locator('h1, h2, [role=alert]').first().waitFor();
      await page.waitForLoadState('networkidle');
      return (await page.locator('main').innerText()).replaceAll(/[A-Z]{3}(-\d+)?/g, 'KEY');
    };
    expect(await textAt(boardUrl(hidden))).toBe(await textAt(`${stage.url}/projects/NOP/board/00000000-0000-4000-8000-000000000000`));
    const theirs = await stage.api(outsider);
    const asked = 'query ($key: String!) { project(key: $key) { id } }';
    expect(await theirs.query(asked, { key: 'SEC' }).catch((error: Error) => error.message)).toEqual(
      await theirs.query(asked, { key: 'NOP' }).catch((error: Error) => error.message),
    );
    await page.context().close();
  });
});

describe('the language of an account', () => {
  const speak = (locale: 'EN' | 'ZH'): Promise<unknown> => api.query('mutation ($locale: Locale!) { setLocale(locale: $locale) { locale } }', { locale });
  const language = (page: Page): Promise<string> => page.evaluate(() => document.documentElement.lang);

  it('follows its person into a browser that is signed in already, and is there before anything is shown in another', async () => {
    await speak('EN');
    const page = await stage.signedIn({ who: OWNER, language: 'en' });
    const other = await stage.signedIn({ who: OWNER, language: 'en' });
    await page.getByRole('link', { name: 'Datasets' }).waitFor();

    await other.goto(`${stage.url}/settings`);
    await other.getByText('简体中文').click();
    await waitFor('the account to have it', async () => (await api.query<{ viewer: { locale: string } }>('{ viewer { locale } }')).viewer.locale === 'ZH');
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page.getByRole('link', { name: '数据集' }).waitFor();
    expect(await language(page)).toBe('zh-CN');

    // a browser that remembers English
    await speak('EN');
    await page.reload();
    await page.getByRole('link', { name: 'Datasets' }).waitFor();
    await speak('ZH');
    await page.addInitScript(() => {
      const seen = new Set<string>();
      Object.assign(globalThis, { seen });
      new MutationObserver(() => document.querySelectorAll('nav a').forEach((link) => seen.add(link.textContent))).observe(document, {
        childList: true,
        subtree: true,
        characterData: true,
      });
    });
    await page.reload();
    await page.getByRole('link', { name: '数据集' }).waitFor();
    const seen = await page.evaluate(() => [...(globalThis as unknown as { seen: Set<string> }).seen]);
    expect(seen).toContain('数据集');
    expect(seen).not.toContain('Datasets');
    await Promise.all([page.context().close(), other.context().close()]);
  });
});

describe('a window of 1280 by 800 at 200 %', () => {
  it('keeps the buttons of every long dialog in sight, and what went wrong', async () => {
    await api.query('mutation ($locale: Locale!) { setLocale(locale: $locale) { locale } }', { locale: 'EN' });
    const ticket = await addTicket(api, project.columns[0]?.id ?? '', 'Long dialogs');
    const page = await stage.signedIn({ who: OWNER, width: 640, height: 400 });
    const dialog = page.getByRole('dialog');
    const coveredAt = (what: Locator): Promise<string | null> =>
      what.evaluate((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        const seen = document.elementFromPoint(x + width / 2, y + height - 1);
        return element.contains(seen) ? null : `${Math.round(y + height)} px: ${seen?.outerHTML.slice(0, 80) ?? 'below the window'}`;
      });
    for (const [path, open, submit] of [
      ['/projects/new', null, 'Create project'],
      ['/datasets', 'Add dataset', 'Add dataset'],
      [`/tickets/${ticket.key}`, 'Queue run', 'Queue run'],
      ['/people', 'Add person', 'Add person'],
    ] as const) {
      await page.goto(`${stage.url}${path}`);
      if (open !== null) await page.locator('main').getByRole('button', { name: open }).first().click();
      const button = dialog.getByRole('button', { name: submit, exact: true }).last();
      await button.waitFor();
      expect([path, await coveredAt(button)]).toEqual([path, null]);
    }

    await page.goto(`${stage.url}/datasets`);
    await page.getByRole('button', { name: 'Add dataset' }).first().click();
    await dialog.locator('input[type=file]').setInputFiles({ name: 'train.bin', mimeType: 'application/octet-stream', buffer: Buffer.from('not images') });
    await dialog.getByRole('alert').waitFor();
    expect(await coveredAt(dialog.getByRole('alert'))).toBeNull();
    expect(await coveredAt(dialog.getByRole('button', { name: 'Add dataset' }))).toBeNull();
    await page.context().close();
  });
});

describe('every page, in both themes and languages, on a wide screen and on a phone,', () => {
  it.each([
    ['light', 'en', 1280],
    ['dark', 'en', 390],
    ['light', 'zh', 390],
    ['dark', 'zh', 1280],
  ] as const)(
    'is free of axe violations and console errors: %s, %s, %i px',
    async (theme, language, width) => {
      // A person's own choice of language goes before the browser's.
      await api.query('mutation ($locale: Locale!) { setLocale(locale: $locale) { locale } }', { locale: language === 'zh' ? 'ZH' : 'EN' });
      const page = await stage.signedIn({ who: OWNER, theme, language, width });
      stage.takeComplaints();
      const { tickets } = await api.query<{ tickets: { nodes: { key: string }[] } }>('query ($id: ID!) { tickets(projectId: $id) { nodes { key } } }', {
        id: project.id,
      });
      const key = tickets.nodes[0]?.key ?? '';
      const pages: [string, string][] = [
        ['projects', '/projects'],
        ['board', `/projects/${project.key}/board/${project.boardId}`],
        ['peek', `/projects/${project.key}/board/${project.boardId}?ticket=${key}`],
        ['ticket', `/tickets/${key}`],
        ['tickets', `/projects/${project.key}/tickets`],
        ['all-tickets', '/tickets'],
        ['runs', '/runs'],
        ['project-settings', `/projects/${project.key}/settings`],
        ['datasets', '/datasets'],
        ['runners', '/runners'],
        ['teams', '/teams'],
        ['people', '/people'],
        ['settings', '/settings'],
        ['nothing', '/no-such-page'],
      ];
      const found: Record<string, string[]> = {};
      for (const [name, path] of pages) {
        await page.goto(`${stage.url}${path}`);
        await page.locator('main').waitFor();
        await page.waitForLoadState('networkidle');
        await page.locator('[data-skeleton], .mantine-Skeleton-root').first().waitFor({ state: 'detached' });
        expect(await page.evaluate(() => document.documentElement.lang)).toMatch(language === 'zh' ? /^zh/ : /^en/);
        const violations = await axeViolations(page);
        if (violations.length > 0) found[name] = violations;
        await shot(page, `${name}-${theme}-${language}`);
      }
      expect(found).toEqual({});
      expect(stage.takeComplaints()).toEqual([]);
      await page.context().close();
    },
    240_000,
  );
});

import type { Locator } from 'playwright-core';
import { addDataset, addTicket, queueRun, runEnds } from '../../../infra/test/workspace.ts';
import { axeViolations, openStage, shot, speak } from './stage.ts';

const { stage, api, board } = await openStage('PAGE');

describe('a window of 1280 by 800 at 200 %', () => {
  it('keeps the buttons of every long dialog in sight, and what went wrong', async () => {
    const ticket = await addTicket(api, board.columnId(0), 'Long dialogs');
    const page = await stage.signedIn({ width: 640, height: 400 });
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
      ['/tickets', 'New ticket', 'Create ticket'],
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
  let runId: string;

  beforeAll(async () => {
    const { id } = await addTicket(api, board.columnId(1), 'Learn which number is larger');
    const datasetId = await addDataset(api, board.project.id, 'COMPARISON', 100);
    runId = await queueRun(api, id, datasetId, 'NET_2_3_1', { epochs: 2 });
    await runEnds(api, runId);
  }, 120_000);
  afterAll(() => speak(api, 'EN'));

  it.each([
    ['light', 'en', 1280],
    ['dark', 'en', 390],
    ['light', 'zh', 390],
    ['dark', 'zh', 1280],
  ] as const)(
    'is free of axe violations and console errors: %s, %s, %i px',
    async (theme, language, width) => {
      // A person's own choice of language goes before the browser's.
      await speak(api, language === 'zh' ? 'ZH' : 'EN');
      const page = await stage.signedIn({ theme, language, width });
      stage.takeComplaints();
      const { tickets } = await api.query<{ tickets: { nodes: { key: string }[] } }>('query ($id: ID!) { tickets(projectId: $id) { nodes { key } } }', {
        id: board.project.id,
      });
      const key = tickets.nodes[0]?.key ?? '';
      const { teams } = await api.query<{ teams: { id: string }[] }>('{ teams { id } }');
      const pages: [string, string][] = [
        ['home', '/'],
        ['my-work', '/my-work'],
        ['stand-up', `/stand-up/${teams[0]?.id ?? ''}`],
        ['overview', `/projects/${board.project.key}`],
        ['projects', '/projects'],
        ['board', `/projects/${board.project.key}/board/${board.project.boardId}`],
        ['peek', `/projects/${board.project.key}/board/${board.project.boardId}?ticket=${key}`],
        ['ticket', `/tickets/${key}`],
        ['tickets', `/projects/${board.project.key}/tickets`],
        ['all-tickets', '/tickets'],
        ['runs', '/runs'],
        ['run', `/runs/${runId}`],
        ['inbox', '/inbox'],
        ['project-settings', `/projects/${board.project.key}/settings`],
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

describe('without a connection', () => {
  it('a page whose code did not arrive comes back by itself, with what was wanted', async () => {
    const ticket = await addTicket(api, board.columnId(0), 'Looked at in a tunnel');
    const page = await stage.signedIn();
    // nothing is fetched ahead
    await page.addInitScript(() => Object.assign(globalThis, { requestIdleCallback: () => 0 }));
    await board.open(page);
    const card = board.card(page, ticket.id).locator('a').first();
    await card.waitFor();
    await page.context().setOffline(true);
    await card.click();
    await page.getByText('The server does not answer').first().waitFor();
    await page.context().setOffline(false);
    await page.locator('aside').getByRole('heading', { name: 'Looked at in a tunnel' }).waitFor();
    stage.takeComplaints();
    await page.context().close();
  });
});

describe('over a slow connection', () => {
  it('the frame is there before any file has arrived, in the theme of last time', async () => {
    const page = await stage.signedIn({ theme: 'dark' });
    await page.goto(`${stage.url}/projects`);
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
    let release: () => void = () => undefined;
    const held = new Promise<void>((done) => (release = done));
    await page.route(/\/assets\//, async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(`${stage.url}/inbox`, { waitUntil: 'commit' });
    await page.locator('.boot-side').waitFor();
    expect(await page.evaluate(() => getComputedStyle(document.querySelector('.boot-side') as Element).backgroundColor)).toBe('rgb(17, 17, 20)');
    release();
    await page.getByRole('heading', { name: 'Inbox' }).waitFor();
    expect(await page.locator('.boot').count()).toBe(0);
    expect(stage.takeComplaints()).toEqual([]);
    await page.context().close();
  });
});

import type { Locator, Page } from 'playwright-core';
import { addDataset, addTicket, queueRun, runEnds } from '../../../infra/test/workspace.ts';
import { SCREENS, type Places } from '../../../infra/look/screens.ts';
import { axeViolations, openStage, speak } from './stage.ts';

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

describe('every screen, in both themes, on a wide window and on a phone,', () => {
  let places: Places;

  beforeAll(async () => {
    const { id, key } = await addTicket(api, board.columnId(1), 'Learn which number is larger');
    const datasetId = await addDataset(api, board.project.id, 'COMPARISON', 100);
    const runIds = await Promise.all([1, 2].map((seed) => queueRun(api, id, datasetId, 'NET_2_3_1', { epochs: 2, seed })));
    await Promise.all(runIds.map((one) => runEnds(api, one)));
    const { createWebhook } = await api.query<{ createWebhook: { webhook: { id: string } } }>(
      'mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) { webhook { id } } }',
      { input: { projectId: board.project.id, address: 'https://hooks.example.org/trainyard', events: ['RUN_UPDATED'] } },
    );
    const { key: projectKey, boardId, teamId } = board.project;
    const scrum = await api.query<{ createBoard: { id: string } }>('mutation ($p: ID!) { createBoard(projectId: $p, name: "Scrum", kind: SCRUM) { id } }', {
      p: board.project.id,
    });
    const { createSprint } = await api.query<{ createSprint: { id: string } }>('mutation ($input: CreateSprintInput!) { createSprint(input: $input) { id } }', {
      input: { boardId: scrum.createBoard.id, name: 'Sprint 1', goal: 'Learn which number is larger', startsOn: '2026-11-30', endsOn: '2026-12-13' },
    });
    places = {
      sprint: { projectKey, id: createSprint.id },
      projectKey,
      boardId,
      teamId,
      ticketKey: key,
      runId: runIds[0]!,
      runIds,
      datasetId,
      webhookId: createWebhook.webhook.id,
    };
  }, 120_000);
  afterAll(() => speak(api, 'EN'));

  // A test each, so that a busy machine may take its time for all of them, and one that is at fault hides no other.
  describe.each([
    ['en', 1280],
    ['zh', 390],
  ] as const)('%s, %i px:', (language, width) => {
    let inside: Page;
    let entry: Page;
    beforeAll(async () => {
      // A person's own choice of language goes before the browser's.
      await speak(api, language === 'zh' ? 'ZH' : 'EN');
      [inside, entry] = [await stage.signedIn({ language, width }), await stage.page({ language, width })];
      stage.takeComplaints();
    });
    afterAll(() => Promise.all([inside, entry].map((page) => page.context().close())));

    it.each(SCREENS.map((screen) => [screen.name, screen] as const))('%s is free of axe violations and console errors', async (_, { path, isEntry }) => {
      const page = isEntry ? entry : inside;
      await stage.goOn(page, path(places));
      expect(await page.evaluate(() => document.documentElement.lang)).toMatch(language === 'zh' ? /^zh/ : /^en/);
      const all = await axeViolations(page);
      // A theme changes colours and nothing else. The next screen begins with the one that this ends with.
      const other = (await page.locator('html').getAttribute('data-mantine-color-scheme')) === 'dark' ? 'light' : 'dark';
      await page.emulateMedia({ colorScheme: other });
      await page.locator(`html[data-mantine-color-scheme=${other}]`).waitFor({ state: 'attached' });
      expect([...all, ...(await axeViolations(page, 'COLOURS'))]).toEqual([]);
      expect(stage.takeComplaints()).toEqual([]);
    });
  });
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

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { ApiClient } from '../../../infra/test/api-client.ts';
import { findFirefox } from '../../../infra/test/browser.ts';
import { waitFor } from '../../../infra/test/wait-for.ts';
import { addProject, addTicket, OWNER, type ProjectInfo } from '../../../infra/test/workspace.ts';

/** One path through the product in Firefox, which is driven by WebDriver BiDi and needs no geckodriver. */
const firefox = findFirefox();
if (firefox === null)
  process.stderr.write('SKIPPED: the path through Firefox, because there is none here. On Debian or Ubuntu: sudo apt-get install -y firefox-esr.\n');

(firefox === null ? describe.skip : describe)('in Firefox', () => {
  /** Firefox refuses a home folder that is another user's, and its own settings stay out of the test. */
  const own = mkdtempSync(join(tmpdir(), 'trainyard-firefox-'));
  const complaints: string[] = [];
  const url = process.env.TRAINYARD_E2E_URL ?? '';
  let browser: Browser;
  let api: ApiClient;
  let project: ProjectInfo;
  let ticket: { id: string; key: string };

  beforeAll(async () => {
    browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: firefox ?? '',
      headless: true,
      env: { ...process.env, HOME: own, XDG_RUNTIME_DIR: own },
      userDataDir: join(own, 'profile'),
      extraPrefsFirefox: { 'intl.accept_languages': 'en-GB', 'ui.prefersReducedMotion': 1 },
    });
    api = await ApiClient.signIn(url, OWNER.email, OWNER.password);
    project = await addProject(api, 'FOX');
    ticket = await addTicket(api, project.columns[0]?.id ?? '', 'Moved by keyboard');
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(own, { recursive: true, force: true });
  }, 60_000);

  async function board(): Promise<Page> {
    const page = await browser.newPage();
    page.setDefaultTimeout(60_000);
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.setViewport({ width: 1280, height: 800 });
    await page.goto(`${url}/projects/${project.key}/board/${project.boardId}`);
    await page.waitForSelector('[data-column-id], input[name=email]');
    return page;
  }

  const cardIn = (index: number): string => `[data-column-id="${project.columns[index]?.id ?? ''}"] [data-ticket-id="${ticket.id}"]`;

  it('signs in, moves a card by keyboard, shows it in another window, and opens the form of a run', async () => {
    const mine = await board();
    await mine.type('input[name=email]', OWNER.email);
    await mine.type('input[name=password]', OWNER.password);
    await mine.click('button[type=submit]');
    await mine.waitForSelector(cardIn(0));
    const theirs = await board();
    await theirs.waitForSelector(cardIn(0));

    await mine.bringToFront();
    await mine.focus(`${cardIn(0)} a`);
    await mine.keyboard.press('m');
    await mine.waitForSelector(`[data-ticket-id="${ticket.id}"][data-grabbed]`);
    await mine.keyboard.press('ArrowRight');
    await mine.keyboard.press('Enter');
    await mine.waitForSelector(cardIn(1));
    await theirs.waitForSelector(cardIn(1));
    await waitFor('the server to have it', async () => {
      const { column } = await api.query<{ column: { tickets: { nodes: { id: string }[] } } }>(
        'query ($id: ID!) { column(id: $id) { tickets { nodes { id } } } }',
        { id: project.columns[1]?.id },
      );
      return column.tickets.nodes.some(({ id }) => id === ticket.id);
    });

    await mine.click(`${cardIn(1)} a`);
    const queue = await mine.waitForSelector('::-p-aria([name="Queue run"][role="button"])');
    await queue?.click();
    await mine.waitForSelector('::-p-aria([name="Queue a training run"][role="dialog"])');
    expect(complaints).toEqual([]);
  });
});

import type { Page } from 'playwright-core';
import { startTrainyard, type Trainyard } from '../../../infra/local/trainyard.ts';
import { temporaryHome } from '../../../infra/test/temporary-home.ts';
import { addPerson, addProject, addTicket, OWNER, type Person, type ProjectInfo } from '../../../infra/test/workspace.ts';
import { waitFor } from '../../../infra/test/wait-for.ts';
import { axeViolations, BoardOnScreen, openStage, shot, speak } from './stage.ts';

const { stage, api, board } = await openStage('ACC');

beforeAll(async () => {
  await addTicket(api, board.columnId(0), 'For all to see');
}, 60_000);

describe('the first start', () => {
  const home = temporaryHome();
  let empty: Trainyard;

  beforeAll(async () => {
    empty = await startTrainyard({ home: home.path, port: 0, host: '127.0.0.1', empty: true, volatile: true, runners: 0 });
  }, 300_000);
  afterAll(async () => {
    await empty?.stop();
    home.remove();
  }, 60_000);

  it('makes the administrator on the first page, signs out and in again', async () => {
    const page = await stage.page();
    await page.goto(empty.url);
    await page.waitForURL('**/setup');
    await shot(page, 'setup');
    expect(await axeViolations(page)).toEqual([]);
    await page.locator('input[name=organisationName]').fill('Test');
    await page.locator('input[name=name]').fill('Olive Owner');
    await page.locator('input[name=email]').fill(OWNER.email);
    await page.locator('input[name=password]').fill(OWNER.password);
    await page.locator('button[type=submit]').click();
    await page.waitForURL((url) => url.pathname === '/');
    await page.getByRole('heading', { name: 'Your first day' }).waitFor();
    await page.context().clearCookies();
    await page.goto(empty.url);
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
    await board.open(page);
    await page.locator('[data-ticket-id]').first().waitFor();
    expect(await page.getByRole('button', { name: 'New ticket' }).count()).toBe(0);
    await shot(page, 'board-viewer');
    const theirs = await stage.api(viewer);
    await expect(addTicket(theirs, board.columnId(0), 'Not allowed')).rejects.toThrow(/FORBIDDEN/);
    await page.context().close();
  });

  it('hide a private project: its address is as good as any that does not exist', async () => {
    const page = await stage.signedIn({ who: outsider });
    await page.goto(`${stage.url}/projects`);
    await page.getByText('Project ACC').first().waitFor();
    expect(await page.getByText('Project SEC').count()).toBe(0);
    const textAt = async (url: string): Promise<string> => {
      await page.goto(url);
      await page.locator('h1, h2, [role=alert]').first().waitFor();
      await page.waitForLoadState('networkidle');
      return (await page.locator('main').innerText()).replaceAll(/[A-Z]{3}(-\d+)?/g, 'KEY');
    };
    expect(await textAt(new BoardOnScreen(stage, hidden).url)).toBe(await textAt(`${stage.url}/projects/NOP/board/00000000-0000-4000-8000-000000000000`));
    const theirs = await stage.api(outsider);
    const asked = 'query ($key: String!) { project(key: $key) { id } }';
    expect(await theirs.query(asked, { key: 'SEC' }).catch((error: Error) => error.message)).toEqual(
      await theirs.query(asked, { key: 'NOP' }).catch((error: Error) => error.message),
    );
    await page.context().close();
  });
});

describe('the language of an account', () => {
  afterAll(() => speak(api, 'EN'));
  const language = (page: Page): Promise<string> => page.evaluate(() => document.documentElement.lang);

  it('follows its person into a browser that is signed in already, and is there before anything is shown in another', async () => {
    await speak(api, 'EN');
    const page = await stage.signedIn({ language: 'en' });
    const other = await stage.signedIn({ language: 'en' });
    await page.goto(stage.url);
    await page.getByRole('link', { name: 'Datasets' }).waitFor();

    await other.goto(`${stage.url}/settings`);
    await other.getByText('简体中文').click();
    await waitFor('the account to have it', async () => (await api.query<{ viewer: { locale: string } }>('{ viewer { locale } }')).viewer.locale === 'ZH');
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page.getByRole('link', { name: '数据集' }).waitFor();
    expect(await language(page)).toBe('zh-CN');

    // a browser that remembers English
    await speak(api, 'EN');
    await page.reload();
    await page.getByRole('link', { name: 'Datasets' }).waitFor();
    await speak(api, 'ZH');
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

import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Locator, type Page, type Request } from 'playwright-core';
import { ROOT } from '../../../infra/local/build.ts';
import { ApiClient } from '../../../infra/test/api-client.ts';
import { BROWSER_ARGUMENTS, findBrowser, HOW_TO_GET_A_BROWSER } from '../../../infra/test/browser.ts';
import { waitFor } from '../../../infra/test/wait-for.ts';
import { addProject, OWNER, type Person, type ProjectInfo } from '../../../infra/test/workspace.ts';

const SHOTS = join(ROOT, 'test-results', 'screens');
const SIGN_IN = 'mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) { user { id } } }';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

export interface PageOptions {
  theme?: 'light' | 'dark';
  language?: 'en' | 'zh';
  width?: number;
  height?: number;
  /** A phone: fingers in place of a mouse. */
  touch?: boolean;
  /** Where it is used, an IANA name. */
  timeZone?: string;
}

/** A real browser before a Trainyard as npm start makes it. */
export class Stage {
  readonly url: string;
  private readonly browser: Browser;
  private readonly complaints: string[] = [];
  /** Of each page, what it has asked for and not got yet. */
  private readonly asked = new WeakMap<Page, Set<Request>>();

  private constructor(browser: Browser, url: string) {
    this.browser = browser;
    this.url = url;
  }

  /** Before the Trainyard that all files share (global-setup.mjs), or another. */
  static async open(url = process.env.TRAINYARD_E2E_URL): Promise<Stage> {
    const program = findBrowser();
    if (program === null) throw new Error(HOW_TO_GET_A_BROWSER);
    if (url === undefined) throw new Error('global-setup.mjs says where the Trainyard is');
    return new Stage(await chromium.launch({ executablePath: program, headless: true, args: BROWSER_ARGUMENTS }), url);
  }

  close(): Promise<void> {
    return this.browser.close();
  }

  api(who: Person = OWNER): Promise<ApiClient> {
    return ApiClient.signIn(this.url, who.email, who.password);
  }

  /** A browser of another person: nothing is shared with the other pages. */
  async page(options: PageOptions = {}): Promise<Page> {
    const context: BrowserContext = await this.browser.newContext({
      viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
      colorScheme: options.theme ?? 'light',
      locale: options.language === 'zh' ? 'zh-CN' : 'en-GB',
      reducedMotion: 'reduce',
      ...(options.touch && { hasTouch: true, isMobile: true }),
      ...(options.timeZone !== undefined && { timezoneId: options.timeZone }),
    });
    context.setDefaultTimeout(15_000);
    context.on('weberror', (thrown) => this.complaints.push(`${thrown.page()?.url()}: ${thrown.error().message}`));
    context.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(`${message.page()?.url()}: ${message.text()}`);
    });
    const page = await context.newPage();
    const asked = new Set<Request>();
    this.asked.set(page, asked);
    page.on('request', (request) => asked.add(request));
    page.on('requestfinished', (request) => asked.delete(request));
    page.on('requestfailed', (request) => asked.delete(request));
    return page;
  }

  /** Leads the page elsewhere as a link does, without loading the app again; loads it where it is not there yet. */
  async goOn(page: Page, path: string): Promise<void> {
    const text = (): Promise<string> => page.evaluate(() => document.body.innerText);
    if (page.url().startsWith(this.url)) {
      const before = await text();
      await page.evaluate((to) => history.pushState(null, '', to), path);
      await waitFor('the next screen', async () => (await text()) !== before, 15_000, 20);
    } else await page.goto(`${this.url}${path}`, { waitUntil: 'commit' });
    await page.locator('main').waitFor();
    await this.settled(page);
  }

  /** The page has what it shows: nothing is asked for, no skeleton stands for anything, and what came is painted. */
  async settled(page: Page): Promise<void> {
    const asked = this.asked.get(page);
    if (!asked) throw new Error('a page of another stage');
    await waitFor(
      'the page to have all it asks for',
      async () => {
        const isWhole = await page.evaluate(async () => {
          // A frame for what was asked meanwhile, and one for what came.
          for (let frame = 0; frame < 2; frame++) await new Promise((done) => requestAnimationFrame(done));
          return document.querySelector('[data-skeleton], .mantine-Skeleton-root, .boot') === null;
        });
        return isWhole && asked.size === 0;
      },
      15_000,
      20,
    );
  }

  /** Errors the pages have printed since this was last asked. */
  takeComplaints(): string[] {
    return this.complaints.splice(0);
  }

  /** An empty page of a browser that `who` is signed in at: neither the form nor the page behind it is loaded for that. */
  async signedIn(options: PageOptions & { who?: Person } = {}): Promise<Page> {
    const { email, password } = options.who ?? OWNER;
    const page = await this.page(options);
    // The answer's cookies are the browser's.
    const answer = await page.context().request.post(`${this.url}/graphql`, {
      headers: { 'x-trainyard-csrf': '1' },
      data: { query: SIGN_IN, variables: { email, password } },
    });
    const { errors } = (await answer.json()) as { errors?: { message: string }[] };
    if (errors) throw new Error(`${email} is not let in: ${errors.map(({ message }) => message).join(', ')}`);
    return page;
  }

  /** A page that `who` is signed in at through the form. */
  async throughTheForm(who: Person): Promise<Page> {
    const page = await this.page();
    await page.goto(`${this.url}/sign-in`);
    await page.locator('input[type=email], input[name=email]').first().fill(who.email);
    await page.locator('input[type=password]').first().fill(who.password);
    await page.locator('button[type=submit]').first().click();
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    return page;
  }
}

/** The board of a project, as a page shows it. */
export class BoardOnScreen {
  readonly project: ProjectInfo;
  private readonly stage: Stage;

  constructor(stage: Stage, project: ProjectInfo) {
    this.stage = stage;
    this.project = project;
  }

  /** Of a new project. */
  static async add(stage: Stage, api: ApiClient, key: string): Promise<BoardOnScreen> {
    return new BoardOnScreen(stage, await addProject(api, key));
  }

  get url(): string {
    return `${this.stage.url}/projects/${this.project.key}/board/${this.project.boardId}`;
  }
  async open(page: Page): Promise<void> {
    await page.goto(this.url);
    await page.locator('[data-column-id]').first().waitFor();
  }
  columnId(index: number): string {
    const column = this.project.columns[index];
    if (column === undefined) throw new Error(`${this.project.key} has no column ${index}`);
    return column.id;
  }
  column(page: Page, index: number): Locator {
    return page.locator(`[data-column-id="${this.columnId(index)}"]`);
  }
  card(page: Page, id: string): Locator {
    return page.locator(`[data-ticket-id="${id}"]`);
  }
  /** Ids of the cards in a column, from above. */
  cardsOf(page: Page, index: number): Promise<(string | null)[]> {
    return this.column(page, index)
      .locator('[data-ticket-id]')
      .evaluateAll((cards) =>
        cards
          .toSorted((a, b) => Number(a.getAttribute('data-index')) - Number(b.getAttribute('data-index')))
          .map((card) => card.getAttribute('data-ticket-id')),
      );
  }
}

/** A stage for the tests of a file, with the owner's API and the board of a new project; closed after them. */
export async function openStage(key: string): Promise<{ stage: Stage; api: ApiClient; board: BoardOnScreen }> {
  const stage = await Stage.open();
  afterAll(() => stage.close(), 60_000);
  const api = await stage.api();
  return { stage, api, board: await BoardOnScreen.add(stage, api, key) };
}

/** A person's own language, which goes before the browser's. */
export const speak = (api: ApiClient, locale: 'EN' | 'ZH'): Promise<unknown> =>
  api.query('mutation ($locale: Locale!) { setLocale(locale: $locale) { locale } }', { locale });

/** Keeps a picture for people in test-results/screens. */
export async function shot(page: Page, name: string): Promise<void> {
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`) });
}

/** What axe finds against WCAG 2.2 A and AA, one line for each element; COLOURS: by the rules that colours alone decide. */
export async function axeViolations(page: Page, rules: 'ALL' | 'COLOURS' = 'ALL'): Promise<string[]> {
  const violations = await violationsNow(page, rules);
  if (violations.length === 0) return violations;
  // an answer that arrives while axe looks shows it a page that is half of before: only what is there afterwards, too, is one
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => new Promise((done) => setTimeout(done, 300)));
  return violationsNow(page, rules);
}

async function violationsNow(page: Page, rules: 'ALL' | 'COLOURS'): Promise<string[]> {
  // Through the debugger, which a content security policy does not stop.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  return page.evaluate(
    async (runOnly) => {
      const { axe } = globalThis as unknown as {
        axe: { run: (root: Document, options: object) => Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }> };
      };
      const { violations } = await axe.run(document, { runOnly, resultTypes: ['violations'] });
      return violations.flatMap((rule) =>
        rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 200)} (${(node.failureSummary ?? '').split('\n').slice(1).join(' ').trim()})`),
      );
    },
    rules === 'ALL' ? { type: 'tag', values: AXE_TAGS } : { type: 'rule', values: COLOUR_RULES },
  );
}

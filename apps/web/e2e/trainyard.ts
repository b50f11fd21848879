import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { ROOT } from '../../../infra/local/build.ts';
import { startTrainyard, type Trainyard, type TrainyardOptions } from '../../../infra/local/trainyard.ts';
import { ApiClient } from '../../../infra/test/api-client.ts';
import { BROWSER_ARGUMENTS, findBrowser, HOW_TO_GET_A_BROWSER } from '../../../infra/test/browser.ts';
import { temporaryHome } from '../../../infra/test/temporary-home.ts';

const SHOTS = join(ROOT, 'test-results', 'screens');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

export interface PageOptions {
  theme?: 'light' | 'dark';
  language?: 'en' | 'zh';
  width?: number;
  height?: number;
}

/** A whole Trainyard of its own, started as npm start does, and a real browser. */
export class Stage {
  readonly trainyard: Trainyard;
  private readonly browser: Browser;
  private readonly removeHome: () => void;
  private readonly complaints: string[] = [];

  private constructor(trainyard: Trainyard, browser: Browser, removeHome: () => void) {
    this.trainyard = trainyard;
    this.browser = browser;
    this.removeHome = removeHome;
  }

  static async open(options: Partial<TrainyardOptions> = {}): Promise<Stage> {
    const program = findBrowser();
    if (program === null) throw new Error(HOW_TO_GET_A_BROWSER);
    const home = temporaryHome();
    try {
      const trainyard = await startTrainyard({ home: home.path, port: 0, host: '127.0.0.1', empty: false, volatile: true, ...options });
      const browser = await chromium.launch({ executablePath: program, headless: true, args: BROWSER_ARGUMENTS });
      return new Stage(trainyard, browser, home.remove);
    } catch (error) {
      home.remove();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.trainyard.stop();
    this.removeHome();
  }

  get url(): string {
    return this.trainyard.url;
  }

  /** The demonstration workspace's owner. */
  get owner(): { email: string; password: string } {
    const signIn = this.trainyard.signIn;
    if (signIn === null) throw new Error('This Trainyard has no demonstration workspace');
    return signIn;
  }

  api(who: { email: string; password: string } = this.owner): Promise<ApiClient> {
    return ApiClient.signIn(this.url, who.email, who.password);
  }

  /** A browser of another person: nothing is shared with the other pages. */
  async page(options: PageOptions = {}): Promise<Page> {
    const context: BrowserContext = await this.browser.newContext({
      viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
      colorScheme: options.theme ?? 'light',
      locale: options.language === 'zh' ? 'zh-CN' : 'en-GB',
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.on('pageerror', (error) => this.complaints.push(`${page.url()}: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(`${page.url()}: ${message.text()}`);
    });
    return page;
  }

  /** Errors the pages have printed since this was last asked. */
  takeComplaints(): string[] {
    return this.complaints.splice(0);
  }

  /** A page signed in as `who` through the sign-in form. */
  async signedIn(options: PageOptions & { who?: { email: string; password: string } } = {}): Promise<Page> {
    const who = options.who ?? this.owner;
    const page = await this.page(options);
    await page.goto(`${this.url}/sign-in`);
    await page.locator('input[type=email], input[name=email]').first().fill(who.email);
    await page.locator('input[type=password]').first().fill(who.password);
    await page.locator('button[type=submit]').first().click();
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    return page;
  }
}

/** Keeps a picture for people in test-results/screens. */
export async function shot(page: Page, name: string): Promise<void> {
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`) });
}

/** What axe finds against WCAG 2.2 A and AA, one line for each element. */
export async function axeViolations(page: Page): Promise<string[]> {
  // Through the debugger, which a content security policy does not stop.
  await page.evaluate(AXE);
  return page.evaluate(async (tags) => {
    const { axe } = globalThis as unknown as {
      axe: { run: (root: Document, options: object) => Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }> };
    };
    const { violations } = await axe.run(document, { runOnly: { type: 'tag', values: tags } });
    return violations.flatMap((rule) =>
      rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 200)} (${(node.failureSummary ?? '').split('\n').slice(1).join(' ').trim()})`),
    );
  }, AXE_TAGS);
}

import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { startTrainyard, type Trainyard } from '../local/trainyard.ts';
import { ApiClient } from '../test/api-client.ts';
import { BROWSER_ARGUMENTS, findBrowser, HOW_TO_GET_A_BROWSER } from '../test/browser.ts';
import { temporaryHome } from '../test/temporary-home.ts';
import { waitFor } from '../test/wait-for.ts';
import type { Person } from '../test/workspace.ts';
import type { Places } from './screens.ts';

/** The demonstration in a home of its own, and a browser before it. */
export interface Demonstration {
  url: string;
  api: ApiClient;
  owner: Person;
  browser: Browser;
  places: Places;
  close: () => Promise<void>;
}

export async function openDemonstration(): Promise<Demonstration> {
  const program = findBrowser();
  if (program === null) throw new Error(HOW_TO_GET_A_BROWSER);
  const home = temporaryHome();
  let trainyard: Trainyard | null = null;
  let browser: Browser | null = null;
  const close = async (): Promise<void> => {
    await browser?.close();
    await trainyard?.stop();
    home.remove();
  };
  try {
    trainyard = await startTrainyard({ home: home.path, port: 0, host: '127.0.0.1', empty: false, volatile: true }, ({ name, detail }) =>
      process.stdout.write(`${name}: ${detail}\n`),
    );
    await trainyard.everythingReady;
    const owner = trainyard.signIn;
    if (owner === null) throw new Error('the demonstration has no account');
    browser = await chromium.launch({ executablePath: program, headless: true, args: BROWSER_ARGUMENTS });
    const api = await ApiClient.signIn(trainyard.url, owner.email, owner.password);
    return { url: trainyard.url, api, owner, browser, places: await placesIn(api), close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Found {
  projects: { id: string; key: string; team: { id: string }; boards: { id: string }[] }[];
  runs: { nodes: { id: string; state: string; group: { id: string } | null; ticket: { key: string; title: string } }[] };
  datasets: { nodes: { id: string }[] };
}

/** One of each thing, once the run that the demonstration trains itself is over. */
async function placesIn(api: ApiClient): Promise<Places> {
  const look = (): Promise<Found> =>
    api.query(`{ projects { id key team { id } boards { id } } datasets(first: 5) { nodes { id } }
      runs(first: 50) { nodes { id state group { id } ticket { key title } } } }`);
  const found = await waitFor(
    'the run of the demonstration to end',
    async () => {
      const now = await look();
      const own = now.runs.nodes.find(({ ticket }) => ticket.title.startsWith('Baseline'));
      return own && ['SUCCEEDED', 'FAILED'].includes(own.state) ? now : null;
    },
    300_000,
  );
  const project = found.projects.find(({ key }) => key === 'VIS');
  const own = found.runs.nodes.find(({ ticket }) => ticket.title.startsWith('Baseline'));
  const board = project?.boards[0];
  const dataset = found.datasets.nodes.at(-1);
  if (!project || !own || !board || !dataset) throw new Error('the demonstration is not what it was');
  const { createWebhook } = await api.query<{ createWebhook: { webhook: { id: string } } }>(
    'mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) { webhook { id } } }',
    { input: { projectId: project.id, address: 'https://chat.example.org/hooks/trainyard', events: ['TICKET_CREATED', 'RUN_UPDATED'] } },
  );
  const scrum = found.projects.find(({ key }) => key === 'ATL');
  if (!scrum) throw new Error('the demonstration is not what it was');
  const { createSprint } = await api.query<{ createSprint: { id: string } }>('mutation ($input: CreateSprintInput!) { createSprint(input: $input) { id } }', {
    input: { boardId: scrum.boards[0]?.id, name: 'Sprint 1', goal: 'Fit the loss curve', startsOn: '2026-11-30', endsOn: '2026-12-13' },
  });
  return {
    projectKey: project.key,
    boardId: board.id,
    ticketKey: own.ticket.key,
    runId: own.id,
    runIds: found.runs.nodes.filter(({ group }) => group !== null).map(({ id }) => id),
    datasetId: dataset.id,
    teamId: project.team.id,
    webhookId: createWebhook.webhook.id,
    sprint: { projectKey: scrum.key, id: createSprint.id },
  };
}

export interface Visit {
  width?: number;
  height?: number;
  theme?: 'light' | 'dark';
  language?: 'EN' | 'ZH';
  /** 2: a window of half the width and height, at 200 %. */
  zoom?: number;
  forcedColours?: boolean;
  who?: Person | null;
}

/** A browser of its own, signed in as `who` (the owner), by the sign-in that the page uses. */
export async function visit({ browser, url, owner }: Pick<Demonstration, 'browser' | 'url' | 'owner'>, options: Visit = {}): Promise<Page> {
  const { width = 1280, height = width < 600 ? 844 : 860, theme = 'light', language = 'EN', zoom = 1, forcedColours = false, who = owner } = options;
  const context: BrowserContext = await browser.newContext({
    viewport: { width: Math.round(width / zoom), height: Math.round(height / zoom) },
    deviceScaleFactor: zoom,
    colorScheme: theme,
    forcedColors: forcedColours ? 'active' : 'none',
    locale: language === 'ZH' ? 'zh-CN' : 'en-GB',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  if (who === null) return page;
  await page.goto(`${url}/sign-in`);
  await page.locator('input[type=email]').first().fill(who.email);
  await page.locator('input[type=password]').first().fill(who.password);
  await page.locator('button[type=submit]').first().click();
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'));
  return page;
}

/** A person's own language goes before the browser's. */
export const speak = (api: ApiClient, locale: 'EN' | 'ZH'): Promise<unknown> =>
  api.query('mutation ($locale: Locale!) { setLocale(locale: $locale) { locale } }', { locale });

/** The page has what it shows: nothing is asked for, and no skeleton stands for anything. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.locator('[data-skeleton], .mantine-Skeleton-root').first().waitFor({ state: 'detached' });
  await page.evaluate(() => document.fonts.ready);
}

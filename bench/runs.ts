import { chromium, type Page } from 'playwright-core';
import { BROWSER_ARGUMENTS, findBrowser, HOW_TO_GET_A_BROWSER } from '../infra/test/browser.ts';
import type { ApiClient } from '../infra/test/api-client.ts';
import { seedBoard } from './board-data.ts';
import { installProbe } from './browser/page-probe.ts';
import { atLeast, atMost, percentile, spread, type Measurement } from './measurement.ts';
import { seedRuns } from './runs-data.ts';
import type { BenchStage } from './stage.ts';

const RUNS = 5_000;
const COLUMNS = 40;
const ROUNDS = 7;
const WHEEL_TICKS = 60;
/** By a column of the run, of its result, of its parameters, and by names of other tables. */
const SORTS = ['sort:-queued', 'sort:-duration', 'sort:-metric.accuracy', 'sort:metric.validation.loss', 'sort:param.learningRate', 'sort:dataset'];

/** The table of runs: 5,000 runs, 40 columns (web-criteria.md 16). */
export async function run(stage: BenchStage): Promise<Measurement[]> {
  const trainyard = await stage.trainyard();
  if (trainyard.signIn === null) throw new Error('The bench needs the demonstration workspace');
  const api = await stage.owner();
  const { projectId } = await seedBoard(api, trainyard.databaseUrl, 'BRU', 60);
  await seedRuns(trainyard.databaseUrl, projectId, RUNS);
  const server = await sortedByServer(api, projectId);
  const program = findBrowser();
  if (program === null) throw new Error(HOW_TO_GET_A_BROWSER);
  const browser = await chromium.launch({ executablePath: program, headless: true, args: BROWSER_ARGUMENTS });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
    await installProbe(page);
    await page.goto(`${trainyard.url}/sign-in`);
    await page.locator('input[type=email]').fill(trainyard.signIn.email);
    await page.locator('input[type=password]').fill(trainyard.signIn.password);
    await page.locator('button[type=submit]').click();
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    return [...server, ...(await inBrowser(page, `${trainyard.url}/projects/BRU/runs`))];
  } finally {
    await browser.close();
  }
}

const LIST = `query ($projectId: ID, $query: String!) {
  runs(projectId: $projectId, query: $query, first: 50) {
    nodes { id number state template parameters { learningRate batchSize epochs } result { metrics { split name value } } ticket { key title } createdBy { name } card { headline { value } } }
    totalCount pageInfo { endCursor hasNextPage }
  }
}`;

async function sortedByServer(api: ApiClient, projectId: string): Promise<Measurement[]> {
  const all: number[] = [];
  const slowest = { ms: 0, query: '' };
  for (let round = 0; round <= ROUNDS; round++) {
    for (const query of SORTS) {
      const began = performance.now();
      await api.query(LIST, { projectId, query });
      const ms = performance.now() - began;
      // the first round fills caches
      if (round === 0) continue;
      all.push(ms);
      if (ms > slowest.ms) Object.assign(slowest, { ms, query });
    }
  }
  return [
    atMost('sort 5,000 runs, on the server', 'ms p50', 100, percentile(all, 0.5), `${spread(all)}; slowest ${slowest.ms.toFixed(0)} ms: ${slowest.query}`),
  ];
}

async function inBrowser(page: Page, url: string): Promise<Measurement[]> {
  await page.goto(url);
  await page.locator('tr[data-row]').first().waitFor();
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.locator('fieldset legend').first().waitFor();
  const boxes = page.locator('fieldset input[type=checkbox]');
  for (let i = 0; (await page.locator('thead th').count()) < COLUMNS && i < (await boxes.count()); i++) await boxes.nth(i).check();
  await page.keyboard.press('Escape');
  const columns = await page.locator('thead th').count();

  const sorts: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of ['Learning rate', 'Loss (Validation)']) {
      const ms = await page.evaluate(async (head) => {
        const button = [...document.querySelectorAll<HTMLElement>('thead th button')].find((one) => one.textContent === head);
        if (!button) throw new Error(`no column ${head}`);
        const before = document.querySelector('tr[data-row]')?.getAttribute('data-row');
        const began = performance.now();
        button.click();
        return (
          (await probe.when(
            () => document.querySelector('tr[data-row]')?.getAttribute('data-row') !== before && !document.querySelector('[data-busy]'),
            5_000,
          )) - began
        );
      }, name);
      sorts.push(ms);
    }
  }

  const region = page.locator('[role=region]').first();
  await region.hover();
  // all pages at hand, as after somebody has gone through the list
  await page.goto(url);
  await page.locator('tr[data-row]').first().waitFor();
  const rows = (): Promise<number> => page.evaluate(() => Number(document.querySelector('table')?.getAttribute('aria-rowcount') ?? 0));
  for (let i = 0; i < 200 && (await rows()) < RUNS; i++) {
    await page.evaluate(() => document.querySelector('[role=region]')?.scrollTo({ top: 1e9 }));
    await page.waitForTimeout(120);
  }
  const loaded = await rows();
  await page.evaluate(() => document.querySelector('[role=region]')?.scrollTo({ top: 0 }));
  await page.waitForTimeout(500);
  await page.locator('[role=region]').first().hover();
  await page.evaluate(() => probe.begin());
  for (let i = 0; i < WHEEL_TICKS; i++) {
    await page.mouse.wheel(0, 240);
    await page.waitForTimeout(16);
  }
  const notes = await page.evaluate(() => probe.end());
  let blank = 0;
  for (let i = 0; i < 30; i++) {
    blank += await page.evaluate(
      async (share) => {
        const scroller = document.querySelector('[role=region]');
        if (!scroller) return 1;
        scroller.scrollTo({ top: share * (scroller.scrollHeight - scroller.clientHeight) });
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        const { top, left, height } = scroller.getBoundingClientRect();
        return document.elementFromPoint(left + 40, top + height / 2)?.closest('tr[data-row]') ? 0 : 1;
      },
      ((i * 7919) % 100) / 100,
    );
  }
  const elements = await page.evaluate(() => document.querySelectorAll('*').length);
  return [
    atLeast('columns shown', '', COLUMNS, columns),
    atMost('sort 5,000 runs x 40 columns, from the click to the rows', 'ms p50', 150, percentile(sorts, 0.5), spread(sorts)),
    atLeast('rows at hand while scrolling', '', RUNS, loaded),
    atMost(`scroll them, ${WHEEL_TICKS} wheel ticks`, 'ms p95 frame', 25, percentile(notes.frames, 0.95), spread(notes.frames)),
    atMost('  long tasks', '', 0, notes.longTasks.length, notes.longTasks.map((ms) => `${ms.toFixed(0)} ms`).join(', ')),
    atMost('  blank after 30 jumps', '', 0, blank),
    atMost('  elements of the page', '', null, elements),
  ];
}

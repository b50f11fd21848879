import { chromium, type Browser } from 'playwright-core';
import { BROWSER_ARGUMENTS, findBrowser, HOW_TO_GET_A_BROWSER } from '../../infra/test/browser.ts';
import { atMost, percentile, type Measurement } from '../measurement.ts';
import { BoardScreen, type BoardAddress } from './board-screen.ts';

const PAINTS = 5;
const TICKS = 60;
const JUMPS = 30;
const KEYS = 20;
const DROPS = 10;
const spreadOf = (ms: readonly number[]): string => ms.map((one) => one.toFixed(0)).join(', ');

/** The backlog in a real Chromium (criteria 1 to 5 and 8): painted, scrolled, jumped about in, walked by keys, and a row carried by them. */
export async function measureBacklog(address: BoardAddress): Promise<Measurement[]> {
  const executablePath = findBrowser();
  if (executablePath === null) throw new Error(HOW_TO_GET_A_BROWSER);
  const browser = await chromium.launch({ executablePath, args: BROWSER_ARGUMENTS });
  try {
    const paints: number[] = [];
    for (let i = 0; i < PAINTS; i++) {
      const screen = await BoardScreen.prepare(browser, address);
      paints.push(await show(screen, address));
      await screen.close();
    }
    return [atMost('backlog of 10,000 painted', 'ms', 1000, percentile(paints, 0.5), spreadOf(paints)), ...(await measureUse(browser, address))];
  } finally {
    await browser.close();
  }
}

/** Milliseconds from the start of the navigation until rows are there. */
async function show({ page }: BoardScreen, { baseUrl, projectKey }: BoardAddress): Promise<number> {
  await page.goto(`${baseUrl}/projects/${projectKey}/backlog`, { waitUntil: 'commit' });
  return page.evaluate(() => globalThis.probe.when(() => document.querySelectorAll('tr[data-row]').length > 5, 20_000));
}

async function measureUse(browser: Browser, address: BoardAddress): Promise<Measurement[]> {
  const screen = await BoardScreen.prepare(browser, address);
  const { page } = screen;
  await show(screen, address);
  await screen.quiet();
  const nodes = await page.evaluate(() => document.querySelectorAll('*').length);

  const table = page.locator('[role="region"]:has(tr[data-row])');
  await table.hover();
  await page.evaluate(() => globalThis.probe.begin());
  for (let i = 0; i < TICKS; i++) {
    await page.mouse.wheel(0, 120);
    await page.waitForTimeout(16);
  }
  const scrolled = await page.evaluate(() => globalThis.probe.end());

  const jumps: number[] = [];
  for (let i = 0; i < JUMPS; i++) {
    jumps.push(
      await table.evaluate(
        async (region, share) => {
          const began = performance.now();
          region.scrollTop = share * region.scrollHeight;
          const { top, bottom } = region.getBoundingClientRect();
          const seen = (): boolean =>
            [...document.querySelectorAll('tr[data-row]')].filter(
              (row) => row.getBoundingClientRect().bottom > top + 40 && row.getBoundingClientRect().top < bottom,
            ).length > 5;
          return (await globalThis.probe.when(seen, 5_000)) - began;
        },
        (i * 0.618) % 1,
      ),
    );
  }

  await table.evaluate((region) => {
    region.scrollTop = 0;
  });
  await screen.quiet();
  await page.locator('tr[data-row] th a').first().focus();
  const press = (key: string, test: string): Promise<number> =>
    page.evaluate(
      async ([pressed, what]) => {
        const at = document.activeElement;
        const order = (): string => [...document.querySelectorAll('tr[data-row]')].map((row) => row.getAttribute('data-row')).join();
        const [focus, was] = [document.activeElement, order()];
        const began = performance.now();
        at?.dispatchEvent(new KeyboardEvent('keydown', { key: pressed!, code: pressed!, bubbles: true, cancelable: true }));
        return (await globalThis.probe.when(() => (what === 'FOCUS' ? document.activeElement !== focus : order() !== was), 5_000)) - began;
      },
      [key, test] as const,
    );
  const keys: number[] = [];
  for (let i = 0; i < KEYS; i++) keys.push(await press('ArrowDown', 'FOCUS'));
  const drops: number[] = [];
  for (let i = 0; i < DROPS; i++) {
    for (const key of ['m', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key);
    drops.push(await press('Enter', 'ORDER'));
    await screen.quiet();
  }
  await screen.close();
  return [
    atMost('  elements in the document', 'nodes', 1500, nodes),
    atMost(`  ${TICKS} wheel ticks`, 'ms p95', 25, percentile(scrolled.frames, 0.95), `long tasks: ${spreadOf(scrolled.longTasks) || 'none'}`),
    atMost(`  ${JUMPS} jumps, rows read and there`, 'ms p95', 500, percentile(jumps, 0.95), spreadOf(jumps)),
    atMost('  a key to the next row', 'ms p95', 50, percentile(keys, 0.95), spreadOf(keys)),
    atMost('  a row put down to the new order', 'ms p50', 50, percentile(drops, 0.5), spreadOf(drops)),
  ];
}

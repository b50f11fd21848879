import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { ROOT } from '../local/build.ts';
import { addPerson } from '../test/workspace.ts';
import { OPENED } from './opened.ts';
import { SCREENS, type Screen } from './screens.ts';
import { sheetOf, type Picture } from './sheet.ts';
import { openDemonstration, settled, speak, visit, type Demonstration, type Visit } from './visitor.ts';

const FOLDER = join(ROOT, 'look-results');
const WIDTHS = [390, 768, 1280, 1440, 1920] as const;
/** What is shown while nothing comes is there after so long; a screen that waits is looked at then. */
const WAITS_MS = 600;

const only = process.argv.slice(2).filter((word) => word !== '--only');
const isWanted = (name: string): boolean => only.every((word) => name.includes(word));

const pictures: Picture[] = [];
/** What the console of the page said since the last picture. */
const complaints: string[] = [];

function listen(page: Page): void {
  page.context().on('weberror', (thrown) => complaints.push(thrown.error().message));
  page.context().on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
}

async function take(page: Page, screen: string, variant: string, expectsErrors = false): Promise<void> {
  const file = `${screen}.${variant}.jpg`;
  await page.screenshot({ path: join(FOLDER, file), type: 'jpeg', quality: 80 });
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  const said = complaints.splice(0);
  pictures.push({ screen, variant, file, faults: [...(wider > 0 ? [`${wider} px wider than the window`] : []), ...(expectsErrors ? [] : said)] });
}

const nameOf = (language: string, width: number, more: string): string => [language.toLowerCase(), width, more].filter(Boolean).join('-');

/** Every screen in one browser after the other: as it is at these widths. */
async function walk(at: Demonstration, options: Visit, widths: readonly number[], more: string, screens: readonly Screen[] = SCREENS): Promise<void> {
  const language = options.language ?? 'EN';
  const wanted = screens.filter(({ name }) => widths.some((width) => isWanted(`${name}.${nameOf(language, width, more)}`)));
  if (wanted.length === 0) return;
  await speak(at.api, language);
  const signedIn = await visit(at, options);
  const stranger = await visit(at, { ...options, who: null });
  listen(signedIn);
  listen(stranger);
  for (const screen of wanted) {
    const page = screen.isEntry ? stranger : signedIn;
    await page.goto(`${at.url}${screen.path(at.places)}`);
    await settled(page);
    for (const width of widths) {
      const variant = nameOf(language, width, more);
      if (!isWanted(`${screen.name}.${variant}`)) continue;
      if (!options.zoom) await page.setViewportSize({ width, height: width < 600 ? 844 : 900 });
      await settled(page);
      await take(page, screen.name, variant);
    }
  }
  await signedIn.context().close();
  await stranger.context().close();
  process.stdout.write(`${nameOf(language, widths[0]!, more)}: ${pictures.length} pictures\n`);
}

/** Every screen while its data do not come, or cannot. */
async function broken(at: Demonstration, how: 'slow' | 'error', width: number): Promise<void> {
  const variant = nameOf('EN', width, how);
  const wanted = SCREENS.filter(({ name, isEntry }) => !isEntry && isWanted(`${name}.${variant}`));
  if (wanted.length === 0) return;
  const page = await visit(at, { width });
  listen(page);
  // What the frame asks is answered: a page that fails stands in a frame that does not.
  const held = new Set<() => void>();
  await page.route('**/graphql', async (route) => {
    const { operationName } = (route.request().postDataJSON() ?? {}) as { operationName?: string };
    if (['Viewer', 'Navigation', 'UnreadCount', 'Setup'].includes(operationName ?? '')) return route.continue();
    if (how === 'error') return route.fulfill({ status: 500, contentType: 'application/json', body: '{}' });
    await new Promise<void>((done) => held.add(done));
    await route.abort().catch(() => undefined);
  });
  for (const screen of wanted) {
    await page.goto(`${at.url}${screen.path(at.places)}`);
    await page.locator('main').waitFor();
    await page.waitForTimeout(WAITS_MS);
    await take(page, screen.name, variant, true);
    for (const done of held) done();
    held.clear();
  }
  await page.context().close();
  process.stdout.write(`${variant}: ${pictures.length} pictures\n`);
}

async function opened(at: Demonstration, options: Visit & { width: number }, more: string): Promise<void> {
  const variant = nameOf(options.language ?? 'EN', options.width, more);
  const wanted = OPENED.filter(({ name, isWide }) => (!isWide || options.width > 1000) && isWanted(`${name}.${variant}`));
  if (wanted.length === 0) return;
  await speak(at.api, options.language ?? 'EN');
  const page = await visit(at, options);
  listen(page);
  for (const { name, screen, open } of wanted) {
    await page.goto(`${at.url}${screen.path(at.places)}`);
    await settled(page);
    try {
      await open(page);
      await settled(page);
    } catch (error) {
      complaints.push(`it did not open: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
    }
    await take(page, name, variant);
  }
  await page.context().close();
  process.stdout.write(`${variant}: ${pictures.length} pictures\n`);
}

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
const at = await openDemonstration();
try {
  const viewer = await addPerson(at.api, 'Vera Viewer', 'VIEWER');
  for (const language of ['EN', 'ZH'] as const) await walk(at, { language }, WIDTHS, '');
  await walk(at, { theme: 'dark', language: 'ZH' }, [390, 1280], 'dark');
  await speak(at.api, 'EN');
  await walk(at, { who: viewer }, [1280], 'viewer');
  await walk(at, { zoom: 2 }, [1280], 'zoom-200');
  await walk(at, { forcedColours: true }, [1280], 'forced-colours');
  for (const how of ['slow', 'error'] as const) for (const width of [390, 1280]) await broken(at, how, width);
  await opened(at, { width: 1280 }, 'open');
  await opened(at, { width: 390, theme: 'dark' }, 'open');
} finally {
  await at.close();
}
writeFileSync(join(FOLDER, 'index.html'), sheetOf(pictures));
const faults = pictures.filter((picture) => picture.faults.length > 0);
for (const { screen, variant, faults: found } of faults) process.stdout.write(`${screen} ${variant}: ${found.join('; ').slice(0, 300)}\n`);
process.stdout.write(`${pictures.length} pictures, ${faults.length} with faults: look-results/index.html\n`);

import type { Browser, Page } from 'playwright-core';
import { atMost, percentile, type Measurement } from '../measurement.ts';
import { BoardScreen, type BoardAddress } from './board-screen.ts';

/** As somebody types: words that all tickets have, one ticket by its number at the end of its title, a key, characters that nothing has. */
const TYPED = ['valid loss', 'encoder, attempt 41', 'reduce att', 'BBR-77', '手写'];
const BETWEEN_KEYS_MS = 120;

/** Criterion 12: from the key that opens the palette to its field, and from each key typed into it to the painted lines that the server found for that very text. */
export async function measurePalette(browser: Browser, address: BoardAddress): Promise<Measurement[]> {
  const screen = await BoardScreen.open(browser, address);
  const { page } = screen;
  // its code comes when the page is idle
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search and commands' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('combobox', { name: 'Search and commands' }).waitFor({ state: 'detached' });

  const opened: number[] = [];
  const keys: number[] = [];
  for (const text of TYPED) {
    await watch(page, 'opened');
    await page.keyboard.press('Control+k');
    opened.push(await took(page));
    for (const letter of text) {
      await watch(page, 'found');
      await page.keyboard.type(letter);
      keys.push(await took(page));
      await page.waitForTimeout(BETWEEN_KEYS_MS);
    }
    await page.keyboard.press('Escape');
    await page.getByRole('combobox', { name: 'Search and commands' }).waitFor({ state: 'detached' });
  }
  await screen.close();
  const of = (times: readonly number[]): string =>
    `p50 ${percentile(times, 0.5).toFixed(0)}, p95 ${percentile(times, 0.95).toFixed(0)}, slowest ${Math.max(...times).toFixed(0)} of ${times.length}`;
  return [
    atMost('palette opened and focused', 'ms p95', 100, percentile(opened, 0.95), of(opened)),
    atMost('  key to painted lines, over 5,000 tickets', 'ms p95', 50, percentile(keys, 0.95), of(keys)),
  ];
}

/** From the next key on until the field has the focus, or the answer to what it says is painted. */
const watch = (page: Page, until: 'opened' | 'found'): Promise<void> =>
  page.evaluate((wanted) => {
    const field = () => document.querySelector<HTMLInputElement>('[role="dialog"] [role="combobox"]');
    const list = () => document.querySelector<HTMLElement>('[role="dialog"] [role="listbox"]');
    const typed = field()?.value ?? '';
    const isThere = (): boolean =>
      wanted === 'opened'
        ? field() !== null && document.activeElement === field()
        : // a space at the end asks for nothing else
          field()?.value !== typed && list()?.dataset['searching'] === undefined && list()?.dataset['asked'] === field()?.value.trim().toLowerCase();
    const measured = Promise.withResolvers<number>();
    Object.assign(globalThis, { measured: measured.promise });
    const begin = (event: Event): void => void globalThis.probe.when(isThere, 5_000).then((at) => measured.resolve(at - event.timeStamp), measured.reject);
    // a character of Chinese comes without a key
    for (const kind of ['keydown', 'input']) {
      const once = (event: Event): void => {
        if (!measuring) begin(event);
        measuring = true;
        window.removeEventListener(kind, once, { capture: true });
      };
      window.addEventListener(kind, once, { capture: true });
    }
    let measuring = false;
  }, until);

const took = (page: Page): Promise<number> => page.evaluate(() => (globalThis as unknown as { measured: Promise<number> }).measured);

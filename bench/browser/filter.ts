import type { Browser } from 'playwright-core';
import { atMost, percentile, type Measurement } from '../measurement.ts';
import { BoardScreen, type BoardAddress } from './board-screen.ts';

const TIMES = 10;
/** What each column has cards of. */
const QUERY = 'type:bug';

/** Criterion 13: from the click on a face to the cards that match, and back to all; and the first paint of a board whose address asks. */
export async function measureFilter(browser: Browser, address: BoardAddress): Promise<Measurement[]> {
  const screen = await BoardScreen.open(browser, address);
  // the star of the project can be pressed, too
  const face = screen.page.getByRole('button', { name: /: [\d,]+ cards?$/ }).first();
  await face.waitFor();
  const applied: number[] = [];
  for (let i = 0; i < TIMES; i++) {
    applied.push(
      await face.evaluate(async (button: HTMLElement) => {
        const wasAsked = button.getAttribute('aria-pressed') === 'true';
        const head = () => document.querySelector('[data-column-id] header')?.textContent ?? '';
        const began = performance.now();
        button.click();
        return (await globalThis.probe.changed(() => /\d+ of \d+/.test(head()) !== wasAsked, 10_000)) - began;
      }),
    );
    await screen.quiet();
  }
  await screen.close();
  const painted: number[] = [];
  for (let i = 0; i < 5; i++) {
    const asked = await BoardScreen.prepare(browser, address);
    painted.push(await asked.show(QUERY));
    await asked.close();
  }
  return [
    atMost('a filter applied, and taken away', 'ms p50', 100, percentile(applied, 0.5), applied.map((ms) => ms.toFixed(0)).join(', ')),
    atMost('first paint of a board that is asked', 'ms', 1000, percentile(painted, 0.5), painted.map((ms) => ms.toFixed(0)).join(', ')),
  ];
}

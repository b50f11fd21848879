import type { Browser } from 'playwright-core';
import { atLeast, atMost, percentile, type Measurement } from '../measurement.ts';
import { BoardScreen, type BoardAddress } from './board-screen.ts';

/** Criterion 8: a card carried 30 places down by the keyboard, and put back by Esc. */
export async function measureKeyboard(browser: Browser, address: BoardAddress): Promise<Measurement[]> {
  const screen = await BoardScreen.open(browser, address);
  const { page } = screen;
  const [columnId = ''] = await screen.columnIds();
  await screen.scrollColumn(columnId, 0);
  const [card = ''] = await screen.inView(columnId);
  await page.locator(`[data-ticket-id="${card}"] a`).focus();
  const start = (await screen.placeOf(card))?.index ?? Number.NaN;

  // each key: from the event to the end of the frame that follows it
  await page.evaluate(() => {
    const times: number[] = [];
    Object.assign(globalThis, { keyTimes: times });
    window.addEventListener(
      'keydown',
      (event) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => times.push(performance.now() - event.timeStamp);
        requestAnimationFrame(() => port2.postMessage(null));
      },
      { capture: true },
    );
  });
  const press = async (key: string): Promise<void> => {
    await page.keyboard.press(key);
    await page.waitForTimeout(30);
  };

  await press('m');
  for (let i = 0; i < 30; i++) await press('ArrowDown');
  await page.waitForTimeout(300);
  const presses = await page.evaluate(() => [...(globalThis as unknown as { keyTimes: number[] }).keyTimes]);
  const carried = (await screen.placeOf(card))?.index ?? Number.NaN;
  // the page watches before the key is pressed: an announcement that is quicker than the question would never be seen
  await page.evaluate(() => {
    const region = document.querySelector('[aria-live="assertive"]');
    const before = region?.textContent ?? '';
    const began = performance.now();
    Object.assign(globalThis, { announced: globalThis.probe.changed(() => (region?.textContent ?? '') !== before, 5000).then((at) => at - began) });
  });
  await page.keyboard.press('Enter');
  const announcedMs = await page.evaluate(() => (globalThis as unknown as { announced: Promise<number> }).announced);
  await page.waitForTimeout(300);
  const landed = (await screen.placeOf(card))?.index ?? Number.NaN;
  const focused = await page.evaluate((id) => document.activeElement?.closest('[data-ticket-id]')?.getAttribute('data-ticket-id') === id, card);

  await press('m');
  for (let i = 0; i < 5; i++) await press('ArrowUp');
  await press('Escape');
  await page.waitForTimeout(200);
  const restored = (await screen.placeOf(card))?.index ?? Number.NaN;
  const stillFocused = await page.evaluate((id) => document.activeElement?.closest('[data-ticket-id]')?.getAttribute('data-ticket-id') === id, card);
  // leaves the board as it was
  await page.keyboard.press('Control+z');
  await page.waitForTimeout(500);
  await screen.close();
  return [
    atLeast(
      'keyboard: 30 steps down',
      'places',
      30,
      landed - start,
      `carried to ${carried - start}; ${carried === landed ? 'dropped there' : 'dropped elsewhere'}`,
    ),
    atLeast('  Esc restores, focus follows', 'of 3', 3, Number(restored === landed) + Number(focused) + Number(stillFocused)),
    atMost('  key press to painted', 'ms p95', 50, percentile(presses, 0.95), `slowest ${Math.max(...presses).toFixed(0)} ms`),
    atMost('  drop announced', 'ms', 1200, announcedMs),
  ];
}

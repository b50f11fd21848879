import type { Browser, Route } from 'playwright-core';
import type { ApiClient } from '../../infra/test/api-client.ts';
import { atLeast, atMost, percentile, type Measurement } from '../measurement.ts';
import { BoardScreen, type BoardAddress } from './board-screen.ts';
import { noted } from './page-probe.ts';

const isMove = (route: Route): boolean => route.request().postData()?.includes('"operationName":"MoveTicket"') ?? false;
const at = <T>(list: readonly T[], index: number): T => {
  const one = list[index];
  if (one === undefined) throw new Error(`The board shows too few cards or columns (wanted number ${index + 1} of ${list.length})`);
  return one;
};

/** Criteria 4 to 7: dragging with a real mouse. */
export async function measureDrag(browser: Browser, address: BoardAddress, api: ApiClient): Promise<Measurement[]> {
  return [
    ...(await whileDragging(browser, address)),
    ...(await onDrop(browser, address, 1)),
    ...(await onDrop(browser, address, 4)),
    ...(await onRefusal(browser, address)),
    ...(await manyDrags(browser, address, api)),
  ];
}

/** 120 paced moves across the columns with a card in hand. */
async function whileDragging(browser: Browser, address: BoardAddress): Promise<Measurement[]> {
  const screen = await BoardScreen.open(browser, address);
  const columnIds = await screen.columnIds();
  const card = at(await screen.inView(at(columnIds, 0)), 2);
  const { x, y } = await screen.box(card);
  await screen.lift(card);
  await screen.page.waitForTimeout(200);
  const notes = await noted(screen.page, async () => {
    for (let i = 0; i < 120; i++) {
      await screen.page.mouse.move(x + 100 + i * 7, y + 60 + 150 * Math.sin(i / 9));
      await screen.page.waitForTimeout(12);
    }
  });
  await screen.page.keyboard.press('Escape');
  await screen.page.mouse.up();
  await screen.close();
  return [
    atMost(
      'drag, 120 moves',
      'ms p95 frame',
      20,
      percentile(notes.frames, 0.95),
      `${notes.frames.length} frames, slowest ${Math.max(...notes.frames).toFixed(0)} ms`,
    ),
    atMost('  long tasks', 'tasks', 0, notes.longTasks.length),
    atMost('  card renders before the drop', 'renders', 2, notes.renders.cards),
    atMost('  column renders before the drop', 'renders', 0, notes.renders.columns),
  ];
}

/** From the drop to the new order in the document, with an answer that takes 2 s. */
async function onDrop(browser: Browser, address: BoardAddress, slower: number): Promise<Measurement[]> {
  const times: number[] = [];
  for (let i = 0; i < 3; i++) {
    const screen = await BoardScreen.open(browser, address, slower);
    await screen.page.route('**/graphql', async (route) => {
      if (isMove(route)) await new Promise((resolve) => setTimeout(resolve, 2000));
      await route.continue();
    });
    const columnIds = await screen.columnIds();
    const to = at(columnIds, 1);
    const card = at(await screen.inView(at(columnIds, 0)), 1);
    const target = await screen.box(at(await screen.inView(to), 2));
    await screen.lift(card);
    await screen.page.mouse.move(target.x + target.width / 2, target.y + 10, { steps: 8 });
    const measured = screen.page.evaluate(
      async ([ticketId, columnId]) => {
        const dropped = new Promise<number>((resolve) => window.addEventListener('drop', (event) => resolve(event.timeStamp), { capture: true, once: true }));
        const shown = globalThis.probe.changed(
          () => document.querySelector(`[data-column-id="${columnId}"] [data-ticket-id="${ticketId}"][data-index="2"]`) !== null,
          10_000,
        );
        return (await shown) - (await dropped);
      },
      [card, to] as const,
    );
    await screen.page.waitForTimeout(100);
    await screen.page.mouse.up();
    times.push(await measured);
    await screen.page.waitForTimeout(2300);
    await screen.close();
  }
  return [
    atMost(
      `drop to new order, CPU ${slower}x slower`,
      'ms',
      slower === 1 ? 50 : 100,
      percentile(times, 0.5),
      `answer after 2 s; ${times.map((ms) => ms.toFixed(0)).join(', ')}`,
    ),
  ];
}

/** The server refuses: from its answer to the card back in its place, with the reason on screen and the focus on the card. */
async function onRefusal(browser: Browser, address: BoardAddress): Promise<Measurement[]> {
  const screen = await BoardScreen.open(browser, address);
  await screen.page.route('**/graphql', async (route) => {
    if (!isMove(route)) return route.continue();
    await new Promise((resolve) => setTimeout(resolve, 300));
    return route.fulfill({
      json: {
        data: null,
        errors: [{ message: 'The column is full', extensions: { code: 'WIP_LIMIT_REACHED', params: { limit: 4, count: 4, column: 'In progress' } } }],
      },
    });
  });
  const columnIds = await screen.columnIds();
  const [from, to] = [at(columnIds, 0), at(columnIds, 1)];
  const card = at(await screen.inView(from), 1);
  const target = await screen.box(at(await screen.inView(to), 1));
  await screen.lift(card);
  await screen.page.mouse.move(target.x + target.width / 2, target.y + 10, { steps: 8 });
  await screen.page.mouse.up();
  await screen.page.waitForFunction(([id, columnId]) => document.querySelector(`[data-column-id="${columnId}"] [data-ticket-id="${id}"]`) !== null, [
    card,
    to,
  ] as const);
  const back = await screen.page.evaluate(
    ([id, columnId]) =>
      globalThis.probe.changed(() => document.querySelector(`[data-column-id="${columnId}"] [data-ticket-id="${id}"][data-index="1"]`) !== null, 10_000),
    [card, from] as const,
  );
  const answered = await screen.page.evaluate(() => globalThis.probe.answers['MoveTicket']?.at(-1) ?? Number.NaN);
  await screen.page.waitForTimeout(300);
  const told = await screen.page.evaluate(
    () => document.body.innerText.includes('In progress') && document.querySelector('[role="alert"], .mantine-Notification-root') !== null,
  );
  const focused = await screen.page.evaluate((id) => document.activeElement?.closest('[data-ticket-id]')?.getAttribute('data-ticket-id') === id, card);
  await screen.close();
  return [
    atMost('refused: card back after the answer', 'ms', 100, back - answered),
    atLeast('  reason shown and focus on the card', 'of 2', 2, Number(told) + Number(focused)),
  ];
}

/** 50 drags to other columns, a third of them through a column that scrolls under the card; then what the server has. */
async function manyDrags(browser: Browser, address: BoardAddress, api: ApiClient): Promise<Measurement[]> {
  const screen = await BoardScreen.open(browser, address);
  const columnIds = await screen.columnIds();
  const drags = 50;
  let exact = 0;
  let kept = 0;
  const faults: string[] = [];
  for (let i = 0; i < drags; i++) {
    const from = at(columnIds, (i * 5) % columnIds.length);
    const to = at(
      columnIds,
      ((i * 5) % columnIds.length) + (i % 2 === 0 ? 1 : -1) < 0
        ? columnIds.length - 1
        : (((i * 5) % columnIds.length) + (i % 2 === 0 ? 1 : columnIds.length - 1)) % columnIds.length,
    );
    const card = at(await screen.inView(from), i % 5);
    await screen.lift(card);
    if (i % 3 === 0) await scrollUnder(screen, to);
    const visible = (await screen.inView(to)).filter((id) => id !== card);
    // not near an edge, where the column would scroll on while the mouse is let go
    const neighbour = at(visible, Math.floor(visible.length / 2) - 1 + (i % 3));
    const before = await screen.placeOf(neighbour);
    const box = await screen.box(neighbour);
    await screen.page.mouse.move(box.x + box.width / 2, box.y + 12, { steps: 4 });
    await screen.page.waitForTimeout(60);
    await screen.page.mouse.up();
    const shown = await screen.page
      .waitForFunction(([id, columnId]) => document.querySelector(`[data-column-id="${columnId}"] [data-ticket-id="${id}"]`) !== null, [card, to] as const, {
        timeout: 3000,
      })
      .then(() => screen.placeOf(card))
      .catch(() => null);
    if (shown?.columnId === to && shown.index === before?.index) exact += 1;
    else faults.push(`drag ${i + 1}: shown at ${JSON.stringify(shown)}, wanted ${to} ${before?.index}`);
    if (await settledOrder(api, to, card, neighbour, before?.index ?? -1)) kept += 1;
    else faults.push(`drag ${i + 1}: the server has it elsewhere`);
  }
  const before = await Promise.all(columnIds.map((columnId) => screen.shown(columnId)));
  await screen.show();
  let same = 0;
  for (const [i, columnId] of columnIds.entries()) if (await screen.comesToShow(columnId, at(before, i))) same += 1;
  await screen.close();
  return [
    atLeast(`${drags} drags across columns, at the exact place`, 'drags', drags, exact, faults[0] ?? 'a third of them through a scrolling column'),
    atLeast('  and the same on the server', 'drags', drags, kept, 'directly before the card it was dropped on'),
    atLeast('  and the same after a reload', 'columns', columnIds.length, same, 'where each was scrolled to'),
  ];
}

/** Holds the card at an edge of a column until it has scrolled. */
async function scrollUnder(screen: BoardScreen, columnId: string): Promise<void> {
  const list = screen.page.locator(`[data-column-id="${columnId}"] ul`).locator('..');
  const box = await list.boundingBox();
  if (!box) throw new Error('The column has no list');
  const { top, room } = await list.evaluate((element) => ({ top: element.scrollTop, room: element.scrollHeight - element.clientHeight - element.scrollTop }));
  const edge = room > 2000 ? box.y + box.height - 6 : box.y + 6;
  let now = top;
  for (let i = 0; i < 120 && Math.abs(now - top) < 300; i++) {
    await screen.page.mouse.move(box.x + box.width / 2 + (i % 2), edge);
    await screen.page.waitForTimeout(25);
    now = await list.evaluate((element) => element.scrollTop);
  }
  if (now === top) throw new Error(`The column did not scroll under the card (it stands at ${top})`);
  // away from the edge it must come to rest
  let before = Number.NaN;
  for (let still = 0, i = 0; still < 3; i++) {
    if (i > 50) throw new Error('The column scrolled on after the card had left its edge');
    await screen.page.mouse.move(box.x + box.width / 2 + (i % 2), box.y + box.height / 2);
    await screen.page.waitForTimeout(60);
    const rest = await list.evaluate((element) => element.scrollTop);
    still = rest === before ? still + 1 : 0;
    before = rest;
  }
}

/** Whether the server comes to have a card directly before another. */
async function settledOrder(api: ApiClient, columnId: string, ticketId: string, neighbourId: string, index: number): Promise<boolean> {
  const offset = Math.max(0, index - 5);
  for (let attempt = 0; attempt < 40; attempt++) {
    const { column } = await api.query<{ column: { tickets: { nodes: { id: string }[] } } }>(
      'query ($id: ID!, $offset: Int!) { column(id: $id) { tickets(offset: $offset, limit: 12) { nodes { id } } } }',
      { id: columnId, offset },
    );
    const order = column.tickets.nodes.map((node) => node.id);
    const place = order.indexOf(ticketId);
    if (place >= 0) return order[place + 1] === neighbourId && offset + place === index;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

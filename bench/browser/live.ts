import type { Browser } from 'playwright-core';
import type { ApiClient } from '../../infra/test/api-client.ts';
import { waitFor } from '../../infra/test/wait-for.ts';
import { atLeast, atMost, percentile, type Measurement } from '../measurement.ts';
import { BoardScreen, type BoardAddress } from './board-screen.ts';
import { cuttableProxy } from './cuttable-proxy.ts';
import { noted } from './page-probe.ts';

const MOVE = 'mutation ($id: ID!, $columnId: ID!, $afterId: ID) { moveTicket(id: $id, columnId: $columnId, afterId: $afterId) { id } }';
const WINDOW = 'query ($id: ID!, $offset: Int!, $limit: Int!) { column(id: $id) { ticketCount tickets(offset: $offset, limit: $limit) { nodes { id } } } }';

/** Criteria 10 and 11: what others do while one looks on. */
export async function measureLive(browser: Browser, address: BoardAddress, api: ApiClient): Promise<Measurement[]> {
  return [
    ...(await burst(browser, address, api)),
    ...(await steady(browser, address, api)),
    ...(await otherScreen(browser, address, api)),
    ...(await reconnect(browser, address, api)),
  ];
}

async function ids(api: ApiClient, columnId: string, offset: number, limit: number): Promise<string[]> {
  const { column } = await api.query<{ column: { tickets: { nodes: { id: string }[] } } }>(WINDOW, { id: columnId, offset, limit });
  return column.tickets.nodes.map((node) => node.id);
}

/** Moves cards that are out of view to the top of another column, `together` requests at a time. */
async function moveMany(api: ApiClient, columnIds: readonly string[], count: number, together: number): Promise<void> {
  const [from = '', to = ''] = columnIds;
  const cards = await api.query<{ column: { tickets: { nodes: { id: string }[] } } }>(WINDOW, { id: from, offset: 100, limit: 100 });
  const more = await ids(api, from, 200, 100);
  const all = [...cards.column.tickets.nodes.map((node) => node.id), ...more].slice(0, count);
  const queue = [...all];
  await Promise.all(
    Array.from({ length: together }, async () => {
      for (let id = queue.shift(); id !== undefined; id = queue.shift()) await api.query(MOVE, { id, columnId: to, afterId: null });
    }),
  );
}

/** 200 events that arrive at once, after the wire was held. */
async function burst(browser: Browser, address: BoardAddress, api: ApiClient): Promise<Measurement[]> {
  const proxy = await cuttableProxy(address.baseUrl);
  try {
    const screen = await BoardScreen.open(browser, { ...address, baseUrl: proxy.url });
    const columnIds = await screen.columnIds();
    const [, to = ''] = columnIds;
    proxy.cut();
    await moveMany(api, columnIds, 200, 8);
    const [top = ''] = await ids(api, to, 0, 1);
    const notes = await noted(screen.page, async () => {
      proxy.mend();
      await screen.page.waitForFunction((id) => document.querySelector(`[data-ticket-id="${id}"][data-index="0"]`) !== null, top, { timeout: 20_000 });
      await screen.page.waitForTimeout(500);
    });
    await screen.close();
    return [
      atMost(
        '200 live events at once, longest task',
        'ms',
        50,
        Math.max(0, ...notes.longTasks),
        notes.longTasks.length === 0 ? 'no task over 50 ms' : `${notes.longTasks.length} long tasks`,
      ),
      atMost('  cards drawn', 'renders', null, notes.renders.cards + notes.renders.mounted, `${notes.renders.mounted} mounted`),
    ];
  } finally {
    await proxy.close();
  }
}

/** About 50 events a second. */
async function steady(browser: Browser, address: BoardAddress, api: ApiClient): Promise<Measurement[]> {
  const screen = await BoardScreen.open(browser, address);
  const columnIds = await screen.columnIds();
  const [, , from = '', to = ''] = columnIds;
  const cards = await ids(api, from, 0, 100);
  const seconds = 30;
  let sent = 0;
  const notes = await noted(screen.page, async () => {
    const until = performance.now() + seconds * 1000;
    for (let i = 0; performance.now() < until; i++) {
      const began = performance.now();
      const id = cards[i % cards.length] ?? '';
      await api.query(MOVE, { id, columnId: i % (2 * cards.length) < cards.length ? to : from, afterId: null });
      sent += 1;
      const rest = 20 - (performance.now() - began);
      if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest));
    }
  });
  await screen.close();
  return [
    atMost(
      '50 events a second, in view',
      'ms p95 frame',
      25,
      percentile(notes.frames, 0.95),
      `${(sent / seconds).toFixed(0)} a second for ${seconds} s, ${notes.longTasks.length} long tasks, slowest frame ${Math.max(...notes.frames).toFixed(0)} ms`,
    ),
  ];
}

/** From the request of one person to the painted card of another. */
async function otherScreen(browser: Browser, address: BoardAddress, api: ApiClient): Promise<Measurement[]> {
  const screen = await BoardScreen.open(browser, address);
  const columnIds = await screen.columnIds();
  const [a = '', b = ''] = columnIds;
  const times: number[] = [];
  for (let i = 0; i < 30; i++) {
    const [from, to] = i % 2 === 0 ? [a, b] : [b, a];
    const [id = ''] = await ids(api, from, 60, 1);
    const seen = screen.page.evaluate(async (ticketId) => {
      await globalThis.probe.when(() => document.querySelector(`[data-ticket-id="${ticketId}"][data-index="0"]`) !== null, 5000);
      return Date.now();
    }, id);
    await screen.page.waitForTimeout(20);
    const began = Date.now();
    await api.query(MOVE, { id, columnId: to, afterId: null });
    times.push((await seen) - began);
  }
  await screen.close();
  return [
    atMost('a move on another screen', 'ms p95', 500, percentile(times, 0.95), `p50 ${percentile(times, 0.5).toFixed(0)} ms, n=${times.length}`),
    atMost('  p50', 'ms', 100, percentile(times, 0.5)),
  ];
}

/** Ten seconds without a network while others work; then both must show the same. */
async function reconnect(browser: Browser, address: BoardAddress, api: ApiClient): Promise<Measurement[]> {
  const proxy = await cuttableProxy(address.baseUrl);
  try {
    const screen = await BoardScreen.open(browser, { ...address, baseUrl: proxy.url });
    const columnIds = await screen.columnIds();
    proxy.cut();
    const until = performance.now() + 10_000;
    for (let i = 0; i < 30; i++) {
      const from = columnIds[i % columnIds.length] ?? '';
      const [id = ''] = await ids(api, from, i % 7, 1);
      const [afterId = null] = i % 4 === 0 ? [null] : await ids(api, columnIds[(i + 1) % columnIds.length] ?? '', 3, 1);
      await api.query(MOVE, { id, columnId: columnIds[(i + 1) % columnIds.length], afterId });
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, (until - performance.now()) / (30 - i))));
    }
    const truth = await Promise.all(columnIds.map((columnId) => ids(api, columnId, 0, 8)));
    const began = performance.now();
    proxy.mend();
    let same = 0;
    await waitFor(
      'both boards to show the same',
      async () => {
        const shown = await Promise.all(columnIds.map((columnId) => screen.inView(columnId)));
        same = shown.filter((column, i) => truth[i]?.slice(0, column.length).join() === column.slice(0, 8).join()).length;
        return same === columnIds.length;
      },
      10_000,
      20,
    ).catch(() => undefined);
    const took = performance.now() - began;
    await screen.close();
    return [atMost('10 s without network: identical again after', 'ms', 3000, took), atLeast('  columns identical', 'columns', columnIds.length, same)];
  } finally {
    await proxy.close();
  }
}

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../infra/local/build.ts';
import { seedBoard } from './board-data.ts';
import { load, perSecond } from './load.ts';
import { atLeast, atMost, percentile, spread, type Measurement } from './measurement.ts';
import type { BenchStage } from './stage.ts';

const CARDS_PER_COLUMN = 20;
/** Which half of the cards match, few, and one: counting looks at all of them. */
const FILTERS = ['type:story,task', 'type:bug stage:data points:7', 'attempt 777'];

/** The very query the board page sends: one definition of the .graphql files with the fragments it needs. */
export function boardQuery(): string {
  const source = globSync('apps/web/src/**/*.graphql', { cwd: ROOT })
    .map((path) => readFileSync(join(ROOT, path), 'utf8'))
    .join('\n')
    .replaceAll(/ @unmask/g, '')
    .replaceAll(/#.*$/gm, '');
  const blocks = source.split(/^(?=(?:query|mutation|subscription|fragment) )/m).filter((block) => block.trim() !== '');
  const nameOf = (block: string): string => /^\w+ (\w+)/.exec(block)?.[1] ?? '';
  const needed = new Map<string, string>();
  const add = (name: string): void => {
    const block = blocks.find((one) => nameOf(one) === name);
    if (block === undefined) throw new Error(`No .graphql file has ${name}`);
    if (needed.has(name)) return;
    needed.set(name, block);
    for (const match of block.matchAll(/\.\.\.(\w+)/g)) add(match[1] ?? '');
  };
  add('OpenBoard');
  return [...needed.values()].join('\n');
}

/** Opening a board of 100 and of 10,000 tickets, alone and at 16 clients. */
export async function run(stage: BenchStage): Promise<Measurement[]> {
  const trainyard = await stage.trainyard();
  const api = await stage.owner();
  const small = await seedBoard(api, trainyard.databaseUrl, 'BOS', 100);
  const large = await seedBoard(api, trainyard.databaseUrl, 'BOL', 10_000);
  const query = boardQuery();
  const body = (boardId: string, asked: string | null): string =>
    JSON.stringify({ query, operationName: 'OpenBoard', variables: { id: boardId, limit: CARDS_PER_COLUMN, query: asked } });
  const open = (boardId: string, clients: number, durationMs: number, asked: string | null = null) =>
    load({
      url: trainyard.url,
      path: '/graphql',
      headers: api.headers,
      clients: Array.from({ length: clients }, () => [body(boardId, asked)]),
      repeat: true,
      durationMs,
    });

  await open(large.boardId, 4, 3000);
  // The two in turns, so that what else the machine does falls on both alike.
  const ms: { small: number[]; large: number[] } = { small: [], large: [] };
  let bytes = 0;
  for (let round = 0; round < 5; round++) {
    ms.small.push(...(await open(small.boardId, 1, 1000)).ms);
    const result = await open(large.boardId, 1, 1000);
    ms.large.push(...result.ms);
    bytes = result.bodyBytes[0] ?? Number.NaN;
    if (result.failed > 0) throw new Error(`Opening failed: ${result.failures[0] ?? ''}`);
  }
  const many = await open(large.boardId, 16, 8000);
  const filtered: Measurement[] = [];
  for (const asked of FILTERS) {
    const result = await open(large.boardId, 1, 3000, asked);
    if (result.failed > 0) throw new Error(`Asking failed: ${result.failures[0] ?? ''}`);
    filtered.push(atMost(`  asked for ${asked}`, 'ms p50', 50, percentile(result.ms, 0.5), spread(result.ms)));
  }
  return [
    atMost('open a board of 10,000', 'ms p50', 15, percentile(ms.large, 0.5), spread(ms.large)),
    atMost('  its answer', 'KB', 120, bytes / 1000, `not compressed; ${large.columnIds.length} columns, ${CARDS_PER_COLUMN} cards each`),
    atMost(
      '  10,000 compared with 100',
      'times',
      1.2,
      percentile(ms.large, 0.5) / percentile(ms.small, 0.5),
      `100: ${spread(ms.small)}; the small board has ${Math.min(CARDS_PER_COLUMN, Math.ceil(100 / small.columnIds.length))} cards a column to send`,
    ),
    atLeast('  at 16 clients', 'opens/s', 400, perSecond(many), `${spread(many.ms)}, ${many.failed} failed`),
    ...filtered,
  ];
}

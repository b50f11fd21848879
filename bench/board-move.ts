import { boardFaults, seedBoard, type BenchBoard } from './board-data.ts';
import { load, perSecond } from './load.ts';
import { atLeast, atMost, percentile, spread, type Measurement } from './measurement.ts';
import type { BenchStage } from './stage.ts';

const MOVE =
  'mutation MoveTicket($id: ID!, $columnId: ID!, $afterId: ID) { moveTicket(id: $id, columnId: $columnId, afterId: $afterId) { id columnId rank version } }';

/** A small generator of chance, the same every time (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Moves for each client: any card of its share, to any column, behind one of that column's cards that nobody moves (a third stay
 * in place, so that a neighbour never leaves between choosing and dropping; the api answers that with a refusal the screen retries).
 */
export function plannedMoves(board: BenchBoard, clients: number, each: number): string[][] {
  const random = chance(1);
  const anchors = new Map([...board.tickets].map(([columnId, ids]) => [columnId, ids.filter((_, i) => i % 3 === 0)]));
  const movers = [...board.tickets.values()].flatMap((ids) => ids.filter((_, i) => i % 3 !== 0));
  const pick = <T>(list: readonly T[]): T => {
    const one = list[Math.floor(random() * list.length)];
    if (one === undefined) throw new Error('nothing to choose from');
    return one;
  };
  return Array.from({ length: clients }, (_, client) => {
    const mine = movers.filter((__, i) => i % clients === client);
    return Array.from({ length: each }, () => {
      const columnId = pick(board.columnIds);
      const afterId = random() < 0.2 ? null : pick(anchors.get(columnId) ?? []);
      return JSON.stringify({ query: MOVE, operationName: 'MoveTicket', variables: { id: pick(mine), columnId, afterId } });
    });
  });
}

/** Moves on a board of 10,000 at 1 and 16 clients, and whether the board is whole afterwards. */
export async function run(stage: BenchStage): Promise<Measurement[]> {
  const trainyard = await stage.trainyard();
  const api = await stage.owner();
  const board = await seedBoard(api, trainyard.databaseUrl, 'BMV', 10_000);
  const move = (clients: number, each: number) =>
    load({ url: trainyard.url, path: '/graphql', headers: api.headers, clients: plannedMoves(board, clients, each), durationMs: 15_000 });
  await move(4, 100);
  const alone = await move(1, 800);
  const many = await move(16, 500);
  const faults = await boardFaults(trainyard.databaseUrl, board);
  return [
    atMost('move a ticket, 1 client', 'ms p50', null, percentile(alone.ms, 0.5), `${spread(alone.ms)}, ${perSecond(alone).toFixed(0)} moves/s`),
    atLeast('  at 16 clients', 'moves/s', 600, perSecond(many), spread(many.ms)),
    atMost('  at 16 clients', 'ms p99', 80, percentile(many.ms, 0.99)),
    atMost('  failed moves', 'moves', 0, alone.failed + many.failed, [...alone.failures, ...many.failures][0] ?? ''),
    atMost('  cards lost, doubled, tied or miscounted', 'faults', 0, faults.length, faults[0] ?? 'every card once, ranks in order, counts agree'),
  ];
}

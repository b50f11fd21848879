import type { ApiClient } from '../infra/test/api-client.ts';
import { seedBoard } from './board-data.ts';
import { measureBacklog } from './browser/backlog.ts';
import { atMost, percentile, type Measurement } from './measurement.ts';
import type { BenchStage } from './stage.ts';

const ROUNDS = 5;
const AT_ONCE = 1_000;
const CHANGE = 'mutation ($changes: [TicketChangeInput!]!) { changeTickets(changes: $changes) { outcome ticket { id version } } }';

/** A thousand tickets of a backlog of ten thousand set at once and taken back, and that backlog in a browser. */
export async function run(stage: BenchStage): Promise<Measurement[]> {
  const trainyard = await stage.trainyard();
  if (trainyard.signIn === null) throw new Error('The bench needs the demonstration workspace');
  const api = await stage.owner();
  const board = await seedBoard(api, trainyard.databaseUrl, 'BCK', 10_000);
  const ids = [...board.tickets.values()].flat().slice(0, AT_ONCE);
  const [there, back]: [number[], number[]] = [[], []];
  let version = 1;
  for (let round = 0; round < ROUNDS; round++) {
    there.push(await change(api, ids, version++, { points: 13, dueDate: '2027-01-15' }));
    back.push(await change(api, ids, version++, { points: 1, dueDate: null }));
  }
  const note = (ms: readonly number[]): string => ms.map((one) => one.toFixed(0)).join(', ');
  return [
    atMost(`${AT_ONCE} tickets changed at once`, 'ms', 3_000, percentile(there, 0.95), note(there)),
    atMost('  and taken back', 'ms', 3_000, percentile(back, 0.95), note(back)),
    ...(await measureBacklog({ baseUrl: trainyard.url, ...trainyard.signIn, projectKey: 'BCK', boardId: board.boardId })),
  ];
}

async function change(api: ApiClient, ids: readonly string[], version: number, values: object): Promise<number> {
  const began = performance.now();
  const { changeTickets } = await api.query<{ changeTickets: { outcome: string }[] }>(CHANGE, { changes: ids.map((id) => ({ id, version, values })) });
  const took = performance.now() - began;
  const refused = changeTickets.filter(({ outcome }) => outcome === 'REFUSED').length;
  if (refused > 0) throw new Error(`${refused} of ${ids.length} tickets were refused`);
  return took;
}

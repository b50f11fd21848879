import { withClient } from '../infra/local/connection.ts';
import type { ApiClient } from '../infra/test/api-client.ts';
import { seedBoard, type BenchBoard } from './board-data.ts';
import { boardQuery } from './board-open.ts';
import { load } from './load.ts';
import { atMost, percentile, spread, type Measurement } from './measurement.ts';
import type { BenchStage } from './stage.ts';

const LIST = `query ($project: ID!, $query: String!, $after: String) {
  tickets(projectId: $project, query: $query, first: 50, after: $after) {
    nodes { id key title state type points assignee { id name } labelIds } totalCount totalCountIsCapped pageInfo { endCursor hasNextPage }
  }
}`;
interface Answer {
  tickets: { totalCount: number; totalCountIsCapped: boolean; pageInfo: { endCursor: string | null; hasNextPage: boolean } };
}

/** Many and few, by each kind of field. */
const CONDITIONS = [
  'state:open',
  '-state:done',
  'type:bug,story',
  'stage:none',
  'points:>=3',
  'points:none',
  'assignee:me',
  'assignee:none',
  'label:"label 3"',
  '-label:"label 3","label 4"',
  'created:-30d',
  'updated:<-200d',
  'comments:>5',
  'author:me',
  'run:none',
  'encoder',
  '"attempt 4711"',
  'nothing-is-called-so',
  'is:unfinished',
  'sort:-updated',
  'sort:title',
  'sort:assignee,-points',
];
const DEEP_PAGES = 12;

/** Every pair of conditions over 100,000 tickets of one project: milliseconds of first pages and of deep ones. */
async function measurePairs(api: ApiClient, project: string): Promise<{ first: number[]; deep: number[]; slowest: string }> {
  const ask = async (query: string, after: string | null): Promise<[number, Answer['tickets']]> => {
    const began = performance.now();
    const { tickets } = await api.query<Answer>(LIST, { project, query, after });
    return [performance.now() - began, tickets];
  };
  const pairs = CONDITIONS.flatMap((one, i) => CONDITIONS.slice(i + 1).map((other) => `${one} ${other}`)).filter((pair) => pair.split('sort:').length < 3);
  const [first, deep]: [[number, string][], number[]] = [[], []];
  await ask('state:open', null);
  for (const pair of pairs) {
    let [ms, page] = await ask(pair, null);
    first.push([ms, pair]);
    let pages = 1;
    while (pages < DEEP_PAGES && page.pageInfo.hasNextPage) {
      [ms, page] = await ask(pair, page.pageInfo.endCursor);
      pages++;
    }
    if (pages === DEEP_PAGES) deep.push(ms);
  }
  const [slowest] = first.toSorted(([a], [b]) => b - a);
  return { first: first.map(([ms]) => ms), deep, slowest: `slowest ${slowest?.[0].toFixed(0)} ms: ${slowest?.[1]}` };
}

/** Labels for a third of the tickets, and times over two years: what lists filter by. */
async function furnish(databaseUrl: string, { projectId }: BenchBoard): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    await client.query(
      `INSERT INTO label (id, project_id, name, name_key, color) SELECT gen_random_uuid(), $1, 'label ' || n, 'label ' || n, 'BLUE' FROM generate_series(1, 20) n`,
      [projectId],
    );
    await client.query(
      `UPDATE ticket t SET label_ids = CASE WHEN number % 5 = 0 THEN '{}' ELSE ARRAY[(l.ids)[1 + number % 20]] END,
         state = (ARRAY['OPEN', 'IN_PROGRESS', 'DONE'])[1 + number % 3], resolution = CASE WHEN number % 3 = 2 THEN 'DONE' END,
         points = nullif(number % 8, 0), comment_count = number % 11, created_by = assignee_id,
         title = (ARRAY['Reduce validation loss of the encoder', 'Collect more samples', 'Compare optimisers', 'Fix the export'])[1 + (number / 3) % 4] || ', attempt ' || number,
         created_at = now() - number * interval '7 minutes', updated_at = now() - (number * 7919 % 100000) * interval '5 minutes'
       FROM (SELECT array_agg(id) AS ids FROM label WHERE project_id = $1) l WHERE t.project_id = $1`,
      [projectId],
    );
    // Filled once: the UPDATE leaves the rows as they were behind.
    await client.query('VACUUM (FULL, ANALYZE) ticket');
    await client.query('CHECKPOINT').catch(() => undefined);
  });
}

/** Lists of 100,000 tickets in one project, and its board compared with one of 10,000. */
export async function run(stage: BenchStage): Promise<Measurement[]> {
  const trainyard = await stage.trainyard();
  const api = await stage.owner();
  const small = await seedBoard(api, trainyard.databaseUrl, 'LIS', 10_000);
  const large = await seedBoard(api, trainyard.databaseUrl, 'LIL', 100_000);
  await furnish(trainyard.databaseUrl, large);
  const { first, deep, slowest } = await measurePairs(api, large.projectId);

  const body = (boardId: string): string => JSON.stringify({ query: boardQuery(), operationName: 'OpenBoard', variables: { id: boardId, limit: 20 } });
  const open = async (boardId: string): Promise<number[]> =>
    (await load({ url: trainyard.url, path: '/graphql', headers: api.headers, clients: [[body(boardId)]], repeat: true, durationMs: 1000 })).ms;
  await open(large.boardId);
  const boards: { small: number[]; large: number[] } = { small: [], large: [] };
  // The two in turns, so that what else the machine does falls on both alike.
  for (let round = 0; round < 8; round++) {
    boards.small.push(...(await open(small.boardId)));
    boards.large.push(...(await open(large.boardId)));
  }
  return [
    atMost('list of 100,000 tickets, every pair of conditions', 'ms p95', 100, percentile(first, 0.95), `${spread(first)}; ${slowest}`),
    atMost(`  page ${DEEP_PAGES}`, 'ms p95', 100, percentile(deep, 0.95), spread(deep)),
    atMost(
      'open a board of 100,000 compared with 10,000',
      'times',
      1.2,
      percentile(boards.large, 0.5) / percentile(boards.small, 0.5),
      `100,000: ${spread(boards.large)}; 10,000: ${spread(boards.small)}`,
    ),
  ];
}

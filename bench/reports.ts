import { withClient } from '../infra/local/connection.ts';
import { waitFor } from '../infra/test/wait-for.ts';
import { seedBoard } from './board-data.ts';
import { atMost, percentile, spread, type Measurement } from './measurement.ts';
import { tellTwoYears, TICKETS } from './reports-data.ts';
import type { BenchStage } from './stage.ts';

/** How often each is asked. */
const ROUNDS = 12;
const PART = 'total lines { ticketId amount }';

/** What each report asks, over a project and one of its sprints. */
const REPORTS: Record<string, string> = {
  'cumulative flow and throughput of twelve weeks': 'query ($p: ID!) { projectFlow(projectId: $p, days: 84) { days { day reached done } } }',
  'cycle times': 'query ($p: ID!) { projectFlow(projectId: $p, days: 84) { cycleTimes { n cycle { p50 p85 p95 } tickets { ticketId days } } } }',
  ageing: 'query ($p: ID!) { projectFlow(projectId: $p, days: 84) { ageing { tickets { ticketId age } columns { columnId ages { p85 } } } } }',
  'flow efficiency with reasons':
    'query ($p: ID!) { projectFlow(projectId: $p, days: 84) { efficiency { ratio reasons { reason hours } bottleneck { share } } } }',
  'burndown and report of a sprint': `query ($s: ID!) { sprintReport(sprintId: $s) { days { day burn { scope remaining } } committed { ${PART} } completed { ${PART} } } }`,
  velocity: 'query ($p: ID!) { projectVelocity(projectId: $p) { used spread { mean } sprints { completed } } }',
  'progress of epics': 'query ($p: ID!) { projectEpics(projectId: $p) { epics { ticketId done } } }',
  'backtest of a year': 'query ($p: ID!) { forecastBacktest(projectId: $p) { cameTrue { p85 } } }',
  'looking back on a sprint': 'query ($s: ID!) { sprintLookBack(sprintId: $s) { came forecast { refusal } } }',
};
const FORECASTS: Record<string, string> = {
  'when 500 are done': 'query ($p: ID!) { projectForecast(projectId: $p, count: 500) { days } }',
  'how many in two years': 'query ($p: ID!) { projectForecast(projectId: $p, until: "UNTIL") { tickets { p85 } } }',
};

/** Reports over 100,000 tickets of a project and the million rows that its log has of them. */
export async function run(stage: BenchStage): Promise<Measurement[]> {
  const trainyard = await stage.trainyard();
  const api = await stage.owner();
  const board = await seedBoard(api, trainyard.databaseUrl, 'REP', TICKETS);
  const { sprintIds, rows } = await tellTwoYears(trainyard.databaseUrl, board);
  const began = performance.now();
  await withClient(trainyard.databaseUrl, async (client) => {
    const behind = async (): Promise<boolean> => {
      const { rows: found } = await client.query<{ behind: boolean }>(
        `SELECT COALESCE(p.seq, 0) < s.seq AS behind FROM activity_scope s LEFT JOIN log_position p ON p.scope = s.id AND p.reader = 'flow' WHERE s.id = $1`,
        [board.projectId],
      );
      return found[0]?.behind === false;
    };
    await waitFor('the reader of the log to have told a million rows', behind, 600_000, 500);
    await client.query('VACUUM ANALYZE ticket_span');
    await client.query('VACUUM ANALYZE flow_item');
  });
  const rebuilt = (performance.now() - began) / 1000;
  const ask = async (query: string, sprint: string): Promise<number> => {
    const at = performance.now();
    await api.query(query, query.includes('$s') ? { s: sprint } : { p: board.projectId });
    return performance.now() - at;
  };
  // What was made once is kept while nothing changes: so something does.
  let version = 1;
  const change = async (): Promise<void> => {
    const found = await api.query<{ updateProject: { version: number } }>(
      'mutation ($p: ID!, $version: Int!, $name: String!) { updateProject(id: $p, version: $version, input: { name: $name }) { version } }',
      { p: board.projectId, version, name: `Bench, changed ${version} times` },
    );
    version = found.updateProject.version;
    await waitFor('the reader of the log to have told the change', isTold, 30_000, 20);
  };
  const isTold = async (): Promise<boolean> =>
    (await api.query<{ projectFlow: { behind: number } }>('query ($p: ID!) { projectFlow(projectId: $p) { behind } }', { p: board.projectId })).projectFlow
      .behind === 0;
  const measured: Measurement[] = [atMost(`tell ${rows.toLocaleString('en')} rows of a log for reports`, 's', 120, rebuilt)];
  for (const [name, query] of Object.entries(REPORTS)) {
    const [first, again]: [number[], number[]] = [[], []];
    try {
      for (let round = 0; round < ROUNDS; round++) {
        const sprint = sprintIds.at(-2 - round) ?? '';
        await change();
        first.push(await ask(query, sprint));
        again.push(await ask(query, sprint));
      }
      measured.push(
        atMost(name, 'ms p95', 300, percentile(first, 0.95), spread(first)),
        atMost('  asked again', 'ms p95', 50, percentile(again, 0.95), spread(again)),
      );
    } catch (error) {
      measured.push(atMost(name, 'ms p95', 300, Number.NaN, error instanceof Error ? error.message : String(error)));
    }
  }
  const until = new Date(Date.now() + 730 * 86_400_000).toISOString().slice(0, 10);
  for (const [name, query] of Object.entries(FORECASTS)) {
    const ms: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await change();
      ms.push(await ask(query.replace('UNTIL', until), ''));
    }
    measured.push(atMost(`forecast of 10,000 trials: ${name}`, 'ms p95', 200, percentile(ms, 0.95), spread(ms)));
  }
  return measured;
}

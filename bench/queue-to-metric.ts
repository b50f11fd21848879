import { DEFAULT_PARAMETERS } from '@trainyard/domain';
import { waitFor } from '../infra/test/wait-for.ts';
import { addDataset } from '../infra/test/workspace.ts';
import { seedBoard } from './board-data.ts';
import { atMost, percentile, spread, type Measurement } from './measurement.ts';
import type { BenchStage } from './stage.ts';

interface Progress {
  runProgress: { metrics: { steps: number[] }[]; ended: boolean };
}

/** From pressing "queue" to the first metric at a subscribed client, on an idle runner. */
export async function run(stage: BenchStage): Promise<Measurement[]> {
  const trainyard = await stage.trainyard();
  const api = await stage.owner();
  const board = await seedBoard(api, trainyard.databaseUrl, 'BQM', 20);
  const ticketId = [...board.tickets.values()].flat()[0];
  const datasetId = await addDataset(api, board.projectId, 'COMPARISON', 100);
  await idle(api);
  const ms: number[] = [];
  for (let i = 0; i < 6; i++) {
    const began = performance.now();
    const { queueRun } = await api.query<{ queueRun: { id: string } }>('mutation ($input: QueueRunInput!) { queueRun(input: $input) { id } }', {
      input: { ticketId, template: 'NET_2_3_1', datasetId, engine: 'AUTO', parameters: { ...DEFAULT_PARAMETERS.NET_2_3_1, epochs: 300, seed: 100 + i } },
    });
    const first = Promise.withResolvers<number>();
    const { stop } = api.subscribe<Progress>('subscription ($runId: ID!) { runProgress(runId: $runId) { metrics { steps } ended } }', { runId: queueRun.id }, ({ runProgress }) => {
      if (runProgress.metrics.some((series) => series.steps.length > 0)) first.resolve(performance.now() - began);
    });
    ms.push(await first.promise);
    stop();
    await idle(api);
  }
  await api.close();
  return [atMost('queue to first metric of a run', 's', 1, percentile(ms, 0.5) / 1000, `2-3-1 net, ${spread(ms)}`)];

  async function idle(client: typeof api): Promise<void> {
    await waitFor('an idle runner', async () => {
      const { runners } = await client.query<{ runners: { online: boolean; busy: number }[] }>('{ runners { online busy } }');
      return runners.length > 0 && runners.every((runner) => runner.online && runner.busy === 0);
    }, 300_000);
  }
}

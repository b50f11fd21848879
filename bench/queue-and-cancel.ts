import { waitFor } from '../infra/test/wait-for.ts';
import { addDataset, queueRun } from '../infra/test/workspace.ts';
import { seedBoard } from './board-data.ts';
import { atMost, percentile, spread, type Measurement } from './measurement.ts';
import type { BenchStage } from './stage.ts';

interface Progress {
  runProgress: { run: { state: string }; metrics: { steps: number[] }[]; ended: boolean };
}

const RUNS = 6;

/** From pressing "queue" to the first metric at a subscribed client, on an idle runner; then from pressing "cancel" to its end there. */
export async function run(stage: BenchStage): Promise<Measurement[]> {
  const trainyard = await stage.trainyard();
  const api = await stage.owner();
  const board = await seedBoard(api, trainyard.databaseUrl, 'BQM', 20);
  const ticketId = [...board.tickets.values()].flat()[0] ?? '';
  const datasetId = await addDataset(api, board.projectId, 'COMPARISON', 100);
  const toMetric: number[] = [];
  const toEnd: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    await idle();
    const queued = performance.now();
    // Long enough to be still training when it is cancelled.
    const runId = await queueRun(api, ticketId, datasetId, 'NET_2_3_1', { epochs: 10_000, seed: 100 + i });
    const metric = Promise.withResolvers<number>();
    const end = Promise.withResolvers<{ at: number; state: string }>();
    const { stop } = api.subscribe<Progress>(
      'subscription ($runId: ID!) { runProgress(runId: $runId) { run { state } metrics { steps } ended } }',
      { runId },
      ({ runProgress }) => {
        if (runProgress.metrics.some((series) => series.steps.length > 0)) metric.resolve(performance.now());
        if (runProgress.ended) end.resolve({ at: performance.now(), state: runProgress.run.state });
      },
    );
    toMetric.push((await metric.promise) - queued);
    const asked = performance.now();
    await api.query('mutation ($id: ID!) { cancelRun(id: $id) { id } }', { id: runId });
    const { at, state } = await end.promise;
    if (state !== 'CANCELLED') throw new Error(`The run to cancel was ${state} before`);
    toEnd.push(at - asked);
    stop();
  }
  await api.close();
  return [
    atMost('queue to first metric of a run', 's', 1, percentile(toMetric, 0.5) / 1000, `2-3-1 net, ${spread(toMetric)}`),
    atMost('cancel to the end of a training run', 's', 2, Math.max(...toEnd) / 1000, `the slowest; its process has ended then; ${spread(toEnd)}`),
  ];

  async function idle(): Promise<void> {
    await waitFor(
      'an idle runner',
      async () => {
        const { runners } = await api.query<{ runners: { online: boolean; busy: number }[] }>('{ runners { online busy } }');
        return runners.length > 0 && runners.every((runner) => runner.online && runner.busy === 0);
      },
      300_000,
    );
  }
}

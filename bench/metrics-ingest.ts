import { randomUUID } from 'node:crypto';
import { DEFAULT_PARAMETERS, type ClaimReply, type EngineReport, type HelloReply, type HelloRequest, type ReportRequest } from '@trainyard/domain';
import { withClient } from '../infra/local/connection.ts';
import type { Trainyard } from '../infra/local/trainyard.ts';
import type { ApiClient } from '../infra/test/api-client.ts';
import { addDataset } from '../infra/test/workspace.ts';
import { seedBoard } from './board-data.ts';
import { load } from './load.ts';
import { atLeast, atMost, percentile, spread, type Measurement } from './measurement.ts';
import type { BenchStage } from './stage.ts';

/** A run reports two series; a batch holds what a fast model makes between two reports. */
const SERIES = ['LOSS', 'ACCURACY'] as const;
const STEPS_A_BATCH = 500;
const ATTEMPTS = 8;
const BATCHES = 125;
const LONG_SERIES = 1_000_000;
const WIDTH = 1000;

/** What this stand-in for a runner says it can do, so that it is given the runs. */
const ENGINE: EngineReport = {
  engine: 'CPU',
  available: true,
  reason: null,
  device: 'bench',
  isGpu: false,
  layers: ['DENSE'],
  samplesPerSecond: {},
  versions: {},
};

interface Claimed {
  attemptId: string;
  runId: string;
  claim: number;
}

/** Metrics reported to the api as runners do, and a series of a million points read back at screen width. */
export async function run(stage: BenchStage): Promise<Measurement[]> {
  const trainyard = await stage.trainyard();
  const api = await stage.owner();
  const { createRunnerCredential: made } = await api.query<{ createRunnerCredential: { secret: string } }>(
    'mutation { createRunnerCredential(name: "bench") { secret } }',
  );
  const headers = { authorization: `Bearer ${made.secret}` };
  const prepared = await prepare(stage, api);
  await trainyard.supervisor.pause('runner');
  try {
    return await measure(trainyard, api, headers, await queueRuns(api, prepared));
  } finally {
    await trainyard.supervisor.resume('runner');
  }
}

interface Prepared {
  ticketId: string;
  datasetId: string;
}

async function measure(
  trainyard: Trainyard,
  api: ApiClient,
  headers: Record<string, string>,
  runIds: { runId: string; attemptId: string }[],
): Promise<Measurement[]> {
  const hello: HelloRequest = {
    name: `bench-${randomUUID().slice(0, 8)}`,
    version: 'bench',
    host: 'bench',
    cores: 1,
    memoryMiB: 1024,
    concurrency: ATTEMPTS + 1,
    engines: [ENGINE],
  };
  const { runnerId } = await post<HelloReply>(trainyard.url, headers, '/runner/v1/hello', hello);
  const claimed: Claimed[] = [];
  for (const { runId, attemptId } of runIds) {
    const { claim } = await post<ClaimReply>(trainyard.url, headers, `/runner/v1/attempts/${attemptId}/claim`, { runnerId });
    claimed.push({ attemptId, runId, claim });
  }
  const beat = setInterval(() => {
    void post(trainyard.url, headers, '/runner/v1/heartbeat', { runnerId, attempts: claimed.map(({ attemptId, claim }) => ({ attemptId, claim })) }).catch(
      () => undefined,
    );
  }, 2000);
  try {
    const [long, ...many] = claimed;
    if (long === undefined) throw new Error('no run could be claimed');
    const result = await load({ url: trainyard.url, path: many.map(reportPath), headers, clients: many.map((one) => batches(one.claim, SERIES, BATCHES)) });
    if (result.failed > 0) throw new Error(`A report was refused: ${result.failures[0] ?? ''}`);
    const points = many.length * SERIES.length * STEPS_A_BATCH * BATCHES;
    const stored = await storedPoints(trainyard.databaseUrl, many);
    if (stored !== points) throw new Error(`${points} points were acknowledged and ${stored} are stored`);

    const filled = await load({ url: trainyard.url, path: reportPath(long), headers, clients: [batches(long.claim, ['LOSS'], LONG_SERIES / STEPS_A_BATCH)] });
    if (filled.failed > 0) throw new Error(`Filling the long series failed: ${filled.failures[0] ?? ''}`);
    const read = await readBack(api, long.runId);
    return [
      atLeast(
        'metrics ingested by the api',
        'points/s',
        50_000,
        points / result.seconds,
        `${many.length} attempts at once, ${STEPS_A_BATCH * SERIES.length} points a report, all found stored`,
      ),
      atMost('  a report', 'ms p50', null, percentile(result.ms, 0.5), spread(result.ms)),
      atMost(
        'read 1,000,000 points at screen width',
        'ms p50',
        100,
        percentile(read.ms, 0.5),
        `${spread(read.ms)}; ${read.points} points, minimum and maximum kept: ${read.kept ? 'yes' : 'NO'}`,
      ),
    ];
  } finally {
    clearInterval(beat);
    for (const one of claimed) {
      await post(trainyard.url, headers, `/runner/v1/attempts/${one.attemptId}/finish`, {
        claim: one.claim,
        outcome: 'CANCELLED',
        failure: null,
        result: null,
      });
    }
  }
}

async function prepare(stage: BenchStage, api: ApiClient): Promise<Prepared> {
  const { databaseUrl } = await stage.trainyard();
  const board = await seedBoard(api, databaseUrl, 'BIN', 20);
  const [ticketId = ''] = [...board.tickets.values()].flat();
  return { ticketId, datasetId: await addDataset(api, board.projectId, 'COMPARISON', 100) };
}

/** Queues runs; no real runner may be there to take them. */
async function queueRuns(api: ApiClient, { ticketId, datasetId }: Prepared): Promise<{ runId: string; attemptId: string }[]> {
  const queued = [];
  for (let i = 0; i <= ATTEMPTS; i++) {
    const { queueRun } = await api.query<{ queueRun: { id: string; attempt: { id: string } } }>(
      'mutation ($input: QueueRunInput!) { queueRun(input: $input) { id attempt { id } } }',
      {
        input: { ticketId, template: 'NET_2_3_1', datasetId, engine: 'AUTO', parameters: { ...DEFAULT_PARAMETERS.NET_2_3_1, seed: i } },
      },
    );
    queued.push({ runId: queueRun.id, attemptId: queueRun.attempt.id });
  }
  return queued;
}

const reportPath = (one: Claimed): string => `/runner/v1/attempts/${one.attemptId}/report`;

async function post<T>(url: string, headers: Record<string, string>, path: string, body: object): Promise<T> {
  const answer = await fetch(`${url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** A curve with noise, its one highest and one lowest point where only a reader that keeps extremes finds them. */
const HIGHEST_AT = 654_321;
const LOWEST_AT = 123_456;
const valueAt = (step: number): number => (step === HIGHEST_AT ? 99 : step === LOWEST_AT ? -99 : Math.exp(-step / 300_000) + 0.05 * Math.sin(step * 12.9898));

function batches(claim: number, series: readonly ReportRequest['metrics'][number]['series'][], count: number): string[] {
  return Array.from({ length: count }, (_, seq) => {
    const steps = Array.from({ length: STEPS_A_BATCH }, (__, i) => seq * STEPS_A_BATCH + i + 1);
    const values = steps.map((step) => Number(valueAt(step).toFixed(6)));
    const last = (seq + 1) * STEPS_A_BATCH;
    const report: ReportRequest = {
      claim,
      seq,
      progress: {
        phase: 'TRAINING',
        step: last,
        totalSteps: count * STEPS_A_BATCH,
        trainingEpoch: 1,
        totalEpochs: 1,
        samplesPerSecond: 1000,
        elapsedMs: seq * 100,
        remainingMs: null,
      },
      metrics: series.map((name) => ({ series: name, steps, values })),
      logs: [],
      ...(seq === 0
        ? { environment: { engine: 'CPU', device: 'bench', isGpu: false, versions: {}, host: 'bench', parameterCount: 13 }, resumedFromStep: 0 }
        : {}),
    };
    return JSON.stringify(report);
  });
}

async function storedPoints(databaseUrl: string, attempts: Claimed[]): Promise<number> {
  return withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ points: string }>('SELECT coalesce(sum(count), 0) AS points FROM metric_chunk WHERE attempt_id = ANY ($1)', [
      attempts.map((one) => one.attemptId),
    ]);
    return Number(rows[0]?.points);
  });
}

async function readBack(api: ApiClient, runId: string): Promise<{ ms: number[]; points: number; kept: boolean }> {
  const query = `query ($id: ID!, $width: Int!) { run(id: $id) { attempt { metrics(series: ["LOSS"], width: $width) { steps values } } } }`;
  const ms: number[] = [];
  let steps: number[] = [];
  for (let i = 0; i < 23; i++) {
    const began = performance.now();
    const { run: found } = await api.query<{ run: { attempt: { metrics: { steps: number[] }[] } } }>(query, { id: runId, width: WIDTH });
    ms.push(performance.now() - began);
    steps = found.attempt.metrics[0]?.steps ?? [];
  }
  return { ms: ms.slice(3), points: steps.length, kept: steps.includes(HIGHEST_AT) && steps.includes(LOWEST_AT) };
}

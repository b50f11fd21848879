import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { startTrainyard, type Trainyard } from '../local/trainyard.ts';
import { ApiClient } from './api-client.ts';
import { temporaryHome } from './temporary-home.ts';
import { waitFor } from './wait-for.ts';
import { addDataset, addProject, addTicket, queueRun, readRun, runEnds, runReaches, setUp, type ProjectInfo, type RunNow } from './workspace.ts';

/** Long enough to be killed in the middle of, several times. */
const EPOCHS = 60;
const SAMPLES = 2000;
const PARAMETERS = { epochs: EPOCHS, batchSize: 32, validationSplit: 0.1, checkpointEveryEpochs: 2 };

let trainyard: Trainyard;
let api: ApiClient;
let project: ProjectInfo;
let datasetId: string;
let tickets = 0;
const home = temporaryHome();

beforeAll(async () => {
  // Real fsync, as at a user's: what PostgreSQL acknowledged must be there after its kill. A short lease and short pauses keep the test short.
  trainyard = await startTrainyard({
    home: home.path,
    port: 0,
    host: '127.0.0.1',
    empty: true,
    env: { TRAINYARD_LEASE_SECONDS: '4', TRAINYARD_RETRY_SECONDS: '0.1' },
  });
  await trainyard.everythingReady;
  api = await setUp(trainyard.url);
  project = await addProject(api, 'SRV');
  datasetId = await addDataset(api, project.id, 'STROKE_DIGITS', SAMPLES);
}, 300_000);

afterAll(async () => {
  await trainyard?.stop();
  home.remove();
}, 60_000);

/** Pids of the living processes that the runner says it started for training (others look at datasets and probe engines). */
function trainingChildren(): number[] {
  const started = readFileSync(trainyard.supervisor.logFile('runner'), 'utf8')
    .split('\n')
    .flatMap((line) => (line.includes('"msg":"Training process started"') ? [(JSON.parse(line) as { pid: number }).pid] : []));
  const living = execFileSync('ps', ['-A', '-o', 'pid=,command='], { encoding: 'utf8' })
    .split('\n')
    .flatMap((line) => (line.includes('child.ts') ? [Number.parseInt(line, 10)] : []));
  return started.filter((pid) => living.includes(pid));
}

async function killTrainingChild(): Promise<void> {
  const [pid] = await waitFor('a training process', () => {
    const found = trainingChildren();
    return found.length > 0 ? found : null;
  });
  process.kill(pid ?? -1, 'SIGKILL');
}

/** Kills and waits until its replacement serves. */
async function killService(name: string): Promise<void> {
  const back = new Promise<void>((resolve) => {
    const listen = (event: { name: string }): void => {
      if (event.name !== name) return;
      trainyard.supervisor.off('restarted', listen);
      resolve();
    };
    trainyard.supervisor.on('restarted', listen);
  });
  trainyard.supervisor.kill(name);
  await back;
}

async function queue(parameters: Partial<typeof PARAMETERS> = {}): Promise<string> {
  const columnId = project.columns[0]?.id ?? '';
  const ticket = await addTicket(api, columnId, `Survive ${++tickets}`);
  return queueRun(api, ticket.id, datasetId, 'MLP_784_64_64_10', { ...PARAMETERS, ...parameters });
}

/** Every step's loss is there once: nothing reported was lost, nothing counted twice. */
async function expectWholeSeries(runId: string, steps: number): Promise<void> {
  const { run } = await api.query<{ run: { attempt: { metrics: { series: string; steps: number[]; pointCount: number }[] } } }>(
    'query ($id: ID!) { run(id: $id) { attempt { metrics(series: ["LOSS", "VAL_LOSS"], width: 10000) { series steps pointCount } } } }',
    { id: runId },
  );
  const loss = run.attempt.metrics.find((series) => series.series === 'LOSS');
  const validation = run.attempt.metrics.find((series) => series.series === 'VAL_LOSS');
  expect(loss?.pointCount).toBe(steps);
  expect(validation?.pointCount).toBe(EPOCHS);
  expect(new Set(loss?.steps).size).toBe(loss?.steps.length);
}

/** @param before how its earlier attempts ended */
async function expectOneWholeResult(runId: string, before: string[] = []): Promise<RunNow> {
  const run = await runEnds(api, runId);
  expect([run.state, run.failureCode, run.failureMessage]).toEqual(['SUCCEEDED', null, null]);
  expect(run.card.state).toBe('SUCCEEDED');
  expect(run.attempts.map((attempt) => attempt.state)).toEqual([...before, 'SUCCEEDED']);
  expect(run.result?.metrics.find((metric) => metric.split === 'VALIDATION' && metric.name === 'accuracy')?.value).toBeGreaterThan(0.5);
  expect(run.card.step).toBe(run.card.totalSteps);
  await expectWholeSeries(runId, run.card.totalSteps);
  // Nobody goes on with it in secret.
  await waitFor('no training process', () => trainingChildren().length === 0);
  return run;
}

describe('a run survives the kill -9, twice, of', () => {
  it.each([
    ['its training process', killTrainingChild],
    ['the runner', () => killService('runner')],
  ])(
    '%s, and goes on from its last checkpoint',
    async (_, kill) => {
      const id = await queue();
      const { card } = await runReaches(api, id, 300);
      await waitFor('a checkpoint', async () => (await readRun(api, id)).attempt?.checkpointStep);
      await kill();
      await waitFor('the second claim to train', async () => (await readRun(api, id)).attempt?.resumedFromSteps.length === 1, 90_000);
      await runReaches(api, id, Math.floor(card.totalSteps * 0.4));
      await kill();
      const run = await expectOneWholeResult(id);
      expect(run.attempt?.claim).toBe(3);
      expect(run.attempt?.resumedFromSteps).toHaveLength(2);
      for (const step of run.attempt?.resumedFromSteps ?? []) expect(step).toBeGreaterThan(0);
    },
    400_000,
  );

  it.each([['api'], ['worker'], ['postgres']])(
    'the %s',
    async (name) => {
      const id = await queue();
      const { card } = await runReaches(api, id, 300);
      await killService(name);
      await runReaches(api, id, Math.floor(card.totalSteps * 0.4));
      await killService(name);
      await expectOneWholeResult(id);
    },
    400_000,
  );

  it('everything but PostgreSQL at once', async () => {
    const id = await queue();
    await runReaches(api, id, 300);
    await waitFor('a checkpoint', async () => (await readRun(api, id)).attempt?.checkpointStep);
    await Promise.all([killService('api'), killService('worker'), killService('runner')]);
    await expectOneWholeResult(id);
  }, 400_000);
});

it('an api that is asked to stop has written what it had only counted of refusals', async () => {
  const tried = (): Promise<unknown> => ApiClient.signIn(trainyard.url, 'nobody@example.org', 'wrong').catch((error: unknown) => error);
  for (let i = 0; i < 4; i++) expect(await tried()).toMatchObject({ code: 'INVALID_CREDENTIALS' });
  const counts = async (): Promise<number[]> => {
    const client = new pg.Client({ connectionString: trainyard.databaseUrl });
    await client.connect();
    const { rows } = await client.query<{ count: number }>(`SELECT count FROM audit_entry WHERE code = 'INVALID_CREDENTIALS' ORDER BY id`);
    await client.end();
    return rows.map(({ count }) => count);
  };
  await waitFor('the first to be told', async () => (await counts()).length === 1);
  await trainyard.supervisor.pause('api');
  expect(await counts()).toEqual([1, 3]);
  await trainyard.supervisor.resume('api');
}, 60_000);

describe('a run survives', () => {
  it('an api that answers nobody for longer than a lease: whose runner could not renew is not taken for lost', async () => {
    const id = await queue({ epochs: 600 });
    await runReaches(api, id, 300);
    const database = new pg.Client({ connectionString: trainyard.databaseUrl });
    await database.connect();
    const pid = trainyard.supervisor.pid('api') ?? -1;
    process.kill(pid, 'SIGSTOP');
    try {
      // Long enough for several rounds of the worker.
      await waitFor('a lease that has long run out', async () => {
        const { rows } = await database.query(`SELECT FROM attempt WHERE run_id = $1 AND (state <> 'RUNNING' OR lease_until < now() - interval '5 seconds')`, [
          id,
        ]);
        return rows.length > 0;
      });
    } finally {
      process.kill(pid, 'SIGCONT');
      await database.end();
    }
    const { card } = await readRun(api, id);
    await runReaches(api, id, card.step + 300);
    expect((await readRun(api, id)).attempt).toMatchObject({ state: 'RUNNING', claim: 1 });
    await api.query('mutation ($id: ID!) { cancelRun(id: $id) { id } }', { id });
    expect((await runEnds(api, id)).state).toBe('CANCELLED');
  }, 200_000);
});

describe('the true reason', () => {
  it('is told when the training process is killed again and again; tried again, the run goes on from its checkpoint', async () => {
    const id = await queue();
    await waitFor('a checkpoint', async () => (await readRun(api, id)).attempt?.checkpointStep);
    let kills = 0;
    const ended = await waitFor(
      'the run to give up',
      async () => {
        for (const pid of trainingChildren()) {
          process.kill(pid, 'SIGKILL');
          kills++;
        }
        const run = await readRun(api, id);
        return run.state === 'FAILED' ? run : null;
      },
      300_000,
      100,
    );
    expect(ended.failureCode).toBe('CHILD_KILLED');
    expect(ended.failureMessage).toMatch(/SIGKILL/);
    expect(kills).toBeGreaterThanOrEqual(ended.attempt?.claim ?? 99);
    await api.query('mutation ($id: ID!) { retryRun(id: $id) { id } }', { id });
    const run = await expectOneWholeResult(id, ['FAILED']);
    expect(run.attempt?.resumedFromSteps).toEqual([ended.attempt?.checkpointStep]);
  }, 400_000);

  it('is CANCELLED when asked for, whoever was killed in between', async () => {
    const id = await queue({ epochs: 600 });
    await runReaches(api, id, 300);
    await killService('worker');
    await api.query('mutation ($id: ID!) { cancelRun(id: $id) { id } }', { id });
    const run = await waitFor('the end', async () => {
      const now = await readRun(api, id);
      return now.state === 'CANCELLED' ? now : null;
    });
    expect(run.failureCode).toBeNull();
    await waitFor('no training process', () => trainingChildren().length === 0);
  }, 200_000);
});

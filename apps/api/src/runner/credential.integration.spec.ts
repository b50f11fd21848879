import { CONTRACT_VERSION } from '@trainyard/domain';
import { buildDataset, buildRun } from '../../test/factories/training.ts';
import { someone } from '../../test/factories/people.ts';
import { codeOf, CPU_ENGINE, TestRunner } from '../../test/runner.ts';
import { readRun, reconcilerOf } from '../../test/runs.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import type { GraphqlClient } from '../../test/client.ts';
import { Readable } from 'node:stream';
import { BlobStore } from '../platform/blobs/blob-store.ts';
import { rows } from '../platform/sql/database.ts';
import { RunnerCredentials } from './credential.service.ts';

const INSTANCES = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'] as const;
const HELLO = { name: 'gpu', version: '0.1.0', host: 'test', cores: 2, memoryMiB: 4096, concurrency: 1, engines: [CPU_ENGINE] };

describe('tokens of runners', () => {
  let trainyard: TestTrainyard;
  let admin: GraphqlClient;
  beforeAll(async () => {
    trainyard = await TestTrainyard.start();
    admin = (await someone(trainyard, 'ADMIN')).client;
  });
  afterAll(() => trainyard.stop());

  async function withToken(name: string): Promise<{ runner: TestRunner; id: string; secret: string }> {
    const { createRunnerCredential: made } = await admin.ask<{ createRunnerCredential: { secret: string; credential: { id: string } } }>(
      'mutation ($name: String!) { createRunnerCredential(name: $name) { secret credential { id } } }',
      { name },
    );
    const runner = new TestRunner(trainyard, name);
    runner.token = made.secret;
    return { runner, id: made.credential.id, secret: made.secret };
  }
  const hello = async (runner: TestRunner, instance?: string, name = 'gpu'): Promise<string> => {
    const { runnerId } = await runner.post<{ runnerId: string }>('hello', { ...HELLO, name, ...(instance !== undefined && { instance }) });
    return (runner.id = runnerId);
  };

  async function withFile(datasetId: string): Promise<string> {
    const { digest, size } = await trainyard.app.get(BlobStore).store(Readable.from([Buffer.from(datasetId)]), 100);
    await trainyard.database.direct.query(`INSERT INTO dataset_file (dataset_id, role, digest, size, name) VALUES ($1, 'TABLE', $2, $3, 'table.csv')`, [
      datasetId,
      digest,
      size,
    ]);
    return digest;
  }

  it('are kept as hashes, and two runners of one name are two', async () => {
    const [one, other] = [await withToken('one'), await withToken('other')];
    expect(
      await rows(trainyard.database.direct, `SELECT 1 FROM runner_credential WHERE encode(token_hash, 'escape') LIKE '%trainyard%' OR name LIKE $1`, [
        `%${one.secret}%`,
      ]),
    ).toEqual([]);
    const ids = [await hello(one.runner, INSTANCES[0]), await hello(other.runner, INSTANCES[1])];
    expect(new Set(ids).size).toBe(2);
    // Started anew it is the one it was.
    expect(await hello(one.runner, INSTANCES[0])).toBe(ids[0]);
    // Who shares a token is told apart by the folder.
    const shared = new TestRunner(trainyard, 'gpu');
    const [a, b] = [await hello(shared, INSTANCES[0]), await hello(shared, INSTANCES[1])];
    expect(new Set([...ids, a, b]).size).toBe(4);
  });

  it('show which runner speaks another version of the contract than the server', async () => {
    const { runner } = await withToken('versions');
    const says = async (contract?: number): Promise<string | undefined> => {
      const { runnerId } = await runner.post<{ runnerId: string }>('hello', { ...HELLO, instance: INSTANCES[0], ...(contract !== undefined && { contract }) });
      const { runners } = await admin.ask<{ runners: { id: string; speaks: string }[] }>('{ runners { id speaks } }');
      return runners.find(({ id }) => id === runnerId)?.speaks;
    };
    expect([await says(), await says(CONTRACT_VERSION), await says(CONTRACT_VERSION + 1), await says(CONTRACT_VERSION - 1)]).toEqual([
      'OLDER',
      'SAME',
      'NEWER',
      'OLDER',
    ]);
  });

  it('serve one runner at a time, and only as itself', async () => {
    const { runner } = await withToken('single');
    const mine = await hello(runner, INSTANCES[0]);
    expect(await codeOf(hello(runner, INSTANCES[1]))).toBe('RUNNER_TAKEN');
    await trainyard.database.direct.query(`UPDATE runner SET last_seen_at = now() - interval '1 minute' WHERE id = $1`, [mine]);
    expect(await hello(runner, INSTANCES[1])).toBe(mine);
    const stranger = (await withToken('stranger')).runner;
    await hello(stranger, INSTANCES[0]);
    stranger.id = mine;
    expect(await codeOf(stranger.heartbeat())).toBe('RUNNER_UNKNOWN');
    expect(await codeOf(stranger.claim(INSTANCES[0]))).toBe('RUNNER_UNKNOWN');
  });

  it('let a runner say nothing of what another one holds, end nothing of it and fetch nothing of it', async () => {
    const [holder, thief] = [(await withToken('holder')).runner, (await withToken('thief')).runner];
    for (const [i, runner] of [holder, thief].entries()) await hello(runner, INSTANCES[i]);
    const [trainsOn, looksInto] = [await buildDataset(trainyard), await buildDataset(trainyard, { state: 'CHECKING' })];
    const run = await buildRun(trainyard, { datasetId: trainsOn });
    const digests = [await withFile(trainsOn), await withFile(looksInto)];
    const { claim } = await holder.claim(run.attemptId);
    const looked = await holder.post<{ claim: number }>(`inspections/${looksInto}/claim`, { runnerId: holder.id });
    const checkpoint = Buffer.from('weights');
    const [attempt, at] = [`attempts/${run.attemptId}`, `claim=${claim}&step=1&trainingEpoch=1`];
    digests.push((await holder.put(`${attempt}/checkpoint?${at}`, checkpoint)).digest);
    const fetched = (runner: TestRunner): Promise<number[]> => Promise.all(digests.map(async (digest) => (await runner.get(`blobs/${digest}`)).status));

    for (const runner of [thief, new TestRunner(trainyard, 'with the shared token')]) {
      expect(await codeOf(runner.report(run.attemptId, { claim, seq: 0 }))).toBe('FENCED');
      expect(await codeOf(runner.put(`${attempt}/checkpoint?${at}`, checkpoint))).toBe('FENCED');
      expect(await codeOf(runner.put(`${attempt}/artifacts/model?claim=${claim}`, checkpoint))).toBe('FENCED');
      expect(await codeOf(runner.finish(run.attemptId, { claim, outcome: 'CANCELLED' }))).toBe('FENCED');
      expect(await codeOf(runner.post(`inspections/${looksInto}/progress`, { claim: looked.claim, share: 0.5 }))).toBe('FENCED');
      expect(
        await codeOf(runner.post(`inspections/${looksInto}/finish`, { claim: looked.claim, summary: null, error: { code: 'DATASET_EMPTY', params: {} } })),
      ).toBe('FENCED');
      expect(await fetched(runner)).toEqual([404, 404, 404]);
    }
    expect(await fetched(holder)).toEqual([200, 200, 200]);
    expect((await readRun(run)).state).toBe('STARTING');
    await holder.post(`inspections/${looksInto}/progress`, { claim: looked.claim, share: 0.5 });
    await holder.finish(run.attemptId, { claim, outcome: 'CANCELLED' });
    // Told twice it counts once, and by another it counts not at all.
    await holder.finish(run.attemptId, { claim, outcome: 'CANCELLED' });
    expect(await codeOf(thief.finish(run.attemptId, { claim, outcome: 'CANCELLED' }))).toBe('FENCED');
  });

  it('are refused from the moment they are revoked, and what their runner held goes on elsewhere', async () => {
    const { runner, id } = await withToken('doomed');
    await hello(runner, INSTANCES[0]);
    const run = await buildRun(trainyard);
    const { claim } = await runner.claim(run.attemptId);
    const datasetId = await buildDataset(trainyard, { state: 'CHECKING' });
    await runner.post(`inspections/${datasetId}/claim`, { runnerId: runner.id });
    const online = async () =>
      (await admin.ask<{ runners: { id: string; online: boolean }[] }>('{ runners { id online } }')).runners.find((one) => one.id === runner.id)?.online;
    expect(await online()).toBe(true);
    await admin.ask('mutation ($id: ID!) { revokeRunnerCredential(id: $id) }', { id });
    expect(await codeOf(runner.heartbeat({ attemptId: run.attemptId, claim }))).toBe('RUNNER_REVOKED');
    expect(await codeOf(runner.report(run.attemptId, { claim, seq: 0 }))).toBe('RUNNER_REVOKED');
    expect(await online()).toBe(false);
    const heir = await TestRunner.online(trainyard, { name: 'heir' });
    expect(await heir.post(`inspections/${datasetId}/claim`, { runnerId: heir.id })).toMatchObject({ claim: 2 });
    expect(await reconcilerOf(trainyard).reap(new Date())).toBe(1);
    expect((await readRun(run)).state).toBe('QUEUED');
    const { runnerCredentials } = await admin.ask<{ runnerCredentials: { id: string }[] }>('{ runnerCredentials { id } }');
    expect(runnerCredentials.map((one) => one.id)).not.toContain(id);
    expect(
      await rows(trainyard.database.direct, `SELECT kind, outcome, details->>'runner' AS runner FROM audit_entry WHERE subject_id = $1 ORDER BY id`, [id]),
    ).toEqual([
      { kind: 'TOKEN_CREATED', outcome: 'DONE', runner: 'doomed' },
      { kind: 'TOKEN_REVOKED', outcome: 'DONE', runner: 'doomed' },
    ]);
    runner.token = 'trainyard_runner_of_nobody';
    expect(await codeOf(runner.heartbeat())).toBe('UNAUTHENTICATED');
  });

  it('leave a runner of an earlier version as it was: known by its name, and then by its folder', async () => {
    const shared = new TestRunner(trainyard, 'earlier');
    const before = await hello(shared, undefined, 'earlier');
    expect(await hello(shared, undefined, 'earlier')).toBe(before);
    const { runner } = await withToken('earlier');
    expect(await hello(runner, INSTANCES[0], 'earlier')).toBe(before);
  });

  it('that a start brings are let in each time, and stay out once they are revoked', async () => {
    const own = [{ name: 'blade-7 (npm start, runner)', token: 'trainyard_runner_of_a_start' }];
    const credentials = trainyard.app.get(RunnerCredentials);
    await credentials.admit(own);
    await credentials.admit(own);
    const runner = new TestRunner(trainyard, 'brought along');
    runner.token = own[0]?.token ?? '';
    await hello(runner, INSTANCES[0], 'brought along');
    const { runnerCredentials } = await admin.ask<{ runnerCredentials: { id: string; name: string }[] }>('{ runnerCredentials { id name } }');
    const made = runnerCredentials.filter(({ name }) => name === own[0]?.name);
    expect(made.length).toBe(1);
    await admin.ask('mutation ($id: ID!) { revokeRunnerCredential(id: $id) }', { id: made[0]?.id });
    await credentials.admit(own);
    expect(await codeOf(runner.heartbeat())).toBe('RUNNER_REVOKED');
  });
});

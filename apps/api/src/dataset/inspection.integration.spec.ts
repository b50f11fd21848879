import type { DatasetSummary, InspectionClaimReply } from '@trainyard/domain';
import type { GraphqlClient } from '../../test/client.ts';
import { someone } from '../../test/factories/people.ts';
import { codeOf, TestRunner } from '../../test/runner.ts';
import { until } from '../../test/runs.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { row, rows } from '../platform/sql/database.ts';
import { ringId } from '../platform/jobs/queue.ts';
import { InspectionService } from './inspection.service.ts';

const SUMMARY: DatasetSummary = {
  digest: 'a'.repeat(64),
  sampleCount: 150,
  testCount: 0,
  inputShape: [2],
  classes: [],
  columns: [],
  preview: { images: [], rows: [] },
  sizeBytes: 12,
};
const INPUT = { name: 'Points', kind: 'SYNTHETIC', source: 'SYNTHETIC', synthetic: 'COMPARISON', samples: 100, seed: 1 };

let trainyard: TestTrainyard;
let runner: TestRunner;
let member: GraphqlClient;
let inspections: InspectionService;
let id: string;

beforeAll(async () => {
  trainyard = await TestTrainyard.start();
  member = (await someone(trainyard)).client;
  inspections = trainyard.app.get(InspectionService);
});
afterAll(() => trainyard.stop());
beforeEach(async () => {
  runner = await TestRunner.online(trainyard);
  id = (await member.ask<{ createDataset: { id: string } }>('mutation ($input: CreateDatasetInput!) { createDataset(input: $input) { id } }', { input: INPUT }))
    .createDataset.id;
});

const take = (by = runner): Promise<InspectionClaimReply> => by.post(`inspections/${id}/claim`, { runnerId: by.id });
const finish = (claim: number, answer: object = { summary: SUMMARY }): Promise<unknown> =>
  runner.post(`inspections/${id}/finish`, { claim, summary: null, error: null, ...answer });
const recheck = () => member.ask('mutation ($id: ID!) { recheckDataset(id: $id) { state } }', { id });
const facts = () =>
  row<{ state: string; claim: number; digest: string | null }>(trainyard.database.direct, 'SELECT state, claim, digest FROM dataset WHERE id = $1', [id]);
const rings = async (): Promise<string[]> =>
  (
    await rows<{ id: string }>(trainyard.database.direct, `SELECT id FROM bullmq.job WHERE queue = 'runner-inspection' AND id LIKE $1 || '.%' ORDER BY id`, [
      id,
    ])
  ).map((job) => job.id);
const logged = async (): Promise<unknown[]> =>
  (await rows<{ changes: Record<string, unknown> }>(trainyard.database.direct, 'SELECT changes FROM activity WHERE entity_id = $1 ORDER BY seq', [id]))
    .map(({ changes }) => changes['state'])
    .filter(Boolean);
/** A look of the worker, at a dataset whose bell rang long ago. */
async function look(reapsAt: Date | null = new Date(), unanswered: ReadonlySet<string> = new Set()): Promise<void> {
  await trainyard.database.direct.query(`UPDATE dataset SET rung_at = now() - interval '1 minute' WHERE id = $1`, [id]);
  await inspections.reconcile(unanswered, ringId, 3_000, reapsAt);
}

describe('an inspection', () => {
  it('is told to the log, from its beginning to its end and when it begins again', async () => {
    await finish((await take()).claim);
    await recheck();
    await finish((await take()).claim, { error: { code: 'DATASET_EMPTY', params: {} } });
    expect(await logged()).toEqual([
      { from: 'CHECKING', to: 'READY' },
      { from: 'READY', to: 'CHECKING' },
      { from: 'CHECKING', to: 'INVALID' },
    ]);
  });

  it('shows how far its living claim has come, and nothing while it waits or has ended', async () => {
    const progress = (claim: number, share: number): Promise<unknown> => runner.post(`inspections/${id}/progress`, { claim, share });
    const share = async (): Promise<number | null> =>
      (await member.ask<{ dataset: { checkedShare: number | null } }>('query ($id: ID!) { dataset(id: $id) { checkedShare } }', { id })).dataset.checkedShare;
    expect(await share()).toBeNull();
    expect(await codeOf(progress(0, 0.5))).toBe('FENCED');
    const first = (await take()).claim;
    expect(await share()).toBe(0);
    await progress(first, 0.25);
    expect(await share()).toBe(0.25);
    expect(await codeOf(progress(first, 1.5))).toBe('BAD_INPUT');
    const second = (await take()).claim;
    expect(await codeOf(progress(first, 0.75))).toBe('FENCED');
    expect(await share()).toBe(0);
    await progress(second, 0.5);
    await look(new Date(Date.now() + 60_000));
    expect(await share()).toBeNull();
    const third = (await take()).claim;
    await progress(third, 0.5);
    await finish(third);
    expect(await share()).toBeNull();
    expect(await codeOf(progress(third, 1))).toBe('FENCED');
  });

  it('rings for a runner when it begins, and when it begins again', async () => {
    await until(rings, (found) => found.includes(ringId(id, 1)));
    await finish((await take()).claim);
    await recheck();
    await until(rings, (found) => found.includes(ringId(id, 2)));
  });

  it('counts the finish of its living claim alone: not one of an earlier claim, of a check before, or of what is back in line', async () => {
    const first = (await take()).claim;
    const second = (await take()).claim;
    expect(second).toBe(first + 1);
    expect(await codeOf(finish(first))).toBe('FENCED');
    expect(await codeOf(finish(second + 1))).toBe('FENCED');
    await finish(second);
    expect(await facts()).toMatchObject({ state: 'READY', digest: SUMMARY.digest });
    expect(await codeOf(finish(second, { error: { code: 'DATASET_EMPTY', params: {} } }))).toBe('FENCED');

    await recheck();
    expect(await codeOf(finish(second))).toBe('FENCED');
    // The check that waits has a number that nobody has claimed, and still names the runner of the check before.
    expect(await codeOf(finish(second + 1))).toBe('FENCED');
    expect((await facts())?.state).toBe('CHECKING');

    const third = (await take()).claim;
    await trainyard.database.direct.query(`UPDATE runner SET last_seen_at = now() - interval '1 minute' WHERE id = $1`, [runner.id]);
    await look();
    expect(await codeOf(finish(third))).toBe('FENCED');
    expect((await facts())?.state).toBe('CHECKING');
  });

  it('is held by one runner, given again to that one, and to another when its lease has run out', async () => {
    const other = await TestRunner.online(trainyard, { name: 'other' });
    const first = await take();
    expect(await codeOf(take(other))).toBe('NOT_CLAIMABLE');
    expect((await take()).claim).toBe(first.claim + 1);
    await trainyard.database.direct.query(`UPDATE dataset SET lease_until = now() - interval '1 second' WHERE id = $1`, [id]);
    expect((await take(other)).claim).toBe(first.claim + 2);
    await finish(first.claim + 2);
    expect(await codeOf(take())).toBe('NOT_CLAIMABLE');
  });

  it('is left to a living runner, and to a bell that the queue remembers', async () => {
    const { claim } = await take();
    await look();
    await look(null);
    expect(await rings()).not.toContain(ringId(id, 2));
    await finish(claim);
    expect((await facts())?.state).toBe('READY');

    await recheck();
    await look(new Date(), new Set([ringId(id, 2)]));
    expect(await rings()).not.toContain(ringId(id, 3));
  });

  it('is rung for again when the queue forgot it, or its runner is silent, but not while nobody may be reaped', async () => {
    await look();
    await until(rings, (found) => found.includes(ringId(id, 2)));
    await take();
    await trainyard.database.direct.query(`UPDATE runner SET last_seen_at = now() - interval '1 minute' WHERE id = $1`, [runner.id]);
    await look(null);
    expect(await rings()).not.toContain(ringId(id, 3));
    await look();
    await until(rings, (found) => found.includes(ringId(id, 3)));
  });

  it('is given up after the third claim that was lost', async () => {
    for (let claims = 1; claims <= 3; claims++) {
      expect((await facts())?.state).toBe('CHECKING');
      await take();
      await trainyard.database.direct.query(`UPDATE dataset SET lease_until = now() - interval '1 second' WHERE id = $1`, [id]);
      await look();
    }
    const { dataset } = await member.ask<{ dataset: object }>('query ($id: ID!) { dataset(id: $id) { state errorCode errorParams } }', { id });
    expect(dataset).toEqual({ state: 'INVALID', errorCode: 'INTERNAL', errorParams: { reason: 'RUNNER_LOST', times: 3 } });
    await recheck();
    await take();
    await trainyard.database.direct.query(`UPDATE dataset SET lease_until = now() - interval '1 second' WHERE id = $1`, [id]);
    await look();
    expect((await facts())?.state).toBe('CHECKING');
  });

  it('that was claimed between the look of a worker and its lock is not put back in line', async () => {
    const { database } = trainyard;
    const transaction = database.transaction.bind(database);
    // The worker has looked when it begins its transaction: that is when the runner answers.
    database.transaction = async (work) => {
      database.transaction = transaction;
      await take();
      return transaction(work);
    };
    await look();
    expect(await row(database.direct, 'SELECT rings, lease_until IS NOT NULL AS held FROM dataset WHERE id = $1', [id])).toEqual({ rings: 1, held: true });
  });
});

// In a Trainyard of its own: the worker's look counts everything that it finds there.
it('that takes every runner down is one that a look of the worker finds, until it is given up', async () => {
  const alone = await TestTrainyard.start();
  try {
    const { client } = await someone(alone);
    const lost = await TestRunner.online(alone);
    const { createDataset } = await client.ask<{ createDataset: { id: string } }>(
      'mutation ($input: CreateDatasetInput!) { createDataset(input: $input) { id } }',
      { input: INPUT },
    );
    const own = [createDataset.id];
    const lose = async (): Promise<number> => {
      await lost.post(`inspections/${createDataset.id}/claim`, { runnerId: lost.id });
      await alone.database.direct.query(
        `UPDATE dataset SET lease_until = now() - interval '1 second', rung_at = now() - interval '1 minute' WHERE id = $1`,
        own,
      );
      return alone.app.get(InspectionService).reconcile(new Set(), ringId, 3_000, new Date());
    };
    expect([await lose(), await lose(), await lose()]).toEqual([1, 1, 1]);
    expect(await row(alone.database.direct, 'SELECT state, error_params AS params FROM dataset WHERE id = $1', own)).toEqual({
      state: 'INVALID',
      params: { reason: 'RUNNER_LOST', times: 3 },
    });
    expect(await alone.app.get(InspectionService).reconcile(new Set(), ringId, 3_000, new Date())).toBe(0);
  } finally {
    await alone.stop();
  }
});

import { randomBytes, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { keepHouse } from '../../test/housekeeping.ts';
import { buildUser } from '../../test/factories/people.ts';
import { buildRun, expireLease } from '../../test/factories/training.ts';
import { RESULT, TestRunner } from '../../test/runner.ts';
import { reconcilerOf } from '../../test/runs.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { BlobStore } from '../platform/blobs/blob-store.ts';
import { row, rows } from '../platform/sql/database.ts';
import { LeaseWatchNotes } from '../runner/lease-watch.service.ts';
import { Waiting } from './waiting.ts';

let trainyard: TestTrainyard;
beforeAll(async () => {
  trainyard = await TestTrainyard.start();
});
afterAll(() => trainyard.stop());

const worker = () => reconcilerOf(trainyard);

describe('the worker', () => {
  it('reaps each lost attempt once, however many workers there are', async () => {
    const runner = await TestRunner.online(trainyard, { concurrency: 20 });
    const attempts: string[] = [];
    for (let i = 0; i < 6; i++) {
      const { attemptId } = await buildRun(trainyard);
      await runner.claim(attemptId);
      await expireLease(trainyard, attemptId);
      attempts.push(attemptId);
    }
    const reaped = await Promise.all([worker(), worker(), worker()].map((one) => one.reap(new Date())));
    expect(reaped.reduce((sum, count) => sum + count)).toBe(attempts.length);
    const after = await rows<{ state: string; claim: number; rings: number }>(
      trainyard.database.direct,
      'SELECT state, claim, rings FROM attempt WHERE id = ANY ($1)',
      [attempts],
    );
    expect(after).toEqual(attempts.map(() => ({ state: 'QUEUED', claim: 1, rings: 2 })));
    for (const attemptId of attempts) expect((await runner.claim(attemptId)).claim).toBe(2);
  });

  it('cancels the runs of a deleted ticket once its deletion can no longer be taken back, and refuses to try them again', async () => {
    const { direct } = trainyard.database;
    const runner = await TestRunner.online(trainyard, { concurrency: 20 });
    const [running, waiting] = [await buildRun(trainyard), await buildRun(trainyard)];
    await runner.claim(running.attemptId);
    for (const { member, ticket } of [running, waiting])
      await member.ask('mutation ($id: ID!) { deleteTicket(id: $id, version: 1) { id } }', { id: ticket.id });
    const states = (): Promise<object[]> =>
      rows(direct, 'SELECT state, cancel_requested AS asked FROM attempt WHERE id = ANY ($1) ORDER BY claim', [[running.attemptId, waiting.attemptId]]);
    await worker().cancelUnseen();
    expect(await states()).toEqual([
      { state: 'QUEUED', asked: false },
      { state: 'STARTING', asked: false },
    ]);

    await direct.query(`UPDATE ticket SET deleted_at = deleted_at - interval '20 seconds' WHERE id = ANY ($1)`, [[running.ticket.id, waiting.ticket.id]]);
    await Promise.all([worker().cancelUnseen(), worker().cancelUnseen()]);
    expect(await states()).toEqual([
      { state: 'CANCELLED', asked: true },
      { state: 'STARTING', asked: true },
    ]);
    expect(await runner.heartbeat({ attemptId: running.attemptId, claim: 1 })).toEqual(['CANCEL']);
    expect((await waiting.member.send('mutation ($id: ID!) { retryRun(id: $id) { id } }', { id: waiting.id })).codes).toEqual(['TICKET_DELETED']);
  });

  it('throws away the checkpoints that nothing goes on from', async () => {
    const runner = await TestRunner.online(trainyard, { concurrency: 20 });
    const kept: string[] = [];
    for (const [outcome, fromBeginning] of [
      ['SUCCEEDED', null],
      ['FAILED', null],
      ['FAILED', false],
      ['FAILED', true],
    ] as const) {
      const run = await buildRun(trainyard);
      await runner.claim(run.attemptId);
      await runner.put(`attempts/${run.attemptId}/checkpoint?claim=1&step=100&trainingEpoch=1`, Buffer.from(`weights of ${run.id}`));
      await runner.finish(
        run.attemptId,
        outcome === 'FAILED' ? { claim: 1, outcome, failure: { code: 'RUNNER_ERROR', message: 'disk' } } : { claim: 1, outcome, result: RESULT },
      );
      if (fromBeginning !== null)
        await run.member.ask('mutation ($id: ID!, $b: Boolean!) { retryRun(id: $id, fromBeginning: $b) { id } }', { id: run.id, b: fromBeginning });
      if (outcome === 'FAILED' && fromBeginning !== true) kept.push(run.id);
    }
    await keepHouse(trainyard);
    expect(
      await rows(
        trainyard.database.direct,
        'SELECT a.run_id AS id FROM checkpoint c JOIN attempt a ON a.id = c.attempt_id JOIN run r ON r.attempt_id = a.id ORDER BY r.queued_at',
      ),
    ).toEqual(kept.map((id) => ({ id })));
    expect(await row(trainyard.database.direct, 'SELECT count(*)::int AS count FROM checkpoint')).toEqual({ count: kept.length });
  });

  it('reaps the others when one lost attempt cannot be reaped', async () => {
    const { direct } = trainyard.database;
    const runner = await TestRunner.online(trainyard, { concurrency: 20 });
    const [stuck, free] = [(await buildRun(trainyard)).attemptId, (await buildRun(trainyard)).attemptId];
    for (const attemptId of [stuck, free]) {
      await runner.claim(attemptId);
      await expireLease(trainyard, attemptId);
    }
    await direct.query(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'refused by the test'; END $$`);
    await direct.query(`CREATE TRIGGER refuse BEFORE UPDATE ON attempt FOR EACH ROW WHEN (OLD.id = '${stuck}') EXECUTE FUNCTION refuse()`);
    try {
      expect(await worker().reap(new Date())).toBe(1);
      expect(await row(direct, 'SELECT state FROM attempt WHERE id = $1', [free])).toEqual({ state: 'QUEUED' });
    } finally {
      await direct.query('DROP FUNCTION refuse CASCADE');
    }
    expect(await worker().reap(new Date())).toBe(1);
    expect(await row(direct, 'SELECT state FROM attempt WHERE id = $1', [stuck])).toEqual({ state: 'QUEUED' });
  });

  it('gives the living a whole lease to renew after an api that was away, however late its own rounds are, and takes only what is still silent then', async () => {
    const { direct } = trainyard.database;
    const [living, lost] = [await TestRunner.online(trainyard), await TestRunner.online(trainyard)];
    const [kept, taken] = [(await buildRun(trainyard)).attemptId, (await buildRun(trainyard)).attemptId];
    const { claim } = await living.claim(kept);
    await lost.claim(taken);
    // Nobody could renew for an hour.
    await direct.query(`UPDATE attempt SET lease_until = now() - interval '1 hour' WHERE id = ANY ($1)`, [[kept, taken]]);
    const states = async () => rows(direct, 'SELECT state FROM attempt WHERE id = ANY ($1) ORDER BY id = $2', [[kept, taken], taken]);
    const [notes, now] = [trainyard.app.get(LeaseWatchNotes), Date.now()];
    const at = (second: number) => new Date(now + second * 1000);
    const answered = async (...seconds: number[]) => {
      for (const second of seconds) await notes.note(at(second));
    };
    await answered(-3630, -3624, -3618, -3612, -3606);
    for (const second of [-3590, -1800, -16]) await worker().round(at(second));
    await answered(-15);
    await worker().round(at(-15));
    expect(await states()).toEqual([{ state: 'STARTING' }, { state: 'STARTING' }]);
    expect(await living.heartbeat({ attemptId: kept, claim })).toEqual(['CONTINUE']);
    await answered(-10, -5);
    await worker().round(at(-1));
    expect(await states()).toEqual([{ state: 'STARTING' }, { state: 'STARTING' }]);
    await answered(0);
    await worker().round(at(3));
    expect(await states()).toEqual([{ state: 'STARTING' }, { state: 'QUEUED' }]);
  });

  it('says why a run waits behind more than a thousand others', async () => {
    const { direct } = trainyard.database;
    const first = await buildRun(trainyard);
    await direct.query(
      /* sql */ `
      WITH copies AS (SELECT gen_random_uuid() AS run_id, gen_random_uuid() AS attempt_id, n FROM generate_series(1, 1000) n),
        runs AS (
          INSERT INTO run (id, project_id, ticket_id, number, template, engine, spec, limits, dataset_id, dataset_digest, attempt_id)
          SELECT c.run_id, r.project_id, r.ticket_id, r.number + c.n, r.template, r.engine, r.spec, r.limits, r.dataset_id, r.dataset_digest, c.attempt_id
          FROM run r, copies c WHERE r.id = $1
        )
      INSERT INTO attempt (id, run_id, number, queued_at) SELECT attempt_id, run_id, 1, now() - interval '1 hour' FROM copies`,
      [first.id],
    );
    const last = await buildRun(trainyard);
    await direct.query(`UPDATE runner SET last_seen_at = now() - interval '1 minute'`);
    await direct.query('UPDATE attempt SET waiting = NULL');
    try {
      const { app } = trainyard;
      for await (const page of app.get(Waiting).refresh()) expect(page.length).toBeLessThanOrEqual(1_000);
      expect(await row(direct, 'SELECT waiting FROM attempt WHERE id = $1', [last.attemptId])).toEqual({ waiting: 'NO_RUNNER' });
    } finally {
      await direct.query('DELETE FROM run WHERE ticket_id = $1', [first.ticket.id]);
    }
  });

  it('throws away expired sessions, browsers not used for long, forgotten guesses and uploads nobody used, with their bytes, and nothing else', async () => {
    const user = await buildUser(trainyard);
    const { direct } = trainyard.database;
    await direct.query(`INSERT INTO sign_in_throttle (key, failures, last_failure_at, blocked_until) VALUES
      ('a', 9, now() - interval '2 hours', NULL), ('b', 9, now() - interval '2 hours', now() - interval '105 minutes'), ('c', 9, now() - interval '30 minutes', NULL)`);
    for (const days of [-1, 1])
      await direct.query(`INSERT INTO session (id, user_id, token_hash, expires_at) VALUES ($1, $2, $3, now() + make_interval(days => $4))`, [
        randomUUID(),
        user.id,
        randomBytes(32),
        days,
      ]);
    for (const days of [181, 179])
      await direct.query('INSERT INTO known_browser (secret_hash, user_id, last_used_at) VALUES ($1, $2, now() - make_interval(days => $3))', [
        randomBytes(32),
        user.id,
        days,
      ]);
    const blobs = trainyard.app.get(BlobStore);
    const digests: string[] = [];
    for (const hours of [25, 1]) {
      const { digest, size } = await blobs.store(Readable.from([randomBytes(9)]), 100);
      await direct.query(`INSERT INTO upload (id, user_id, name, digest, size, created_at) VALUES ($1, $2, 'a', $3, $4, now() - make_interval(hours => $5))`, [
        randomUUID(),
        user.id,
        digest,
        size,
        hours,
      ]);
      await direct.query(`UPDATE blob SET created_at = now() - interval '30 hours' WHERE digest = $1`, [digest]);
      digests.push(digest);
    }
    await keepHouse(trainyard);
    expect(await row(direct, 'SELECT count(*)::int AS count FROM session WHERE user_id = $1', [user.id])).toEqual({ count: 1 });
    expect(await rows(direct, `SELECT last_used_at > now() - interval '180 days' AS used FROM known_browser WHERE user_id = $1`, [user.id])).toEqual([
      { used: true },
    ]);
    expect(await rows(direct, 'SELECT key FROM sign_in_throttle')).toEqual([{ key: 'c' }]);
    expect(await row(direct, 'SELECT count(*)::int AS count FROM upload WHERE user_id = $1', [user.id])).toEqual({ count: 1 });
    expect(await Promise.all(digests.map((digest) => blobs.size(digest)))).toEqual([null, 9]);
  });

  it('says that a run waits when its only runner falls silent, and wakes who watches', async () => {
    const run = await buildRun(trainyard);
    await TestRunner.online(trainyard);
    await worker().round();
    const waiting = async () =>
      (await row<{ waiting: string | null; tick: number }>(trainyard.database.direct, 'SELECT waiting, tick FROM attempt WHERE id = $1', [run.attemptId])) ?? {
        waiting: 'gone',
        tick: 0,
      };
    const before = await waiting();
    expect(before.waiting).not.toBe('NO_RUNNER');
    await trainyard.database.direct.query(`UPDATE runner SET last_seen_at = now() - interval '1 minute'`);
    await worker().round();
    const after = await waiting();
    expect(after).toEqual({ waiting: 'NO_RUNNER', tick: before.tick + 1 });
    await worker().round();
    expect(await waiting()).toEqual(after);
  });
});

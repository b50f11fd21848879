import { hasPlace, type doubtOf, type Headline, type ReportRequest, type Sparkline } from '@trainyard/domain';
import { randomUUID } from 'node:crypto';
import type { StoredBlob } from '../platform/blobs/blob-store.ts';
import { row, rows, type Tx } from '../platform/sql/database.ts';
import { NEWEST_FIRST } from './newest-checkpoint.ts';
import { LIVE } from './run-states.ts';

// What is written of attempts for the runners that hold them. Locks, epochs and rights are the caller's.

/** The attempt is the runner's, under a claim of its own. */
export async function giveAttempt(tx: Tx, attemptId: string, claim: number, runnerId: string, leaseSeconds: number): Promise<void> {
  await tx.query(
    /* sql */ `
    UPDATE attempt SET runner_id = $2, lease_until = now() + make_interval(secs => $3), next_seq = 0, phase = NULL, samples_per_second = NULL,
      remaining_ms = NULL, started_at = COALESCE(started_at, now()) WHERE id = $1`,
    [attemptId, runnerId, leaseSeconds],
  );
  await tx.query('INSERT INTO attempt_claim (attempt_id, claim, runner_id) VALUES ($1, $2, $3)', [attemptId, claim, runnerId]);
}

/** Renews the leases of what the runner still holds, and answers these. */
export async function renewLeases(
  tx: Tx,
  runnerId: string,
  held: readonly { attemptId: string; claim: number }[],
  leaseSeconds: number,
): Promise<{ id: string; claim: number; cancelRequested: boolean }[]> {
  return rows(
    tx,
    /* sql */ `
    UPDATE attempt a SET lease_until = now() + make_interval(secs => $3) FROM unnest($1::uuid[], $2::int[]) AS h (id, claim)
    WHERE a.id = h.id AND a.claim = h.claim AND a.runner_id = $4 AND a.state IN ${LIVE} RETURNING a.id, a.claim, a.cancel_requested AS "cancelRequested"`,
    [held.map((one) => one.attemptId), held.map((one) => one.claim), leaseSeconds, runnerId],
  );
}

export async function renewLease(tx: Tx, attemptId: string, leaseSeconds: number): Promise<void> {
  await tx.query('UPDATE attempt SET lease_until = now() + make_interval(secs => $2) WHERE id = $1', [attemptId, leaseSeconds]);
}

/** Live runs of a runner whose token was revoked are nobody's: their leases have run out. */
export async function endLeasesOf(tx: Tx, credentialId: string): Promise<void> {
  await tx.query(
    `UPDATE attempt SET lease_until = 'epoch', runner_id = NULL WHERE state IN ${LIVE} AND runner_id IN (SELECT id FROM runner WHERE credential_id = $1)`,
    [credentialId],
  );
}

/** A queued attempt is rung for once more; null where somebody else did so, or it is no longer queued. */
export async function ringAgain(tx: Tx, attemptId: string, rings: number): Promise<number | null> {
  const rung = await row<{ rings: number }>(
    tx,
    `UPDATE attempt SET rings = rings + 1, rung_at = now() WHERE id = $1 AND state = 'QUEUED' AND rings = $2 RETURNING rings`,
    [attemptId, rings],
  );
  return rung?.rings ?? null;
}

export async function noteOutcome(tx: Tx, attemptId: string, headline: Headline | null, doubt: ReturnType<typeof doubtOf>): Promise<void> {
  await tx.query('UPDATE attempt SET headline = $2, doubt = $3 WHERE id = $1', [attemptId, headline && JSON.stringify(headline), doubt]);
}

/** What a report says beside its figures and its log. */
export async function noteReport(
  tx: Tx,
  attemptId: string,
  { seq, progress, environment }: ReportRequest,
  { headline, spark, resumed }: { headline: Headline | null; spark: Sparkline; resumed: number | null },
  leaseSeconds: number,
): Promise<void> {
  const place = progress && hasPlace(progress.phase) ? progress : null;
  await tx.query(
    /* sql */ `
    UPDATE attempt SET next_seq = $2, lease_until = now() + make_interval(secs => $3), tick = tick + 1, headline = $4, spark = $5,
      phase = COALESCE($6, phase), step = COALESCE($7, step), total_steps = COALESCE($8, total_steps), training_epoch = COALESCE($9, training_epoch),
      total_epochs = COALESCE($10, total_epochs), samples_per_second = CASE WHEN $6::text IS NULL THEN samples_per_second ELSE $11 END,
      elapsed_ms = COALESCE($12, elapsed_ms), remaining_ms = CASE WHEN $6::text IS NULL THEN remaining_ms ELSE $13 END,
      engine = COALESCE($14, engine), device = COALESCE($15, device), is_gpu = COALESCE($16, is_gpu), versions = COALESCE($17::jsonb, versions),
      host = COALESCE($18, host), parameter_count = COALESCE($19, parameter_count)
    WHERE id = $1`,
    [
      attemptId,
      seq + 1,
      leaseSeconds,
      headline && JSON.stringify(headline),
      JSON.stringify(spark),
      progress?.phase ?? null,
      place?.step ?? resumed,
      place?.totalSteps ?? null,
      place?.trainingEpoch ?? null,
      place?.totalEpochs ?? null,
      progress?.samplesPerSecond ?? null,
      place?.elapsedMs ?? null,
      progress?.remainingMs ?? null,
      environment?.engine ?? null,
      environment?.device ?? null,
      environment?.isGpu ?? null,
      environment ? JSON.stringify(environment.versions) : null,
      environment?.host ?? null,
      environment?.parameterCount ?? null,
    ],
  );
}

/** Notes the step this claim trains on from. One that says nothing began afresh: all that earlier claims reported is superseded. */
export async function resumedFrom(tx: Tx, attemptId: string, report: ReportRequest, begins: boolean): Promise<number | null> {
  const claim = await row<{ resumed: number | null }>(
    tx,
    /* sql */ `
    UPDATE attempt_claim SET resumed_from_step = COALESCE($3, resumed_from_step, CASE WHEN $4 THEN 0 END)
    WHERE attempt_id = $1 AND claim = $2 RETURNING resumed_from_step::float8 AS resumed`,
    [attemptId, report.claim, report.resumedFromStep ?? null, begins],
  );
  return claim?.resumed ?? null;
}

export async function appendLog(tx: Tx, attemptId: string, { claim, logs }: ReportRequest): Promise<void> {
  if (logs.length === 0) return;
  await tx.query(
    /* sql */ `
    INSERT INTO log_line (attempt_id, claim, line, at, stream, text, params)
    SELECT $1, $2, * FROM unnest($3::int[], $4::timestamptz[], $5::text[], $6::text[], $7::jsonb[]) ON CONFLICT DO NOTHING`,
    [
      attemptId,
      claim,
      logs.map((log) => log.line),
      logs.map((log) => log.at),
      logs.map((log) => log.stream),
      logs.map((log) => log.text),
      logs.map((log) => (log.params ? JSON.stringify(log.params) : null)),
    ],
  );
}

/** Keeps a checkpoint, and the `kept` newest of the attempt. */
export async function keepCheckpoint(
  tx: Tx,
  attemptId: string,
  at: { claim: number; step: number; trainingEpoch: number },
  { digest }: StoredBlob,
  kept: number,
): Promise<void> {
  await tx.query(
    /* sql */ `
    INSERT INTO checkpoint (attempt_id, claim, step, training_epoch, digest) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (attempt_id, claim, step) DO UPDATE SET training_epoch = EXCLUDED.training_epoch, digest = EXCLUDED.digest, created_at = now()`,
    [attemptId, at.claim, at.step, at.trainingEpoch, digest],
  );
  await tx.query(
    /* sql */ `
    DELETE FROM checkpoint WHERE attempt_id = $1 AND (claim, step) NOT IN (
      SELECT claim, step FROM checkpoint WHERE attempt_id = $1 ${NEWEST_FIRST} LIMIT $2)`,
    [attemptId, kept],
  );
}

export async function keepArtifact(tx: Tx, attemptId: string, claim: number, name: string, { digest, size }: StoredBlob): Promise<void> {
  await tx.query(
    /* sql */ `
    INSERT INTO artifact (id, attempt_id, claim, name, digest, size) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (attempt_id, name) DO UPDATE SET claim = EXCLUDED.claim, digest = EXCLUDED.digest, size = EXCLUDED.size, created_at = now()`,
    [randomUUID(), attemptId, claim, name, digest, size],
  );
}

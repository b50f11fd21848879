import { Inject, Injectable } from '@nestjs/common';
import {
  canTrain,
  cutSparkline,
  datasetOf,
  decideAttempt,
  doubtOf,
  EMPTY_SPARKLINE,
  extendSparkline,
  finalHeadline,
  hasPlace,
  isEnded,
  isLive,
  liveHeadline,
  needOf,
  type ClaimReply,
  type EngineReport,
  type FinishRequest,
  type HeartbeatReply,
  type HeartbeatRequest,
  type ReportReply,
  type ReportRequest,
  type RunLimits,
  type Sparkline,
} from '@trainyard/domain';
import { CONFIG, type Config } from '../config.ts';
import { datasetSource } from '../dataset/dataset-source.ts';
import { Database, row, rows, type Tx } from '../platform/sql/database.ts';
import { decided, DomainError } from '../platform/domain-error.ts';
import { AttemptStates, type LockedAttempt } from '../training/attempt-state.service.ts';
import { MetricStore } from '../training/metric-store.ts';
import { NEWEST_FIRST } from '../training/newest-checkpoint.ts';
import { LIVE } from '../training/run-states.ts';

/** Attempts as runners see them: claimed once per epoch, reported on in order, finished once. */
@Injectable()
export class AttemptProtocol {
  constructor(
    private readonly database: Database,
    private readonly states: AttemptStates,
    private readonly metrics: MetricStore,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  get leaseSeconds(): number {
    return this.config.leaseSeconds;
  }

  /** Gives the attempt to this runner under a new epoch, or NOT_CLAIMABLE: taken, ended, or asking for an engine it lacks. */
  async claim(attemptId: string, runnerId: string, credentialId: string | null): Promise<ClaimReply> {
    return this.database.transaction(async (tx) => {
      const runner = await row<{ engines: EngineReport[] }>(
        tx,
        'UPDATE runner SET last_seen_at = now() WHERE id = $1 AND credential_id IS NOT DISTINCT FROM $2 RETURNING engines',
        [runnerId, credentialId],
      );
      if (!runner) throw new DomainError('RUNNER_UNKNOWN');
      const attempt = await this.states.lock(tx, attemptId);
      if (!attempt) throw new DomainError('NOT_CLAIMABLE');
      const decision = decided(decideAttempt(attempt, { type: 'CLAIM' }, new Date()));
      const need = needOf(attempt.spec);
      if (!canTrain(runner.engines, need)) throw new DomainError('NOT_CLAIMABLE', { engine: need.engine });
      const dataset = await datasetSource(tx, datasetOf(attempt.spec), 'TRAIN');
      if (!dataset) throw new DomainError('NOT_CLAIMABLE', { reason: 'DATASET_GONE' });
      await tx.query(
        /* sql */ `
        UPDATE attempt SET runner_id = $2, lease_until = now() + make_interval(secs => $3), next_seq = 0, phase = NULL, samples_per_second = NULL,
          remaining_ms = NULL, started_at = COALESCE(started_at, now()) WHERE id = $1`,
        [attemptId, runnerId, this.leaseSeconds],
      );
      await tx.query('INSERT INTO attempt_claim (attempt_id, epoch, runner_id) VALUES ($1, $2, $3)', [attemptId, decision.epoch, runnerId]);
      const run = await row<{ title: string; limits: RunLimits }>(
        tx,
        /* sql */ `
        SELECT p.key || '-' || t.number || ' run ' || r.number AS title, r.limits FROM run r JOIN ticket t ON t.id = r.ticket_id JOIN project p ON p.id = r.project_id WHERE r.id = $1`,
        [attempt.runId],
      );
      const checkpoint = await row<NonNullable<ClaimReply['checkpoint']>>(
        tx,
        `SELECT digest, step::float8 AS step, training_epoch AS "trainingEpoch" FROM checkpoint WHERE attempt_id = $1 ${NEWEST_FIRST} LIMIT 1`,
        [attemptId],
      );
      await this.states.apply(tx, attempt, decision, null);
      return {
        epoch: decision.epoch,
        leaseSeconds: this.leaseSeconds,
        runId: attempt.runId,
        title: run?.title ?? attempt.runId,
        spec: attempt.spec,
        limits: run?.limits ?? { wallSeconds: 0, memoryMiB: 0 },
        dataset,
        checkpoint,
      };
    });
  }

  /** Renews the leases a runner still holds and says which it does not: they are another's, or nobody's since a backup was restored. */
  async heartbeat({ runnerId, attempts }: HeartbeatRequest): Promise<HeartbeatReply> {
    const alive = await rows<{ id: string; epoch: number; cancelRequested: boolean }>(
      this.database.direct,
      /* sql */ `
      UPDATE attempt a SET lease_until = now() + make_interval(secs => $3) FROM unnest($1::uuid[], $2::int[]) AS h (id, epoch)
      WHERE a.id = h.id AND a.epoch = h.epoch AND a.runner_id = $4 AND a.state IN ${LIVE} RETURNING a.id, a.epoch, a.cancel_requested AS "cancelRequested"`,
      [attempts.map((held) => held.attemptId), attempts.map((held) => held.epoch), this.leaseSeconds, runnerId],
    );
    return {
      attempts: attempts.map(({ attemptId, epoch }) => {
        const held = alive.find((attempt) => attempt.id === attemptId && attempt.epoch === epoch);
        return { attemptId, epoch, verdict: !held ? 'FENCED' : held.cancelRequested ? 'CANCEL' : 'CONTINUE' };
      }),
    };
  }

  /** Stores a report once: one that was stored before only renews the lease. */
  async report(attemptId: string, report: ReportRequest, credentialId: string | null): Promise<ReportReply> {
    return this.database.transaction(async (tx) => {
      const attempt = await this.demandLiving(tx, attemptId, report.epoch, credentialId);
      const reply: ReportReply = { verdict: attempt.cancelRequested ? 'CANCEL' : 'CONTINUE', leaseSeconds: this.leaseSeconds };
      if (report.seq < attempt.nextSeq) {
        await tx.query('UPDATE attempt SET lease_until = now() + make_interval(secs => $2) WHERE id = $1', [attemptId, this.leaseSeconds]);
        return reply;
      }
      const trains = report.metrics.length > 0 || report.progress?.phase === 'TRAINING';
      const begins = trains && attempt.state !== 'RUNNING';
      await this.metrics.append(tx, attempt, report.epoch, report.metrics);
      await appendLog(tx, attemptId, report);
      const resumed = begins || report.resumedFromStep !== undefined ? await resumedFrom(tx, attemptId, report, begins) : null;
      await this.updateCard(tx, attempt, report, resumed);
      if (begins) await this.states.apply(tx, attempt, decided(decideAttempt(attempt, { type: 'TRAINING', epoch: report.epoch }, new Date())), null);
      else this.states.wakeAfter(tx, attempt);
      return reply;
    });
  }

  /** Ends the attempt, or puts it back in line after a failure of the infrastructure. Told twice, it counts once. */
  async finish(attemptId: string, finish: FinishRequest, credentialId: string | null): Promise<void> {
    await this.database.transaction(async (tx) => {
      const attempt = await this.states.lock(tx, attemptId);
      if (!attempt || attempt.credentialId !== credentialId) throw new DomainError('FENCED');
      // The answer to the first finish was lost on its way.
      if (isEnded(attempt.state) && attempt.epoch === finish.epoch && attempt.state === finish.outcome) return;
      if (attempt.runnerId === null) throw new DomainError('FENCED');
      const decision = decided(decideAttempt(attempt, { type: 'FINISH', epoch: finish.epoch, outcome: finish.outcome, failure: finish.failure }, new Date()));
      const result = isEnded(decision.state) ? finish.result : null;
      if (result) {
        const headline = finalHeadline(result) ?? attempt.headline;
        const doubt = decision.state === 'SUCCEEDED' ? doubtOf(result, attempt.spark ?? EMPTY_SPARKLINE) : null;
        await tx.query('UPDATE attempt SET headline = $2, doubt = $3 WHERE id = $1', [attemptId, headline && JSON.stringify(headline), doubt]);
      }
      await this.states.apply(tx, attempt, decision, null, result);
    });
  }

  /** The attempt, locked, when `epoch` is its living claim and a runner with this token holds it; FENCED otherwise. Claims are counted from 1: who knows an attempt could guess the epoch. */
  async demandLiving(tx: Tx, attemptId: string, epoch: number, credentialId: string | null): Promise<LockedAttempt> {
    const attempt = await this.states.lock(tx, attemptId);
    const isHeld = attempt && attempt.epoch === epoch && attempt.runnerId !== null && attempt.credentialId === credentialId;
    if (!isHeld || !isLive(attempt.state)) throw new DomainError('FENCED', { epoch: attempt?.epoch ?? null });
    return attempt;
  }

  /** @param resumed the step training goes on after; null but in the report that says so */
  private async updateCard(tx: Tx, attempt: LockedAttempt, report: ReportRequest, resumed: number | null): Promise<void> {
    const { progress, environment } = report;
    const place = progress && hasPlace(progress.phase) ? progress : null;
    const headline = liveHeadline(resumed === 0 ? null : attempt.headline, report.metrics);
    const spark = sparklineAfter(attempt.spark ?? EMPTY_SPARKLINE, report, resumed);
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
        attempt.id,
        report.seq + 1,
        this.leaseSeconds,
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
}

/** Notes the step this claim trains on from. One that says nothing began afresh: all that earlier claims reported is superseded. */
async function resumedFrom(tx: Tx, attemptId: string, report: ReportRequest, begins: boolean): Promise<number | null> {
  const claim = await row<{ resumed: number | null }>(
    tx,
    /* sql */ `
    UPDATE attempt_claim SET resumed_from_step = COALESCE($3, resumed_from_step, CASE WHEN $4 THEN 0 END)
    WHERE attempt_id = $1 AND epoch = $2 RETURNING resumed_from_step::float8 AS resumed`,
    [attemptId, report.epoch, report.resumedFromStep ?? null, begins],
  );
  return claim?.resumed ?? null;
}

function sparklineAfter(before: Sparkline, report: ReportRequest, resumed: number | null): Sparkline {
  let spark = resumed === null ? before : resumed === 0 ? EMPTY_SPARKLINE : cutSparkline(before, resumed);
  for (const { series, steps, values } of report.metrics) if (series === 'LOSS') spark = extendSparkline(spark, steps, values);
  return spark;
}

async function appendLog(tx: Tx, attemptId: string, { epoch, logs }: ReportRequest): Promise<void> {
  if (logs.length === 0) return;
  await tx.query(
    /* sql */ `
    INSERT INTO log_line (attempt_id, epoch, line, at, stream, text, params)
    SELECT $1, $2, * FROM unnest($3::int[], $4::timestamptz[], $5::text[], $6::text[], $7::jsonb[]) ON CONFLICT DO NOTHING`,
    [
      attemptId,
      epoch,
      logs.map((log) => log.line),
      logs.map((log) => log.at),
      logs.map((log) => log.stream),
      logs.map((log) => log.text),
      logs.map((log) => (log.params ? JSON.stringify(log.params) : null)),
    ],
  );
}

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
import { Database, row, type Tx } from '../platform/sql/database.ts';
import { decided, DomainError } from '../platform/domain-error.ts';
import { AttemptStates, type LockedAttempt } from '../training/attempt-state.service.ts';
import { appendLog, giveAttempt, noteOutcome, noteReport, renewLease, renewLeases, resumedFrom } from '../training/attempt.writes.ts';
import { MetricStore } from '../training/metric-store.ts';
import { NEWEST_FIRST } from '../training/newest-checkpoint.ts';

/** Attempts as runners see them: claimed by one at a time, reported on in order, finished once. */
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

  /** Gives the attempt to this runner as a new claim, or NOT_CLAIMABLE: taken, ended, or asking for an engine it lacks. */
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
      await giveAttempt(tx, attemptId, decision.claim, runnerId, this.leaseSeconds);
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
        claim: decision.claim,
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
    const alive = await renewLeases(this.database.direct, runnerId, attempts, this.leaseSeconds);
    return {
      attempts: attempts.map(({ attemptId, claim }) => {
        const held = alive.find((attempt) => attempt.id === attemptId && attempt.claim === claim);
        return { attemptId, claim, verdict: !held ? 'FENCED' : held.cancelRequested ? 'CANCEL' : 'CONTINUE' };
      }),
    };
  }

  /** Stores a report once: one that was stored before only renews the lease. */
  async report(attemptId: string, report: ReportRequest, credentialId: string | null): Promise<ReportReply> {
    return this.database.transaction(async (tx) => {
      const attempt = await this.demandLiving(tx, attemptId, report.claim, credentialId);
      const reply: ReportReply = { verdict: attempt.cancelRequested ? 'CANCEL' : 'CONTINUE', leaseSeconds: this.leaseSeconds };
      if (report.seq < attempt.nextSeq) {
        await renewLease(tx, attemptId, this.leaseSeconds);
        return reply;
      }
      const trains = report.metrics.length > 0 || report.progress?.phase === 'TRAINING';
      const begins = trains && attempt.state !== 'RUNNING';
      await this.metrics.append(tx, attempt, report.claim, report.metrics);
      await appendLog(tx, attemptId, report);
      const resumed = begins || report.resumedFromStep !== undefined ? await resumedFrom(tx, attemptId, report, begins) : null;
      await this.updateCard(tx, attempt, report, resumed);
      if (begins) await this.states.apply(tx, attempt, decided(decideAttempt(attempt, { type: 'TRAINING', claim: report.claim }, new Date())), null);
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
      if (isEnded(attempt.state) && attempt.claim === finish.claim && attempt.state === finish.outcome) return;
      if (attempt.runnerId === null) throw new DomainError('FENCED');
      const decision = decided(decideAttempt(attempt, { type: 'FINISH', claim: finish.claim, outcome: finish.outcome, failure: finish.failure }, new Date()));
      const result = isEnded(decision.state) ? finish.result : null;
      if (result) {
        const headline = finalHeadline(result) ?? attempt.headline;
        const doubt = decision.state === 'SUCCEEDED' ? doubtOf(result, attempt.spark ?? EMPTY_SPARKLINE) : null;
        await noteOutcome(tx, attemptId, headline, doubt);
      }
      await this.states.apply(tx, attempt, decision, null, result);
    });
  }

  /** The attempt, locked, when `claim` is its living claim and a runner with this token holds it; FENCED otherwise. Claims are counted from 1, so who knows an attempt could guess its claim. */
  async demandLiving(tx: Tx, attemptId: string, claim: number, credentialId: string | null): Promise<LockedAttempt> {
    const attempt = await this.states.lock(tx, attemptId);
    const isHeld = attempt && attempt.claim === claim && attempt.runnerId !== null && attempt.credentialId === credentialId;
    if (!isHeld || !isLive(attempt.state)) throw new DomainError('FENCED', { claim: attempt?.claim ?? null });
    return attempt;
  }

  /** @param resumed the step training goes on after; null but in the report that says so */
  private async updateCard(tx: Tx, attempt: LockedAttempt, report: ReportRequest, resumed: number | null): Promise<void> {
    const headline = liveHeadline(resumed === 0 ? null : attempt.headline, report.metrics);
    const spark = sparklineAfter(attempt.spark ?? EMPTY_SPARKLINE, report, resumed);
    await noteReport(tx, attempt.id, report, { headline, spark, resumed }, this.leaseSeconds);
  }
}

function sparklineAfter(before: Sparkline, report: ReportRequest, resumed: number | null): Sparkline {
  let spark = resumed === null ? before : resumed === 0 ? EMPTY_SPARKLINE : cutSparkline(before, resumed);
  for (const { series, steps, values } of report.metrics) if (series === 'LOSS') spark = extendSparkline(spark, steps, values);
  return spark;
}

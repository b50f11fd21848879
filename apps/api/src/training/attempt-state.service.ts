import { Inject, Injectable } from '@nestjs/common';
import {
  isEnded,
  isLive,
  retryPause,
  type AttemptDecision,
  type AttemptFacts,
  type Changes,
  type Failure,
  type Headline,
  type RunResult,
  type RunSpec,
  type Sparkline,
} from '@trainyard/domain';
import { CONFIG, type Config } from '../config.ts';
import { ActivityLog } from '../platform/log/activity-log.ts';
import { afterCommit, row, type Tx } from '../platform/sql/database.ts';
import { RunnerBell } from '../platform/jobs/queue.ts';
import { Wakeups } from '../platform/log/wakeups.ts';
import { showRun } from '../ticket/ticket.writes.ts';
import { LIVE } from './run-states.ts';

/** The topic woken when anything of a run changed, and the one for all runs of a project. */
export const runTopic = (runId: string): string => `run:${runId}`;
export const projectRunsTopic = (projectId: string): string => `runs:${projectId}`;

/** An attempt with its row locked until the transaction ends. */
export interface LockedAttempt extends AttemptFacts {
  id: string;
  number: number;
  runId: string;
  projectId: string;
  ticketId: string;
  runnerId: string | null;
  /** The token of the runner that holds it; null: the one that the installation shares. */
  credentialId: string | null;
  nextSeq: number;
  /** The units of the series that the run is known to have; null: it has none yet. */
  series: Record<string, string | null> | null;
  headline: Headline | null;
  spark: Sparkline | null;
  failureCode: string | null;
  spec: RunSpec;
}

/** Checkpoints of claim 0 and below are inherited: no claim of this attempt made them. */
const LOCKED = /* sql */ `
  SELECT a.id, a.number, a.run_id AS "runId", a.state, a.claim, a.claim + 1 - GREATEST(1, (SELECT max(claim) FROM checkpoint WHERE attempt_id = a.id)) AS "vainClaims",
    a.lease_until AS "leaseUntil", COALESCE(a.retry_at > now(), false) AS paused, a.cancel_requested AS "cancelRequested",
    a.runner_id AS "runnerId", (SELECT n.credential_id FROM runner n WHERE n.id = a.runner_id) AS "credentialId", a.next_seq AS "nextSeq", a.headline, a.spark, a.failure_code AS "failureCode",
    r.project_id AS "projectId", r.ticket_id AS "ticketId", r.spec,
    (SELECT json_object_agg(s.name, s.unit) FROM metric_series s WHERE s.run_id = r.id) AS series
  FROM attempt a JOIN run r ON r.id = a.run_id`;

/** Carries out what the run state machine decided: attempt, run, ticket, activity, wake-ups and bell, in one transaction. */
@Injectable()
export class AttemptStates {
  constructor(
    private readonly activity: ActivityLog,
    private readonly wakeups: Wakeups,
    private readonly bell: RunnerBell,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async lock(tx: Tx, attemptId: string): Promise<LockedAttempt | null> {
    return row<LockedAttempt>(tx, `${LOCKED} WHERE a.id = $1 FOR UPDATE OF a`, [attemptId]);
  }

  /** One attempt whose lease had run out by `now` and that nobody else is reaping, but for `except`. */
  async lockExpired(tx: Tx, now: Date, except: readonly string[]): Promise<LockedAttempt | null> {
    return row<LockedAttempt>(
      tx,
      `${LOCKED} WHERE a.state IN ${LIVE} AND a.lease_until <= $1 AND a.id <> ALL ($2::uuid[]) LIMIT 1 FOR UPDATE OF a SKIP LOCKED`,
      [now, except],
    );
  }

  /** Applies `decision` to the attempt and to what follows from it. Nothing happens when it changes nothing. Call it last: it appends the activity. */
  async apply(tx: Tx, before: LockedAttempt, decision: AttemptDecision, actorId: string | null, result?: RunResult | null): Promise<void> {
    const changes = changesOf(before, decision);
    if (Object.keys(changes).length === 0) return;
    const ended = isEnded(decision.state);
    const idle = ended || decision.state === 'QUEUED';
    const pause = decision.requeue ? retryPause(before.vainClaims, this.config.retrySeconds) : 0;
    const written = await row<{ rings: number }>(
      tx,
      /* sql */ `
      UPDATE attempt SET state = $2, claim = $3, cancel_requested = $4, tick = tick + 1,
        lease_until = CASE WHEN $5 THEN NULL ELSE lease_until END,
        runner_id = CASE WHEN $2 = 'QUEUED' THEN NULL ELSE runner_id END,
        phase = CASE WHEN $2 = 'QUEUED' THEN NULL ELSE phase END,
        samples_per_second = CASE WHEN $2 = 'QUEUED' THEN NULL ELSE samples_per_second END,
        waiting = CASE WHEN $6 THEN 'RETRYING' WHEN $2 = 'QUEUED' THEN waiting END,
        failure_code = $7, failure_message = $8, failure_params = $9,
        result = COALESCE($10::jsonb, result),
        remaining_ms = CASE WHEN $5 THEN NULL ELSE remaining_ms END,
        rings = rings + CASE WHEN $6 THEN 1 ELSE 0 END,
        rung_at = CASE WHEN $6 THEN now() + make_interval(secs => $12) ELSE rung_at END,
        retry_at = CASE WHEN $12 > 0 THEN now() + make_interval(secs => $12) END,
        ended_at = CASE WHEN $11 THEN now() END
      WHERE id = $1 RETURNING rings`,
      [
        before.id,
        decision.state,
        decision.claim,
        decision.cancelRequested,
        idle,
        decision.requeue,
        decision.failure?.code ?? null,
        decision.failure?.message ?? null,
        decision.failure?.params ? JSON.stringify(decision.failure.params) : null,
        result ? JSON.stringify(result) : null,
        ended,
        pause,
      ],
    );
    await tx.query(
      /* sql */ `
      UPDATE run SET state = $2, version = version + 1,
        started_at = CASE WHEN $2 = 'STARTING' THEN COALESCE(started_at, now()) ELSE started_at END,
        ended_at = CASE WHEN $3 THEN now() END
      WHERE id = $1`,
      [before.runId, decision.state, ended],
    );
    if (ended || isLive(before.state) !== isLive(decision.state)) await showOnTicket(tx, before.ticketId);
    const entry = { entity: 'RUN', entityId: before.runId, ticketId: before.ticketId, action: 'UPDATED', changes } as const;
    // A run goes on to its end, whatever becomes of its project.
    await this.activity.append(tx, before.projectId, actorId, [entry], 'OPEN_OR_CLOSED');
    this.wakeAfter(tx, before);
    if (decision.requeue && written) afterCommit(tx, () => void this.bell.ringAttempt(before.id, written.rings, pause * 1000));
  }

  wakeAfter(tx: Tx, run: { runId: string; projectId: string }): void {
    afterCommit(tx, () => {
      this.wakeups.wake(runTopic(run.runId));
      this.wakeups.wake(projectRunsTopic(run.projectId));
    });
  }
}

/** By the domain's isShownBefore. */
const SHOW_RUN = showRun(
  '$1',
  /* sql */ `
  SELECT r.id FROM run r JOIN attempt a ON a.id = r.attempt_id
  WHERE r.ticket_id = $1 ORDER BY r.state IN ${LIVE} DESC, a.queued_at DESC, r.number DESC LIMIT 1`,
);

/** The card shows the run that comes first. */
export async function showOnTicket(tx: Tx, ticketId: string): Promise<void> {
  // Sent together: the second looks when the first has the ticket. Of two runs that end at once each would else be taken for live by the other.
  await Promise.all([tx.query('SELECT 1 FROM ticket WHERE id = $1 FOR NO KEY UPDATE', [ticketId]), tx.query(SHOW_RUN, [ticketId])]);
}

function changesOf(before: LockedAttempt, decision: AttemptDecision): Changes {
  const changes: Changes = {};
  const failureCode: Failure['code'] | null = decision.failure?.code ?? null;
  if (before.state !== decision.state) changes['state'] = { from: before.state, to: decision.state };
  if (before.cancelRequested !== decision.cancelRequested) changes['cancelRequested'] = { from: before.cancelRequested, to: decision.cancelRequested };
  if (failureCode !== null && failureCode !== before.failureCode) changes['failureCode'] = { from: before.failureCode, to: failureCode };
  return changes;
}

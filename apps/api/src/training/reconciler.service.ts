import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { decideAttempt, INSPECTION_QUEUE, mayReap, messageOf, RUNNER_QUEUE, type LeaseWatch } from '@trainyard/domain';
import { Counter, Gauge } from 'prom-client';
import { CONFIG, type Config } from '../config.ts';
import { InspectionService } from '../dataset/inspection.service.ts';
import { Database, row, rows } from '../platform/sql/database.ts';
import { decided } from '../platform/domain-error.ts';
import { registry } from '../platform/metrics.ts';
import { ringId, RunnerBell } from '../platform/jobs/queue.ts';
import { ringAgain } from './attempt.writes.ts';
import { AttemptStates } from './attempt-state.service.ts';
import { GOING } from './run-states.ts';
import { Waiting, type QueuedAttempt } from './waiting.ts';

const ROUND_MS = 2_000;
/** A bell nobody answered for this long, and that the queue does not know of, is rung again. */
const FORGOTTEN_MS = 3_000;
/** Whoever deletes a ticket is offered to take that back for 10 seconds: its runs go on as long. */
const UNDO_SECONDS = 15;
/** Without a good round for this long the worker says it is not well. */
const STALE_MS = 30_000;

const reaped = new Counter({ name: 'trainyard_attempts_reaped_total', help: 'Attempts taken from a runner that stopped reporting.', registers: [registry] });
const rung = new Counter({
  name: 'trainyard_rings_repeated_total',
  help: 'Bells rung again because the queue had forgotten them.',
  labelNames: ['kind'] as const,
  registers: [registry],
});
const failed = new Counter({
  name: 'trainyard_reconciler_failures_total',
  help: 'Rounds of the reconciler, and steps of one, that failed.',
  registers: [registry],
});
const attempts = new Gauge({
  name: 'trainyard_attempts',
  help: 'Attempts that have not ended, by state.',
  labelNames: ['state'] as const,
  registers: [registry],
});

/**
 * Makes true again what a lost process or queue left half done. Every step is one conditional change under a row lock, so
 * any number of workers may run at once, and a round that fails is simply followed by the next.
 */
@Injectable()
export class Reconciler implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(Reconciler.name);
  private running: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | null = null;
  private closed = false;
  private lastGoodRound = Date.now();

  constructor(
    private readonly database: Database,
    private readonly states: AttemptStates,
    private readonly waiting: Waiting,
    private readonly inspections: InspectionService,
    private readonly bell: RunnerBell,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    this.schedule(0);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.closed = true;
    if (this.timer) clearTimeout(this.timer);
    await this.running;
  }

  get healthy(): boolean {
    return Date.now() - this.lastGoodRound < STALE_MS;
  }

  /**
   * One round: expired leases, runs nobody sees, then bells.
   * @param at Tests bring their own time; else that of the database, whose clock sets the leases
   */
  async round(at?: Date): Promise<void> {
    const watch = await row<LeaseWatch & { now: Date }>(this.database.direct, 'SELECT since, last, clock_timestamp() AS now FROM lease_watch');
    const now = at ?? watch?.now ?? new Date();
    const reapsAt = watch && mayReap(watch, now, this.config.leaseSeconds) ? now : null;
    if (reapsAt) await this.reap(reapsAt);
    await this.cancelUnseen();
    await this.ringAttempts();
    rung.inc({ kind: 'inspection' }, await this.inspections.reconcile(await this.bell.unanswered(INSPECTION_QUEUE), ringId, FORGOTTEN_MS, reapsAt));
    await this.countAttempts();
  }

  /**
   * Takes attempts from runners that stopped reporting: back in line, cancelled, or failed for good. Judges leases as of the
   * look that may reap: the api or the database may have been away since.
   */
  async reap(now: Date): Promise<number> {
    const stuck: string[] = [];
    for (let count = 0; ;) {
      let id: string | null = null;
      try {
        await this.database.transaction(async (tx) => {
          id = null;
          const attempt = await this.states.lockExpired(tx, now, stuck);
          if (!attempt) return;
          id = attempt.id;
          await this.states.apply(tx, attempt, decided(decideAttempt(attempt, { type: 'REAP' }, now)), null);
          this.log.warn(`Attempt ${attempt.id} (claim ${attempt.claim}) was lost with its runner`);
        });
      } catch (error) {
        // Not one attempt's fault, such as a database that is away: the round fails and the next tries again.
        if (id === null) throw error;
        // One that cannot be reaped must not keep the others from it; the next round tries again.
        stuck.push(id);
        failed.inc();
        this.log.error(`Attempt ${String(id)} could not be taken from its lost runner: ${messageOf(error)}`);
        continue;
      }
      if (id === null) return count;
      count += 1;
      reaped.inc();
    }
  }

  /**
   * Cancels the runs of deleted tickets and projects, which would train on where nobody sees them, and what waits in an archived project and
   * no runner has begun.
   */
  async cancelUnseen(): Promise<void> {
    const unseen = await rows<{ id: string }>(
      this.database.direct,
      /* sql */ `
      SELECT a.id FROM attempt a JOIN run r ON r.attempt_id = a.id JOIN ticket t ON t.id = r.ticket_id JOIN project p ON p.id = r.project_id
      WHERE a.state IN ${GOING} AND NOT a.cancel_requested AND (t.deleted_at < now() - make_interval(secs => $1)
        OR p.state IN ('DELETED', 'ERASING') OR p.state = 'ARCHIVED' AND a.state = 'QUEUED' AND a.claim = 0)`,
      [UNDO_SECONDS],
    );
    for (const { id } of unseen) {
      await this.database.transaction(async (tx) => {
        const attempt = await this.states.lock(tx, id);
        if (!attempt) return;
        const decision = decideAttempt(attempt, { type: 'REQUEST_CANCEL' }, new Date());
        if (decision.ok) await this.states.apply(tx, attempt, decision, null);
      });
    }
  }

  /** Says why queued attempts wait, and rings again for those a runner could take but the queue does not know of. */
  async ringAttempts(): Promise<void> {
    const due: QueuedAttempt[] = [];
    for await (const queued of this.waiting.refresh()) {
      due.push(...queued.filter((attempt) => attempt.sinceRing >= FORGOTTEN_MS && (attempt.waiting === null || attempt.waiting === 'RETRYING')));
    }
    if (due.length === 0) return;
    const unanswered = await this.bell.unanswered(RUNNER_QUEUE);
    for (const attempt of due) {
      if (unanswered.has(ringId(attempt.id, attempt.rings))) continue;
      const rings = await ringAgain(this.database.direct, attempt.id, attempt.rings);
      if (rings === null) continue;
      rung.inc({ kind: 'attempt' });
      await this.bell.ringAttempt(attempt.id, rings);
    }
  }

  private async countAttempts(): Promise<void> {
    attempts.reset();
    for (const { state, count } of await rows<{ state: string; count: number }>(
      this.database.direct,
      `SELECT state, count(*)::int AS count FROM attempt WHERE state IN ${GOING} GROUP BY state`,
    )) {
      attempts.set({ state }, count);
    }
  }

  private schedule(afterMs: number): void {
    if (this.closed) return;
    this.timer = setTimeout(() => {
      this.running = this.round()
        .then(() => {
          this.lastGoodRound = Date.now();
        })
        .catch((error: unknown) => {
          failed.inc();
          this.log.warn(`A round failed and will be followed by the next: ${messageOf(error)}`);
        })
        .then(() => this.schedule(ROUND_MS));
    }, afterMs);
  }
}

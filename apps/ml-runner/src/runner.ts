import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { z } from 'zod';
import { INSPECTION_QUEUE, messageOf, RUNNER_JOBS, RUNNER_QUEUE, type ClaimReply } from '@trainyard/domain';
import type { RunnerConfig } from './config.ts';
import { DatasetFiles } from './datasets/dataset-files.ts';
import { recover, type Recovered } from './outbox/recovery.ts';
import { chooseEngineFor } from './engines/choose-engine.ts';
import { EngineProbes } from './engines/engine-probes.ts';
import type { Health } from './monitor/health.ts';
import { ApiAway, ApiClient, ApiRefusal } from './link/api-client.ts';
import { Doorbell, type Ring } from './link/doorbell.ts';
import { Registration } from './link/registration.ts';
import { untilAnswered } from './link/retry.ts';
import type { RunnerMetrics } from './monitor/metrics.ts';
import { AttemptRun, type AttemptDependencies } from './run-attempt.ts';
import { interruptedInspections, runInspection } from './run-inspection.ts';
import { Slots } from './slots.ts';

const ATTEMPT = z.object({ attemptId: z.string().min(1) });
const INSPECTION = z.object({ datasetId: z.string().min(1) });
/** Of the 5 s a runner has to end: what is left goes to closing connections. */
const DELIVER_MS = 3_500;
const CLOSE_MS = 1_000;

/** The parts of a runner put together: rings come in, claims decide, attempts run. */
export class Runner {
  /** What attempts, inspections, doorbells and probes each take their share of. */
  private readonly deps: RunnerConfig & AttemptDependencies;
  private readonly probes: EngineProbes;
  private readonly registration: Registration;
  private readonly attempts = new Set<AttemptRun>();
  private readonly inspections = new Set<Promise<void>>();
  private readonly attemptSlots: Slots;
  private readonly inspectionSlots = new Slots(1);
  private readonly stopping = new AbortController();
  private readonly recovered = new Set<Recovered>();
  private doorbells: Doorbell[] = [];

  constructor(options: { config: RunnerConfig; version: string; instance: string; log: Logger; metrics: RunnerMetrics }) {
    const { config, log, metrics } = options;
    const api = new ApiClient({ ...config, metrics });
    this.deps = {
      ...config,
      api,
      files: new DatasetFiles({ ...config, api }),
      log,
      metrics,
      chooseEngine: (spec) => chooseEngineFor(spec, this.probes.reports),
    };
    this.attemptSlots = new Slots(config.concurrency);
    metrics.spooled = () => [...this.attempts].reduce((sum, run) => sum + run.spooledBytes, 0);
    this.probes = new EngineProbes({ ...this.deps, onChange: () => void this.registration.helloAgain() });
    this.registration = new Registration({
      api,
      log,
      about: { name: config.name, version: options.version, instance: options.instance, concurrency: config.concurrency },
      engines: () => this.probes.reports,
      held: () => [...this.attempts, ...this.recovered].map(({ attemptId, claim }) => ({ attemptId, claim })),
      onVerdict: (attemptId, claim, verdict) => {
        for (const run of [...this.attempts, ...this.recovered]) if (run.attemptId === attemptId && run.claim === claim) run.hear(verdict);
      },
    });
  }

  /** Resolves when the runner takes work: after a hello that tells its engines, however long the api is away. */
  async start(): Promise<void> {
    // Held like the others until all is delivered: what waits for room on the api's disk must not be taken for lost.
    for (const past of await recover(this.deps)) {
      this.recovered.add(past);
      void past.done.finally(() => this.recovered.delete(past));
    }
    await this.probes.loaded;
    const tested = this.probes.tested;
    this.registration.start();
    await this.registration.registered;
    // The first start on this machine: work taken before the api knows the engines would be refused as unfit.
    await this.probes.ready;
    if (!tested) await this.registration.helloAgain();
    if (!this.probes.reports.some(({ available }) => available)) {
      const reasons = this.probes.reports.map(({ engine, reason }) => `${engine}: ${reason ?? 'unknown'}`);
      this.deps.log.error({ reasons }, 'No engine passed its test on this machine: this runner looks at datasets and takes no training runs');
    }
    if (this.stopping.signal.aborted) return;
    const bell = { ...this.deps, onRing: (ring: Ring) => this.answer(ring) };
    for (const datasetId of await interruptedInspections(this.deps.dir)) await this.claimInspection(datasetId);
    this.doorbells = [
      new Doorbell({ ...bell, queue: RUNNER_QUEUE, untilRoom: (signal) => this.attemptSlots.untilRoom(signal) }),
      new Doorbell({ ...bell, queue: INSPECTION_QUEUE, untilRoom: (signal) => this.inspectionSlots.untilRoom(signal) }),
    ];
  }

  health(): Health {
    const { runnerId, apiReachable, refusal } = this.registration;
    return {
      ready: runnerId !== null,
      runnerId,
      apiReachable,
      refusal,
      queueConnected: this.doorbells.length > 0 && this.doorbells.every((bell) => bell.connected),
      attempts: [...this.attempts].map(({ attemptId, claim }) => ({ attemptId, claim })),
      inspections: this.inspections.size,
      engines: this.probes.reports.filter(({ available }) => available).map(({ engine }) => engine),
    };
  }

  /** Takes no more work, kills and gives back what runs, delivers what can be delivered in 3.5 s, leaves the rest on disk. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.probes.stop();
    const bells = Promise.all(this.doorbells.map((bell) => bell.stop()));
    for (const run of this.attempts) run.shutdown();
    const all = Promise.allSettled([...this.attempts].map((run) => run.done));
    await Promise.race([all, delay(DELIVER_MS, undefined, { ref: false })]);
    for (const run of this.attempts) run.leave();
    for (const past of this.recovered) past.stop();
    await Promise.allSettled([all, ...this.inspections, ...[...this.recovered].map((past) => past.done)]);
    this.registration.stop();
    await Promise.race([bells, delay(CLOSE_MS, undefined, { ref: false })]);
    this.deps.api.close();
  }

  /** A ring is only a hint: whatever it says, the api's claim decides whether there is something to do. */
  private async answer(ring: Ring): Promise<void> {
    const attempt = ATTEMPT.safeParse(ring.data);
    const inspection = INSPECTION.safeParse(ring.data);
    if (ring.name === RUNNER_JOBS.attempt && attempt.success) await this.claimAttempt(attempt.data.attemptId);
    else if (ring.name === RUNNER_JOBS.inspection && inspection.success) await this.claimInspection(inspection.data.datasetId);
    else this.deps.log.error({ ring }, 'A queue job is of no known kind; it is dropped');
  }

  private async claimAttempt(attemptId: string): Promise<void> {
    for (const run of this.attempts) {
      if (run.attemptId !== attemptId) continue;
      if (!run.ending) return this.deps.log.info({ attemptId }, 'Rung for what already runs here');
      // Its failure was told and it is queued again: the folder of the earlier claim is cleared first.
      await run.done.catch(() => undefined);
    }
    const given = await this.claimed(attemptId, (runnerId) => this.deps.api.claim(attemptId, runnerId));
    if (given === null) return;
    const run = new AttemptRun(attemptId, given, this.deps);
    this.attempts.add(run);
    this.attemptSlots.hold(run.slotFree);
    void run.done.catch((error: unknown) => this.giveUp(attemptId, given, error)).finally(() => this.attempts.delete(run));
    if (this.stopping.signal.aborted) run.shutdown();
  }

  /** Even the spool could not be written: say so in the one way left. */
  private async giveUp(attemptId: string, given: ClaimReply, error: unknown): Promise<void> {
    const reason = messageOf(error);
    this.deps.log.error({ attemptId, err: error }, 'An attempt could not be run');
    const failure = {
      code: 'STORAGE_FULL',
      message: `The runner cannot write to its folder ${this.deps.dir}: ${reason}`,
      params: { reason: 'RUNNER_DISK' },
    } as const;
    await this.deps.api.finish(attemptId, { claim: given.claim, outcome: 'FAILED', failure, result: null }).catch(() => undefined);
  }

  private async claimInspection(datasetId: string): Promise<void> {
    const given = await this.claimed(datasetId, (runnerId) => this.deps.api.claimInspection(datasetId, runnerId));
    if (given === null) return;
    const work = runInspection(datasetId, given, this.deps, this.stopping.signal).catch((error: unknown) =>
      this.deps.log.error({ datasetId, err: error }, 'An inspection ended badly'),
    );
    this.inspections.add(work);
    this.inspectionSlots.hold(work);
    void work.finally(() => this.inspections.delete(work));
  }

  /** Asks until the api answers; null when there is nothing to do (any more), which is how a second delivery ends. */
  private async claimed<T>(id: string, claim: (runnerId: string) => Promise<T>): Promise<T | null> {
    const { signal } = this.stopping;
    try {
      return await untilAnswered(
        async () => {
          if (this.registration.runnerId === null) throw new ApiAway('The api does not know this runner yet.');
          try {
            return await claim(this.registration.runnerId);
          } catch (error) {
            if (!(error instanceof ApiRefusal) || error.status !== 401) throw error;
            void this.registration.helloAgain();
            throw new ApiAway(error.message, { cause: error });
          }
        },
        { signal },
      );
    } catch (error) {
      if (signal.aborted) return null;
      const reason = messageOf(error);
      if (error instanceof ApiRefusal && error.status === 409)
        this.deps.log.info({ id, code: error.code }, 'Nothing to claim: a ring heard twice, or the work is no longer wanted');
      else this.deps.log.error({ id, reason }, 'A claim was refused');
      return null;
    }
  }
}

import { messageOf, withoutTrace } from '@trainyard/domain';
import { mkdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Logger } from 'pino';
import type { ClaimReply, Failure, FinishRequest, Phase, RunResult, TemplateSpec, Verdict } from '@trainyard/domain';
import type { ChildMessage, TrainingJob } from './job/child-job.ts';
import type { RunnerConfig } from './config.ts';
import { DatasetUnavailable, type DatasetFiles } from './datasets/dataset-files.ts';
import { CheckpointUploads } from './outbox/checkpoint-upload.ts';
import { Outbox } from './outbox/outbox.ts';
import { Reporter } from './outbox/report.ts';
import { Spool } from './outbox/spool.ts';
import type { EngineChoice } from './engines/choose-engine.ts';
import { failureOfExit } from './executors/failure-of-exit.ts';
import { LocalProcess, type StopReason } from './executors/local-process.ts';
import { noteChild } from './executors/orphan.ts';
import type { ApiClient } from './link/api-client.ts';
import type { RunnerMetrics } from './monitor/metrics.ts';
import { attemptsFolder, spoolFolder } from './machine/runner-folder.ts';
import { isDiskFull } from './machine/system-error.ts';

export interface AttemptDependencies extends Pick<RunnerConfig, 'dir' | 'childPath' | 'memoryMiB' | 'wallSeconds' | 'spoolMiB'> {
  api: ApiClient;
  files: DatasetFiles;
  log: Logger;
  metrics: RunnerMetrics;
  chooseEngine: (spec: TemplateSpec) => EngineChoice;
}

type End = Pick<FinishRequest, 'outcome' | 'failure' | 'result'>;

const CANCELLED: End = { outcome: 'CANCELLED', failure: null, result: null };
/** Who reads of a failure may not look into this machine: the frames of a stack and the folders stay in the log of the run and of this runner. */
const failed = (failure: Failure): End => ({ outcome: 'FAILED', failure: { ...failure, message: withoutTrace(failure.message) }, result: null });

/** Of a reason that a user reads, in characters. */
const MAX_MESSAGE = 8_000;

/** One claimed attempt: from its dataset's bytes to the accepted finish. The number of its claim goes with every write. */
export class AttemptRun {
  readonly attemptId: string;
  readonly claim: number;
  /** The child is over: another attempt may start, while the rest of this one is still being delivered. */
  readonly slotFree: Promise<void>;
  /** All is delivered, or dropped because somebody else has the attempt, or kept on disk because the runner stops. */
  readonly done: Promise<void>;
  /** Its end is decided and being told: once the api knows it, the attempt may be queued, and claimed here, again. */
  ending = false;
  private readonly given: ClaimReply;
  private readonly deps: AttemptDependencies;
  private readonly log: Logger;
  private readonly workDir: string;
  private readonly stopping = new AbortController();
  private stopReason: StopReason | null = null;
  private child: LocalProcess | null = null;
  private spool: Spool | null = null;
  private outbox: Outbox | null = null;
  private uploads: CheckpointUploads | null = null;
  private artifacts: { name: string; path: string }[] = [];
  private freeSlot: () => void = () => undefined;

  constructor(attemptId: string, given: ClaimReply, deps: AttemptDependencies) {
    this.attemptId = attemptId;
    this.claim = given.claim;
    this.given = given;
    this.deps = deps;
    this.log = deps.log.child({ attemptId, claim: given.claim, run: given.title });
    this.workDir = path.join(attemptsFolder(deps.dir), `${encodeURIComponent(attemptId)}.${given.claim}`);
    this.slotFree = new Promise((resolve) => {
      this.freeSlot = resolve;
    });
    this.done = this.run().finally(() => this.freeSlot());
  }

  /** Bytes on disk that the api does not have yet. */
  get spooledBytes(): number {
    return this.spool?.pendingBytes ?? 0;
  }

  /** What the api says about this attempt, in a reply to a report or a heartbeat. */
  hear(verdict: Verdict): void {
    if (verdict === 'CANCEL') this.stop('CANCEL');
    if (verdict === 'FENCED') this.stop('FENCED');
  }

  /** The runner ends: the child is killed and the attempt given back, so that it is queued again at once. */
  shutdown(): void {
    this.stop('SHUTDOWN');
  }
  /** Gives up delivering for now; what is spooled is delivered by the next life of the runner. */
  leave(): void {
    this.outbox?.stop();
  }

  private stop(reason: StopReason): void {
    // Being fenced outranks all: nothing more may be written. Otherwise the first reason is the true one.
    if (this.stopReason === 'FENCED' || (this.stopReason !== null && reason !== 'FENCED')) return;
    this.stopReason = reason;
    this.log.info({ reason }, 'Stopping the attempt');
    this.child?.stop(reason);
    if (reason === 'CANCEL') this.outbox?.cancel();
    this.stopping.abort();
    if (reason === 'FENCED') this.outbox?.stop();
  }

  private async run(): Promise<void> {
    const { attemptId, claim, workDir } = this;
    const started = performance.now();
    await mkdir(workDir, { recursive: true });
    const spool = await Spool.create(spoolFolder(this.deps.dir), { attemptId, claim, title: this.given.title, workDir });
    this.spool = spool;
    const { api, log, metrics } = { ...this.deps, log: this.log };
    const reporter = new Reporter({ spool, claim, spoolMiB: this.deps.spoolMiB, onDropped: (points) => metrics.pointsDropped.inc(points) });
    spool.onDiskError((error) => {
      log.error({ reason: error.message }, 'The spool cannot be written');
      reporter.say('DISK_REFUSES', { detail: error.message });
    });
    this.outbox = new Outbox({ api, spool, log, onVerdict: (verdict) => this.hear(verdict) });
    this.uploads = new CheckpointUploads({
      api,
      spool,
      log,
      flushReports: () => reporter.flush(),
      onFenced: () => this.hear('FENCED'),
      onRefused: (detail) => reporter.say('CHECKPOINT_NOT_STORED', { detail }),
    });
    metrics.attemptsRunning.inc();
    let end: End;
    try {
      end = await this.work(reporter);
    } catch (error) {
      end = this.endOf(error);
    }
    metrics.attemptsRunning.dec();
    this.ending = true;
    await this.uploads.stop();
    // A crash says only by its last lines what happened.
    if (end.failure !== null) reporter.log('RUNNER', end.failure.message, end.failure.code === 'CHILD_CRASHED' ? undefined : end.failure.params);
    if (this.stopReason !== 'FENCED') await this.writeEnd(end, spool, reporter);
    this.freeSlot();
    const delivered = await this.outbox.done;
    reporter.stop();
    if (delivered) metrics.attemptsEnded.inc({ outcome: end.outcome, code: end.failure?.code ?? '' });
    if (delivered || this.isFenced()) {
      await spool.discard();
      await rm(workDir, { recursive: true, force: true });
      log.info({ outcome: this.isFenced() ? 'FENCED' : end.outcome, failure: end.failure, ms: Math.round(performance.now() - started) }, 'Attempt over');
    } else {
      await spool.close();
      log.info({ waiting: spool.pendingRecords }, 'Left on disk for the next start');
    }
  }

  private isFenced(): boolean {
    return this.stopReason === 'FENCED';
  }

  private async writeEnd(end: End, spool: Spool, reporter: Reporter): Promise<void> {
    await reporter.flush();
    const checkpoint = spool.unstoredCheckpoint;
    // Whoever takes up the attempt goes on from the newest checkpoint, so it travels before the end is told.
    if (end.outcome === 'FAILED' && checkpoint !== null) await spool.append({ kind: 'CHECKPOINT', checkpoint });
    if (end.outcome === 'SUCCEEDED') for (const artifact of this.artifacts) await spool.append({ kind: 'ARTIFACT', ...artifact });
    await spool.append({ kind: 'FINISH', body: { claim: this.claim, ...end } });
  }

  /** Each kind of run has code of its own. */
  private async work(reporter: Reporter): Promise<End> {
    const { spec } = this.given;
    if (spec.kind === 'TEMPLATE') return this.train(spec, reporter);
    // A server of a later version knows more kinds than the types here.
    const { kind }: { kind: string } = spec;
    return failed({
      code: 'INVALID_SPEC',
      message: `This runner is older than its server and knows no runs of the kind ${kind}: update Trainyard on its machine.`,
    });
  }

  private async train(spec: TemplateSpec, reporter: Reporter): Promise<End> {
    const { limits } = this.given;
    const { signal } = this.stopping;
    const say = (phase: Phase) => reporter.progress({ ...NOTHING_YET, phase, totalEpochs: spec.parameters.epochs });
    say('PREPARING');
    reporter.say('CLAIMED', { host: os.hostname(), claim: this.claim });
    const choice = this.deps.chooseEngine(spec);
    if (!choice.ok) return failed({ code: 'ENGINE_UNAVAILABLE', message: choice.message });
    say('LOADING_DATA');
    const dataset = await this.deps.files.localise(this.given.dataset, signal);
    const checkpointPath = await this.fetchCheckpoint(reporter);
    signal.throwIfAborted();
    const memoryMiB = Math.min(limits.memoryMiB, this.deps.memoryMiB);
    const wallSeconds = Math.min(limits.wallSeconds, this.deps.wallSeconds);
    const job = { spec, engine: choice.report.engine, dataset, checkpointPath, workDir: this.workDir };
    return this.runChild(reporter, job, choice.report.isGpu, { memoryMiB, wallSeconds });
  }

  private async runChild(reporter: Reporter, job: TrainingJob, usesGpu: boolean, limits: { memoryMiB: number; wallSeconds: number }): Promise<End> {
    let result: RunResult | null = null;
    let refusal: Failure | null = null;
    const child = new LocalProcess({
      childPath: this.deps.childPath,
      job: { kind: 'TRAIN', job },
      workDir: this.workDir,
      ...limits,
      usesGpu,
      onLine: (stream, text) => reporter.log(stream, text),
      onMessage: (message) => {
        if (message.type === 'DONE') result = message.result;
        else if (message.type === 'FAILED') {
          const { type: _, ...failure } = message;
          refusal = { ...failure, message: failure.message.slice(0, MAX_MESSAGE) };
        } else this.relay(message, reporter);
      },
    });
    this.child = child;
    if (child.pid !== undefined) await noteChild(this.workDir, child.pid);
    this.log.info({ pid: child.pid, engine: job.engine, ...limits, resumed: job.checkpointPath !== null }, 'Training process started');
    const end = await child.ended;
    this.child = null;
    this.log.info({ code: end.code, signal: end.signal, stopped: end.stopped, peakMiB: end.peakMiB }, 'Training process ended');
    if (result !== null) return { outcome: 'SUCCEEDED', failure: null, result };
    if (end.stopped === 'CANCEL') return CANCELLED;
    return failed(end.stopped === null && refusal !== null ? refusal : failureOfExit(end, limits));
  }

  private relay(message: ChildMessage, reporter: Reporter): void {
    switch (message.type) {
      case 'ENVIRONMENT':
        reporter.environment(message.environment);
        return;
      case 'RESUMED':
        reporter.resumed(message.fromStep);
        return;
      case 'PROGRESS':
        reporter.progress(message.progress);
        return;
      case 'METRICS':
        reporter.metrics(message.batches);
        return;
      case 'LOG':
        reporter.log(message.stream, message.text, message.params);
        return;
      case 'CHECKPOINT':
        this.uploads?.offer({ path: message.path, step: message.step, trainingEpoch: message.trainingEpoch });
        return;
      case 'ARTIFACT':
        this.artifacts.push({ name: message.name, path: message.path });
        return;
      default:
        this.log.warn({ type: message.type }, 'A training process sent a message that does not belong to training');
    }
  }

  /** The checkpoint's file; null to start afresh, also when its bytes cannot be had: training anew beats failing. */
  private async fetchCheckpoint(reporter: Reporter): Promise<string | null> {
    if (this.given.checkpoint === null) return null;
    try {
      return await this.deps.files.blob(this.given.checkpoint.digest, this.stopping.signal);
    } catch (error) {
      if (!(error instanceof DatasetUnavailable)) throw error;
      reporter.say('CHECKPOINT_NOT_HAD', { step: this.given.checkpoint.step, detail: error.message });
      return null;
    }
  }

  private endOf(error: unknown): End {
    if (this.stopReason === 'CANCEL') return CANCELLED;
    if (this.stopReason !== null)
      return failed({ code: 'RUNNER_LOST', message: 'The runner was shut down before training began.', params: { reason: 'RUNNER_STOPPED' } });
    if (error instanceof DatasetUnavailable) {
      const { code, message, params } = error;
      return failed(
        code === 'STORAGE_FULL'
          ? { code, message, params: { reason: 'RUNNER_DISK' } }
          : { code: 'DATASET_UNREADABLE', message, params: { ...params, problem: code } },
      );
    }
    const reason = messageOf(error);
    this.log.error({ err: error }, 'The runner could not run the attempt');
    if (isDiskFull(error)) {
      return failed({ code: 'STORAGE_FULL', message: `The runner's disk is full (${this.deps.dir}): ${reason}`, params: { reason: 'RUNNER_DISK' } });
    }
    return failed({ code: 'RUNNER_ERROR', message: `The runner could not run the attempt: ${reason}` });
  }
}

const NOTHING_YET = { step: 0, totalSteps: 0, trainingEpoch: 0, samplesPerSecond: null, elapsedMs: 0, remainingMs: null };

import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import {
  isImageTemplate,
  learningRateAt,
  templateOf,
  totalSteps,
  type Environment,
  type LogReason,
  type RunParameters,
  type RunResult,
  type TemplateSpec,
} from '@trainyard/domain';
import type { TrainingJob, TrainingMessage } from '../job/child-job.ts';
import type { LoadedDataset } from '../datasets/dataset-content.ts';
import { EngineError, type OpenEngine } from '../engines/engine.ts';
import { lineOf, type LogFacts } from '../job/log-lines.ts';
import { makeBatch } from './batch.ts';
import { checkpointFile, readCheckpoint, writeByRename, writeCheckpoint, type CheckpointState } from './checkpoint.ts';
import { evaluate, factsOf, metricsOf } from './evaluate.ts';
import { buildNetwork, initialParameters, type Network } from '../networks/network.ts';
import { datasetOf, engineOf } from './open-job.ts';
import { prepareData, type PreparedData } from './prepare-data.ts';
import { ProgressReport, type Place } from './progress-report.ts';
import { SeededRandom } from '../random/seeded-random.ts';
import { MODEL_ARTIFACT, packModel } from './saved-model.ts';
import { accuracyOf, addTally, emptyTally, maeOf, meanLossOf, scoreOutputs, type Tally } from './score.ts';
import { storing, TrainingFailure } from './training-failure.ts';
import type { StepOutputs, TrainingSteps } from '../networks/training-steps.ts';

/** Between checkpoints that no epoch asked for, in milliseconds. */
const CHECKPOINT_MS = 30_000;
/** Longest time without letting the event loop send what is waiting, in milliseconds. */
const BREATH_MS = 80;
/** Steps whose outputs may wait on an engine that is slow to read from. */
const READ_AFTER = 16;

/**
 * Trains to the end of the run and saves the model. Rejects with TrainingFailure for reasons the user should read.
 * @param checkpointMs milliseconds between checkpoints that no epoch asked for
 */
export async function train(job: TrainingJob, send: (message: TrainingMessage) => void, checkpointMs = CHECKPOINT_MS): Promise<RunResult> {
  const [engine, dataset] = await Promise.all([engineOf(job), datasetOf(job)]);
  const training = await Training.prepare(job, engine, dataset, send, checkpointMs);
  try {
    return await training.run();
  } catch (error) {
    throw error instanceof EngineError ? new TrainingFailure('ENGINE_ERROR', error.message) : error;
  } finally {
    training.dispose();
    engine.close();
  }
}

/** Outputs of a step that are not read yet. */
interface Pending {
  step: number;
  outputs: StepOutputs;
  targets: Uint16Array | Float32Array;
}

class Training {
  private readonly job: TrainingJob;
  private readonly engine: OpenEngine;
  private readonly data: PreparedData;
  private readonly net: Network;
  private readonly parameters: RunParameters;
  private readonly send: (message: TrainingMessage) => void;
  private readonly datasetDigest: string;
  private readonly checkpointMs: number;
  private readonly batches: number;
  private readonly totalSteps: number;
  private steps!: TrainingSteps;
  private report!: ProgressReport;
  private random!: SeededRandom;
  private randomAtEpoch = SeededRandom.fromSeed(0).state();
  private step = 0;
  private epoch = 0;
  private batch = 0;
  private tally = emptyTally();
  private trainMs = 0;
  private stepStarted = 0;
  private samplesTrained = 0;
  private pending: Pending[] = [];
  private checkpoints: string[] = [];
  private lastCheckpoint = performance.now();
  private lastBreath = performance.now();

  private constructor(job: TrainingJob, engine: OpenEngine, dataset: LoadedDataset, send: (message: TrainingMessage) => void, checkpointMs: number) {
    this.checkpointMs = checkpointMs;
    this.job = job;
    this.engine = engine;
    this.parameters = job.spec.parameters;
    this.data = prepareData(job.spec, dataset);
    this.net = buildNetwork(job.spec.template, this.parameters, this.data.inputs, outputsFor(job.spec, this.data.classes.length));
    this.datasetDigest = dataset.digest;
    this.send = send;
    this.batches = Math.ceil(this.data.train.count / this.parameters.batchSize);
    this.totalSteps = totalSteps(this.data.train.count, this.parameters);
  }

  static async prepare(
    job: TrainingJob,
    engine: OpenEngine,
    dataset: LoadedDataset,
    send: (message: TrainingMessage) => void,
    checkpointMs: number,
  ): Promise<Training> {
    const training = new Training(job, engine, dataset, send, checkpointMs);
    const saved = await training.savedState();
    training.begin(saved);
    return training;
  }

  dispose(): void {
    this.steps.dispose();
    for (const { outputs } of this.pending) outputs.dispose();
  }

  async run(): Promise<RunResult> {
    const { epochs, checkpointEveryEpochs } = this.parameters;
    this.report.beginTraining({ samples: this.samplesTrained, ms: this.trainMs });
    while (this.epoch < epochs) {
      await this.trainEpoch();
      await this.endEpoch();
      const due = this.epoch % checkpointEveryEpochs === 0 && this.epoch < epochs;
      if (due) await this.checkpoint();
    }
    this.report.endTraining({ samples: this.samplesTrained, ms: this.trainMs });
    const result = await this.evaluateModel();
    await this.saveModel();
    return result;
  }

  private async savedState(): Promise<CheckpointState | null> {
    const { checkpointPath, spec } = this.job;
    if (checkpointPath === null) return null;
    const read = await readCheckpoint(checkpointPath, spec);
    if ('state' in read) return read.state;
    this.say('CHECKPOINT_NOT_USED', { detail: read.problem }, 'ERR');
    return null;
  }

  private begin(saved: CheckpointState | null): void {
    const { net, parameters } = this;
    this.random = saved ? SeededRandom.fromState(saved.random) : SeededRandom.fromSeed(parameters.seed);
    const initial = saved?.parameters ?? initialParameters(net, this.random);
    this.steps = this.engine.openSteps(net, initial, parameters.optimizer, saved?.optimizer ?? null, parameters.l2);
    if (saved)
      ({
        step: this.step,
        epoch: this.epoch,
        batch: this.batch,
        tally: this.tally,
        randomAtEpoch: this.randomAtEpoch,
        trainMs: this.trainMs,
        samplesTrained: this.samplesTrained,
      } = saved);
    this.report = new ProgressReport(this.send, this.place(), saved?.elapsedMs ?? 0);
    const { engine, device, isGpu, versions } = this.engine;
    const environment: Environment = { engine, device, isGpu, versions, host: hostname(), parameterCount: net.parameterCount };
    this.send({ type: 'ENVIRONMENT', environment });
    if (saved) {
      this.send({ type: 'RESUMED', fromStep: this.step });
      this.say('RESUMED', { step: this.step, epoch: this.epoch + 1, epochs: parameters.epochs });
    }
    this.say('BEGINS', { ...this.sampleCounts(), parameters: net.parameterCount, steps: this.totalSteps, engine, device });
  }

  private sampleCounts(): RunResult['sampleCounts'] {
    const { train, validation, test } = this.data;
    return { train: train.count, validation: validation?.count ?? 0, test: test?.count ?? 0 };
  }

  private place(): Place {
    const { step, totalSteps: total, epoch, parameters } = this;
    return { step, totalSteps: total, trainingEpoch: Math.min(epoch + 1, parameters.epochs), totalEpochs: parameters.epochs };
  }

  /** From `batch` to the end of the epoch. */
  private async trainEpoch(): Promise<void> {
    const order = Uint32Array.from({ length: this.data.train.count }, (_, i) => i);
    if (this.batch === 0) {
      this.randomAtEpoch = this.random.state();
      this.random.shuffle(order);
    } else {
      // In the middle of an epoch the generator is already further on: its order is drawn again from where the epoch began.
      SeededRandom.fromState(this.randomAtEpoch).shuffle(order);
    }
    while (this.batch < this.batches) {
      this.stepStarted = performance.now();
      const { batchSize } = this.parameters;
      this.trainBatch(order.subarray(this.batch * batchSize, (this.batch + 1) * batchSize));
      this.batch++;
      const read = !this.engine.readsAreSlow || this.pending.length >= READ_AFTER || this.batch === this.batches;
      if (read) await this.readPending();
      this.trainMs += performance.now() - this.stepStarted;
      await this.breathe();
      if (read && this.batch < this.batches && performance.now() - this.lastCheckpoint > this.checkpointMs) await this.checkpoint();
    }
  }

  private trainBatch(chosen: Uint32Array): void {
    const { net, data, random } = this;
    const { shiftsImages } = templateOf(this.job.spec.template);
    const { inputs, hot, targets } = makeBatch(net, data.train, chosen, shiftsImages ? random : null);
    const rate = learningRateAt(this.parameters, this.step, this.totalSteps);
    this.step++;
    const outputs = this.steps.step(inputs, hot, chosen.length, rate, this.step, random);
    this.pending.push({ step: this.step, outputs, targets });
    this.samplesTrained += chosen.length;
  }

  /** Scores the steps whose outputs are waiting, and fails when one of them is no number. */
  private async readPending(): Promise<void> {
    const { net, data, report } = this;
    const steps = this.pending;
    this.pending = [];
    const values = await Promise.all(steps.map(({ outputs }) => outputs.data()));
    let diverged: { step: number; loss: number } | null = null;
    for (const [i, { step, outputs, targets }] of steps.entries()) {
      outputs.dispose();
      const tally = scoreOutputs(net.head, values[i]!, net.outputs, targets, data.classes.length, data.scale);
      const loss = meanLossOf(tally);
      report.point('LOSS', step, loss);
      if (net.head === 'LINEAR') report.point('MAE', step, maeOf(tally));
      else report.point('ACCURACY', step, accuracyOf(tally));
      addTally(this.tally, tally);
      if (!Number.isFinite(loss)) diverged ??= { step, loss };
    }
    this.engine.check();
    report.at(
      this.place(),
      { samples: this.samplesTrained, ms: this.trainMs + performance.now() - this.stepStarted },
      learningRateAt(this.parameters, this.step - 1, this.totalSteps),
    );
    if (diverged) {
      report.flush();
      throw new TrainingFailure(
        'DIVERGED',
        `The loss became ${diverged.loss} at step ${diverged.step} of ${this.totalSteps}. A smaller learning rate (now ${this.parameters.learningRate}) or a few warm-up steps usually help.`,
        {
          reason: 'LOSS_NOT_FINITE',
          loss: String(diverged.loss),
          step: diverged.step,
          steps: this.totalSteps,
          learningRate: this.parameters.learningRate,
        },
      );
    }
  }

  private async endEpoch(): Promise<void> {
    const { data, report, parameters, step } = this;
    this.epoch++;
    this.batch = 0;
    const train = this.tally;
    this.tally = emptyTally();
    let validation: Tally | null = null;
    if (data.validation) {
      validation = await this.score(data.validation, null);
      report.point('VAL_LOSS', step, meanLossOf(validation));
      if (this.net.head === 'LINEAR') report.point('VAL_MAE', step, maeOf(validation));
      else report.point('VAL_ACCURACY', step, accuracyOf(validation));
    }
    // A line per epoch would bury the log of a run of a thousand short ones.
    const every = Math.ceil(parameters.epochs / 100);
    if (this.epoch % every === 0 || this.epoch === parameters.epochs) this.logEpoch(train, validation);
  }

  private logEpoch(train: Tally, validation: Tally | null): void {
    const { head } = this.net;
    const reason = head === 'LINEAR' ? 'EPOCH_REGRESSION' : 'EPOCH';
    const facts = { epoch: this.epoch, epochs: this.parameters.epochs, ...factsOf(head, train) };
    if (!validation) return this.say(reason, facts);
    const { loss, score } = factsOf(head, validation);
    this.say(`${reason}_VALIDATED`, { ...facts, validationLoss: loss, validationScore: score });
  }

  private async score(samples: PreparedData['train'], confusion: number[][] | null): Promise<Tally> {
    const tally = await evaluate(this.net, this.steps.parameters, samples, this.data, () => this.breathe(), confusion);
    this.engine.check();
    return tally;
  }

  private async checkpoint(): Promise<void> {
    const path = checkpointFile(this.job.workDir, this.step);
    const { step, epoch, batch, tally, trainMs, samplesTrained, randomAtEpoch } = this;
    const { parameters, optimizer } = await this.steps.state();
    this.engine.check();
    const state: CheckpointState = {
      step,
      epoch,
      batch,
      tally,
      trainMs,
      samplesTrained,
      randomAtEpoch,
      parameters,
      optimizer,
      random: this.random.state(),
      elapsedMs: this.report.elapsedMs,
    };
    await storing(() => writeCheckpoint(path, this.job.spec, state));
    // Who goes on from it never repeats these steps: their metrics must be told before.
    this.report.flush();
    this.send({ type: 'CHECKPOINT', path, step, trainingEpoch: Math.min(epoch + 1, this.parameters.epochs) });
    // The one before may still be on its way to the server.
    this.checkpoints.push(path);
    if (this.checkpoints.length > 2) await rm(this.checkpoints.shift()!, { force: true });
    this.lastCheckpoint = performance.now();
  }

  private async evaluateModel(): Promise<RunResult> {
    const { data, net } = this;
    const metrics: RunResult['metrics'] = [];
    let confusion: RunResult['confusion'] = null;
    for (const [split, samples] of [
      ['TRAIN', data.train],
      ['VALIDATION', data.validation],
      ['TEST', data.test],
    ] as const) {
      if (!samples) continue;
      const counts = net.head === 'LINEAR' ? null : data.classes.map(() => data.classes.map(() => 0));
      const tally = await this.score(samples, counts);
      metrics.push(...metricsOf(net.head, split, tally));
      if (counts) confusion = { split, classes: data.classes, counts };
    }
    const samplesPerSecond = this.samplesTrained / (this.trainMs / 1000);
    return {
      metrics,
      confusion,
      sampleCounts: this.sampleCounts(),
      leftOut: data.leftOut,
      steps: this.step,
      samplesPerSecond,
      flopsPerSecond: 3 * net.forwardFlops * samplesPerSecond,
      trainMs: Math.round(this.trainMs),
      datasetDigest: this.datasetDigest,
      parameterCount: net.parameterCount,
    };
  }

  private async saveModel(): Promise<void> {
    this.report.enter('SAVING');
    const path = join(this.job.workDir, MODEL_ARTIFACT);
    const { parameters } = await this.steps.state();
    this.engine.check();
    await storing(() => writeByRename(path, packModel(this.net, parameters, this.data.preprocessing)));
    this.send({ type: 'ARTIFACT', name: MODEL_ARTIFACT, path });
  }

  /** Lets messages go out: a training loop on wasm or cpu never waits by itself. */
  private async breathe(): Promise<void> {
    if (performance.now() - this.lastBreath < BREATH_MS) return;
    await breathe();
    this.lastBreath = performance.now();
  }

  private say<R extends LogReason>(reason: R, facts: LogFacts[R], stream: 'OUT' | 'ERR' = 'OUT'): void {
    this.send({ type: 'LOG', stream, ...lineOf(reason, facts) });
  }
}

/** Outputs of image templates of before rows were promised; a checkpoint of theirs has as many. */
const OLD_IMAGE_OUTPUTS = 10;

/** One for each class, as the data has them. */
function outputsFor({ template, rows }: TemplateSpec, classes: number): number {
  return isImageTemplate(template) && !rows ? Math.max(OLD_IMAGE_OUTPUTS, classes) : classes;
}

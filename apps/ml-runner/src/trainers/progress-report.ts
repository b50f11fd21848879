import type { MetricBatch, Phase, Progress, Series } from '@trainyard/domain';
import type { TrainingMessage } from '../job/child-job.ts';

/** Messages of metrics and progress go out at most this often, in milliseconds. */
const INTERVAL_MS = 100;
/** The speed shown is that of about the last this many milliseconds spent in training steps. */
const SPEED_WINDOW_MS = 2_000;

export interface Place {
  step: number;
  totalSteps: number;
  /** From 1. */
  trainingEpoch: number;
  totalEpochs: number;
}

/** What training did over all attempts: validation and checkpoints are no part of it. */
export interface Trained {
  samples: number;
  /** Milliseconds spent in training steps. */
  ms: number;
}

/** Gathers metric points and sends them with the progress, a few times a second however many steps that is. */
export class ProgressReport {
  private readonly send: (message: TrainingMessage) => void;
  private readonly now: () => number;
  private points = new Map<Series, { steps: number[]; values: MetricBatch['values'] }>();
  private place: Place;
  private phase: Phase = 'PREPARING';
  private lastSent = -Infinity;
  private readonly startedAt: number;
  private readonly stepAtStart: number;
  private startedTraining = 0;
  private window: Trained[] = [];
  private learningRate = 0;
  private ratedStep = 0;

  /**
   * @param elapsedBefore milliseconds of earlier attempts
   * @param now milliseconds of a clock that never goes back
   */
  constructor(send: (message: TrainingMessage) => void, place: Place, elapsedBefore: number, now: () => number = () => performance.now()) {
    this.send = send;
    this.now = now;
    this.place = place;
    this.stepAtStart = place.step;
    this.startedAt = now() - elapsedBefore;
  }

  get elapsedMs(): number {
    return this.now() - this.startedAt;
  }

  enter(phase: Phase): void {
    this.phase = phase;
    this.flush();
  }

  /** Called when the first step of this attempt begins: what went before does not tell how long the rest takes. */
  beginTraining(trained: Trained): void {
    this.window = [trained];
    this.startedTraining = this.now();
    this.enter('TRAINING');
    // The first metric goes out with the first step.
    this.lastSent = -Infinity;
  }

  /** The last step is done: a run too short for the interval tells its speed here. */
  endTraining(trained: Trained): void {
    this.window.push(trained);
    this.rate();
    this.enter('EVALUATING');
  }

  point(series: Series, step: number, value: number): void {
    const points = this.points.get(series) ?? { steps: [], values: [] };
    this.points.set(series, points);
    points.steps.push(step);
    points.values.push(Number.isFinite(value) ? value : (String(value) as 'NaN' | 'Infinity' | '-Infinity'));
  }

  /**
   * Tells where training is; sends when the last message is long enough ago.
   * @param learningRate of the newest step
   */
  at(place: Place, trained: Trained, learningRate: number): void {
    this.place = place;
    this.learningRate = learningRate;
    this.window.push(trained);
    while (this.window.length > 2 && this.window[1]!.ms < trained.ms - SPEED_WINDOW_MS) this.window.shift();
    if (this.now() - this.lastSent < INTERVAL_MS) return;
    this.rate();
    this.flush();
  }

  /** Learning rate and speed at the newest step. */
  private rate(): void {
    const { step } = this.place;
    if (step === this.ratedStep) return;
    this.ratedStep = step;
    this.point('LEARNING_RATE', step, this.learningRate);
    const speed = this.speed();
    if (speed !== null) this.point('SAMPLES_PER_SECOND', step, speed);
  }

  flush(): void {
    this.lastSent = this.now();
    if (this.points.size > 0) {
      const batches = [...this.points].map(([series, { steps, values }]): MetricBatch => ({ series, steps, values }));
      this.points = new Map();
      this.send({ type: 'METRICS', batches });
    }
    this.send({ type: 'PROGRESS', progress: this.progress() });
  }

  private progress(): Progress {
    const { step, totalSteps } = this.place;
    const elapsedMs = this.elapsedMs;
    const done = step - this.stepAtStart;
    const sinceStart = this.now() - this.startedTraining;
    return {
      ...this.place,
      phase: this.phase,
      samplesPerSecond: this.speed(),
      elapsedMs: Math.round(elapsedMs),
      remainingMs: done > 0 ? Math.round((sinceStart / done) * (totalSteps - step)) : null,
    };
  }

  private speed(): number | null {
    const [first, last] = [this.window[0], this.window.at(-1)];
    if (!first || !last || last.ms - first.ms < 1) return null;
    return ((last.samples - first.samples) / (last.ms - first.ms)) * 1000;
  }
}

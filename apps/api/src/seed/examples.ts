import type { Actor, DatasetSummary, Failure, MetricBatch, RunState } from '@trainyard/domain';
import {
  doubtOf,
  EMPTY_SPARKLINE,
  extendSparkline,
  finalHeadline,
  liveHeadline,
  templateOf,
  validateSpec,
  type Changes,
  type RunResult,
} from '@trainyard/domain';
import type { INestApplicationContext } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { ActivityLog } from '../platform/log/activity-log.ts';
import { Database, row, type Tx } from '../platform/sql/database.ts';
import { showOnTicket } from '../training/attempt-state.service.ts';
import { appendLog } from '../training/attempt.writes.ts';
import { inherit } from '../training/inherit.ts';
import { MetricStore } from '../training/metric-store.ts';
import { Queueing, type SpecDataset } from '../training/queueing.ts';
import { GRID, parametersOf, type ExampleRun } from './example-runs.ts';
import { daysBefore } from './story-days.ts';
import { RECORDED } from './recorded-runs.ts';
import type { Recording } from './recording.ts';

/** Where an example ran, says every page that shows what a run ran on. */
const DEVICE = 'Example (recorded)';
const MARK = 'An example of the demonstration: it was trained once, as it stands here, and recorded. Times and people are invented.';
/** From the queue to its runner, from there to its first step, and from its last step to its end. */
const [WAITED_MS, PREPARED_MS, SAVED_MS] = [2_000, 1_500, 800];
const CRASH: Failure = { code: 'CHILD_CRASHED', message: 'The training process crashed with SIGBUS.', params: { reason: 'CRASHED', signal: 'SIGBUS' } };

/** Points of a recording, up to a step. */
interface Curve {
  batches: MetricBatch[];
  step: number;
  epoch: number;
}
interface Entry {
  at: Date;
  runId: string;
  actorId: string | null;
  changes: Changes;
}
/** What is written of an attempt that has ended. */
interface End {
  state: RunState;
  failure: Failure | null;
  result: RunResult | null;
  queued: Date;
  started: Date;
  ended: Date;
}

/** Writes the example runs: queued as people queue them, and then with what a runner would have reported. */
export class Examples {
  private readonly database: Database;
  private readonly queueing: Queueing;
  private readonly activity: ActivityLog;
  private readonly metrics: MetricStore;

  constructor(
    app: INestApplicationContext,
    private readonly now: Date,
  ) {
    this.database = app.get(Database);
    this.queueing = app.get(Queueing);
    this.activity = app.get(ActivityLog);
    this.metrics = app.get(MetricStore);
  }

  /** Runs of one ticket that were queued by one act. @returns when each entry of the log happened, in their order */
  async tell(actor: Actor, ticketId: string, runs: readonly ExampleRun[], datasetId: string): Promise<Date[]> {
    const [first] = runs;
    if (!first) return [];
    const queued = daysBefore(this.now, first.days);
    return this.database.transaction(async (tx) => {
      const { projectId } = await this.queueing.ticketProject(tx, actor, ticketId);
      const dataset = { ...datasetOf(first), id: datasetId, digest: recordingOf(first).digest, projectId: null };
      const groupId = first.grid ? randomUUID() : null;
      if (groupId)
        await tx.query('INSERT INTO run_group (id, project_id, ticket_id, varied, created_by, created_at) VALUES ($1, $2, $3, $4, $5, $6)', [
          groupId,
          projectId,
          ticketId,
          JSON.stringify([GRID]),
          actor.userId,
          queued,
        ]);
      const planned = runs.map((run) => {
        const counts = validateSpec(run.template, parametersOf(run), { kind: dataset.kind, summary: dataset });
        if (!counts.ok) throw new Error(`${run.key} could not be queued: ${counts.code}`);
        return { run, put: { id: randomUUID(), parameters: parametersOf(run), totalSteps: counts.totalSteps, rows: counts.rows } };
      });
      const { template } = first;
      await this.queueing.put(
        tx,
        actor,
        { ticketId, projectId, template, engine: 'AUTO', dataset, groupId },
        planned.map(({ put }) => put),
      );
      const entries: Entry[] = [];
      // One runner: each waits for the one before it.
      let free = queued;
      for (const [i, { run, put }] of planned.entries()) {
        const told = await this.report(tx, run, put.id, put.totalSteps, new Date(queued.getTime() + i), free, actor);
        entries.push(...told);
        free = told.at(-1)?.at ?? free;
      }
      await showOnTicket(tx, ticketId);
      for (const { runId, actorId, changes } of entries)
        await this.activity.append(tx, projectId, actorId, [{ entity: 'RUN', entityId: runId, ticketId, action: 'UPDATED', changes }]);
      return [...runs.map(() => queued), ...entries.map(({ at }) => at)];
    });
  }

  /** What becomes of a run that was queued: its attempts with their curves, and what the log says of them. */
  private async report(tx: Tx, run: ExampleRun, runId: string, totalSteps: number, queued: Date, free: Date, actor: Actor): Promise<Entry[]> {
    const recording = recordingOf(run);
    const { attemptId } = (await row<{ attemptId: string }>(tx, 'SELECT attempt_id AS "attemptId" FROM run WHERE id = $1', [runId]))!;
    const speed = recording.result ? recording.result.trainMs / totalSteps : 5;
    const times = (from: Date, steps: number): Pick<End, 'queued' | 'started' | 'ended'> & { trains: Date } => {
      const started = new Date(Math.max(from.getTime(), free.getTime()) + WAITED_MS);
      const trains = new Date(started.getTime() + PREPARED_MS);
      return { queued: from, started, trains, ended: new Date(trains.getTime() + Math.round(steps * speed) + SAVED_MS) };
    };
    const entries: Entry[] = [];
    const say = (at: Date, changes: Changes, actorId: string | null = null): void => void entries.push({ at, runId, actorId, changes });
    const begins = ({ started, trains }: { started: Date; trains: Date }): void => {
      say(started, { state: { from: 'QUEUED', to: 'STARTING' } });
      say(trains, { state: { from: 'STARTING', to: 'RUNNING' } });
    };
    const log = (attempt: string, at: Date): Promise<void> =>
      appendLog(tx, attempt, { claim: 1, seq: 0, progress: null, metrics: [], logs: [{ line: 0, at: at.toISOString(), stream: 'RUNNER', text: MARK }] });

    const stop = run.lost?.at ?? run.cancelledAt ?? Infinity;
    const curve = curveOf(recording, 0, stop);
    const first = times(queued, curve.step);
    begins(first);
    await tx.query('INSERT INTO attempt_claim (attempt_id, claim, claimed_at, resumed_from_step) VALUES ($1, 1, $2, 0)', [attemptId, first.started]);
    await log(attemptId, first.started);
    await this.metrics.append(tx, { id: attemptId, runId, series: null }, 1, curve.batches);
    let last: End & { attemptId: string };
    if (run.lost) {
      await this.end(tx, attemptId, run, totalSteps, curve, { ...first, state: 'FAILED', failure: CRASH, result: null });
      say(first.ended, { state: { from: 'RUNNING', to: 'FAILED' }, failureCode: { from: null, to: CRASH.code } });
      const again = randomUUID();
      const second = times(new Date(first.ended.getTime() + 20 * 60_000), recording.result!.steps - run.lost.resumedFrom);
      const { spec } = (await row<{ spec: Parameters<Queueing['insertAttempts']>[1][number]['spec'] }>(tx, 'SELECT spec FROM run WHERE id = $1', [runId]))!;
      await this.queueing.insertAttempts(tx, [{ attemptId: again, runId, number: 2, tick: 9, totalSteps, spec }]);
      await inherit(tx, attemptId, again);
      await tx.query('UPDATE run SET attempt_id = $2 WHERE id = $1', [runId, again]);
      say(second.queued, { state: { from: 'FAILED', to: 'QUEUED' }, attempt: { from: 1, to: 2 } }, actor.userId);
      begins(second);
      await tx.query('INSERT INTO attempt_claim (attempt_id, claim, claimed_at, resumed_from_step) VALUES ($1, 1, $2, $3)', [
        again,
        second.started,
        run.lost.resumedFrom,
      ]);
      await log(again, second.started);
      await this.metrics.append(tx, { id: again, runId, series: null }, 1, curveOf(recording, run.lost.resumedFrom, Infinity).batches);
      last = { ...second, attemptId: again, state: 'SUCCEEDED', failure: null, result: recording.result };
    } else {
      const state = run.cancelledAt ? 'CANCELLED' : recording.failure ? 'FAILED' : 'SUCCEEDED';
      const failure = recording.failure && { ...recording.failure, ...(recording.failure.params ? { params: recording.failure.params } : {}) };
      last = { ...first, attemptId, state, failure: failure as Failure | null, result: run.cancelledAt ? null : recording.result };
      if (run.cancelledAt) say(new Date(first.ended.getTime() - SAVED_MS), { cancelRequested: { from: false, to: true } }, actor.userId);
    }
    await this.end(tx, last.attemptId, run, totalSteps, curveOf(recording, 0, run.lost ? Infinity : stop), last);
    say(last.ended, {
      state: { from: 'RUNNING', to: last.state },
      ...(last.failure ? { failureCode: { from: null, to: last.failure.code } } : {}),
    });
    await tx.query('UPDATE run SET state = $2, queued_at = $3, started_at = $4, ended_at = $5, version = 4 WHERE id = $1', [
      runId,
      last.state,
      queued,
      first.started,
      last.ended,
    ]);
    return entries;
  }

  private async end(tx: Tx, attemptId: string, run: ExampleRun, totalSteps: number, curve: Curve, end: End): Promise<void> {
    const { state, failure, result, queued, started, ended } = end;
    let spark = EMPTY_SPARKLINE;
    for (const { series, steps, values } of curve.batches) if (series === 'LOSS') spark = extendSparkline(spark, steps, values);
    const headline = (result && finalHeadline(result)) ?? liveHeadline(null, curve.batches);
    const { parameters: counted } = templateOf(run.template);
    const classes = datasetOf(run).classes.length;
    await tx.query(
      /* sql */ `
      UPDATE attempt SET state = $2, claim = 1, waiting = NULL, phase = $3, step = $4, total_steps = $5, training_epoch = $6, samples_per_second = $7, elapsed_ms = $8,
        headline = $9, spark = $10, doubt = $11, tick = tick + 3, engine = 'WASM', device = $12, is_gpu = false, host = 'example', parameter_count = $13,
        failure_code = $14, failure_message = $15, failure_params = $16, result = $17, cancel_requested = $2 = 'CANCELLED',
        queued_at = $18, started_at = $19, ended_at = $20, rung_at = $18
      WHERE id = $1`,
      [
        attemptId,
        state,
        state === 'SUCCEEDED' ? 'SAVING' : 'TRAINING',
        curve.step,
        totalSteps,
        curve.epoch,
        result?.samplesPerSecond ?? null,
        ended.getTime() - started.getTime() - PREPARED_MS,
        headline && JSON.stringify(headline),
        JSON.stringify(spark),
        result ? doubtOf(result, spark) : null,
        DEVICE,
        result?.parameterCount ?? (counted ? counted.fixed + counted.perClass * classes : null),
        failure?.code ?? null,
        failure?.message ?? null,
        failure?.params ? JSON.stringify(failure.params) : null,
        result && JSON.stringify(result),
        queued,
        started,
        ended,
      ],
    );
  }
}

function recordingOf({ key }: ExampleRun): Recording {
  const recording = RECORDED[key];
  if (!recording) throw new Error(`nobody recorded ${key}: node apps/api/test/record-examples.ts`);
  return recording;
}

/** The data as an inspection sees them: the runner has not looked yet when the demonstration is made. */
function datasetOf({ template }: ExampleRun): Omit<SpecDataset, 'id' | 'digest' | 'projectId'> {
  const digits = templateOf(template).input.type === 'IMAGE';
  const classes: DatasetSummary['classes'] = Array.from({ length: digits ? 10 : 2 }, (_, i) => ({ name: String(i), count: digits ? 600 : 50 }));
  return { state: 'READY', kind: 'SYNTHETIC', sampleCount: digits ? 6000 : 100, inputShape: digits ? [28, 28] : [2], classes, columns: [] };
}

/** What was reported after one step, up to another. */
function curveOf(recording: Recording, after: number, until: number): Curve {
  const steps = new Int32Array(bytesOf(recording.steps));
  const within = (step: number): boolean => step > after && step <= until;
  const series = (name: string, text: string): MetricBatch => {
    const values = [...new Float32Array(bytesOf(text))];
    return { series: name, steps: [...steps].filter(within), values: values.filter((_, i) => within(steps[i]!)).map(asSent) };
  };
  const validated = recording.validation.filter(([step]) => within(step));
  const ofValidation = (name: string, place: 1 | 2): MetricBatch => ({
    series: name,
    steps: validated.map(([step]) => step),
    values: validated.map((point) => asSent(point[place])),
  });
  const loss = series('LOSS', recording.loss);
  const batches = [loss, series('ACCURACY', recording.accuracy), ofValidation('VAL_LOSS', 1), ofValidation('VAL_ACCURACY', 2)];
  return {
    batches: batches.filter((batch) => batch.steps.length > 0),
    step: Math.min(steps.at(-1) ?? 0, until),
    epoch: recording.validation.filter(([step]) => step <= until).length + (until < (steps.at(-1) ?? 0) || recording.failure ? 1 : 0),
  };
}

const bytesOf = (text: string): ArrayBuffer => Uint8Array.from(Buffer.from(text, 'base64')).buffer;
/** As a report carries what is no number. */
const asSent = (value: number): MetricBatch['values'][number] => (Number.isFinite(value) ? value : (String(value) as 'NaN'));

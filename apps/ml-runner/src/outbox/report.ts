import type { Environment, LogLine, LogParams, LogReason, MetricBatch, Progress, ReportRequest } from '@trainyard/domain';
import { lineOf, type LogFacts } from '../job/log-lines.ts';
import type { Spool } from './spool.ts';

/** Time between reports while the api keeps up, and while it does not, in milliseconds. */
const INTERVAL_MS = 200;
const SLOW_INTERVAL_MS = 1_000;
/** One report stays well under a body limit of 1 MiB. */
const MAX_POINTS = 10_000;
const MAX_LOG_LINES = 500;
const MAX_LINE_CHARACTERS = 1_000;
/** Output beyond this many lines between two reports is dropped, and said to be. */
const MAX_WAITING_LINES = 2_000;

/**
 * Gathers what a child says and turns it into reports, each written to the spool with its place in the order.
 * The outbox (outbox.ts) takes them from there.
 */
export class Reporter {
  private readonly spool: Spool;
  private readonly claim: number;
  private readonly spoolBytes: number;
  private readonly onDropped: (points: number) => void;
  private seq = 0;
  private line = 0;
  private progressNow: Progress | null = null;
  private batches: MetricBatch[] = [];
  private readonly open = new Map<string, MetricBatch>();
  private points = 0;
  private logs: LogLine[] = [];
  private droppedLines = 0;
  private droppedPoints = 0;
  private environmentNow: Environment | undefined;
  private resumedFromStep: number | undefined;
  private timer: NodeJS.Timeout | null = null;
  private lastFlush = 0;
  private flushing: Promise<void> = Promise.resolve();

  constructor(options: { spool: Spool; claim: number; spoolMiB: number; onDropped: (points: number) => void }) {
    this.spool = options.spool;
    this.claim = options.claim;
    this.spoolBytes = options.spoolMiB * 1024 * 1024;
    this.onDropped = options.onDropped;
  }

  environment(environment: Environment): void {
    this.environmentNow = environment;
    this.schedule();
  }
  resumed(fromStep: number): void {
    this.resumedFromStep = fromStep;
    this.schedule();
  }
  progress(progress: Progress): void {
    this.progressNow = progress;
    this.schedule();
  }

  metrics(batches: MetricBatch[]): void {
    for (const batch of batches) {
      this.points += batch.steps.length;
      const open = this.open.get(batch.series);
      const last = open?.steps.at(-1);
      const first = batch.steps[0];
      if (open !== undefined && last !== undefined && first !== undefined && first > last) {
        open.steps.push(...batch.steps);
        open.values.push(...batch.values);
      } else {
        const started = { ...batch, steps: [...batch.steps], values: [...batch.values] };
        this.batches.push(started);
        this.open.set(batch.series, started);
      }
    }
    if (this.points >= MAX_POINTS) void this.flush();
    else this.schedule();
  }

  /** A line of the runner's own. */
  say<R extends LogReason>(reason: R, facts: LogFacts[R]): void {
    const { text, params } = lineOf(reason, facts);
    this.log('RUNNER', text, params);
  }

  log(stream: LogLine['stream'], text: string, params?: LogParams): void {
    // The runner's own lines are few and say why things happen: they are never dropped.
    if (this.logs.length >= MAX_WAITING_LINES && stream !== 'RUNNER') {
      this.droppedLines += 1;
      return;
    }
    const cut = text.length > MAX_LINE_CHARACTERS ? `${text.slice(0, MAX_LINE_CHARACTERS)}… (${text.length - MAX_LINE_CHARACTERS} more characters)` : text;
    this.logs.push({ line: this.line, at: new Date().toISOString(), stream, text: cut, params });
    this.line += 1;
    this.schedule();
  }

  /** Writes what has gathered to the spool; resolves when it is there. */
  flush(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    const reports = this.take();
    this.lastFlush = performance.now();
    for (const report of reports) this.flushing = this.flushing.then(() => this.spool.append({ kind: 'REPORT', body: report }));
    return this.flushing;
  }

  /** Nothing more is gathered or written on its own. */
  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private schedule(): void {
    if (this.timer !== null) return;
    const interval = this.spool.pendingRecords > 2 ? SLOW_INTERVAL_MS : INTERVAL_MS;
    const wait = Math.max(0, this.lastFlush + interval - performance.now());
    this.timer = setTimeout(() => void this.flush(), wait);
  }

  private take(): ReportRequest[] {
    if (this.droppedLines > 0) {
      this.say('LINES_DROPPED', { lines: this.droppedLines });
      this.droppedLines = 0;
    }
    if (this.points > 0 && this.spool.pendingBytes >= this.spoolBytes) this.dropPoints();
    else if (this.droppedPoints > 0 && this.spool.pendingBytes < this.spoolBytes) {
      this.say('POINTS_DROPPED', { points: this.droppedPoints });
      this.droppedPoints = 0;
    }
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    const reports: ReportRequest[] = [];
    const metrics = slices(this.batches, MAX_POINTS);
    const logs = this.logs;
    while (reports.length === 0 || metrics.length > 0 || logs.length > 0) {
      reports.push({ claim: this.claim, seq: this.seq + reports.length, progress: null, metrics: metrics.shift() ?? [], logs: logs.splice(0, MAX_LOG_LINES) });
    }
    const first = reports[0];
    const last = reports.at(-1);
    if (first === undefined || last === undefined) return [];
    first.environment = this.environmentNow;
    first.resumedFromStep = this.resumedFromStep;
    last.progress = this.progressNow;
    const empty = reports.length === 1 && first.progress === null && first.metrics.length === 0 && first.logs.length === 0;
    this.batches = [];
    this.open.clear();
    this.points = 0;
    this.progressNow = null;
    if (empty && first.environment === undefined && first.resumedFromStep === undefined) return [];
    this.environmentNow = undefined;
    this.resumedFromStep = undefined;
    this.seq += reports.length;
    return reports;
  }

  private dropPoints(): void {
    this.droppedPoints += this.points;
    this.onDropped(this.points);
    this.batches = [];
    this.open.clear();
    this.points = 0;
  }
}

/** Cuts batches into groups of at most `most` points, in order. */
function slices(batches: MetricBatch[], most: number): MetricBatch[][] {
  const groups: MetricBatch[][] = [];
  let group: MetricBatch[] = [];
  let room = most;
  for (const batch of batches) {
    for (let from = 0; from < batch.steps.length;) {
      const to = Math.min(batch.steps.length, from + room);
      group.push({ ...batch, steps: batch.steps.slice(from, to), values: batch.values.slice(from, to) });
      room -= to - from;
      from = to;
      if (room === 0) {
        groups.push(group);
        group = [];
        room = most;
      }
    }
  }
  if (group.length > 0) groups.push(group);
  return groups;
}

import { atOnce } from '../steps.ts';
import { Chance, seedOf } from './chance.ts';
import { forecastHistory, type DayCount, type ForecastBasis, type ForecastHistory, type ForecastRefusal } from './forecast-history.ts';
import type { Percentiles } from './percentiles.ts';
import { RunQueue, type RunDemand } from './run-queue.ts';

export const FORECAST_TRIALS = 10_000;
/** Two years: what is not done by then is "later". */
export const FORECAST_DAYS_MAX = 731;

/** A day to come. */
export interface FutureDay {
  day: string;
  isWorking: boolean;
  /** The part of the people who were there in the window that is there on this day, 0 to 1; left out: all. */
  presence?: number;
  /** Hours that runners can train on this day, all together; left out: no limit. */
  runHours?: number;
}

export interface ForecastInput {
  projectId: string;
  /** As of which day: it is not drawn from. */
  today: string;
  /** The days up to today, in their order. */
  past: readonly DayCount[];
  /** The days to come, in their order. What is still done today is not among them. */
  ahead: readonly FutureDay[];
  /** What tickets ask of runners; left out: nothing. */
  runs?: RunDemand;
}

/** What is said with every forecast: what it rests on, and what it takes for granted. */
export interface ForecastFrame {
  basis: ForecastBasis;
  trials: number;
  assumptions: {
    /** Free days bring nothing, since there were none to draw from. */
    isFreeDayIdle: boolean;
    isThinnedByAbsence: boolean;
    isThinnedByRuns: boolean;
  };
}

export type Forecast<Answer> = ForecastFrame & ({ ok: true; answer: Answer } | { ok: false; why: ForecastRefusal });

/**
 * How many tickets are done by the last of the days to come. `p85`: as many or more in 85 of 100 trials, so it is less than `p50`.
 */
export function* forecastingCount(input: ForecastInput): Generator<void, Forecast<Percentiles>> {
  const ahead = Math.min(input.ahead.length, FORECAST_DAYS_MAX);
  return yield* forecast(input, function* (draws) {
    const totals = new Float64Array(FORECAST_TRIALS);
    yield* trials((trial) => {
      draws.begin(trial);
      totals[trial] = draws.total(ahead);
    });
    totals.sort();
    // The largest that so many trials reach: counted from the end.
    const reached = (share: number): number => totals[FORECAST_TRIALS - Math.ceil(FORECAST_TRIALS * share)] as number;
    return { p50: reached(0.5), p85: reached(0.85), p95: reached(0.95) };
  });
}

export const forecastCount = (input: ForecastInput): Forecast<Percentiles> => atOnce(forecastingCount(input));

/** Null: later than the days to come, of which two years are looked at. */
export type ForecastDays = Record<keyof Percentiles, string | null>;

/** On which day `n` tickets are done: the earliest by which they were in 50, 85 and 95 of 100 trials. */
export function* forecastingDay(input: ForecastInput, n: number): Generator<void, Forecast<ForecastDays>> {
  const found = yield* forecastingDays(input, [n]);
  return found.ok ? { ...found, answer: found.answer[0] as ForecastDays } : found;
}

export const forecastDay = (input: ForecastInput, n: number): Forecast<ForecastDays> => atOnce(forecastingDay(input, n));

/** The same of several numbers of tickets, each the days that it has alone, for the trials of the greatest. */
export function* forecastingDays(input: ForecastInput, numbers: readonly number[]): Generator<void, Forecast<ForecastDays[]>> {
  const wrong = numbers.find((n) => !(Number.isInteger(n) && n > 0));
  if (wrong !== undefined) throw new RangeError(`A forecast of ${wrong} tickets`);
  const ahead = input.ahead.slice(0, FORECAST_DAYS_MAX);
  const ascending = [...new Set(numbers)].sort((one, other) => one - other);
  return yield* forecast(input, function* (draws) {
    // How many trials came so far on each day: days are fewer than trials.
    const cameOn = ascending.map(() => new Uint32Array(ahead.length));
    yield* trials((trial) => {
      draws.begin(trial);
      let done = 0;
      let next = 0;
      for (let day = 0; day < ahead.length && next < ascending.length; day += 1) {
        done += draws.on(day);
        for (; next < ascending.length && done >= (ascending[next] as number); next += 1) (cameOn[next] as Uint32Array)[day]! += 1;
      }
    });
    const places = new Map(ascending.map((n, place) => [n, place]));
    return numbers.map((n) => {
      const days = cameOn[places.get(n) as number] as Uint32Array;
      const by = (share: number): string | null => {
        let came = 0;
        const found = days.findIndex((trials) => (came += trials) >= Math.ceil(FORECAST_TRIALS * share));
        return ahead[found]?.day ?? null;
      };
      return { p50: by(0.5), p85: by(0.85), p95: by(0.95) };
    });
  });
}

export const forecastDays = (input: ForecastInput, numbers: readonly number[]): Forecast<ForecastDays[]> => atOnce(forecastingDays(input, numbers));

/** Trials between two steps: of two years they take about a millisecond. */
const TRIALS_A_STEP = 32;

/** Makes all trials, in steps between which others may be served. */
function* trials(make: (trial: number) => void): Generator<void, void> {
  for (let trial = 0; trial < FORECAST_TRIALS; trial += 1) {
    if (trial % TRIALS_A_STEP === 0) yield;
    make(trial);
  }
}

/**
 * How much of the people of the past is there on a day to come. What was done was done by those who were there then: had a tenth been away, a tenth away
 * is all there is.
 * @param past the part of the people who were there on each working day of the window, 0 to 1
 */
export function presenceAgainst(past: readonly number[], ahead: number): number {
  const mean = past.reduce((sum, share) => sum + share, 0) / past.length;
  // Thousandths: days that differ less are drawn alike.
  return mean > 0 ? Math.min(1, Math.round((ahead / mean) * 1_000) / 1_000) : 1;
}

/**
 * The days decide what is drawn in each trial, whatever the question: the same question has the same answer, and answers agree with each other. More
 * tickets never take less time, and what is done by a day is done by that day in as many trials.
 */
function* forecast<Answer>(input: ForecastInput, answer: (draws: Draws) => Generator<void, Answer>): Generator<void, Forecast<Answer>> {
  const { projectId, today, past, runs } = input;
  const ahead = input.ahead.slice(0, FORECAST_DAYS_MAX);
  const { basis, working, free, refusal } = forecastHistory(past, today);
  const frame: ForecastFrame = {
    basis,
    trials: FORECAST_TRIALS,
    assumptions: {
      isFreeDayIdle: free.length === 0 && ahead.some(({ isWorking }) => !isWorking),
      isThinnedByAbsence: ahead.some(({ presence = 1 }) => presence < 1),
      isThinnedByRuns: runs !== undefined && ahead.some(({ runHours }) => runHours !== undefined),
    },
  };
  if (refusal) return { ...frame, ok: false, why: refusal };
  const seed = seedOf([projectId, today, basis.from, basis.to].join(' '));
  return { ...frame, ok: true, answer: yield* answer(new Draws(seed, { working, free }, ahead, runs)) };
}

/** What is done on days to come, by chance: for each day the chances of each count, added up. */
class Draws {
  private readonly seed: number;
  private readonly chance = new Chance(0);
  /** What is drawn on the days of a trial, in blocks: as far as it goes. */
  private readonly uniform: Float64Array;
  private filled = 0;
  /** Another chance for runs, so that people do the same whatever machines there are. */
  private readonly queued = new Chance(0);
  private readonly counts: Counts[];
  private readonly runHours: (number | null)[];
  private readonly queue: RunQueue | null;

  constructor(seed: number, { working, free }: Drawn, ahead: readonly FutureDay[], runs: RunDemand | undefined) {
    const known = new Map<string, Counts>();
    this.seed = seed;
    this.uniform = new Float64Array(Math.min(BLOCK, Math.max(1, ahead.length)));
    this.counts = ahead.map(({ isWorking, presence = 1 }) => {
      const key = `${isWorking} ${presence}`;
      const counts = known.get(key) ?? countChances(isWorking ? working : free, presence);
      known.set(key, counts);
      return counts;
    });
    this.runHours = ahead.map(({ runHours }) => runHours ?? null);
    this.queue = runs && runs.lengths.length > 0 ? new RunQueue(runs, this.queued) : null;
  }

  /** A trial begins, with chance of its own. */
  begin(trial: number): void {
    this.chance.restart(this.seed, trial);
    this.filled = 0;
    this.queued.restart(~this.seed, trial);
    this.queue?.clear();
  }

  private uniformOn(day: number): number {
    const { length } = this.uniform;
    for (; this.filled <= day; this.filled += length) this.chance.fill(this.uniform);
    return this.uniform[day % length] as number;
  }

  /** On all of the first days of a trial together: what `on` says of each, several times as fast where nothing waits for machines. */
  total(days: number): number {
    let total = 0;
    if (this.queue) for (let day = 0; day < days; day += 1) total += this.on(day);
    else {
      const { uniform, counts } = this;
      for (let from = 0; from < days; from += uniform.length) {
        this.chance.fill(uniform);
        const until = Math.min(uniform.length, days - from);
        for (let place = 0; place < until; place += 1) total += countAt(counts[from + place] as Counts, uniform[place] as number);
      }
    }
    return total;
  }

  /** On one of the days to come, by its place; days are asked for in their order. */
  on(day: number): number {
    const counts = this.counts[day] as Counts;
    // A day on which nothing can be done needs no chance.
    const count = counts.chances.length > 1 ? countAt(counts, this.uniformOn(day)) : 0;
    const hours = this.queue ? (this.runHours[day] ?? null) : null;
    return this.queue && hours !== null ? this.queue.pass(count, hours) : count;
  }
}

/** Days that are drawn at once, at most. */
const BLOCK = 64;

type Drawn = Pick<ForecastHistory, 'working' | 'free'>;

/** Parts of the chance for which it is known where to look. */
const GUIDE = 256;

interface Counts {
  /** Of at most each count. */
  chances: Float64Array;
  /** For each part of 0 to 1, the least count that is drawn there. */
  guide: Uint32Array;
}

/** How many are done where the chance is `at`, in [0, 1). */
function countAt({ chances, guide }: Counts, at: number): number {
  let count = guide[(at * GUIDE) | 0] as number;
  while ((chances[count] as number) <= at) count += 1;
  return count;
}

/** The chance of at most each count where one of `drawn` is taken and each of its tickets is kept with the chance `presence`. */
function countChances(drawn: readonly number[], presence: number): Counts {
  const chances = new Float64Array(drawn.reduce((most, count) => (count > most ? count : most), 0) + 1);
  if (drawn.length === 0) chances[0] = 1;
  for (const [count, days] of Map.groupBy(drawn, (one) => one)) {
    const share = days.length / drawn.length;
    // All there: none is lost, however many there are.
    if (presence === 1) chances[count]! += share;
    else {
      const kept = keptChances(count, presence);
      kept.chances.forEach((chance, place) => (chances[kept.first + place]! += chance * share));
    }
  }
  for (let count = 1; count < chances.length; count += 1) chances[count]! += chances[count - 1] as number;
  // Whatever was lost to rounding belongs to the last: no draw lies behind it.
  chances[chances.length - 1] = 1;
  const guide = new Uint32Array(GUIDE);
  for (let part = 0, count = 0; part < GUIDE; part += 1) {
    while ((chances[count] as number) <= part / GUIDE) count += 1;
    guide[part] = count;
  }
  return { chances, guide };
}

/**
 * The binomial chances of keeping each number of `count`, from `first` on; others are too small for a number. By what each is to its neighbour, from the
 * likeliest on: a day on which thousands were done costs no more than the numbers that may be kept.
 */
function keptChances(count: number, presence: number): { first: number; chances: number[] } {
  if (presence === 0) return { first: 0, chances: [1] };
  const odds = presence / (1 - presence);
  const likeliest = Math.min(count, Math.floor((count + 1) * presence));
  const fewer: number[] = [];
  for (let kept = likeliest, weight = 1; kept > 0 && (weight *= kept / ((count - kept + 1) * odds)) > 0; kept -= 1) fewer.push(weight);
  const more: number[] = [];
  for (let kept = likeliest, weight = 1; kept < count && (weight *= ((count - kept) * odds) / (kept + 1)) > 0; kept += 1) more.push(weight);
  const weights = [...fewer.toReversed(), 1, ...more];
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return { first: likeliest - fewer.length, chances: weights.map((weight) => weight / all) };
}

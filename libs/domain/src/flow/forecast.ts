import { Chance, seedOf } from './chance.ts';
import { forecastHistory, type DayCount, type ForecastBasis, type ForecastHistory, type ForecastRefusal } from './forecast-history.ts';
import { nearestRank, type Percentiles } from './percentiles.ts';
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
export function forecastCount(input: ForecastInput): Forecast<Percentiles> {
  const ahead = Math.min(input.ahead.length, FORECAST_DAYS_MAX);
  return forecast(input, `count ${ahead}`, (draws) => {
    const totals = trials((index, of) => {
      draws.begin();
      let total = 0;
      for (let day = 0; day < ahead; day += 1) total += draws.on(day);
      of[index] = total;
    });
    // The largest that so many trials reach: counted from the end.
    const reached = (share: number): number => totals[FORECAST_TRIALS - Math.ceil(FORECAST_TRIALS * share)] as number;
    return { p50: reached(0.5), p85: reached(0.85), p95: reached(0.95) };
  });
}

/** Null: later than the days to come, of which two years are looked at. */
export type ForecastDays = Record<keyof Percentiles, string | null>;

/** On which day `n` tickets are done: the earliest by which they were in 50, 85 and 95 of 100 trials. */
export function forecastDay(input: ForecastInput, n: number): Forecast<ForecastDays> {
  if (!(Number.isInteger(n) && n > 0)) throw new RangeError(`A forecast of ${n} tickets`);
  const ahead = input.ahead.slice(0, FORECAST_DAYS_MAX);
  return forecast(input, `day ${n}`, (draws) => {
    const lasted = trials((index, of) => {
      draws.begin();
      let left = n;
      let day = 0;
      for (; day < ahead.length && left > 0; day += 1) left -= draws.on(day);
      of[index] = left > 0 ? ahead.length : day - 1;
    });
    const by = (share: number): string | null => ahead[nearestRank(lasted, share)]?.day ?? null;
    return { p50: by(0.5), p85: by(0.85), p95: by(0.95) };
  });
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

/** The outcomes of all trials, the least first. */
function trials(run: (index: number, of: Float64Array) => void): Float64Array {
  const outcomes = new Float64Array(FORECAST_TRIALS);
  for (let index = 0; index < FORECAST_TRIALS; index += 1) run(index, outcomes);
  return outcomes.sort();
}

/** The same question about the same days has the same answer: what it is decides the seed. */
function forecast<Answer>(input: ForecastInput, question: string, answer: (draws: Draws) => Answer): Forecast<Answer> {
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
  const chance = new Chance(seedOf([projectId, today, basis.from, basis.to, question].join(' ')));
  return { ...frame, ok: true, answer: answer(new Draws(chance, { working, free }, ahead, runs)) };
}

/** What is done on days to come, by chance: for each day the chances of each count, added up. */
class Draws {
  private readonly chance: Chance;
  private readonly counts: Float64Array[];
  private readonly runHours: (number | null)[];
  private readonly queue: RunQueue | null;

  constructor(chance: Chance, { working, free }: Drawn, ahead: readonly FutureDay[], runs: RunDemand | undefined) {
    const known = new Map<string, Float64Array>();
    this.chance = chance;
    this.counts = ahead.map(({ isWorking, presence = 1 }) => {
      const key = `${isWorking} ${presence}`;
      const counts = known.get(key) ?? countChances(isWorking ? working : free, presence);
      known.set(key, counts);
      return counts;
    });
    this.runHours = ahead.map(({ runHours }) => runHours ?? null);
    this.queue = runs && runs.lengths.length > 0 ? new RunQueue(runs, chance) : null;
  }

  /** Another trial begins. */
  begin(): void {
    this.queue?.clear();
  }

  /** On one of the days to come, by its place. */
  on(day: number): number {
    const counts = this.counts[day] as Float64Array;
    let count = 0;
    // A day on which nothing can be done needs no chance.
    if (counts.length > 1) for (const at = this.chance.next(); (counts[count] as number) <= at;) count += 1;
    const hours = this.queue ? (this.runHours[day] ?? null) : null;
    return this.queue && hours !== null ? this.queue.pass(count, hours) : count;
  }
}

type Drawn = Pick<ForecastHistory, 'working' | 'free'>;

/** The chance of at most each count where one of `drawn` is taken and each of its tickets is kept with the chance `presence`. */
function countChances(drawn: readonly number[], presence: number): Float64Array {
  const chances = new Float64Array(drawn.reduce((most, count) => (count > most ? count : most), 0) + 1);
  if (drawn.length === 0) chances[0] = 1;
  for (const count of drawn) for (const [kept, chance] of keptChances(count, presence).entries()) chances[kept]! += chance / drawn.length;
  for (let count = 1; count < chances.length; count += 1) chances[count]! += chances[count - 1] as number;
  // Whatever was lost to rounding belongs to the last: no draw lies behind it.
  chances[chances.length - 1] = 1;
  return chances;
}

/** The binomial chances of keeping each number of `count`. */
function keptChances(count: number, presence: number): number[] {
  let chances = [1];
  for (let each = 0; each < count; each += 1)
    chances = [...chances, 0].map((chance, kept) => chance * (1 - presence) + (kept > 0 ? (chances[kept - 1] as number) * presence : 0));
  return chances;
}

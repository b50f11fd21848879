/** Days that a forecast draws from: twelve weeks. */
export const FORECAST_WINDOW_DAYS = 84;
/** Below so many working days, or so many tickets done, nothing is forecast. */
export const FORECAST_WORKING_DAYS_MIN = 10;
export const FORECAST_COMPLETIONS_MIN = 5;

/** What was done on a whole local day of the project. */
export interface DayCount {
  day: string;
  isWorking: boolean;
  count: number;
}

/** Why nothing can be forecast. */
export const FORECAST_REFUSALS = ['NOTHING_DONE', 'TOO_FEW_DAYS', 'TOO_FEW_DONE'] as const;
export type ForecastRefusal = (typeof FORECAST_REFUSALS)[number];

/** What a forecast rests on: it is told with each answer. */
export interface ForecastBasis {
  /** The first and the last day drawn from; null where there is none. */
  from: string | null;
  to: string | null;
  days: number;
  workingDays: number;
  /** Days on which nothing was done: they are drawn, too. */
  zeros: number;
  /** Tickets done. */
  completed: number;
}

export interface ForecastHistory {
  basis: ForecastBasis;
  /** Tickets done on each working day, and on each free one: a day to come is drawn from those of its own sort. */
  working: number[];
  free: number[];
}

/**
 * The last twelve weeks of whole days before `today`, today left out.
 * @param days in their order; tickets of an import without true dates must not be in them
 */
export function forecastHistory(days: readonly DayCount[], today: string): ForecastHistory & { refusal: ForecastRefusal | null } {
  const window = days.filter(({ day }) => day < today).slice(-FORECAST_WINDOW_DAYS);
  const working = window.flatMap(({ isWorking, count }) => (isWorking ? count : []));
  const free = window.flatMap(({ isWorking, count }) => (isWorking ? [] : count));
  const completed = window.reduce((sum, { count }) => sum + count, 0);
  const basis: ForecastBasis = {
    from: window[0]?.day ?? null,
    to: window.at(-1)?.day ?? null,
    days: window.length,
    workingDays: working.length,
    zeros: window.filter(({ count }) => count === 0).length,
    completed,
  };
  return { basis, working, free, refusal: refusalOf(basis) };
}

function refusalOf({ workingDays, completed }: ForecastBasis): ForecastRefusal | null {
  if (workingDays < FORECAST_WORKING_DAYS_MIN) return 'TOO_FEW_DAYS';
  if (completed === 0) return 'NOTHING_DONE';
  return completed < FORECAST_COMPLETIONS_MIN ? 'TOO_FEW_DONE' : null;
}

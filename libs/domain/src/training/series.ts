/** The series of the trainers that Trainyard brings. ACCURACY only for classifiers; MAE only for regressors. VAL_* once per training epoch. */
export const SERIES = ['LOSS', 'ACCURACY', 'MAE', 'VAL_LOSS', 'VAL_ACCURACY', 'VAL_MAE', 'LEARNING_RATE', 'SAMPLES_PER_SECOND'] as const;
export type Series = (typeof SERIES)[number];

/** What they count in, where nothing else is said; a loss and an absolute error are in what the data is in. */
const UNITS: ReadonlyMap<string, string> = new Map<Series, string>([
  ['ACCURACY', '1'],
  ['VAL_ACCURACY', '1'],
  ['LEARNING_RATE', '1'],
  ['SAMPLES_PER_SECOND', 'samples/s'],
]);
export const builtInUnit = (name: string): string | null => UNITS.get(name) ?? null;

/** Series of a run, and characters of a name and of a unit, at most. */
export const SERIES_LIMITS = { series: 200, name: 100, unit: 20 } as const;

const NAME = new RegExp(`^(?! )[\\p{L}\\p{N}_./ -]{1,${SERIES_LIMITS.name}}(?<! )$`, 'u');
const UNIT = new RegExp(`^(?! )[\\p{L}\\p{N}\\p{P}\\p{S} ]{1,${SERIES_LIMITS.unit}}(?<! )$`, 'u');

/** A program names its series as it likes: letters, digits, blanks inside and `_./-`. */
export const isSeriesName = (text: string): boolean => NAME.test(text);
/** e.g. `ms`, `tokens/s`, `%`; `1` for a figure without one. */
export const isSeriesUnit = (text: string): boolean => UNIT.test(text);

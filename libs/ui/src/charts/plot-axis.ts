/** What several things have at one axis: numbers, or words in the order in which they come. */
export interface PlotAxis {
  key: string;
  name: string;
  /** Null where a thing has none. */
  values: readonly (number | string | null)[];
  format: (value: number | string) => string;
}

export interface AxisScale {
  /** 0 (the least) to 1 (the most); null where there is nothing to place. */
  place: (value: number | string | null | undefined) => number | null;
  ticks: readonly { at: number; text: string }[];
}

/** So many times its least: equal distances then are equal factors. */
const WIDE = 50;
const TICKS = 5;
/** Room at both ends, so that no mark lies on the frame. */
const AIR = 0.06;

/** Where values lie on an axis. Numbers that span several magnitudes lie on a logarithmic one. */
export function axisScale({ values, format }: Pick<PlotAxis, 'values' | 'format'>): AxisScale {
  const known = values.filter((value) => value !== null && (typeof value === 'string' || Number.isFinite(value)));
  if (known.length === 0) return { place: () => null, ticks: [] };
  const numbers = known.filter((value) => typeof value === 'number');
  if (numbers.length < known.length) {
    const words = [...new Set(known.map(String))].sort();
    const at = (word: string): number => (words.length === 1 ? 0.5 : spread(words.indexOf(word) / (words.length - 1)));
    return {
      place: (value) => (value === null || value === undefined || !words.includes(String(value)) ? null : at(String(value))),
      ticks: words.map((word) => ({ at: at(word), text: format(word) })),
    };
  }
  const [min, max] = [Math.min(...numbers), Math.max(...numbers)];
  const isLog = min > 0 && max / min >= WIDE;
  const along = (value: number): number => {
    if (max === min) return 0.5;
    return spread(isLog ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min));
  };
  const distinct = [...new Set(numbers)].sort((a, b) => a - b);
  const ticks = distinct.length <= TICKS ? distinct : isLog ? powersWithin(min, max) : roundWithin(min, max);
  return {
    place: (value) => (typeof value === 'number' && Number.isFinite(value) && (!isLog || value > 0) ? along(value) : null),
    ticks: ticks.map((value) => ({ at: along(value), text: format(value) })),
  };
}

const spread = (share: number): number => AIR + share * (1 - 2 * AIR);

function roundWithin(min: number, max: number): number[] {
  const rough = (max - min) / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((n) => n * power >= rough) ?? 10) * power;
  const first = Math.ceil(min / step);
  return Array.from({ length: Math.floor(max / step) - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

function powersWithin(min: number, max: number): number[] {
  const first = Math.ceil(Math.log10(min));
  const count = Math.floor(Math.log10(max)) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => 10 ** (first + i));
}

/** An axis, and how many lines do not fit on it. */
export interface RobustRange {
  min: number;
  max: number;
  /** Indices of the lines that leave it. */
  beyond: number[];
}

/** A line that goes so many times the height of a usual one away from it has diverged: it would flatten the others to one stroke. */
const FAR = 8;
/** Of a line's points: a single spike does not make its height. Where it begins always counts: a loss falls fast at first. */
const USUAL = 0.98;

interface Span {
  low: number;
  high: number;
  min: number;
  max: number;
}

/**
 * The axis on which several lines can be told apart, where one that diverged would hide all others; null: all fit as they are.
 * The lower half of the lines, by how high they go, says what is usual.
 */
export function robustRange(lines: readonly (readonly (number | null)[])[]): RobustRange | null {
  const spans = lines.map(spanOf);
  const known = spans.filter((span) => span !== null);
  if (known.length === 0) return null;
  const usual = known.toSorted((a, b) => a.high - a.low - (b.high - b.low))[(known.length - 1) >> 1] as Span;
  const height = usual.high - usual.low || Math.abs(usual.high) || 1;
  const top = usual.high + FAR * height;
  const bottom = usual.low - FAR * height;
  const beyond = spans.flatMap((span, i) => (span && (span.max > top || span.min < bottom) ? [i] : []));
  if (beyond.length === 0) return null;
  const within = known.filter((span) => span.high <= top && span.low >= bottom);
  return { min: Math.min(...within.map(({ low }) => low)), max: Math.max(...within.map(({ high }) => high)), beyond };
}

function spanOf(values: readonly (number | null)[]): Span | null {
  const finite = values.filter((value): value is number => value !== null && Number.isFinite(value));
  const [first] = finite;
  if (first === undefined) return null;
  finite.sort((a, b) => a - b);
  const last = finite.length - 1;
  const at = (share: number): number => finite[Math.round(last * share)] as number;
  return { low: Math.min(first, at(1 - USUAL)), high: Math.max(first, at(USUAL)), min: finite[0] as number, max: finite[last] as number };
}

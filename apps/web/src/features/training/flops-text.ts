import type { Format } from '../../i18n/useFormat.ts';

const PREFIXES = ['', 'k', 'M', 'G', 'T', 'P'] as const;

/** Floating-point operations a second with an SI prefix: 4.59 GFLOP/s, the same in every language. */
export function flopsText(format: Format, perSecond: number): string {
  const power = perSecond < 1 ? 0 : Math.min(PREFIXES.length - 1, Math.floor(Math.log10(perSecond) / 3));
  return `${format.number(Number((perSecond / 1_000 ** power).toPrecision(3)))} ${PREFIXES[power]}FLOP/s`;
}

import { daysBetween, shiftedDay } from '@trainyard/domain';
import type { ChartLayer } from '@trainyard/ui';
import { LOOKS } from './chart-looks.ts';

export interface Fan {
  /** From today on. */
  days: string[];
  layers: ChartLayer[];
}

interface Names {
  fan: string;
  p85: string;
}

const dayList = (first: string, last: string): string[] => Array.from({ length: Math.max(1, daysBetween(first, last) + 1) }, (_, i) => shiftedDay(first, i));

/**
 * Today joined with what is said of the last day: what lies between is no forecast of its own.
 * @param drawnTo the last day drawn from: today is the next one
 */
export function fanOfCount(drawnTo: string, until: string, { p50, p85, p95 }: { p50: number; p85: number; p95: number }, names: Names): Fan {
  const today = shiftedDay(drawnTo, 1);
  const days = dayList(today, until);
  const at = (value: number): number[] => days.map((_, i) => (days.length === 1 ? value : (value * i) / (days.length - 1)));
  return { days, layers: layersOf(at(p95), at(p50), at(p85), names) };
}

/** Today joined with the days by which `count` are done; null is later than all of them. */
export function fanOfDays(drawnTo: string, count: number, answer: readonly (string | null)[], names: Names): Fan {
  const today = shiftedDay(drawnTo, 1);
  const known = answer.filter((day): day is string => day !== null);
  const last = known.at(-1);
  if (last === undefined) return { days: [], layers: [] };
  const days = dayList(today, last);
  const towards = (day: string | null | undefined): number[] => {
    const far = day ? Math.max(1, daysBetween(today, day)) : days.length;
    return days.map((_, i) => Math.min(count, (count * i) / far));
  };
  return { days, layers: layersOf(towards(answer[2]), towards(answer[0]), towards(answer[1]), names) };
}

const layersOf = (low: number[], high: number[], middle: number[], names: Names): ChartLayer[] => [
  { kind: 'AREA', key: 'fan', name: names.fan, look: LOOKS.progress, fill: 'LEVEL', low, high, values: [] },
  { kind: 'LINE', key: 'p85', name: names.p85, look: LOOKS.p85, points: middle.map((y, i) => ({ x: i + 0.5, y })), values: middle },
];

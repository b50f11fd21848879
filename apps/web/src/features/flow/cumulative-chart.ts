import type { ChartLayer } from '@trainyard/ui';
import { LOOKS } from './chart-looks.ts';

/** From the top of the picture to its bottom. */
export const STAGES_SHOWN = ['OPEN', 'IN_PROGRESS', 'DONE', 'OUT'] as const;
type Stage = (typeof STAGES_SHOWN)[number];

const LAYERS = {
  OPEN: { look: LOOKS.open, fill: 'DOTTED' },
  IN_PROGRESS: { look: LOOKS.progress, fill: 'PLAIN' },
  DONE: { look: LOOKS.done, fill: 'RISING' },
  OUT: { look: LOOKS.out, fill: 'CROSSED' },
} as const;

/** How many are at each stage, of how many had come to it or behind it. */
export function widthsOf(reached: readonly number[]): Record<Stage, number> {
  const of = (at: number): number => (reached[at] ?? 0) - (reached[at + 1] ?? 0);
  return { OPEN: of(0), IN_PROGRESS: of(1), DONE: of(2), OUT: of(3) };
}

/** So much of the height may be what lay behind the days that are shown: more would hide what moves. */
const BEHIND_MAX = 0.4;

/** The stages on top of each other. `base`: where the axis begins, where most had ended before the first day. */
export function stageLayers(days: readonly { reached: readonly number[] }[], names: Record<Stage, string>): { layers: ChartLayer[]; base: number } {
  const [first, last] = [days[0]?.reached[2] ?? 0, days.at(-1)?.reached[0] ?? 0];
  const base = first > last * BEHIND_MAX ? roundDown(first) : 0;
  const layers = STAGES_SHOWN.map((stage, i): ChartLayer => ({
    kind: 'AREA',
    key: stage,
    name: names[stage],
    ...LAYERS[stage],
    low: days.map(({ reached }) => Math.max(base, reached[i + 1] ?? 0)),
    high: days.map(({ reached }) => Math.max(base, reached[i] ?? 0)),
    values: days.map(({ reached }) => widthsOf(reached)[stage]),
  }));
  // what lies below the axis altogether is said by the legend alone
  return { layers, base };
}

function roundDown(value: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, value))) - 1);
  return Math.floor(value / step) * step;
}

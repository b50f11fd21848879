import type { SeriesLook } from './series-look.ts';

/** A place of the axis: a day, a sprint, a column. */
export interface ChartSlot {
  key: string;
  /** In full. */
  name: string;
  /** At the axis: short. */
  tick: string;
  /** Such as a day that nobody works on. */
  isShaded?: boolean;
}

/** Across in slots: 2.5 is the middle of the third. */
export interface SlotPoint {
  x: number;
  y: number;
}

/** How an area or a bar is filled, so that no colour alone tells it apart. */
export type Fill = 'PLAIN' | 'RISING' | 'FALLING' | 'CROSSED' | 'DOTTED' | 'LEVEL';

interface LayerBase {
  key: string;
  name: string;
  look: SeriesLook;
  /** What the legend says of each slot. */
  values: readonly (number | null)[];
}

export type ChartLayer = LayerBase &
  (
    | { kind: 'STEPS'; /** Each holds on to the next. */ points: readonly SlotPoint[]; /** The last one holds on to here. */ until: number; isThin?: boolean }
    | { kind: 'LINE'; points: readonly SlotPoint[]; isThin?: boolean }
    | { kind: 'AREA'; fill: Fill; low: readonly (number | null)[]; high: readonly (number | null)[] }
    | {
        kind: 'BARS';
        fill: Fill;
        low?: readonly (number | null)[];
        high: readonly (number | null)[];
        /** Beside others: which of how many. */ place?: [number, number];
      }
    | { kind: 'DOTS'; shape: 'ROUND' | 'SQUARE' | 'DIAMOND'; dots: readonly SlotPoint[] }
  );

/** A line across at one height, such as a percentile. */
export interface ChartLevel {
  key: string;
  name: string;
  y: number;
  look: SeriesLook;
}

/** All heights that are drawn, so that the axis holds them. */
export function heightsOf(layers: readonly ChartLayer[], levels: readonly ChartLevel[]): number[] {
  const of = (layer: ChartLayer): readonly (number | null)[] => {
    if (layer.kind === 'STEPS' || layer.kind === 'LINE') return layer.points.map(({ y }) => y);
    if (layer.kind === 'DOTS') return layer.dots.map(({ y }) => y);
    return [...layer.high, ...(layer.low ?? [])];
  };
  return [...layers.flatMap(of), ...levels.map(({ y }) => y)].filter((value): value is number => value !== null && Number.isFinite(value));
}

export interface HeightScale {
  /** 0 at the bottom to 1 at the top. */
  place: (value: number) => number;
  ticks: readonly number[];
}

const TICKS = 5;
/** A little below one, so that a dot at one does not lie on the axis. */
const LOG_FROM = 0.85;

/** From 0 or the floor, or from the least where it is less, to a round number above the most. Logarithmic from about 1 on: what is less lies at the bottom. */
export function heightScale(heights: readonly number[], isLog: boolean, floor = 0): HeightScale {
  const most = heights.reduce((max, value) => Math.max(max, value), isLog ? 2 : 0);
  const least = floor > 0 ? floor : Math.min(0, ...heights);
  if (isLog) {
    const ticks = logTicks(most);
    const [bottom, top] = [Math.log(LOG_FROM), Math.log(Math.max(most * 1.15, 2))];
    return { place: (value) => (Math.log(Math.max(LOG_FROM, value)) - bottom) / (top - bottom), ticks };
  }
  const step = roundStep((most - least || 1) / TICKS, heights.every(Number.isInteger));
  const [from, to] = [Math.floor(least / step) * step, Math.max(1, Math.ceil(most / step)) * step];
  const count = Math.round((to - from) / step);
  return {
    place: (value) => (value - from) / (to - from),
    ticks: Array.from({ length: count + 1 }, (_, i) => Number((from + i * step).toPrecision(12))),
  };
}

/** What is counted has whole ticks. */
function roundStep(rough: number, isWhole: boolean): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((n) => n * power >= rough * 0.999) ?? 10) * power;
  return isWhole ? Math.max(1, Math.round(step)) : step;
}

function logTicks(most: number): number[] {
  const ticks = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000];
  return ticks.filter((tick) => tick <= Math.max(2, most * 1.15));
}

type Place = (value: number) => number;

/** The path of lines that hold until they change. */
export function stepsPath(points: readonly SlotPoint[], until: number, across: Place, up: Place): string {
  let path = '';
  points.forEach(({ x, y }, i) => {
    const height = up(y).toFixed(1);
    path += i === 0 ? `M${across(x).toFixed(1)} ${height}` : `H${across(x).toFixed(1)}V${height}`;
  });
  return path === '' ? '' : `${path}H${across(Math.max(until, points.at(-1)?.x ?? 0)).toFixed(1)}`;
}

export function linePath(points: readonly SlotPoint[], across: Place, up: Place): string {
  return points.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${across(x).toFixed(1)} ${up(y).toFixed(1)}`).join('');
}

/** An area of steps, a slot each; a gap where a slot has no height. `edge` is its upper line. */
export function areaPaths(low: readonly (number | null)[], high: readonly (number | null)[], across: Place, up: Place): { area: string; edge: string } {
  let [area, edge] = ['', ''];
  for (let from = 0; from < high.length; from += 1) {
    if (high[from] === null || high[from] === undefined) continue;
    let to = from;
    while (to < high.length && high[to] !== null && high[to] !== undefined) to += 1;
    const top = Array.from({ length: to - from }, (_, i) => `${i === 0 ? '' : `H${across(from + i).toFixed(1)}`}V${up(high[from + i] as number).toFixed(1)}`);
    const under = Array.from({ length: to - from }, (_, i) => {
      const at = to - 1 - i;
      return `V${up(low[at] ?? 0).toFixed(1)}H${across(at).toFixed(1)}`;
    });
    const end = `H${across(to).toFixed(1)}`;
    area += `M${across(from).toFixed(1)} ${up(low[from] ?? 0).toFixed(1)}${top.join('')}${end}${under.join('')}Z`;
    edge += `M${across(from).toFixed(1)} ${up(high[from] as number).toFixed(1)}${top.slice(1).join('')}${end}`;
    from = to;
  }
  return { area, edge };
}

/** The part of a slot that its bars fill, and how wide they are at most, in CSS pixels. */
const BAR = 0.72;
const BAR_MAX = 110;

export function barsPath({ low, high, place: [at, of] = [0, 1] }: Extract<ChartLayer, { kind: 'BARS' }>, across: Place, up: Place): string {
  const slotWidth = across(1) - across(0);
  const all = Math.min(BAR, (BAR_MAX * of) / slotWidth);
  const width = all / of;
  return high
    .map((value, slot) => {
      if (value === null) return '';
      const [left, right] = [across(slot + (1 - all) / 2 + width * at), across(slot + (1 - all) / 2 + width * (at + 1))];
      const gap = of > 1 && right - left > 6 ? 1 : 0;
      return `M${(left + gap).toFixed(1)} ${up(low?.[slot] ?? 0).toFixed(1)}V${up(value).toFixed(1)}H${(right - gap).toFixed(1)}V${up(low?.[slot] ?? 0).toFixed(1)}Z`;
    })
    .join('');
}

const DIAMOND = 4.5;

/** One path for all dots: a thousand elements would be slow. */
export function dotsPath(dots: readonly SlotPoint[], shape: 'ROUND' | 'SQUARE' | 'DIAMOND', across: Place, up: Place): string {
  return dots
    .map(({ x, y }) => {
      const [cx, cy] = [across(x), up(y)];
      if (shape === 'DIAMOND') return `M${(cx - DIAMOND).toFixed(1)} ${cy.toFixed(1)}l${DIAMOND} ${-DIAMOND}l${DIAMOND} ${DIAMOND}l${-DIAMOND} ${DIAMOND}Z`;
      // without a length nothing is drawn of a square end
      return `M${cx.toFixed(1)} ${cy.toFixed(1)}h0.01`;
    })
    .join('');
}

/** Which slots have their tick written, so that no two run into each other. */
export function ticksShown(slots: readonly ChartSlot[], slotWidth: number): number[] {
  const widest = slots.reduce((most, { tick }) => Math.max(most, textWidth(tick)), 0) + 14;
  const every = Math.max(1, Math.ceil(widest / Math.max(slotWidth, 0.01)));
  return slots.flatMap((_, i) => (i % every === 0 ? i : []));
}

/** A text cut so that it fits a width. */
export function cutText(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  const signs = [...text];
  while (signs.length > 1 && textWidth(`${signs.join('')}…`) > width) signs.pop();
  return `${signs.join('').trimEnd()}…`;
}

/** Where the names of lines across stand: above their line, and below each other where lines are close. */
export function levelPlaces(heights: readonly number[], apart: number): number[] {
  const places = heights.map(() => 0);
  let last = -Infinity;
  for (const i of heights.map((_, at) => at).toSorted((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0))) {
    last = Math.max(heights[i] ?? 0, last + apart);
    places[i] = last;
  }
  return places;
}

/** CSS pixels that a text takes about: Chinese signs are as wide as they are high. */
export const textWidth = (text: string): number => [...text].reduce((sum, sign) => sum + ((sign.codePointAt(0) ?? 0) > 0x2e80 ? 11.5 : 6.2), 0);

import { heightScale, heightsOf, levelPlaces, textWidth, ticksShown, type ChartLayer, type ChartLevel, type ChartSlot } from './slot-layers.ts';

export interface GeometryInput {
  slots: readonly ChartSlot[];
  layers: readonly ChartLayer[];
  levels: readonly ChartLevel[];
  formatY: (y: number) => string;
  isLog: boolean;
  floor: number;
  areNamed: boolean;
  width: number;
  height: number;
}

/** Where what is drawn lies, in CSS pixels. */
export interface SlotGeometry {
  left: number;
  top: number;
  right: number;
  bottom: number;
  slotWidth: number;
  across: (x: number) => number;
  up: (y: number) => number;
  /** Heights at the axis. */
  ticks: readonly number[];
  /** Slots whose names are written. */
  named: readonly number[];
  /** Where the names of levels stand. */
  levels: readonly number[];
}

const TOP = 26;
const BOTTOM = 26;
const RIGHT = 14;
/** A name in less room says nothing. */
const NAME_MIN = 36;
const LEVEL_APART = 12;

export function slotGeometry({ slots, layers, levels, formatY, isLog, floor, areNamed, width, height }: GeometryInput): SlotGeometry {
  const scale = heightScale(heightsOf(layers, levels), isLog, floor);
  const left = Math.max(34, ...scale.ticks.map((tick) => textWidth(formatY(tick)) + 12));
  const inner = { width: Math.max(40, width - left - RIGHT), height: height - TOP - BOTTOM };
  const slotWidth = inner.width / Math.max(1, slots.length);
  const up = (y: number): number => TOP + (1 - scale.place(y)) * inner.height;
  return {
    left,
    top: TOP,
    right: left + inner.width,
    bottom: TOP + inner.height,
    slotWidth,
    across: (x) => left + x * slotWidth,
    up,
    ticks: scale.ticks,
    named: areNamed && slotWidth >= NAME_MIN ? slots.map((_, i) => i) : ticksShown(slots, slotWidth),
    levels: levelPlaces(
      levels.map(({ y }) => up(y) - 4),
      LEVEL_APART,
    ),
  };
}

import { useId, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent, type RefObject } from 'react';
import classes from './SlotChart.module.css';
import { SlotLegend } from './SlotLegend.tsx';
import { SlotDrawing } from './SlotDrawing.tsx';
import { slotGeometry } from './slot-geometry.ts';
import type { ChartLayer, ChartLevel, ChartSlot } from './slot-layers.ts';
import { useWidth } from './useWidth.ts';

/** Where the crosshair stops: a slot, or a dot. */
export interface ChartStop {
  key: string;
  x: number;
  /** Of a dot: then the nearest one in both directions is meant. */
  y?: number;
  /** What stands there, in words. */
  name: string;
  /** What else is said of it; the values of the layers where it is left out. */
  says?: string;
  /** The values of layers there, by their keys; those of its slot where they are left out. */
  values?: Readonly<Record<string, number>>;
}

export interface SlotChartProps {
  /** What is shown, for those who do not see it; the numbers stand in a table beside it. */
  label: string;
  slots: readonly ChartSlot[];
  layers: readonly ChartLayer[];
  levels?: readonly ChartLevel[];
  /** Slot by slot where it is left out. */
  stops?: readonly ChartStop[];
  /** What is opened of a stop, by Enter or a click; `layer` is the area that was clicked into, where it was one. */
  onOpen?: ((stop: ChartStop, layer: string | null) => void) | undefined;
  formatY: (y: number) => string;
  /** What the height counts, at the axis. */
  unit: string;
  isLog?: boolean;
  /** Where the axis begins; 0 where it is left out. */
  floor?: number;
  /** Slots have names of their own, each of which is written and cut; else as many ticks are written as there is room for. */
  areNamed?: boolean;
  height?: number;
  /** Where now is: what lies behind it is to come. */
  now?: number | null;
  /** The drawing, for a picture of it. */
  svgRef?: RefObject<SVGSVGElement | null>;
}

const NO_LEVELS: readonly ChartLevel[] = [];

/**
 * What was on days, in sprints or in columns that follow each other: steps, areas, bars, dots. Drawn as SVG: it prints sharp and in the colours
 * of paper, and follows the theme by itself.
 */
export function SlotChart({
  label,
  slots,
  layers,
  levels = NO_LEVELS,
  onOpen,
  formatY,
  unit,
  isLog = false,
  floor = 0,
  areNamed = false,
  height = 280,
  now = null,
  ...rest
}: SlotChartProps) {
  const own = useRef<SVGSVGElement>(null);
  const root = useRef<HTMLDivElement>(null);
  const width = useWidth(root, 640);
  const id = useId();
  const [at, setAt] = useState<{ stop: number; byKey: boolean } | null>(null);
  const stops = rest.stops ?? slots.map(({ key, name }, i): ChartStop => ({ key, name, x: i + 0.5 }));

  const geometry = useMemo(
    () => slotGeometry({ slots, layers, levels, formatY, isLog, floor, areNamed, width, height }),
    [slots, layers, levels, formatY, isLog, floor, areNamed, width, height],
  );
  const { across, up } = geometry;

  const current = at === null ? null : (stops[at.stop] ?? null);
  const slot = current === null ? null : Math.min(slots.length - 1, Math.max(0, Math.floor(current.x)));
  // Where nobody points, the legend says what was last.
  const place = slot ?? lastKnown(layers);
  const valueOf = ({ key, values }: ChartLayer): number | null =>
    current?.values ? (current.values[key] ?? null) : place === null ? null : (values[place] ?? null);
  const said = (): string =>
    layers
      .flatMap((layer) => {
        const value = valueOf(layer);
        return value === null ? [] : [`${layer.name} ${formatY(value)}`];
      })
      .join(', ');

  const nearest = (event: PointerEvent): number | null => {
    const box = root.current?.getBoundingClientRect();
    if (!box || stops.length === 0) return null;
    const [px, py] = [event.clientX - box.left, event.clientY - box.top];
    let [best, found] = [Infinity, 0];
    stops.forEach(({ x, y }, i) => {
      const far = y === undefined ? Math.abs(across(x) - px) : Math.hypot(across(x) - px, up(y) - py);
      if (far < best) [best, found] = [far, i];
    });
    return found;
  };
  const point = (event: PointerEvent): void => {
    const stop = nearest(event);
    if (stop !== null) setAt({ stop, byKey: false });
  };
  const areaAt = (clientY: number): string | null => {
    const y = clientY - (root.current?.getBoundingClientRect().top ?? 0);
    const isIn = (layer: ChartLayer): boolean => {
      const high = slot === null || layer.kind !== 'AREA' ? null : (layer.high[slot] ?? null);
      return high !== null && layer.kind === 'AREA' && up(high) <= y && y <= up(layer.low[slot ?? 0] ?? 0);
    };
    return layers.find(isIn)?.key ?? null;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const last = stops.length - 1;
    const page = Math.max(1, Math.round(last / 10));
    const here = at?.stop ?? null;
    const targets: Record<string, number> = {
      ArrowLeft: (here ?? last + 1) - 1,
      ArrowRight: (here ?? -1) + 1,
      PageUp: (here ?? last + 1) - page,
      PageDown: (here ?? -1) + page,
      Home: 0,
      End: last,
    };
    const target = targets[event.key];
    if (target !== undefined && last >= 0) setAt({ stop: Math.max(0, Math.min(last, target)), byKey: true });
    else if (event.key === 'Enter' && current && onOpen) onOpen(current, null);
    else if (event.key === 'Escape' && at) setAt(null);
    else return;
    event.preventDefault();
  };

  return (
    <div className={classes.root}>
      <SlotLegend layers={layers} levels={levels} valueOf={valueOf} where={current?.name ?? ''} formatY={formatY} />
      <div
        ref={root}
        className={classes.plot}
        style={{ blockSize: height }}
        role="group"
        aria-label={label}
        tabIndex={0}
        data-opens={onOpen !== undefined || undefined}
        onKeyDown={onKeyDown}
        onPointerMove={point}
        onPointerDown={point}
        onPointerLeave={() => setAt(null)}
        onBlur={() => setAt(null)}
        onClick={(event) => current && onOpen?.(current, areaAt(event.clientY))}
      >
        <svg ref={rest.svgRef ?? own} width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
          <SlotDrawing id={id} {...{ geometry, slots, layers, levels, formatY, unit, areNamed, now }} />
          {current && <line className={classes.cursor} x1={across(current.x)} x2={across(current.x)} y1={geometry.top} y2={geometry.bottom} />}
          {current?.y !== undefined && <circle className={classes.chosen} cx={across(current.x)} cy={up(current.y)} r={7} />}
        </svg>
        {current?.y !== undefined && (
          <span
            className={classes.says}
            style={{ insetInlineStart: Math.min(across(current.x), width - 180), insetBlockStart: Math.max(0, up(current.y) - 44) }}
          >
            {current.says ?? current.name}
          </span>
        )}
      </div>
      <span className={classes.announced} aria-live="polite">
        {at?.byKey && current ? `${current.name}: ${current.says ?? said()}` : ''}
      </span>
    </div>
  );
}

/** The last slot that anything but a line says something of. */
function lastKnown(layers: readonly ChartLayer[]): number | null {
  const last = Math.max(-1, ...layers.filter(({ kind }) => kind !== 'LINE').map(({ values }) => values.findLastIndex((value) => value !== null)));
  return last < 0 ? null : last;
}

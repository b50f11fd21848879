import { useId, useRef, useState, type KeyboardEvent, type PointerEvent, type RefObject } from 'react';
import classes from './SlotChart.module.css';
import { SlotLegend } from './SlotLegend.tsx';
import {
  areaPaths,
  barsPath,
  dotsPath,
  heightScale,
  heightsOf,
  linePath,
  stepsPath,
  textWidth,
  ticksShown,
  type ChartLayer,
  type ChartLevel,
  type ChartSlot,
} from './slot-layers.ts';
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
  height?: number;
  /** Where now is: what lies behind it is to come. */
  now?: number | null;
  /** The drawing, for a picture of it. */
  svgRef?: RefObject<SVGSVGElement | null>;
}

const TOP = 26;
const BOTTOM = 26;
const RIGHT = 14;

/**
 * What was on days, in sprints or in columns that follow each other: steps, areas, bars, dots. Drawn as SVG: it prints sharp and in the colours
 * of paper, and follows the theme by itself.
 */
export function SlotChart({
  label,
  slots,
  layers,
  levels = [],
  onOpen,
  formatY,
  unit,
  isLog = false,
  floor = 0,
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

  const scale = heightScale(heightsOf(layers, levels), isLog, floor);
  const left = Math.max(34, ...scale.ticks.map((tick) => textWidth(formatY(tick)) + 12));
  const inner = { width: Math.max(40, width - left - RIGHT), height: height - TOP - BOTTOM };
  const across = (x: number): number => left + (slots.length === 0 ? 0 : (x / slots.length) * inner.width);
  const up = (y: number): number => TOP + (1 - scale.place(y)) * inner.height;

  const current = at === null ? null : (stops[at.stop] ?? null);
  const slot = current === null ? null : Math.min(slots.length - 1, Math.max(0, Math.floor(current.x)));
  const saysOf = (stop: ChartStop): string => {
    const place = Math.min(slots.length - 1, Math.max(0, Math.floor(stop.x)));
    const values = layers.flatMap(({ name, values: of }) => (of[place] === null || of[place] === undefined ? [] : [`${name} ${formatY(of[place])}`]));
    return stop.says ?? values.join(', ');
  };

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
      <SlotLegend layers={layers} levels={levels} slot={slot ?? lastKnown(layers)} where={current?.name ?? ''} formatY={formatY} />
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
          <defs>
            {layers.map((layer) => (layer.kind === 'AREA' || layer.kind === 'BARS') && <FillPattern key={layer.key} id={`${id}${layer.key}`} layer={layer} />)}
            <clipPath id={`${id}clip`}>
              <rect x={left} y={TOP - 4} width={inner.width + 4} height={inner.height + 5} />
            </clipPath>
          </defs>
          {slots.map(
            ({ key, isShaded }, i) =>
              isShaded && <rect key={key} className={classes.shade} x={across(i)} y={TOP} width={across(i + 1) - across(i)} height={inner.height} />,
          )}
          <text className={classes.unit} x={0} y={12}>
            {unit}
          </text>
          {scale.ticks.map((tick) => (
            <g key={tick}>
              <line className={classes.grid} x1={left} x2={left + inner.width} y1={up(tick)} y2={up(tick)} />
              <text className={classes.tick} x={left - 7} y={up(tick)} textAnchor="end" dominantBaseline="middle">
                {formatY(tick)}
              </text>
            </g>
          ))}
          {ticksShown(slots, inner.width / Math.max(1, slots.length)).map((i) => (
            <g key={slots[i]?.key}>
              <line className={classes.mark} x1={across(i + 0.5)} x2={across(i + 0.5)} y1={TOP + inner.height} y2={TOP + inner.height + 4} />
              <text className={classes.tick} x={across(i + 0.5)} y={height - 8} textAnchor="middle">
                {slots[i]?.tick}
              </text>
            </g>
          ))}
          <g clipPath={`url(#${id}clip)`}>
            {layers.map((layer) => (
              <Layer key={layer.key} layer={layer} fill={`url(#${id}${layer.key})`} across={across} up={up} />
            ))}
          </g>
          {levels.map(({ key, name, y, look }) => (
            <g key={key}>
              <line
                x1={left}
                x2={left + inner.width}
                y1={up(y)}
                y2={up(y)}
                stroke={`var(${look.color})`}
                strokeWidth={1.25}
                strokeDasharray={look.dash.join(' ')}
              />
              <text className={classes.level} x={left + inner.width} y={up(y) - 4} textAnchor="end">
                {name}
              </text>
            </g>
          ))}
          {now !== null && <line className={classes.now} x1={across(now)} x2={across(now)} y1={TOP} y2={TOP + inner.height} />}
          {current && <line className={classes.cursor} x1={across(current.x)} x2={across(current.x)} y1={TOP} y2={TOP + inner.height} />}
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
        {at?.byKey && current ? `${current.name}: ${saysOf(current)}` : ''}
      </span>
    </div>
  );
}

/** Where nobody points, the legend says what was last. */
function lastKnown(layers: readonly ChartLayer[]): number | null {
  const last = Math.max(-1, ...layers.filter(({ kind }) => kind !== 'LINE').map(({ values }) => values.findLastIndex((value) => value !== null)));
  return last < 0 ? null : last;
}

interface LayerProps {
  layer: ChartLayer;
  fill: string;
  across: (x: number) => number;
  up: (y: number) => number;
}

function Layer({ layer, fill, across, up }: LayerProps) {
  const stroke = `var(${layer.look.color})`;
  const dash = layer.look.dash.join(' ');
  switch (layer.kind) {
    case 'STEPS':
      return (
        <path className={classes.line} d={stepsPath(layer.points, layer.until, across, up)} stroke={stroke} strokeDasharray={dash} data-thin={layer.isThin} />
      );
    case 'LINE':
      return <path className={classes.line} d={linePath(layer.points, across, up)} stroke={stroke} strokeDasharray={dash} data-thin={layer.isThin} />;
    case 'AREA': {
      const { area, edge } = areaPaths(layer.low, layer.high, across, up);
      return (
        <>
          <path d={area} fill={fill} />
          <path className={classes.line} d={edge} stroke={stroke} />
        </>
      );
    }
    case 'BARS':
      return <path className={classes.bar} d={barsPath(layer, across, up)} fill={fill} stroke={stroke} />;
    case 'DOTS':
      return <path className={classes.dots} d={dotsPath(layer.dots, layer.shape, across, up)} stroke={stroke} data-shape={layer.shape} />;
  }
}

/** Colour and strokes: one of them is told apart without the other. */
function FillPattern({ id, layer }: { id: string; layer: Extract<ChartLayer, { kind: 'AREA' | 'BARS' }> }) {
  const color = `var(${layer.look.color})`;
  const stroke = { stroke: color, strokeWidth: 1, strokeOpacity: 0.55 };
  return (
    <pattern id={id} width={8} height={8} patternUnits="userSpaceOnUse">
      <rect width={8} height={8} fill={color} fillOpacity={layer.fill === 'PLAIN' ? 0.42 : 0.16} />
      {(layer.fill === 'RISING' || layer.fill === 'CROSSED') && <path d="M-2 2l4 -4M0 8l8 -8M6 10l4 -4" {...stroke} />}
      {(layer.fill === 'FALLING' || layer.fill === 'CROSSED') && <path d="M-2 6l4 4M0 0l8 8M6 -2l4 4" {...stroke} />}
      {layer.fill === 'LEVEL' && <path d="M0 2h8M0 6h8" {...stroke} />}
      {layer.fill === 'DOTTED' && <path d="M2 2h0.01M6 6h0.01" {...stroke} strokeWidth={2} strokeLinecap="round" />}
    </pattern>
  );
}

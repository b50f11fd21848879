import { useRef } from 'react';
import { axisScale, type PlotAxis } from './plot-axis.ts';
import classes from './ScatterPlot.module.css';
import type { SeriesLook } from './series-look.ts';
import { useWidth } from './useWidth.ts';

/** A thing at several axes. */
export interface PlotItem {
  key: string;
  name: string;
  look: SeriesLook;
}

export interface ScatterPlotProps {
  /** What is shown, for those who do not see it; the numbers stand in a table beside it. */
  label: string;
  items: readonly PlotItem[];
  /** Their values are in the order of the items. */
  x: PlotAxis;
  y: PlotAxis;
  height?: number;
  highlighted: string | null;
  onHighlight: (key: string | null) => void;
}

const LEFT = 64;
const BOTTOM = 40;
const TOP = 8;
const RIGHT = 16;

/** One value against another, a mark a thing. */
export function ScatterPlot({ label, items, x, y, height = 260, highlighted, onHighlight }: ScatterPlotProps) {
  const root = useRef<HTMLDivElement>(null);
  const width = useWidth(root, 480);
  const [across, up] = [axisScale(x), axisScale(y)];
  const inner = { width: Math.max(40, width - LEFT - RIGHT), height: height - TOP - BOTTOM };
  const xAt = (place: number): number => LEFT + place * inner.width;
  const yAt = (place: number): number => TOP + (1 - place) * inner.height;
  return (
    <div ref={root} className={classes.root}>
      <svg width={width} height={height} role="img" aria-label={label}>
        {up.ticks.map(({ at, text }) => (
          <g key={text}>
            <line className={classes.grid} x1={LEFT} x2={LEFT + inner.width} y1={yAt(at)} y2={yAt(at)} />
            <text className={classes.tick} x={LEFT - 8} y={yAt(at)} textAnchor="end" dominantBaseline="middle">
              {text}
            </text>
          </g>
        ))}
        {across.ticks.map(({ at, text }) => (
          <g key={text}>
            <line className={classes.grid} x1={xAt(at)} x2={xAt(at)} y1={TOP} y2={TOP + inner.height} />
            <text className={classes.tick} x={xAt(at)} y={TOP + inner.height + 14} textAnchor="middle">
              {text}
            </text>
          </g>
        ))}
        <text className={classes.name} x={LEFT + inner.width / 2} y={height - 6} textAnchor="middle">
          {x.name}
        </text>
        {items.map(({ key, name, look }, i) => {
          const [px, py] = [across.place(x.values[i]), up.place(y.values[i])];
          if (px === null || py === null) return null;
          const [cx, cy] = [xAt(px), yAt(py)];
          return (
            <g
              key={key}
              className={classes.mark}
              data-back={(highlighted !== null && highlighted !== key) || undefined}
              onPointerEnter={() => onHighlight(key)}
              onPointerLeave={() => onHighlight(null)}
            >
              <title>{`${name}: ${x.name} ${x.format(x.values[i] ?? '')}, ${y.name} ${y.format(y.values[i] ?? '')}`}</title>
              <circle cx={cx} cy={cy} r={14} fill="transparent" />
              <circle cx={cx} cy={cy} r={highlighted === key ? 7 : 5} stroke={`var(${look.color})`} className={classes.dot} />
              {highlighted === key && (
                <text className={classes.label} x={cx} y={cy - 12} textAnchor={px > 0.8 ? 'end' : px < 0.2 ? 'start' : 'middle'}>
                  {name}
                </text>
              )}
            </g>
          );
        })}
      </svg>
    </div>
  );
}

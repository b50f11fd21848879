import { useRef } from 'react';
import { axisScale, type PlotAxis } from './plot-axis.ts';
import classes from './ParallelPlot.module.css';
import type { PlotItem } from './ScatterPlot.tsx';
import { useWidth } from './useWidth.ts';

export interface ParallelPlotProps {
  /** What is shown, for those who do not see it; the numbers stand in a table beside it. */
  label: string;
  items: readonly PlotItem[];
  /** From left to right; their values are in the order of the items. */
  axes: readonly PlotAxis[];
  height?: number;
  highlighted: string | null;
  onHighlight: (key: string | null) => void;
}

const TOP = 40;
const BOTTOM = 12;
const SIDE = 70;
/** Axes closer than this have no room for their names: the picture scrolls. */
const APART = 110;

/** A line a thing through all of its values. */
export function ParallelPlot({ label, items, axes, height = 300, highlighted, onHighlight }: ParallelPlotProps) {
  const root = useRef<HTMLDivElement>(null);
  const width = Math.max(useWidth(root, 640), SIDE * 2 + APART * (axes.length - 1));
  const scales = axes.map(axisScale);
  const xAt = (i: number): number => (axes.length < 2 ? width / 2 : SIDE + (i * (width - 2 * SIDE)) / (axes.length - 1));
  const yAt = (place: number): number => TOP + (1 - place) * (height - TOP - BOTTOM);
  const back = items.toSorted((a, b) => Number(a.key === highlighted) - Number(b.key === highlighted));
  return (
    <div ref={root} className={classes.root}>
      <svg width={width} height={height} role="img" aria-label={label}>
        {back.map(({ key, name, look }) => {
          const path = pathOf(
            scales
              .map(({ place }, i) => place(axes[i]?.values[items.findIndex((one) => one.key === key)]))
              .map((at, i) => (at === null ? null : [xAt(i), yAt(at)])),
          );
          return (
            <g
              key={key}
              className={classes.line}
              data-back={(highlighted !== null && highlighted !== key) || undefined}
              data-front={highlighted === key || undefined}
              onPointerEnter={() => onHighlight(key)}
              onPointerLeave={() => onHighlight(null)}
            >
              <title>{name}</title>
              <path d={path} className={classes.reach} />
              <path d={path} stroke={`var(${look.color})`} strokeDasharray={look.dash.join(' ')} />
            </g>
          );
        })}
        {axes.map(({ key, name }, i) => (
          <g key={key} className={classes.axis}>
            <line x1={xAt(i)} x2={xAt(i)} y1={TOP} y2={height - BOTTOM} />
            <text className={classes.name} x={xAt(i)} y={16} textAnchor="middle">
              {name}
            </text>
            {scales[i]?.ticks.map(({ at, text }) => (
              <text
                key={text}
                className={classes.tick}
                x={xAt(i) + (i === axes.length - 1 ? 8 : -8)}
                y={yAt(at)}
                textAnchor={i === axes.length - 1 ? 'start' : 'end'}
                dominantBaseline="middle"
              >
                {text}
              </text>
            ))}
          </g>
        ))}
      </svg>
    </div>
  );
}

/** Through the places that there are; a gap where a thing has no value. */
function pathOf(places: readonly (readonly number[] | null)[]): string {
  let pen = 'M';
  let path = '';
  for (const place of places) {
    if (place) path += `${pen}${place[0]?.toFixed(1)} ${place[1]?.toFixed(1)}`;
    pen = place ? 'L' : 'M';
  }
  return path;
}

import { lazy, Suspense, useCallback, useId, useState, type ReactNode } from 'react';
import type { ChartRange } from './chart-range.ts';
import classes from './LineChart.module.css';
import type { SeriesLook } from './series-look.ts';

/** uPlot comes with the first chart that is shown, not with the page. */
const Plot = lazy(() => import('./Plot.tsx'));

export interface ChartSeries {
  key: string;
  name: string;
  look: SeriesLook;
  /** Marks each point: for series of few points, which a line alone would not show. */
  marked?: boolean;
  /** Stands behind another line, such as what a smoothed one was before: faint, and told by nobody. */
  faint?: boolean;
}

/** Aligned columns: y[s][i] belongs to x[i]; null where that series has no point there. */
export interface ChartData {
  x: number[];
  y: (number | null)[][];
}

/** Where the points are. The chart asks for what its width can show, when it is ready to draw. */
export interface ChartSource {
  /**
   * @param view Closed range of x that is shown; null shows everything.
   * @param width Columns of pixels to fill; each keeps the minimum and the maximum of every series.
   */
  read(view: { from: number; to: number } | null, width: number): ChartData;
  /** Calls `changed` after points were added; returns the end of that. */
  subscribe(changed: () => void): () => void;
}

export interface LineChartProps {
  /** What the chart shows, e.g. "Loss". */
  title: string;
  /** How to use it by keyboard, read out with the title. */
  help: string;
  series: readonly ChartSeries[];
  source: ChartSource;
  /** CSS pixels of the plot without its legend. */
  height?: number;
  /** An x in words, e.g. "step 1,200". */
  formatX: (x: number) => string;
  /** An x at the axis: short. */
  formatTick: (x: number) => string;
  formatY: (y: number) => string;
  /** A y at the axis: short. */
  formatYTick: (y: number) => string;
  /** Shown in the plot's place as long as no series has a point. */
  empty: string;
  /** The button that ends a zoom. */
  showAll: string;
  /** Charts of one key share the crosshair. */
  syncKey?: string;
  /** Charts of one range show the same part of x. */
  range?: ChartRange;
  /** A logarithmic axis of y: what is not above 0 is left out. */
  log?: boolean;
  /** The y that is shown of these points; null: all. */
  yRange?: (data: ChartData) => { min: number; max: number } | null;
  /** Distances between the ticks of x, rising; whole steps where it is left out. */
  ticks?: readonly number[];
  /** The key of a series that stands out; the others step back. */
  highlighted?: string | null;
  /** The legend stands elsewhere and is told what it says. */
  onReadout?: (readout: Readout) => void;
  /** Beside the title. */
  aside?: ReactNode;
}

/** What the legend tells: at the crosshair, or the newest of every series. */
export interface Readout {
  x: number | null;
  values: (number | null)[];
  /** Moved by keyboard: then it is announced. */
  announced: boolean;
}

const NOTHING: Readout = { x: null, values: [], announced: false };

/** Curves over a common x, live: reads from a source outside React, draws at most once a frame. */
export function LineChart({ title, help, series, source, height = 200, formatX, formatTick, formatY, formatYTick, empty, showAll, ...rest }: LineChartProps) {
  const { onReadout, aside, highlighted = null, ...drawn } = rest;
  const [readout, setReadout] = useState(NOTHING);
  const titleId = useId();
  const told = useCallback(
    (next: Readout) => {
      setReadout(next);
      onReadout?.(next);
    },
    [onReadout],
  );
  const blank = readout.values.every((value) => value === null);
  const spoken = series.flatMap((one, i) => (one.faint ? [] : [`${one.name} ${format(readout.values[i], formatY)}`])).join(', ');
  return (
    <figure className={classes.root} aria-labelledby={titleId}>
      <figcaption className={classes.head}>
        <span className={classes.top}>
          <span id={titleId} className={classes.title}>
            {title}
          </span>
          {aside}
          <span className={classes.at}>{readout.x === null ? '' : formatX(readout.x)}</span>
        </span>
        {!onReadout && (
          <span className={classes.legend}>
            {series.map((one, i) => (
              <span key={one.key} className={classes.entry}>
                <Swatch look={one.look} />
                {series.length > 1 && <span className={classes.name}>{one.name}</span>}
                <span className={classes.value}>{format(readout.values[i], formatY)}</span>
              </span>
            ))}
          </span>
        )}
      </figcaption>
      <div className={classes.plot} style={{ blockSize: height }}>
        <Suspense fallback={null}>
          <Plot
            label={`${title}. ${help}`}
            series={series}
            source={source}
            height={height}
            formatTick={formatTick}
            formatYTick={formatYTick}
            onReadout={told}
            showAll={showAll}
            highlighted={highlighted}
            {...drawn}
          />
        </Suspense>
        {blank && <span className={classes.empty}>{empty}</span>}
      </div>
      <span className={classes.announced} aria-live="polite">
        {readout.announced && readout.x !== null ? `${formatX(readout.x)}: ${spoken}` : ''}
      </span>
    </figure>
  );
}

/** The line as the plot draws it. */
export function Swatch({ look }: { look: SeriesLook }) {
  return (
    <svg className={classes.swatch} width={22} height={8} viewBox="0 0 22 8" aria-hidden="true">
      <line x1={1} y1={4} x2={21} y2={4} stroke={`var(${look.color})`} strokeWidth={2} strokeDasharray={look.dash.join(' ')} />
    </svg>
  );
}

function format(value: number | null | undefined, formatY: (y: number) => string): string {
  return value === null || value === undefined ? '–' : formatY(value);
}

import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { ChartRange } from './chart-range.ts';
import classes from './LineChart.module.css';
import { isLonePoint } from './lone-point.ts';
import type { ChartData, ChartSeries, ChartSource, Readout } from './LineChart.tsx';

interface PlotProps {
  label: string;
  series: readonly ChartSeries[];
  source: ChartSource;
  height: number;
  formatTick: (x: number) => string;
  formatYTick: (y: number) => string;
  onReadout: (readout: Readout) => void;
  syncKey?: string | undefined;
  range?: ChartRange | undefined;
  log?: boolean | undefined;
  yRange?: ((data: ChartData) => { min: number; max: number } | null) | undefined;
  ticks?: readonly number[] | undefined;
  highlighted: string | null;
  showAll: string;
}

/** What a chart is drawn from, and whom it tells. */
type LiveProps = Omit<PlotProps, 'label' | 'showAll' | 'highlighted' | 'range'> & { range: ChartRange; onZoomed: (zoomed: boolean) => void };

/**
 * The drawn part of a LineChart: drag to zoom, double click or Escape for all. Arrow keys move the crosshair, with Shift they choose a range
 * that Enter shows.
 */
export default function Plot(props: PlotProps) {
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<LiveChart>(null);
  const [zoomed, setZoomed] = useState(false);
  const { series, source, height, formatTick, formatYTick, onReadout, syncKey, log, yRange, ticks, highlighted } = props;
  const [own] = useState(() => new ChartRange());
  const range = props.range ?? own;

  useEffect(() => {
    const element = host.current;
    if (!element) return undefined;
    const start = (): LiveChart =>
      new LiveChart(element, { series, source, height, formatTick, formatYTick, onReadout, syncKey, log, yRange, ticks, range, onZoomed: setZoomed });
    chart.current = start();
    const resized = new ResizeObserver(() => chart.current?.resize());
    resized.observe(element);
    // A canvas does not follow custom properties: another colour scheme is another chart.
    const recoloured = new MutationObserver(() => {
      chart.current?.end();
      chart.current = start();
    });
    recoloured.observe(document.documentElement, { attributeFilter: ['data-mantine-color-scheme'] });
    return () => {
      resized.disconnect();
      recoloured.disconnect();
      chart.current?.end();
      chart.current = null;
    };
  }, [series, source, height, formatTick, formatYTick, onReadout, syncKey, log, yRange, ticks, range]);
  useEffect(() => chart.current?.highlight(highlighted), [highlighted, series, source]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (chart.current?.key(event.key, event.shiftKey)) event.preventDefault();
  };
  return (
    <>
      <div
        ref={host}
        className={classes.canvas}
        role="group"
        aria-label={props.label}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onBlur={() => chart.current?.leave()}
      />
      {/* what shows many charts together has one button for all */}
      {zoomed && !props.range && (
        <button type="button" className={classes.all} onClick={() => range.show(null)}>
          {props.showAll}
        </button>
      )}
    </>
  );
}

/** One uPlot and what it shows; lives outside React so that a push of points costs one drawing and nothing else. */
class LiveChart {
  private readonly plot: UPlot;
  private readonly stops: readonly (() => void)[];
  private data: ChartData = { x: [], y: [] };
  /** Where a choice by keyboard began. */
  private anchor: number | null = null;
  private frame = 0;
  private byKey = false;
  private readonly element: HTMLElement;
  private readonly props: LiveProps;

  constructor(element: HTMLElement, props: LiveProps) {
    this.element = element;
    this.props = props;
    this.plot = new UPlot(this.options(), [[], ...props.series.map(() => [])], element);
    this.stops = [props.source.subscribe(() => this.schedule()), props.range.subscribe(() => this.changeRange())];
    if (this.view) props.onZoomed(true);
    this.draw();
  }

  private get view(): { from: number; to: number } | null {
    return this.props.range.view;
  }

  resize(): void {
    const width = Math.max(80, this.element.clientWidth);
    if (width === this.plot.width) return;
    this.plot.setSize({ width, height: this.props.height });
    this.draw();
  }

  end(): void {
    cancelAnimationFrame(this.frame);
    if (this.view) this.props.onZoomed(false);
    for (const stop of this.stops) stop();
    this.plot.destroy();
  }

  leave(): void {
    this.byKey = false;
    this.choose(null);
    this.plot.setCursor({ left: -10, top: -10 });
  }

  /** Lets one series stand out. */
  highlight(key: string | null): void {
    let changed = false;
    this.props.series.forEach((one, i) => {
      const drawn = this.plot.series[i + 1];
      const alpha = alphaOf(one, this.mixed) * (key === null || one.key === key ? 1 : 0.15);
      if (!drawn || drawn.alpha === alpha) return;
      drawn.alpha = alpha;
      drawn.width = one.key === key && !one.faint ? 2.5 : widthOf(one);
      changed = true;
    });
    if (changed) this.plot.redraw(false);
  }

  private get mixed(): boolean {
    return this.props.series.some((one) => one.marked) && !this.props.series.every((one) => one.marked || one.faint);
  }

  /** Marks what lies between the crosshair and where the choice began; null ends it. */
  private choose(to: number | null): void {
    if (to === null) {
      if (this.anchor !== null) this.plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
      this.anchor = null;
      return;
    }
    const [a, b] = [this.plot.valToPos(this.anchor ?? to, 'x'), this.plot.valToPos(to, 'x')];
    this.plot.setSelect({ left: Math.min(a, b), top: 0, width: Math.abs(b - a), height: this.plot.bbox.height / devicePixelRatio }, false);
  }

  /** Whether the key was meant for the chart. */
  key(key: string, shift: boolean): boolean {
    const last = this.data.x.length - 1;
    const at = this.plot.cursor.idx ?? null;
    const page = Math.max(1, Math.round(last / 20));
    const targets: Record<string, number> = {
      ArrowLeft: (at ?? last + 1) - 1,
      ArrowRight: (at ?? -1) + 1,
      PageUp: (at ?? -1) + page,
      PageDown: (at ?? last + 1) - page,
      Home: 0,
      End: last,
    };
    if (key === 'Escape' && (this.anchor !== null || this.view)) {
      if (this.anchor === null) this.props.range.show(null);
      this.choose(null);
      return true;
    }
    if (key === 'Enter' && this.anchor !== null && at !== null) {
      const [from, to] = [this.anchor, this.data.x[at] ?? this.anchor].sort((a, b) => a - b) as [number, number];
      this.choose(null);
      if (to > from) this.props.range.show({ from, to });
      return true;
    }
    const target = targets[key];
    if (target === undefined || last < 0) return false;
    const x = this.data.x[Math.max(0, Math.min(last, target))] ?? 0;
    this.byKey = true;
    if (shift) {
      this.anchor ??= at === null ? x : (this.data.x[at] ?? x);
      this.choose(x);
    } else this.choose(null);
    this.plot.setCursor({ left: this.plot.valToPos(x, 'x'), top: 0 });
    return true;
  }

  private schedule(): void {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.draw();
    });
  }

  private changeRange(): void {
    this.props.onZoomed(this.view !== null);
    this.draw();
  }

  private draw(): void {
    const width = Math.max(80, this.element.clientWidth);
    this.data = this.props.source.read(this.view, width);
    this.plot.batch(() => {
      this.plot.setData([this.data.x, ...this.data.y], this.view === null);
      if (this.view) this.plot.setScale('x', { min: this.view.from, max: this.view.to });
    });
    this.report();
  }

  /** Index of the nearest point of the series at or before `index`: a sparse series keeps its last value. */
  private pointAt(seriesIndex: number, index: number): number | null {
    const values = this.data.y[seriesIndex] ?? [];
    for (let i = Math.min(index, values.length - 1); i >= 0; i--) {
      const value = values[i];
      if (value !== null && value !== undefined) return i;
    }
    return null;
  }

  private report(): void {
    const index = this.plot.cursor.idx ?? null;
    const at = index ?? this.data.x.length - 1;
    const values = this.props.series.map((_, s) => {
      const i = this.pointAt(s, at);
      return i === null ? null : (this.data.y[s]?.[i] ?? null);
    });
    this.props.onReadout({ x: index === null ? null : (this.data.x[index] ?? null), values, announced: this.byKey });
  }

  private options(): UPlot.Options {
    const style = getComputedStyle(this.element);
    const color = (name: string): string => style.getPropertyValue(name).trim();
    const axis = {
      stroke: color('--mantine-color-dimmed'),
      font: `11px ${style.fontFamily}`,
      grid: { stroke: color('--mantine-color-default-border'), width: 1 },
      ticks: { show: false },
    };
    const { series, formatTick, formatYTick, height, syncKey, log, yRange, ticks = WHOLE_STEPS } = this.props;
    const { mixed } = this;
    const labelOf = (value: number | null): string => (value === null ? '' : formatYTick(value));
    return {
      width: Math.max(80, this.element.clientWidth),
      height,
      legend: { show: false },
      padding: [8, 12, 0, 0],
      scales: {
        x: { time: false },
        y: {
          distr: log ? 3 : 1,
          range: (_, low, high) => {
            const { min, max } = yRange?.(this.data) ?? { min: low, max: high };
            return log ? (min === null || max === null ? [0.1, 1] : UPlot.rangeLog(min, max, 10, false)) : paddedRange(min, max);
          },
        },
      },
      axes: [
        { ...axis, size: 24, gap: 4, space: 72, incrs: [...ticks], values: (_, splits) => splits.map(formatTick) },
        {
          ...axis,
          size: (_, labels) => axisWidth(labels),
          gap: 6,
          space: Math.min(32, height / 5),
          values: (_, splits) => withoutRepeats(splits.map(labelOf)),
        },
      ],
      series: [
        {},
        ...series.map((one) => ({
          label: one.name,
          stroke: color(one.look.color),
          dash: [...one.look.dash],
          width: widthOf(one),
          alpha: alphaOf(one, mixed),
          spanGaps: true,
          points:
            one.marked && !one.faint
              ? { show: true, size: 5, width: 1.5, fill: color('--mantine-color-body') }
              : { show: (u: UPlot, s: number) => isLonePoint(u.data[s] ?? []), size: 5 },
        })),
      ],
      cursor: {
        y: false,
        drag: { x: true, y: false, dist: 6, setScale: false },
        dataIdx: (_, s, index) => (s === 0 ? index : (this.pointAt(s - 1, index) ?? index)),
        ...(syncKey ? { sync: { key: syncKey, scales: ['x', null] as [string, null] } } : {}),
        bind: {
          dblclick: () => () => {
            this.props.range.show(null);
            return null;
          },
        },
      },
      hooks: {
        setCursor: [() => this.data.x.length > 0 && this.report()],
        setSelect: [(u) => this.zoom(u)],
      },
    };
  }

  private zoom(u: UPlot): void {
    const { left, width } = u.select;
    if (width < 6) return;
    const from = u.posToVal(left, 'x');
    const to = u.posToVal(left + width, 'x');
    u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.byKey = false;
    if (to > from) this.props.range.show({ from, to });
  }
}

const widthOf = ({ marked, faint }: ChartSeries): number => (faint ? 1 : marked ? 1.75 : 1.25);
/** Where few points stand among many, the many step back: a noisy curve must not bury the other. */
const alphaOf = ({ marked, faint }: ChartSeries, mixed: boolean): number => (faint ? 0.22 : mixed && !marked ? 0.6 : 1);

/** Pixels for the longest label; charts under each other keep one width as long as their labels are short. */
function axisWidth(labels: readonly string[] | null): number {
  return Math.max(56, ...(labels ?? []).map((label) => 12 + 6.5 * label.length));
}

/** Values too close for their digits: a label that says the same again says nothing. */
function withoutRepeats(labels: string[]): string[] {
  return labels.map((label, i) => (label === labels[i - 1] ? '' : label));
}

/** Steps are counted: no axis says 2.5. */
const WHOLE_STEPS = [1, 2, 5].flatMap((n) => Array.from({ length: 10 }, (_, e) => n * 10 ** e)).sort((a, b) => a - b);

/** A tenth of air above and below; a level line stands in the middle. */
function paddedRange(min: number | null, max: number | null): UPlot.Range.MinMax {
  if (min === null || max === null) return [0, 1];
  const air = max > min ? (max - min) * 0.08 : Math.abs(max) * 0.1 || 0.5;
  return [min >= 0 ? Math.max(0, min - air) : min - air, max + air];
}

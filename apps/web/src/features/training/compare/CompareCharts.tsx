import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { robustRange, type RobustRange } from '@trainyard/domain';
import { LineChart, type ChartData, type ChartRange, type ChartSeries, type Readout } from '@trainyard/ui';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComparedRunFragment } from './compare.generated.ts';
import classes from './CompareCharts.module.css';
import type { CompareView } from './CompareToolbar.tsx';
import { comparedCurves, type ComparedLine } from './compared-curves.ts';
import type { PointerReadout } from './pointer-readout.ts';
import { useAxisFormat } from './useAxisFormat.ts';
import { useSeriesFormat } from './useSeriesFormat.ts';
import { useSeriesName } from './useSeriesName.ts';
import type { RunLook } from './useRunLooks.ts';

export interface CompareChartsProps {
  runs: readonly ComparedRunFragment[];
  looks: readonly RunLook[];
  lines: readonly ComparedLine[];
  hidden: ReadonlySet<string>;
  highlighted: string | null;
  series: readonly string[];
  /** Those that were added by hand, and can be closed. */
  added: readonly string[];
  onClose: (series: string) => void;
  view: CompareView;
  range: ChartRange;
  pointer: PointerReadout;
  isLoading: boolean;
  /** Everything is to be shown, whatever it hides. */
  onWhole: () => void;
}

export function CompareCharts({ runs, looks, lines, hidden, series, added, onClose, ...rest }: CompareChartsProps) {
  const shown = useMemo(
    () =>
      runs.flatMap((run, i) => {
        const [look, line] = [looks[i], lines[i]];
        return look && line && !hidden.has(run.id) ? [{ id: run.id, name: look.name, look: look.look, line }] : [];
      }),
    [runs, looks, lines, hidden],
  );
  return (
    <div className={classes.root}>
      {series.map((name) => (
        <CompareChart key={name} series={name} shown={shown} onClose={added.includes(name) ? () => onClose(name) : null} {...rest} />
      ))}
    </div>
  );
}

interface Shown {
  id: string;
  name: string;
  look: RunLook['look'];
  line: ComparedLine;
}

interface CompareChartProps extends Pick<CompareChartsProps, 'view' | 'range' | 'pointer' | 'isLoading' | 'highlighted' | 'onWhole'> {
  series: string;
  shown: readonly Shown[];
  onClose: (() => void) | null;
}

function CompareChart({ series, shown, view, range, pointer, isLoading, highlighted, onWhole, onClose }: CompareChartProps) {
  const { t } = useTranslation('training');
  const name = useSeriesName()(series);
  const { full, tick } = useSeriesFormat()(series);
  const axis = useAxisFormat(view.axis);
  const { smoothing, log, robust } = view;
  const source = useMemo(
    () =>
      comparedCurves(
        shown.map(({ line }) => line),
        series,
        { smoothing, log },
      ),
    [shown, series, smoothing, log],
  );
  const marked = series.startsWith('VAL_');
  const drawn = useMemo((): ChartSeries[] => {
    const lines = shown.map(({ id, name: run, look }): ChartSeries => ({ key: id, name: run, look, marked }));
    return smoothing > 0 ? [...lines.map((line) => ({ ...line, faint: true })), ...lines] : lines;
  }, [shown, smoothing, marked]);

  const [beyond, setBeyond] = useState<readonly number[]>([]);
  const told = useRef('');
  const looked = useRef<{ data: ChartData | null; found: RobustRange | null }>({ data: null, found: null });
  const yRange = useCallback(
    (data: ChartData) => {
      if (!robust) looked.current = { data, found: null };
      // a chart asks more than once a drawing
      else if (looked.current.data !== data) looked.current = { data, found: robustRange(data.y) };
      const { found } = looked.current;
      const runsBeyond = [...new Set((found?.beyond ?? []).map((i) => i % Math.max(1, shown.length)))];
      if (told.current !== runsBeyond.join()) {
        told.current = runsBeyond.join();
        queueMicrotask(() => setBeyond(runsBeyond));
      }
      return found;
    },
    [robust, shown.length],
  );
  const onReadout = useCallback(
    (readout: Readout) => {
      const lines = smoothing > 0 ? readout.values.slice(shown.length) : readout.values;
      pointer.tell(
        series,
        shown.map(({ id }) => id),
        { ...readout, values: lines },
      );
    },
    [pointer, series, shown, smoothing],
  );
  return (
    <div
      className={classes.chart}
      onPointerEnter={() => pointer.enter(series)}
      onPointerLeave={() => pointer.leave(series)}
      onFocus={() => pointer.enter(series)}
      onBlur={() => pointer.leave(series)}
    >
      <LineChart
        title={name}
        help={t('chart.helpRange')}
        series={drawn}
        source={source}
        height={230}
        formatX={axis.full}
        formatTick={axis.tick}
        formatY={full}
        formatYTick={tick}
        empty={isLoading ? t('compare.loading') : t('chart.empty')}
        showAll={t('chart.showAll')}
        syncKey="compare"
        range={range}
        log={log}
        yRange={yRange}
        ticks={axis.ticks}
        highlighted={highlighted}
        onReadout={onReadout}
        aside={
          onClose && (
            <ActionIcon size="xs" variant="subtle" color="gray" aria-label={t('compare.closeChart', { name })} onClick={onClose}>
              <IconX size={12} />
            </ActionIcon>
          )
        }
      />
      {beyond.length > 0 && (
        <p className={classes.beyond} role="status">
          {t('compare.beyond', { count: beyond.length, runs: beyond.map((i) => shown[i]?.name).join(t('listSeparator')) })}{' '}
          <button type="button" onClick={onWhole}>
            {t('compare.showWhole')}
          </button>
        </p>
      )}
    </div>
  );
}

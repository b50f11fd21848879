import { templateOf } from '@trainyard/domain';
import type { RunState, Series, Template } from '@trainyard/domain';
import { LineChart, seriesLook, type ChartSeries } from '@trainyard/ui';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import type { Curves } from './curves.ts';
import classes from './RunCharts.module.css';

/** One chart: its series, the training one per step and the validation one per epoch. */
interface Panel {
  title: 'LOSS' | 'ACCURACY' | 'MAE' | 'LEARNING_RATE' | 'SAMPLES_PER_SECOND';
  series: readonly Series[];
}

const LOSS: Panel = { title: 'LOSS', series: ['LOSS', 'VAL_LOSS'] };
const ACCURACY: Panel = { title: 'ACCURACY', series: ['ACCURACY', 'VAL_ACCURACY'] };
const MAE: Panel = { title: 'MAE', series: ['MAE', 'VAL_MAE'] };
const MORE: readonly Panel[] = [
  { title: 'LEARNING_RATE', series: ['LEARNING_RATE'] },
  { title: 'SAMPLES_PER_SECOND', series: ['SAMPLES_PER_SECOND'] },
];

/** @param validated Whether samples are held out: without them there is no validation curve to promise. */
function panelsOf(template: Template, validated: boolean, compact: boolean): readonly Panel[] {
  const quality = templateOf(template).task === 'REGRESSION' ? MAE : ACCURACY;
  const main = validated ? [LOSS, quality] : [LOSS, quality].map(({ title, series }) => ({ title, series: series.slice(0, 1) }));
  return compact ? main : [...main, ...MORE];
}

export interface RunChartsProps {
  runId: string;
  template: Template;
  validated: boolean;
  curves: Curves;
  compact?: boolean;
}

/** Whether there is, or is about to be, anything to draw: a run that waits shows no empty axes. */
export function hasPoints(card: { step: number; state: RunState }): boolean {
  return card.step > 0 || card.state === 'RUNNING';
}

/** A run's curves, live. */
export function RunCharts({ runId, template, validated, curves, compact = false }: RunChartsProps) {
  const panels = useMemo(() => panelsOf(template, validated, compact), [template, validated, compact]);
  return (
    <div className={compact ? classes.compact : classes.root}>
      {panels.map((panel, i) => (
        <RunChart key={panel.title} panel={panel} curves={curves} height={compact ? 120 : i < 2 ? 220 : 110} syncKey={runId} />
      ))}
    </div>
  );
}

function RunChart({ panel, curves, height, syncKey }: { panel: Panel; curves: Curves; height: number; syncKey: string }) {
  const { t } = useTranslation('training');
  const format = useFormat();
  const source = useMemo(() => curves.chart(panel.series), [curves, panel.series]);
  const series = useMemo(
    (): ChartSeries[] => panel.series.map((key, i) => ({ key, name: t(`series.${key}`), look: seriesLook(i), marked: key.startsWith('VAL_') })),
    [panel.series, t],
  );
  const formatX = useMemo(() => (step: number) => t('stepAt', { step: format.number(Math.round(step)) }), [t, format]);
  const formatY = panel.title === 'ACCURACY' ? format.percent : panel.title === 'SAMPLES_PER_SECOND' ? format.compact : format.figure;
  return (
    <LineChart
      title={t(`chart.${panel.title}`)}
      help={t('chart.help')}
      series={series}
      source={source}
      height={height}
      formatX={formatX}
      formatTick={format.compact}
      formatY={formatY}
      formatYTick={panel.title === 'ACCURACY' ? format.share : formatY}
      empty={t('chart.empty')}
      showAll={t('chart.showAll')}
      syncKey={syncKey}
    />
  );
}

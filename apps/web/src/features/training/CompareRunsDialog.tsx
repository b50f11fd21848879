import { templateOf } from '@trainyard/domain';
import { Modal, SegmentedControl } from '@mantine/core';
import { IconEqualNot, IconStar, IconStarOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { Series } from '@trainyard/domain';
import { LineChart, SideScroll, Swatch, seriesLook, type ChartSeries } from '@trainyard/ui';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { metricName } from './CardRun.tsx';
import { comparedMetrics, differs } from './compare-runs.ts';
import classes from './CompareRunsDialog.module.css';
import { compareCurves } from './curves.ts';
import { metricText } from './metric-text.ts';
import { PARAMETER_NAMES, useParameterText } from './RunFacts.tsx';
import { RunStateBadge } from './RunStateBadge.tsx';
import type { TicketRunFragment } from './runs.generated.ts';
import { useRunsCurves } from './useRunFeed.ts';

export interface CompareRunsDialogProps {
  opened: boolean;
  onClose: () => void;
  runs: readonly TicketRunFragment[];
}

/** Several runs of a ticket side by side: curves over each other, parameters and metrics in columns. */
export function CompareRunsDialog({ opened, onClose, runs }: CompareRunsDialogProps) {
  const { t } = useTranslation('training');
  return (
    <Modal opened={opened} onClose={onClose} size={1100} title={t('compare.title')} yOffset="4vh">
      {opened && runs.length > 1 && <Comparison runs={runs} />}
    </Modal>
  );
}

const COMPARED: readonly Series[] = ['LOSS', 'VAL_LOSS', 'ACCURACY', 'VAL_ACCURACY', 'MAE', 'VAL_MAE'];

function Comparison({ runs }: { runs: readonly TicketRunFragment[] }) {
  const { t } = useTranslation('training');
  const format = useFormat();
  const text = useParameterText();
  const [shown, setShown] = useState<Series>('LOSS');
  const regression = runs.every((run) => templateOf(run.template).task === 'REGRESSION');
  const offered = COMPARED.filter((series) => (regression ? !series.endsWith('ACCURACY') : !series.endsWith('MAE')));
  const metrics = comparedMetrics(runs.map((run) => ({ ...run, metrics: run.result?.metrics ?? [] })));
  const rows = PARAMETER_NAMES.map((name) => ({ name, values: runs.map((run) => text(name, run.parameters)) })).filter((row) =>
    row.values.some((value) => value !== null),
  );
  return (
    <div className={classes.root}>
      <div className={classes.scroll}>
        <SegmentedControl
          fullWidth
          size="xs"
          value={shown}
          onChange={(value) => setShown(value as Series)}
          data={offered.map((series) => ({ value: series, label: t(`series.${series}`) }))}
          aria-label={t('compare.series')}
        />
      </div>
      <ComparedCurves runs={runs} series={shown} />
      {metrics.some((metric) => !metric.comparable) && (
        <p className={classes.note}>
          <IconStarOff size={14} aria-hidden="true" />
          {t('compare.incomparableNote')}
        </p>
      )}
      <SideScroll label={t('compare.table')}>
        <table className={classes.table} data-names>
          <thead>
            <tr>
              <td />
              {runs.map((run, i) => (
                <th key={run.id} scope="col">
                  <Swatch look={seriesLook(i)} />
                  <Link to="/runs/$runId" params={{ runId: run.id }}>
                    {t('page.short', { number: run.number })}
                  </Link>
                  <RunStateBadge state={run.card.state} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {metrics.map((metric) => (
              <Row
                key={`${metric.split}.${metric.name}`}
                incomparable={!metric.comparable}
                name={t('compare.metric', { split: t(`split.${metric.split}`), name: metricName(t, metric.name) })}
              >
                {metric.values.map((value, i) => (
                  <td key={runs[i]?.id}>
                    {value === null ? '–' : metricText(format, metric.name, value)}
                    {metric.best === i && <IconStar size={14} className={classes.best} role="img" aria-label={t('compare.best')} />}
                  </td>
                ))}
              </Row>
            ))}
            <Row name={t('fact.template')} marked={differs(runs.map((run) => run.template))}>
              {runs.map((run) => (
                <td key={run.id}>{t(`template.${run.template}.name`)}</td>
              ))}
            </Row>
            <Row name={t('fact.dataset')} marked={differs(runs.map((run) => run.dataset?.id ?? ''))}>
              {runs.map((run) => (
                <td key={run.id}>{run.dataset?.name ?? t('fact.datasetGone')}</td>
              ))}
            </Row>
            <Row name={t('fact.asked')} marked={differs(runs.map((run) => run.engine))}>
              {runs.map((run) => (
                <td key={run.id}>{t(`engine.${run.engine}.name`)}</td>
              ))}
            </Row>
            {rows.map(({ name, values }) => (
              <Row key={name} name={t(`parameter.${name}`)} marked={differs(values)}>
                {values.map((value, i) => (
                  <td key={runs[i]?.id}>{value ?? '–'}</td>
                ))}
              </Row>
            ))}
            <Row name={t('fact.training')}>
              {runs.map((run) => (
                <td key={run.id}>{run.result ? format.duration(run.result.trainMs) : '–'}</td>
              ))}
            </Row>
            <Row name={t('fact.speed')}>
              {runs.map((run) => (
                <td key={run.id}>{run.result ? t('perSecond', { value: format.number(Math.round(run.result.samplesPerSecond)) }) : '–'}</td>
              ))}
            </Row>
          </tbody>
        </table>
      </SideScroll>
    </div>
  );
}

/** One line of the table. What differs is bold and carries a sign; what cannot be compared carries one too. */
function Row({ name, marked = false, incomparable = false, children }: { name: string; marked?: boolean; incomparable?: boolean; children: ReactNode }) {
  const { t } = useTranslation('training');
  return (
    <tr data-marked={marked || undefined}>
      <th scope="row">
        {name}
        {marked && <IconEqualNot size={14} className={classes.sign} role="img" aria-label={t('compare.differs')} />}
        {incomparable && <IconStarOff size={14} className={classes.sign} role="img" aria-label={t('compare.incomparable')} />}
      </th>
      {children}
    </tr>
  );
}

/** @param runs those the dialog was opened with; what they are called may change, which they are does not. */
function ComparedCurves({ runs, series }: { runs: readonly TicketRunFragment[]; series: Series }) {
  const { t } = useTranslation('training');
  const format = useFormat();
  const { curves, error } = useRunsCurves(runs);
  const source = useMemo(() => compareCurves(curves, series), [curves, series]);
  const names = runs.map((run) => t('page.short', { number: run.number })).join('\n');
  const lines = useMemo(
    (): ChartSeries[] => names.split('\n').map((name, i) => ({ key: name, name, look: seriesLook(i), marked: series.startsWith('VAL_') })),
    [names, series],
  );
  const formatX = useMemo(() => (step: number) => t('stepAt', { step: format.number(Math.round(step)) }), [t, format]);
  return (
    <>
      <ErrorNotice error={error} />
      <LineChart
        title={t(`series.${series}`)}
        help={t('chart.help')}
        series={lines}
        source={source}
        height={260}
        formatX={formatX}
        formatTick={format.compact}
        formatY={series.endsWith('ACCURACY') ? format.percent : format.figure}
        formatYTick={series.endsWith('ACCURACY') ? format.share : format.figure}
        empty={t('chart.empty')}
        showAll={t('chart.showAll')}
      />
    </>
  );
}

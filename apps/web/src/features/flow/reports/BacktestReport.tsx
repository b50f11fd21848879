import { IconTarget } from '@tabler/icons-react';
import { shiftedDay } from '@trainyard/domain';
import { EmptyState, Fact, Facts, Segments } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/useFormat.ts';
import { Answered } from '../Answered.tsx';
import { ChartCard } from '../ChartCard.tsx';
import { LOOKS } from '../chart-looks.ts';
import type { Drill } from '../drill.ts';
import { DrillNumber } from '../DrillNumber.tsx';
import { BacktestDocument, type BacktestQuery } from '../flow.generated.ts';
import { useReport } from '../report-context.ts';
import { USUAL_HORIZON } from '../report-search.ts';
import classes from '../Reports.module.css';
import { useDayTicks } from '../useDayTicks.ts';
import { useReportAnswer } from '../useReportAnswer.ts';

const HORIZONS = [7, 14, 28] as const;
const LEVELS = ['p50', 'p85', 'p95'] as const;

/** How often past forecasts came true. */
export function BacktestReport() {
  const { t } = useTranslation('flow');
  const { project, search, change } = useReport();
  const horizon = search.horizon ?? USUAL_HORIZON;
  const answer = useReportAnswer(BacktestDocument, { projectId: project.id, horizon }, true);
  return (
    <>
      <div className={classes.bar}>
        <div className={classes.choice}>
          <span aria-hidden="true">{t('backtest.horizon')}</span>
          <Segments
            label={t('backtest.horizon')}
            value={String(horizon)}
            onChange={(days) => change({ horizon: Number(days) === USUAL_HORIZON ? undefined : Number(days) })}
            data={HORIZONS.map((days) => ({ value: String(days), label: t('backtest.days', { count: days }) }))}
          />
        </div>
      </div>
      <Answered answer={answer}>{({ forecastBacktest }) => <BacktestCard backtest={forecastBacktest} />}</Answered>
    </>
  );
}

function BacktestCard({ backtest: { rows, cameTrue, refused } }: { backtest: BacktestQuery['forecastBacktest'] }) {
  const { t } = useTranslation('flow');
  const format = useFormat();
  const ticks = useDayTicks();
  const { drill } = useReport();
  if (rows.length === 0) return <EmptyState icon={<IconTarget />} title={t('backtest.empty')} text={t('backtest.emptyText')} />;
  const days = rows.map(({ day }) => day);
  /** What was done in the days that it spoke of. */
  const drillOf = ({ day, until }: (typeof rows)[number]): Drill => ({
    ...{ kind: 'DONE', title: t('backtest.within', { from: format.date(shiftedDay(day, 1)), until: format.date(until) }), from: shiftedDay(day, 1), until },
  });
  const slotName = ({ day, until }: (typeof rows)[number]): string => t('backtest.slot', { day: format.date(day), until: format.date(until) });
  /** The forecasts that came true, each with what it said and what came. */
  const cameTrueOf = (level: (typeof LEVELS)[number]): Drill => ({
    kind: 'NAMED',
    title: t(`backtest.level.${level}`),
    lines: rows
      .filter((row) => row.actual >= row[level])
      .map((row) => ({
        key: row.day,
        name: slotName(row),
        amount: t('backtest.said', { said: format.number(row[level]), came: format.number(row.actual) }),
        opens: { drill: drillOf(row) },
      })),
  });
  const met = (row: (typeof rows)[number], level: (typeof LEVELS)[number]): string => t(row.actual >= row[level] ? 'backtest.yes' : 'backtest.no');
  return (
    <ChartCard
      title={t('report.backtest.title')}
      definition={t('define.backtest')}
      slots={rows.map((row) => ({ key: row.day, name: slotName(row), tick: ticks(days)(row.day) }))}
      layers={[
        {
          kind: 'AREA',
          key: 'fan',
          name: t('forecast.fan'),
          look: LOOKS.progress,
          fill: 'LEVEL',
          low: rows.map(({ p95 }) => p95),
          high: rows.map(({ p50 }) => p50),
          values: [],
        },
        {
          kind: 'STEPS',
          key: 'p85',
          name: t('percent.p85'),
          look: LOOKS.p85,
          points: rows.map(({ p85 }, x) => ({ x, y: p85 })),
          until: rows.length,
          values: rows.map(({ p85 }) => p85),
        },
        {
          kind: 'DOTS',
          key: 'actual',
          name: t('backtest.actual'),
          look: LOOKS.done,
          shape: 'ROUND',
          dots: rows.map(({ actual }, x) => ({ x: x + 0.5, y: actual })),
          values: rows.map(({ actual }) => actual),
        },
      ]}
      unit={t('unit.COUNT')}
      formatY={format.number}
      onOpen={({ key }) => {
        const row = rows.find(({ day }) => day === key);
        if (row) drill(drillOf(row));
      }}
      table={{
        columns: [
          { key: 'day', name: t('backtest.made'), type: 'DAY' },
          { key: 'until', name: t('backtest.until'), type: 'DAY' },
          ...LEVELS.map((level) => ({ key: level, name: t(`percent.${level}`), type: 'NUMBER' as const })),
          { key: 'actual', name: t('backtest.actual'), type: 'NUMBER' },
          ...LEVELS.map((level) => ({ key: `met ${level}`, name: t('backtest.met', { level: t(`percent.${level}`) }), type: 'TEXT' as const })),
        ],
        rows: rows.map((row) => ({
          key: row.day,
          drills: { actual: drillOf(row) },
          cells: {
            ...{ day: row.day, until: row.until, p50: row.p50, p85: row.p85, p95: row.p95, actual: row.actual },
            ...Object.fromEntries(LEVELS.map((level) => [`met ${level}`, met(row, level)])),
          },
        })),
      }}
    >
      <Facts layout="TILES">
        {LEVELS.map((level) => (
          <Fact key={level} name={t(`backtest.level.${level}`)}>
            <DrillNumber drill={cameTrueOf(level)}>
              {t('backtest.came', {
                true: format.number(cameTrue[level]),
                of: format.number(rows.length),
                share: format.wholePercent(cameTrue[level] / rows.length),
              })}
            </DrillNumber>
          </Fact>
        ))}
        {refused > 0 && <Fact name={t('backtest.refused')}>{t('backtest.days', { count: refused })}</Fact>}
      </Facts>
    </ChartCard>
  );
}

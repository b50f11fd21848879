import { Fact, Facts } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { burnChart, burnSlots, type SprintAnswer } from './burn-chart.ts';
import { ChartCard } from './ChartCard.tsx';
import { DrillNumber } from './DrillNumber.tsx';
import type { Drill } from './drill.ts';
import { useReport } from './report-context.ts';
import { countedOf, measureOf } from './report-search.ts';
import type { ReportTable } from './report-rows.ts';
import { useDayTicks } from './useDayTicks.ts';

interface BurnCardProps {
  sprint: { id: string; closedAt: string | null };
  answer: SprintAnswer;
  as: 'DOWN' | 'UP';
  title: string;
}

export function BurnCard({ sprint, answer, as, title }: BurnCardProps) {
  const { t } = useTranslation('flow');
  const format = useFormat();
  const ticks = useDayTicks();
  const { search, drill } = useReport();
  const [measure, counted] = [measureOf(search), countedOf(search)];
  const { days, baseline, points } = answer;
  const end = endOf(sprint.closedAt, search.asOf);
  const { layers, until } = burnChart(answer, as, end, {
    scope: t('burn.scope'),
    remaining: t('burn.remaining'),
    done: t('burn.done'),
    ideal: t('burn.ideal'),
    reaimed: t('burn.reaimed'),
    change: t('burn.change'),
  });
  /** What was in the sprint at the end of a day, or now. */
  const drillOf = (day: SprintAnswer['days'][number], part: Extract<Drill, { kind: 'SPRINT' }>['part'], name: string): Drill => ({
    kind: 'SPRINT',
    title: `${name} · ${format.date(day.day)}`,
    sprintId: sprint.id,
    at: Date.parse(day.endsAt) < end ? day.endsAt : (search.asOf ?? null),
    measure,
    counted,
    part,
  });
  const last = points.at(-1);
  const empty = !last
    ? t('burn.notBegun')
    : points.some(({ scope }) => scope > 0)
      ? null
      : last.unestimated > 0
        ? t('burn.nothing', { count: last.unestimated })
        : t('burn.empty');
  const lastDay = days.findLast(({ burn }) => burn !== null);
  const amount = (value: number): string => t(`amount.${measure}`, { amount: format.number(value) });
  const table: ReportTable = {
    columns: [
      { key: 'day', name: t('column.day'), type: 'DAY' },
      { key: 'scope', name: t('burn.scope'), type: 'NUMBER' },
      { key: 'done', name: t('burn.done'), type: 'NUMBER' },
      { key: 'remaining', name: t('burn.remaining'), type: 'NUMBER' },
      { key: 'unestimated', name: t('burn.unestimated'), type: 'NUMBER' },
      { key: 'ideal', name: t('burn.ideal'), type: 'NUMBER' },
      { key: 'reaimed', name: t('burn.reaimed'), type: 'NUMBER' },
    ],
    rows: days.map((day) => {
      const { burn, ideal, reaimed } = day;
      return {
        key: day.day,
        cells: {
          day: day.day,
          scope: burn?.scope ?? null,
          done: burn?.done ?? null,
          remaining: burn?.remaining ?? null,
          unestimated: burn?.unestimated ?? null,
          ideal,
          reaimed,
        },
        ...(burn && {
          drills: {
            scope: drillOf(day, 'SCOPE', t('burn.scope')),
            done: drillOf(day, 'DONE', t('burn.done')),
            remaining: drillOf(day, 'LEFT', t('burn.remaining')),
            ...(burn.unestimated > 0 && { unestimated: drillOf(day, 'UNESTIMATED', t('burn.unestimated')) }),
          },
        }),
      };
    }),
  };
  return (
    <ChartCard
      title={title}
      definition={t(as === 'UP' ? 'define.burnup' : 'define.burndown')}
      table={table}
      slots={burnSlots(days, format.date, ticks(days.map(({ day }) => day)))}
      layers={layers}
      now={until < days.length ? until : null}
      unit={t(`unit.${measure}`)}
      formatY={(value) => format.number(Math.round(value * 10) / 10)}
      height={320}
      empty={empty}
      onOpen={({ key }) => {
        const day = days.find((one) => one.day === key);
        if (day?.burn) drill(drillOf(day, as === 'UP' ? 'DONE' : 'LEFT', t(as === 'UP' ? 'burn.done' : 'burn.remaining')));
      }}
    >
      {last && lastDay && (
        <Facts layout="TILES">
          <Fact name={t('burn.committed')}>
            <DrillNumber drill={drillOf(lastDay, 'COMMITTED', t('burn.committed'))}>{amount(baseline)}</DrillNumber>
          </Fact>
          <Fact name={t('burn.scope')}>
            <DrillNumber drill={drillOf(lastDay, 'SCOPE', t('burn.scope'))}>{amount(last.scope)}</DrillNumber>
          </Fact>
          <Fact name={t('burn.done')}>
            <DrillNumber drill={drillOf(lastDay, 'DONE', t('burn.done'))}>{amount(last.done)}</DrillNumber>
          </Fact>
          <Fact name={t('burn.remaining')}>
            <DrillNumber drill={drillOf(lastDay, 'LEFT', t('burn.remaining'))}>{amount(last.remaining)}</DrillNumber>
          </Fact>
          {last.unestimated > 0 && (
            <Fact name={t('burn.unestimated')}>
              <DrillNumber drill={drillOf(lastDay, 'UNESTIMATED', t('burn.unestimated'))}>{t('burn.tickets', { count: last.unestimated })}</DrillNumber>
            </Fact>
          )}
        </Facts>
      )}
    </ChartCard>
  );
}

/** When what is known of a sprint ends. */
export function endOf(closedAt: string | null, asOf: string | undefined): number {
  const known = asOf === undefined ? Date.now() : Math.min(Date.now(), Date.parse(asOf));
  return closedAt === null ? known : Math.min(known, Date.parse(closedAt));
}

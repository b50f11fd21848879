import { Fact, Facts } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { burnChart, burnSlots, type SprintAnswer } from './burn-chart.ts';
import { ChartCard } from './ChartCard.tsx';
import { DrillNumber } from './DrillNumber.tsx';
import type { Drill } from './drill.ts';
import { useReport } from './report-context.ts';
import { countedOf, measureOf } from './report-search.ts';
import type { ReportColumn, ReportTable } from './report-rows.ts';
import { slotOf } from './slot-of.ts';
import { useDayTicks } from './useDayTicks.ts';
import { useZoneMoment } from './useZoneMoment.ts';
import { useAmountText } from './useAmountText.ts';

/** Changes that a table has at most. */
const CHANGES_MAX = 1_000;

const SUMS = ['scope', 'done', 'remaining', 'unestimated'] as const;

type Part = Extract<Drill, { kind: 'SPRINT' }>['part'];

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
  const { days, baseline, points, timeZone } = answer;
  const moment = useZoneMoment(timeZone);
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
  const drillOf = (day: SprintAnswer['days'][number], part: Part, name: string): Drill => ({
    kind: 'SPRINT',
    title: `${name} · ${format.date(day.day)}`,
    sprintId: sprint.id,
    at: Date.parse(day.endsAt) < end ? day.endsAt : (search.asOf ?? null),
    measure,
    counted,
    part,
  });
  /** What was in it from a change on: as of the instant behind it. */
  const drillAt = ({ at }: SprintAnswer['points'][number], part: Part, name: string): Drill => ({
    kind: 'SPRINT',
    title: `${name} · ${moment(at)}`,
    sprintId: sprint.id,
    at: new Date(Date.parse(at) + 1).toISOString(),
    measure,
    counted,
    part,
  });
  const drillsOf = ({ unestimated }: { unestimated: number }, of: (part: Part, name: string) => Drill): Record<string, Drill> => ({
    scope: of('SCOPE', t('burn.scope')),
    done: of('DONE', t('burn.done')),
    remaining: of('LEFT', t('burn.remaining')),
    ...(unestimated > 0 && { unestimated: of('UNESTIMATED', t('burn.unestimated')) }),
  });
  const main = as === 'UP' ? ({ part: 'DONE', name: t('burn.done') } as const) : ({ part: 'LEFT', name: t('burn.remaining') } as const);
  const last = points.at(-1);
  const empty = !last
    ? t('burn.notBegun')
    : points.some(({ scope }) => scope > 0)
      ? null
      : last.unestimated > 0
        ? t('burn.nothing', { count: last.unestimated })
        : t('burn.empty');
  const lastDay = days.findLast(({ burn }) => burn !== null);
  const amountText = useAmountText();
  const amount = (value: number): string => amountText(measure, value);
  const amounts: ReportColumn[] = SUMS.map((key) => ({ key, name: t(`burn.${key}`), type: 'NUMBER' }));
  const table: ReportTable = {
    columns: [
      { key: 'day', name: t('column.day'), type: 'DAY' },
      ...amounts,
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
        ...(burn && { drills: drillsOf(burn, (part, name) => drillOf(day, part, name)) }),
      };
    }),
  };
  // A ticket that only moved on the board changes no number.
  const changed = points.filter((point, i) => i === 0 || SUMS.some((sum) => point[sum] !== points[i - 1]?.[sum]));
  // Newest first: of very many changes the rest is left out, and told.
  const newest = changed.slice(-CHANGES_MAX);
  const changes: ReportTable = {
    timeZone,
    columns: [{ key: 'at', name: t('changes.at'), type: 'TIME' }, ...amounts],
    rows: newest.toReversed().map((point, i) => ({
      key: `${point.at} ${i}`,
      cells: { at: point.at, scope: point.scope, done: point.done, remaining: point.remaining, unestimated: point.unestimated },
      drills: drillsOf(point, (part, name) => drillAt(point, part, name)),
    })),
  };
  return (
    <ChartCard
      title={title}
      definition={t(as === 'UP' ? 'define.burnup' : 'define.burndown')}
      table={search.exact ? changes : table}
      {...(search.exact && {
        stops: changed.map((point, i) => ({
          key: `${i}`,
          x: slotOf(days, point.at),
          name: moment(point.at),
          values: { scope: point.scope, done: point.done, remaining: point.remaining },
        })),
      })}
      slots={burnSlots(days, format.date, ticks(days.map(({ day }) => day)))}
      layers={layers}
      now={until < days.length ? until : null}
      unit={t(`unit.${measure}`)}
      formatY={(value) => format.number(Math.round(value * 10) / 10)}
      height={320}
      empty={empty}
      onOpen={({ key }) => {
        const [day, point] = [days.find((one) => one.day === key), search.exact ? changed[Number(key)] : undefined];
        if (point) drill(drillAt(point, main.part, main.name));
        else if (day?.burn) drill(drillOf(day, main.part, main.name));
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
      {search.exact && changed.length > newest.length && <p>{t('burn.newest', { count: newest.length })}</p>}
    </ChartCard>
  );
}

/** When what is known of a sprint ends. */
export function endOf(closedAt: string | null, asOf: string | undefined): number {
  const known = asOf === undefined ? Date.now() : Math.min(Date.now(), Date.parse(asOf));
  return closedAt === null ? known : Math.min(known, Date.parse(closedAt));
}

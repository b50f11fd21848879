import { Fact, Facts } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/useFormat.ts';
import { Answered } from '../Answered.tsx';
import { ChartCard } from '../ChartCard.tsx';
import { LOOKS } from '../chart-looks.ts';
import { linesOf, type Drill } from '../drill.ts';
import { DrillNumber } from '../DrillNumber.tsx';
import { FlowDaysDocument, type FlowDaysQuery } from '../flow.generated.ts';
import { useReport } from '../report-context.ts';
import { daysOf, knownOf } from '../report-search.ts';
import { useDayTicks } from '../useDayTicks.ts';
import { useReportAnswer } from '../useReportAnswer.ts';

/** How many tickets were done from day to day. */
export function ThroughputReport() {
  const { project, search } = useReport();
  const answer = useReportAnswer(
    FlowDaysDocument,
    { projectId: project.id, days: daysOf(search), asOf: search.asOf ?? null, known: knownOf(search) },
    search.asOf === undefined,
  );
  return <Answered answer={answer}>{({ projectFlow }) => <ThroughputCard flow={projectFlow} />}</Answered>;
}

function ThroughputCard({ flow: { days } }: { flow: FlowDaysQuery['projectFlow'] }) {
  const { t } = useTranslation('flow');
  const format = useFormat();
  const ticks = useDayTicks();
  const { drill } = useReport();
  const total = days.reduce((sum, { done }) => sum + done.length, 0);
  const working = days.filter(({ isWorking }) => isWorking).length;
  const drillOf = ({ day, done }: (typeof days)[number]): Drill => ({
    kind: 'LINES',
    title: `${t('throughput.done')} · ${format.date(day)}`,
    lines: linesOf(done),
  });
  return (
    <ChartCard
      title={t('report.throughput.title')}
      definition={t('define.throughput')}
      empty={total === 0 ? t('throughput.empty') : null}
      slots={days.map(({ day, isWorking }) => ({ key: day, name: format.date(day), tick: ticks(days.map((one) => one.day))(day), isShaded: !isWorking }))}
      layers={[
        {
          kind: 'BARS',
          key: 'done',
          name: t('throughput.done'),
          look: LOOKS.done,
          fill: 'PLAIN',
          high: days.map(({ done }) => (done.length === 0 ? null : done.length)),
          values: days.map(({ done }) => done.length),
        },
      ]}
      unit={t('unit.COUNT')}
      formatY={format.number}
      onOpen={({ key }) => {
        const day = days.find((one) => one.day === key);
        if (day) drill(drillOf(day));
      }}
      table={{
        columns: [
          { key: 'day', name: t('column.day'), type: 'DAY' },
          { key: 'kind', name: t('column.kind'), type: 'TEXT' },
          { key: 'done', name: t('throughput.done'), type: 'NUMBER' },
        ],
        rows: days.map((day) => ({
          key: day.day,
          cells: { day: day.day, kind: t(day.isWorking ? 'day.working' : 'day.free'), done: day.done.length },
          ...(day.done.length > 0 && { drills: { done: drillOf(day) } }),
        })),
      }}
    >
      {total > 0 && (
        <Facts layout="TILES">
          <Fact name={t('throughput.total', { count: days.length })}>
            <DrillNumber drill={{ kind: 'LINES', title: t('throughput.total', { count: days.length }), lines: linesOf(days.flatMap(({ done }) => done)) }}>
              {format.number(total)}
            </DrillNumber>
          </Fact>
          {working > 0 && <Fact name={t('throughput.perWorkingDay')}>{format.number(Math.round((total / working) * 100) / 100)}</Fact>}
          <Fact name={t('throughput.zeros')}>
            {t('throughput.zerosOf', { number: format.number(days.filter(({ done }) => done.length === 0).length), all: format.number(days.length) })}
          </Fact>
        </Facts>
      )}
    </ChartCard>
  );
}

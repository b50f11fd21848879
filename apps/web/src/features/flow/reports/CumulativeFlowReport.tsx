import { Fact, Facts } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/useFormat.ts';
import { Answered } from '../Answered.tsx';
import { ChartCard } from '../ChartCard.tsx';
import { stageLayers, STAGES_SHOWN, widthsOf } from '../cumulative-chart.ts';
import type { Drill } from '../drill.ts';
import { DrillNumber } from '../DrillNumber.tsx';
import { FlowDaysDocument, type FlowDaysQuery } from '../flow.generated.ts';
import { useReport } from '../report-context.ts';
import { daysOf, knownOf } from '../report-search.ts';
import { useDayTicks } from '../useDayTicks.ts';
import { useReportAnswer } from '../useReportAnswer.ts';

/** How many tickets were at each stage from day to day. */
export function CumulativeFlowReport() {
  const { project, search } = useReport();
  const answer = useReportAnswer(
    FlowDaysDocument,
    { projectId: project.id, days: daysOf(search), asOf: search.asOf ?? null, known: knownOf(search) },
    search.asOf === undefined,
  );
  return <Answered answer={answer}>{({ projectFlow }) => <FlowCard flow={projectFlow} />}</Answered>;
}

function FlowCard({ flow: { days } }: { flow: FlowDaysQuery['projectFlow'] }) {
  const { t } = useTranslation('flow');
  const format = useFormat();
  const ticks = useDayTicks();
  const { search, drill } = useReport();
  const names = { OPEN: t('stage.OPEN'), IN_PROGRESS: t('stage.IN_PROGRESS'), DONE: t('stage.DONE'), OUT: t('stage.OUT') };
  const drillOf = (day: string, stage: (typeof STAGES_SHOWN)[number]): Drill => ({
    kind: 'STAGE',
    title: `${names[stage]} · ${format.date(day)}`,
    day,
    stage,
    asOf: search.asOf ?? null,
    known: knownOf(search),
  });
  const last = days.at(-1);
  const isEmpty = days.every(({ reached }) => (reached[0] ?? 0) === 0);
  const { layers, base } = stageLayers(days, names);
  return (
    <ChartCard
      title={t('report.cumulative-flow.title')}
      definition={t('define.cumulative-flow')}
      empty={isEmpty ? t('flow.empty') : null}
      slots={days.map(({ day, isWorking }) => ({ key: day, name: format.date(day), tick: ticks(days.map((one) => one.day))(day), isShaded: !isWorking }))}
      layers={layers}
      floor={base}
      unit={t(base > 0 ? 'flow.unitFrom' : 'unit.COUNT', { from: format.number(base) })}
      formatY={format.number}
      height={360}
      onOpen={({ key }, layer) => drill(drillOf(key, STAGES_SHOWN.find((stage) => stage === layer) ?? 'IN_PROGRESS'))}
      table={{
        columns: [
          { key: 'day', name: t('column.day'), type: 'DAY' },
          ...STAGES_SHOWN.map((stage) => ({ key: stage, name: names[stage], type: 'NUMBER' as const })),
        ],
        rows: days.map(({ day, reached }) => ({
          key: day,
          cells: { day, ...widthsOf(reached) },
          drills: Object.fromEntries(STAGES_SHOWN.map((stage) => [stage, drillOf(day, stage)])),
        })),
      }}
    >
      {last && !isEmpty && (
        <Facts layout="TILES">
          {STAGES_SHOWN.map((stage) => (
            <Fact key={stage} name={names[stage]}>
              <DrillNumber drill={drillOf(last.day, stage)}>{format.number(widthsOf(last.reached)[stage])}</DrillNumber>
            </Fact>
          ))}
        </Facts>
      )}
    </ChartCard>
  );
}

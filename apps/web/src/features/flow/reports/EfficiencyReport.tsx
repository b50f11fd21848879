import { isWaiting } from '@trainyard/domain';
import { Fact, Facts, type ChartLayer } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/useFormat.ts';
import { Section } from '../../shell/Page.tsx';
import { Answered } from '../Answered.tsx';
import { ChartCard } from '../ChartCard.tsx';
import { LOOKS } from '../chart-looks.ts';
import { Definition } from '../Definition.tsx';
import { linesOf, type Drill } from '../drill.ts';
import { DrillNumber } from '../DrillNumber.tsx';
import { FlowEfficiencyDocument, type FlowEfficiencyQuery } from '../flow.generated.ts';
import { NumberTable } from '../NumberTable.tsx';
import { useReport } from '../report-context.ts';
import classes from '../Reports.module.css';
import type { ReportTable } from '../report-rows.ts';
import { daysOf, knownOf } from '../report-search.ts';
import { useColumnName } from '../useColumnName.ts';
import { useReasonText } from '../useReasonText.ts';
import { useReportAnswer } from '../useReportAnswer.ts';
import { TicketList } from '../TicketList.tsx';

type Efficiency = FlowEfficiencyQuery['projectFlow']['efficiency'];

/** What the time of finished tickets went to, and what was waited for most. */
export function EfficiencyReport() {
  const { project, search } = useReport();
  const answer = useReportAnswer(
    FlowEfficiencyDocument,
    { projectId: project.id, days: daysOf(search), asOf: search.asOf ?? null, known: knownOf(search), workingDays: search.working ?? false },
    search.asOf === undefined,
  );
  return (
    <Answered answer={answer}>
      {({ projectFlow: { efficiency } }) => (
        <>
          <EfficiencyCard efficiency={efficiency} />
          {efficiency.bottleneck && <BottleneckPart bottleneck={efficiency.bottleneck} />}
        </>
      )}
    </Answered>
  );
}

function EfficiencyCard({ efficiency: { n, ratio, workHours, waitingHours, reasons } }: { efficiency: Efficiency }) {
  const { t } = useTranslation('flow');
  const format = useFormat();
  const { search, drill } = useReport();
  const reasonText = useReasonText();
  const all = workHours + waitingHours;
  const drillOf = (of: Efficiency['reasons'][number]): Drill => ({ kind: 'LINES', title: reasonText(of), lines: linesOf(of.ticketIds), total: of.tickets });
  const drillOfAll = (title: string, isOf: (of: Efficiency['reasons'][number]) => boolean): Drill => ({
    kind: 'LINES',
    title,
    lines: linesOf([...new Set(reasons.filter(isOf).flatMap(({ ticketIds }) => ticketIds))]),
  });
  const keyOf = ({ reason, detail }: Efficiency['reasons'][number]): string => `${reason} ${detail}`;
  const bars = (
    key: string,
    name: string,
    isOf: (of: Efficiency['reasons'][number]) => boolean,
    look: ChartLayer['look'],
    fill: 'PLAIN' | 'RISING',
  ): ChartLayer => {
    const high = reasons.map((of) => (isOf(of) ? of.hours : null));
    return { kind: 'BARS', key, name, look, fill, high, values: high };
  };
  const hours = (value: number): string => t('efficiency.hours', { hours: format.number(Math.round(value * 10) / 10) });
  const table: ReportTable = {
    columns: [
      { key: 'reason', name: t('efficiency.reason'), type: 'TEXT' },
      { key: 'kind', name: t('column.kind'), type: 'TEXT' },
      { key: 'hours', name: t('efficiency.hoursName'), type: 'NUMBER' },
      { key: 'share', name: t('efficiency.share'), type: 'SHARE' },
      { key: 'tickets', name: t('account.tickets'), type: 'NUMBER' },
    ],
    rows: reasons.map((of) => ({
      key: keyOf(of),
      cells: {
        reason: reasonText(of),
        kind: t(isWaiting(of.reason) ? 'efficiency.waiting' : 'efficiency.work'),
        hours: Math.round(of.hours * 10) / 10,
        share: all === 0 ? null : of.hours / all,
        tickets: of.tickets,
      },
      drills: { tickets: drillOf(of) },
    })),
  };
  return (
    <>
      <ChartCard
        title={t('report.efficiency.title')}
        definition={t('define.efficiency')}
        empty={ratio === null ? t('efficiency.empty') : null}
        slots={reasons.map((of) => ({ key: keyOf(of), name: reasonText(of), tick: reasonText(of) }))}
        layers={[
          bars('work', t('efficiency.work'), ({ reason }) => !isWaiting(reason), LOOKS.done, 'PLAIN'),
          bars('waiting', t('efficiency.waiting'), ({ reason }) => isWaiting(reason), LOOKS.scope, 'RISING'),
        ]}
        areNamed
        unit={t('efficiency.unit')}
        formatY={(value) => format.number(Math.round(value * 10) / 10)}
        onOpen={({ key }) => {
          const of = reasons.find((one) => keyOf(one) === key);
          if (of) drill(drillOf(of));
        }}
        table={table}
      >
        {ratio !== null && (
          <Facts layout="TILES">
            <Fact name={t('efficiency.ratio')}>{format.wholePercent(ratio)}</Fact>
            <Fact name={t('efficiency.work')}>
              <DrillNumber drill={drillOfAll(t('efficiency.work'), ({ reason }) => !isWaiting(reason))}>{hours(workHours)}</DrillNumber>
            </Fact>
            <Fact name={t('efficiency.waiting')}>
              <DrillNumber drill={drillOfAll(t('efficiency.waiting'), ({ reason }) => isWaiting(reason))}>{hours(waitingHours)}</DrillNumber>
            </Fact>
            <Fact name={t('cycle.n')}>
              <DrillNumber drill={{ kind: 'CYCLES', title: t('cycle.n'), days: daysOf(search), asOf: search.asOf ?? null, known: knownOf(search) }}>
                {format.number(n)}
              </DrillNumber>
            </Fact>
          </Facts>
        )}
      </ChartCard>
      {ratio !== null && (
        <Section title={t('efficiency.where')}>
          <NumberTable caption={t('efficiency.where')} table={table} />
        </Section>
      )}
    </>
  );
}

/** Of those who waited: more says no more. */
const EVIDENCE_MAX = 10;

function BottleneckPart({ bottleneck }: { bottleneck: NonNullable<Efficiency['bottleneck']> }) {
  const { t } = useTranslation('flow');
  const format = useFormat();
  const { project } = useReport();
  const columnName = useColumnName();
  const reasonText = useReasonText();
  const { columnId, hours, share, ticketIds } = bottleneck;
  return (
    <Section title={t('bottleneck.title')}>
      <p className={classes.sentence}>
        {t('bottleneck.says', {
          reason: reasonText(bottleneck),
          column: columnName(columnId),
          hours: format.number(Math.round(hours * 10) / 10),
          share: format.wholePercent(share),
          count: ticketIds.length,
        })}
      </p>
      <Definition text={t('define.bottleneck')} />
      <TicketList projectId={project.id} projectKey={project.key} lines={linesOf(ticketIds.slice(0, EVIDENCE_MAX))} total={ticketIds.length} />
    </Section>
  );
}

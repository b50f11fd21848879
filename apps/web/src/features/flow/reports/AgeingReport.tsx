import { isWaiting } from '@trainyard/domain';
import { Fact, Facts, type ChartLayer, type ChartStop } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/useFormat.ts';
import { ageingColumns, placeIn } from '../ageing-columns.ts';
import { Answered } from '../Answered.tsx';
import { ChartCard } from '../ChartCard.tsx';
import { LOOKS } from '../chart-looks.ts';
import type { Drill } from '../drill.ts';
import { DrillNumber } from '../DrillNumber.tsx';
import { FlowAgeingDocument, type FlowAgeingQuery } from '../flow.generated.ts';
import { useReport } from '../report-context.ts';
import { daysOf, knownOf } from '../report-search.ts';
import { useColumnName } from '../useColumnName.ts';
import { useReasonText } from '../useReasonText.ts';
import { useReportAnswer } from '../useReportAnswer.ts';
import { useTicketNames } from '../useTicketNames.ts';

/** How old what is in progress is, against how old others were when they left its column. */
export function AgeingReport() {
  const { project, search } = useReport();
  const answer = useReportAnswer(
    FlowAgeingDocument,
    { projectId: project.id, days: daysOf(search), asOf: search.asOf ?? null, known: knownOf(search) },
    search.asOf === undefined,
  );
  return <Answered answer={answer}>{({ projectFlow }) => <AgeingCard ageing={projectFlow.ageing} reasons={projectFlow.reasons} />}</Answered>;
}

const BANDS = [
  { key: 'p50', from: null, look: LOOKS.done, fill: 'PLAIN' },
  { key: 'p85', from: 'p50', look: LOOKS.scope, fill: 'RISING' },
  { key: 'p95', from: 'p85', look: { ...LOOKS.p95, dash: [] }, fill: 'CROSSED' },
] as const;

type Flow = FlowAgeingQuery['projectFlow'];

function AgeingCard({ ageing, reasons }: Pick<Flow, 'ageing' | 'reasons'>) {
  const { t } = useTranslation('flow');
  const format = useFormat();
  const { project, drill } = useReport();
  const columnName = useColumnName();
  const nameOf = useTicketNames(ageing.tickets.map(({ ticketId }) => ticketId));
  const reasonText = useReasonText();
  const reasonOf = new Map(reasons.map((reason) => [reason.ticketId, reason]));
  const whyOf = (ticketId: string): string => {
    const reason = reasonOf.get(ticketId);
    return reason ? reasonText(reason) : '';
  };
  const waiting = ageing.tickets.filter(({ ticketId }) => {
    const reason = reasonOf.get(ticketId)?.reason;
    return reason !== undefined && isWaiting(reason);
  });
  const columns = ageingColumns(project.boards, ageing);
  const agesOf = new Map(ageing.columns.map(({ columnId, ages }) => [columnId, ages]));
  const placed = placeIn(columns, ageing.tickets);
  const drillOf = (those: typeof ageing.tickets, title: string): Drill => ({
    kind: 'LINES',
    title,
    lines: those.map(({ ticketId, age }) => ({ ticketId, amount: [t('cycle.days', { count: age }), whyOf(ticketId)].filter(Boolean).join(' · ') })),
  });
  const ofColumn = (columnId: string | null) => ageing.tickets.filter((ticket) => ticket.columnId === columnId);
  const fullest = columns.length > 1 ? columns.toSorted((a, b) => ofColumn(b).length - ofColumn(a).length)[0] : undefined;
  const old = ageing.tickets.filter(({ olderThan }) => (olderThan ?? 0) >= 85);
  const bands = BANDS.map(({ key, from, look, fill }): ChartLayer => {
    const heights = columns.map((id) => agesOf.get(id)?.[key] ?? null);
    return {
      kind: 'AREA',
      key,
      name: t(`ageing.band.${key}`),
      look,
      fill,
      low: columns.map((id) => (from === null ? 0 : (agesOf.get(id)?.[from] ?? 0))),
      high: heights,
      values: heights,
    };
  });
  return (
    <ChartCard
      title={t('report.ageing.title')}
      definition={t('define.ageing')}
      empty={ageing.tickets.length === 0 ? t('ageing.empty') : null}
      slots={columns.map((id) => ({ key: id ?? '', name: columnName(id), tick: columnName(id) }))}
      layers={[
        ...bands.filter(({ values }) => values.some((value) => value !== null)),
        { kind: 'DOTS', key: 'tickets', name: t('ageing.ticket'), look: LOOKS.progress, shape: 'ROUND', dots: placed, values: [] },
      ]}
      stops={placed.map(({ ticket, x, y }): ChartStop => {
        const name = nameOf(ticket.ticketId);
        const says = t('cycle.says', { name, count: y });
        const why = whyOf(ticket.ticketId);
        return { key: ticket.ticketId, x, y, name, says: why ? t('ageing.says', { says, why }) : says };
      })}
      areNamed
      isLog
      unit={t('ageing.unit')}
      formatY={format.number}
      height={340}
      onOpen={({ key }) =>
        drill(
          drillOf(
            ageing.tickets.filter(({ ticketId }) => ticketId === key),
            t('report.ageing.title'),
          ),
        )
      }
      table={{
        columns: [
          { key: 'ticket', name: t('column.ticket'), type: 'TEXT' },
          { key: 'column', name: t('column.column'), type: 'TEXT' },
          { key: 'started', name: t('cycle.startedAt'), type: 'TIME' },
          { key: 'age', name: t('ageing.age'), type: 'NUMBER' },
          { key: 'total', name: t('ageing.total'), type: 'NUMBER' },
          { key: 'now', name: t('ageing.now'), type: 'TEXT' },
          { key: 'older', name: t('ageing.older'), type: 'TEXT' },
          ...(['p50', 'p85', 'p95'] as const).map((level) => ({ key: level, name: t(`percent.${level}`), type: 'NUMBER' as const })),
        ],
        rows: ageing.tickets.map((ticket) => {
          const ages = agesOf.get(ticket.columnId);
          return {
            key: ticket.ticketId,
            cells: {
              ticket: nameOf(ticket.ticketId),
              column: columnName(ticket.columnId),
              started: ticket.startedAt,
              age: ticket.age,
              total: ticket.totalAge,
              now: whyOf(ticket.ticketId),
              older: ticket.olderThan === null ? '' : `P${ticket.olderThan}`,
              ...{ p50: ages?.p50 ?? null, p85: ages?.p85 ?? null, p95: ages?.p95 ?? null },
            },
            drills: { ticket: drillOf([ticket], nameOf(ticket.ticketId)) },
          };
        }),
      }}
    >
      {ageing.tickets.length > 0 && (
        <Facts layout="TILES">
          <Fact name={t('ageing.count')}>
            <DrillNumber drill={drillOf(ageing.tickets, t('ageing.count'))}>{format.number(ageing.tickets.length)}</DrillNumber>
          </Fact>
          <Fact name={t('ageing.over', { percent: 85 })}>
            <DrillNumber drill={drillOf(old, t('ageing.over', { percent: 85 }))}>{format.number(old.length)}</DrillNumber>
          </Fact>
          <Fact name={t('ageing.waiting')}>
            <DrillNumber drill={drillOf(waiting, t('ageing.waiting'))}>{format.number(waiting.length)}</DrillNumber>
          </Fact>
          <Fact name={t('ageing.oldest')}>
            <DrillNumber drill={drillOf(ageing.tickets.slice(0, 1), t('ageing.oldest'))}>{t('cycle.days', { count: ageing.tickets[0]?.age ?? 0 })}</DrillNumber>
          </Fact>
          {fullest !== undefined && (
            <Fact name={t('ageing.fullest')}>
              <DrillNumber drill={drillOf(ofColumn(fullest), columnName(fullest))}>
                {t('ageing.in', { column: columnName(fullest), count: ofColumn(fullest).length })}
              </DrillNumber>
            </Fact>
          )}
        </Facts>
      )}
    </ChartCard>
  );
}

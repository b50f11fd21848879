import type { ChartStop } from '@trainyard/ui';
import { Fact, Facts } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/useFormat.ts';
import { Answered } from '../Answered.tsx';
import { ChartCard } from '../ChartCard.tsx';
import { LOOKS } from '../chart-looks.ts';
import type { Drill } from '../drill.ts';
import { DrillNumber } from '../DrillNumber.tsx';
import { FlowCyclesDocument, type FlowCyclesQuery } from '../flow.generated.ts';
import { useReport } from '../report-context.ts';
import { daysOf, knownOf } from '../report-search.ts';
import { slotOf } from '../slot-of.ts';
import { useDayTicks } from '../useDayTicks.ts';
import { useReportAnswer } from '../useReportAnswer.ts';
import { useTicketNames } from '../useTicketNames.ts';

/** How long each ticket took that was done. */
export function CycleTimeReport() {
  const { project, search } = useReport();
  const answer = useReportAnswer(
    FlowCyclesDocument,
    { projectId: project.id, days: daysOf(search), asOf: search.asOf ?? null, known: knownOf(search) },
    search.asOf === undefined,
  );
  return <Answered answer={answer}>{({ projectFlow }) => <CycleCard flow={projectFlow} />}</Answered>;
}

const PERCENTS = ['p50', 'p85', 'p95'] as const;

function CycleCard({ flow: { days, cycleTimes } }: { flow: FlowCyclesQuery['projectFlow'] }) {
  const { t } = useTranslation('flow');
  const format = useFormat();
  const ticks = useDayTicks();
  const { search, drill } = useReport();
  const of = search.of ?? 'CYCLE';
  const { tickets, n, skipped } = cycleTimes;
  const percentiles = of === 'LEAD' ? cycleTimes.lead : cycleTimes.cycle;
  const daysOfTicket = ({ days: cycle, leadDays }: (typeof tickets)[number]): number => (of === 'LEAD' ? leadDays : cycle);
  const nameOf = useTicketNames(tickets.map(({ ticketId }) => ticketId));
  const dots = (those: typeof tickets) => those.map((ticket) => ({ x: slotOf(days, ticket.endedAt), y: daysOfTicket(ticket) }));
  const [plain, never] = [tickets.filter(({ isSkipped }) => !isSkipped), tickets.filter(({ isSkipped }) => isSkipped)];
  const drillOf = (those: typeof tickets, title: string): Drill => ({
    kind: 'LINES',
    title,
    lines: those.map((ticket) => ({ ticketId: ticket.ticketId, amount: t('cycle.days', { count: daysOfTicket(ticket) }) })),
  });
  const stops = tickets.map((ticket): ChartStop => ({
    key: ticket.ticketId,
    x: slotOf(days, ticket.endedAt),
    y: daysOfTicket(ticket),
    name: nameOf(ticket.ticketId),
    says: t('cycle.says', { name: nameOf(ticket.ticketId), count: daysOfTicket(ticket) }),
  }));
  return (
    <ChartCard
      title={t(`of.${of}`)}
      definition={t(of === 'LEAD' ? 'define.lead-time' : 'define.cycle-time')}
      empty={n === 0 ? t('throughput.empty') : null}
      slots={days.map(({ day, isWorking }) => ({ key: day, name: format.date(day), tick: ticks(days.map((one) => one.day))(day), isShaded: !isWorking }))}
      layers={[
        { kind: 'DOTS', key: 'tickets', name: t('cycle.ticket'), look: LOOKS.progress, shape: 'ROUND', dots: dots(plain), values: [] },
        ...(never.length > 0
          ? [{ kind: 'DOTS', key: 'skipped', name: t('cycle.skipped'), look: LOOKS.open, shape: 'SQUARE', dots: dots(never), values: [] } as const]
          : []),
      ]}
      levels={percentiles ? PERCENTS.map((level) => ({ key: level, name: t(`percent.${level}`), y: percentiles[level], look: LOOKS[level] })) : []}
      stops={stops}
      isLog
      unit={t('cycle.unit')}
      formatY={format.number}
      height={360}
      onOpen={({ key }) =>
        drill(
          drillOf(
            tickets.filter(({ ticketId }) => ticketId === key),
            t(`of.${of}`),
          ),
        )
      }
      table={{
        columns: [
          { key: 'ticket', name: t('column.ticket'), type: 'TEXT' },
          { key: 'started', name: t('cycle.startedAt'), type: 'TIME' },
          { key: 'ended', name: t('cycle.endedAt'), type: 'TIME' },
          { key: 'days', name: t('of.CYCLE'), type: 'NUMBER' },
          { key: 'lead', name: t('of.LEAD'), type: 'NUMBER' },
          { key: 'active', name: t('cycle.active'), type: 'NUMBER' },
          { key: 'reentries', name: t('cycle.reentries'), type: 'NUMBER' },
        ],
        rows: tickets.toReversed().map((ticket) => ({
          key: ticket.ticketId,
          cells: {
            ticket: nameOf(ticket.ticketId),
            started: ticket.isSkipped ? null : ticket.startedAt,
            ended: ticket.endedAt,
            days: ticket.days,
            lead: ticket.leadDays,
            active: Math.round(ticket.activeHours * 10) / 10,
            reentries: ticket.reentries,
          },
          drills: { ticket: drillOf([ticket], nameOf(ticket.ticketId)) },
        })),
      }}
    >
      {n > 0 && (
        <Facts layout="TILES">
          {percentiles &&
            PERCENTS.map((level) => (
              <Fact key={level} name={t(`percent.within.${level}`)}>
                <DrillNumber
                  drill={drillOf(
                    tickets.filter((ticket) => daysOfTicket(ticket) > percentiles[level]),
                    t('cycle.slower', { count: percentiles[level] }),
                  )}
                >
                  {t('cycle.days', { count: percentiles[level] })}
                </DrillNumber>
              </Fact>
            ))}
          <Fact name={t('cycle.n')}>
            <DrillNumber drill={drillOf(tickets, t('cycle.n'))}>{format.number(n)}</DrillNumber>
          </Fact>
          {skipped > 0 && (
            <Fact name={t('cycle.skipped')}>
              <DrillNumber drill={drillOf(never, t('cycle.skipped'))}>{format.number(skipped)}</DrillNumber>
            </Fact>
          )}
        </Facts>
      )}
      {n > 0 && !percentiles && <p>{t('cycle.tooFew', { count: n })}</p>}
      {n > tickets.length && <p>{t('cycle.newest', { count: tickets.length })}</p>}
    </ChartCard>
  );
}

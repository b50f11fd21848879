import { useQuery } from '@apollo/client/react';
import { Drawer } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { daysBetween, instantAt, shiftedDay } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { linesOf, type Drill, type DrillLine, type NamedLine } from './drill.ts';
import { FlowCyclesDocument, FlowDaysDocument, FlowTicketsDocument, SprintReportDocument } from './flow.generated.ts';
import { useReport } from './report-context.ts';
import classes from './Reports.module.css';
import { TicketList } from './TicketList.tsx';
import { Waiting } from '../shell/Waiting.tsx';
import { useAmountText } from './useAmountText.ts';

/** Beside a report: the tickets that a number of it counts. */
export function DrillPanel({ drill, onClose }: { drill: Drill; onClose: () => void }) {
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={460}
      title={drill.title}
      transitionProps={{ duration: 120 }}
      classNames={{ content: classes.panel, title: classes.panelTitle }}
    >
      {drill.kind === 'LINES' && <Lines lines={drill.lines} total={drill.total ?? drill.lines.length} />}
      {drill.kind === 'STAGE' && <OfStage drill={drill} />}
      {drill.kind === 'SPRINT' && <OfSprint drill={drill} />}
      {drill.kind === 'DONE' && <OfDays drill={drill} />}
      {drill.kind === 'CYCLES' && <OfCycles drill={drill} />}
      {drill.kind === 'NAMED' && <Named lines={drill.lines} />}
    </Drawer>
  );
}

function Lines({ lines, total }: { lines: readonly DrillLine[]; total: number }) {
  const { t } = useTranslation('flow');
  const { project } = useReport();
  return (
    <>
      <p className={classes.note}>
        {t('drill.count', { count: total })} {t('drill.asNow')}
      </p>
      <TicketList projectKey={project.key} projectId={project.id} lines={lines} total={total} />
    </>
  );
}

/** Sprints or forecasts, each of which leads on. */
function Named({ lines }: { lines: readonly NamedLine[] }) {
  const { t } = useTranslation('flow');
  const { project, search, drill } = useReport();
  if (lines.length === 0) return <p className={classes.note}>{t('drill.noneNamed')}</p>;
  return (
    <ul className={classes.tickets}>
      {lines.map(({ key, name, amount, opens }) => (
        <li key={key}>
          {'sprintId' in opens ? (
            <Link
              to="/projects/$projectKey/reports/$report"
              params={{ projectKey: project.key, report: 'sprint' }}
              search={{ ...search, sprint: opens.sprintId }}
              className={classes.ticket}
            >
              {name}
            </Link>
          ) : (
            <button type="button" className={classes.named} onClick={() => drill(opens.drill)}>
              {name}
            </button>
          )}
          <span className={classes.amount}>{amount}</span>
        </li>
      ))}
    </ul>
  );
}

function OfCycles({ drill: { days, asOf, known } }: { drill: Extract<Drill, { kind: 'CYCLES' }> }) {
  const { t } = useTranslation('flow');
  const { project } = useReport();
  const { data, error, refetch } = useQuery(FlowCyclesDocument, { variables: { projectId: project.id, days, asOf, known }, fetchPolicy: 'network-only' });
  const found = data?.projectFlow.cycleTimes;
  if (!found) return <Waiting error={error} onRetry={refetch} height={160} />;
  const lines = found.tickets.map((ticket) => ({ ticketId: ticket.ticketId, amount: t('cycle.days', { count: ticket.days }) }));
  return <Lines lines={lines} total={lines.length} />;
}

function OfStage({ drill }: { drill: Extract<Drill, { kind: 'STAGE' }> }) {
  const { project } = useReport();
  const { day, stage, asOf, known } = drill;
  const { data, error, refetch } = useQuery(FlowTicketsDocument, {
    variables: { projectId: project.id, day, stage, asOf, known },
    fetchPolicy: 'network-only',
  });
  const found = data?.flowTickets;
  if (!found) return <Waiting error={error} onRetry={refetch} height={160} />;
  return <Lines lines={found.ticketIds.map((ticketId) => ({ ticketId }))} total={found.total} />;
}

function OfDays({ drill: { from, until } }: { drill: Extract<Drill, { kind: 'DONE' }> }) {
  const { project } = useReport();
  // the last instant of the last day: the picture ends with it
  const asOf = new Date(instantAt(`${shiftedDay(until, 1)}T00:00:00`, project.timeZone).getTime() - 1).toISOString();
  const { data, error, refetch } = useQuery(FlowDaysDocument, {
    variables: { projectId: project.id, days: daysBetween(from, until) + 1, asOf, known: 'NOW' },
    fetchPolicy: 'network-only',
  });
  const found = data?.projectFlow.days;
  if (!found) return <Waiting error={error} onRetry={refetch} height={160} />;
  const lines = linesOf(found.flatMap(({ done }) => done));
  return <Lines lines={lines} total={lines.length} />;
}

function OfSprint({ drill }: { drill: Extract<Drill, { kind: 'SPRINT' }> }) {
  const amountText = useAmountText();
  const { t } = useTranslation('flow');
  const { sprintId, at, measure, counted, part } = drill;
  const { data, error, refetch } = useQuery(SprintReportDocument, {
    variables: { id: sprintId, measure, counted, asOf: at },
    fetchPolicy: 'network-only',
  });
  const found = data?.sprintReport;
  if (!found) return <Waiting error={error} onRetry={refetch} height={160} />;
  const inScope = [...(part === 'LEFT' ? [] : found.completed.lines), ...(part === 'DONE' ? [] : found.carried.lines)];
  const all = part === 'COMMITTED' ? found.committed.lines : inScope.filter(({ amount }) => part !== 'UNESTIMATED' || amount === null);
  const lines = all.map(({ ticketId, amount }) => ({
    ticketId,
    amount: amount === null ? t('unestimated') : amountText(measure, amount),
  }));
  return <Lines lines={lines} total={lines.length} />;
}

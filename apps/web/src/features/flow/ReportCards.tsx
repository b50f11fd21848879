import { Skeleton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { dayAt, isTimeZone, shiftedDay } from '@trainyard/domain';
import { Delayed, Sparkline } from '@trainyard/ui';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { projectDay } from '../sprint/sprint-days.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { BacktestDocument, FlowOverviewDocument, ForecastDocument, SprintReportDocument, VelocityDocument } from './flow.generated.ts';
import type { ReportProject } from './report-context.ts';
import { USUAL_HORIZON, type ReportSearch } from './report-search.ts';
import classes from './Reports.module.css';
import type { Report } from './reports.ts';
import { chosenSprint } from './started-sprints.ts';
import { useReasonText } from './useReasonText.ts';
import { useReportAnswer } from './useReportAnswer.ts';
import { useAmountText } from './useAmountText.ts';

/** The key number of a report, and what it is of. */
interface KeyNumber {
  number: string | null;
  says: string;
  line?: readonly number[];
}

interface ReportCardsProps {
  project: ReportProject;
  reports: readonly Report[];
  group: 'SPRINTS' | 'FLOW' | 'AHEAD';
  search: Pick<ReportSearch, 'asOf' | 'sprint'>;
}

export function ReportCards({ group, ...rest }: ReportCardsProps) {
  if (group === 'SPRINTS') return <SprintCards {...rest} />;
  return group === 'FLOW' ? <FlowCards {...rest} /> : <AheadCards {...rest} />;
}

type Cards = Omit<ReportCardsProps, 'group'>;

function SprintCards({ project, search, ...rest }: Cards) {
  const { t } = useTranslation('flow');
  const sprint = chosenSprint(project.sprints, search.sprint);
  if (!sprint) return <p className={classes.note}>{t('noSprint.text')}</p>;
  return <OfSprint project={project} search={search} sprint={sprint} {...rest} />;
}

function OfSprint({ project, search, sprint, reports }: Cards & { sprint: { id: string; name: string } }) {
  const { t } = useTranslation('flow');
  const format = useFormat();
  const { asOf } = search;
  const asked = { measure: 'POINTS', counted: 'LEAVES' } as const;
  const burn = useReportAnswer(SprintReportDocument, { id: sprint.id, ...asked, asOf: asOf ?? null }, asOf === undefined);
  const velocity = useReportAnswer(VelocityDocument, { projectId: project.id, boardId: null, asOf: null, ...asked }, true);
  const report = burn.data?.sprintReport;
  const amountText = useAmountText();
  const points = (value: number): string => amountText('POINTS', Math.round(value * 10) / 10);
  const last = report?.points.at(-1);
  const spread = velocity.data?.projectVelocity.spread;
  const keys: Partial<Record<Report, KeyNumber | undefined>> = report
    ? {
        burndown: {
          number: last ? points(last.remaining) : null,
          says: t('key.left', { sprint: sprint.name }),
          line: report.days.flatMap(({ burn: of }) => of?.remaining ?? []),
        },
        burnup: {
          number: last ? points(last.done) : null,
          says: t('key.doneOf', { scope: points(last?.scope ?? 0), sprint: sprint.name }),
          line: report.days.flatMap(({ burn: of }) => of?.done ?? []),
        },
        sprint: {
          number: t('key.change', {
            plus: format.number(report.added.total + Math.max(0, report.reEstimated.total)),
            minus: format.number(report.removed.total + report.cancelled.total + Math.max(0, -report.reEstimated.total)),
          }),
          says: t('key.scope', { sprint: sprint.name }),
        },
      }
    : {};
  if (velocity.data)
    keys.velocity = spread
      ? {
          number: points(spread.mean),
          says: t('velocity.from', { min: format.number(spread.min), max: format.number(spread.max) }),
          line: velocity.data.projectVelocity.sprints.map(({ completed }) => completed),
        }
      : { number: null, says: t('velocity.tooFew', { count: velocity.data.projectVelocity.used }) };
  return <CardGrid project={project} search={search} reports={reports} keys={keys} error={burn.error ?? velocity.error} onRetry={burn.refetch} />;
}

const OVERVIEW_DAYS = 84;

function FlowCards({ project, search, reports }: Cards) {
  const { asOf } = search;
  const { t } = useTranslation('flow');
  const format = useFormat();
  const reasonText = useReasonText();
  const { data, error, refetch } = useReportAnswer(
    FlowOverviewDocument,
    { projectId: project.id, days: OVERVIEW_DAYS, asOf: asOf ?? null, known: 'THEN' },
    asOf === undefined,
  );
  const flow = data?.projectFlow;
  const keys: Partial<Record<Report, KeyNumber>> = {};
  if (flow) {
    const { days, cycleTimes, ageing, efficiency } = flow;
    const inProgress = days.map(({ reached }) => (reached[1] ?? 0) - (reached[2] ?? 0));
    const done = days.reduce((sum, day) => sum + day.done.length, 0);
    keys['cumulative-flow'] = { number: format.number(inProgress.at(-1) ?? 0), says: t('key.inProgress'), line: inProgress };
    keys.throughput = { number: format.number(done), says: t('key.done', { count: OVERVIEW_DAYS }), line: weekly(days.map((day) => day.done.length)) };
    keys['cycle-time'] = cycleTimes.cycle
      ? { number: t('cycle.days', { count: cycleTimes.cycle.p85 }), says: t('key.within') }
      : { number: null, says: t('cycle.tooFew', { count: cycleTimes.n }) };
    const old = ageing.tickets.filter(({ olderThan }) => (olderThan ?? 0) >= 85).length;
    keys.ageing = { number: format.number(old), says: t('key.old', { count: ageing.tickets.length }) };
    keys.efficiency =
      efficiency.ratio === null
        ? { number: null, says: t('efficiency.empty') }
        : {
            number: format.wholePercent(efficiency.ratio),
            says: efficiency.bottleneck
              ? t('key.bottleneck', { reason: reasonText(efficiency.bottleneck), share: format.wholePercent(efficiency.bottleneck.share) })
              : t('key.noBottleneck'),
          };
  }
  return <CardGrid project={project} search={search} reports={reports} keys={keys} error={error} onRetry={refetch} />;
}

const weekly = (days: readonly number[]): number[] =>
  Array.from({ length: Math.floor(days.length / 7) }, (_, week) => days.slice(week * 7, week * 7 + 7).reduce((sum, one) => sum + one, 0));

function AheadCards({ project, search, reports }: Cards) {
  const { t } = useTranslation('flow');
  const format = useFormat();
  const { asOf } = search;
  const zone = isTimeZone(project.timeZone) ? project.timeZone : 'UTC';
  const until = shiftedDay(asOf === undefined ? projectDay(project.timeZone) : dayAt(new Date(asOf), zone), USUAL_HORIZON);
  const forecast = useReportAnswer(
    ForecastDocument,
    { projectId: project.id, until, count: null, asOf: asOf ?? null, presence: 1, absence: false, away: [], runners: null },
    asOf === undefined,
  );
  const backtest = useReportAnswer(BacktestDocument, { projectId: project.id, horizon: USUAL_HORIZON }, true);
  const keys: Partial<Record<Report, KeyNumber>> = {};
  const ahead = forecast.data?.projectForecast;
  if (ahead)
    keys.forecast = ahead.tickets
      ? { number: t('forecast.tickets', { count: ahead.tickets.p85 }), says: t('key.until', { day: format.date(until) }) }
      : { number: null, says: t(`refusal.${ahead.refusal ?? 'NOTHING_DONE'}`, { days: ahead.workingDays, done: ahead.completed }) };
  const past = backtest.data?.forecastBacktest;
  if (past)
    keys.backtest =
      past.rows.length === 0
        ? { number: null, says: t('backtest.empty') }
        : { number: format.wholePercent(past.cameTrue.p85 / past.rows.length), says: t('key.cameTrue', { count: past.rows.length }) };
  return <CardGrid project={project} search={search} reports={reports} keys={keys} error={forecast.error ?? backtest.error} onRetry={forecast.refetch} />;
}

interface CardGridProps extends Cards {
  keys: Partial<Record<Report, KeyNumber | undefined>>;
  error: unknown;
  onRetry: () => unknown;
}

function CardGrid({ project, search, reports, keys, error, onRetry }: CardGridProps) {
  const { t } = useTranslation('flow');
  return (
    <>
      <ErrorNotice error={error} onRetry={onRetry} />
      <ul className={classes.cards}>
        {reports.map((report) => {
          const key = keys[report];
          const number: ReactNode = key
            ? (key.number ?? <span className={classes.nothing}>–</span>)
            : !error && (
                <Delayed>
                  <Skeleton height={22} width={90} />
                </Delayed>
              );
          return (
            <li key={report}>
              <Link to="/projects/$projectKey/reports/$report" params={{ projectKey: project.key, report }} search={search} className={classes.reportCard}>
                <span className={classes.reportName}>{t(`report.${report}.title`)}</span>
                <span className={classes.keyLine}>
                  <span className={classes.keyNumber} data-line={key?.line !== undefined || undefined}>
                    {number}
                  </span>
                  {key?.line && key.line.length > 1 && <Sparkline values={[...key.line]} width={64} height={24} />}
                </span>
                <span className={classes.says}>{key?.says ?? ' '}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </>
  );
}

import { useQuery } from '@apollo/client/react';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/useFormat.ts';
import { useWorkNews } from '../../activity/work-news.ts';
import { Waiting } from '../../shell/Waiting.tsx';
import { LookBackDocument, type LookBackQuery } from './retro.generated.ts';
import classes from './Retro.module.css';

const PARTS = ['committed', 'added', 'reEstimated', 'removed', 'cancelled', 'completed', 'carried'] as const;
/** What is left of the sum. */
const MINUS: readonly string[] = ['removed', 'cancelled'];

type Report = NonNullable<LookBackQuery['sprintReport']>;
type Told = NonNullable<LookBackQuery['sprintLookBack']>;

/** What the log says of a sprint, in sentences that lead to what they count. */
export function LookBack({ sprintId, isRunning }: { sprintId: string; isRunning: boolean }) {
  const { data, error, refetch } = useQuery(LookBackDocument, { variables: { id: sprintId }, fetchPolicy: 'cache-and-network' });
  // Of a sprint that has ended all of it stays.
  useWorkNews(async () => {
    if (isRunning) await refetch();
  });
  const { sprintReport: report, sprintLookBack: told } = data ?? {};
  if (report && told)
    return (
      <div className={classes.log}>
        <Scope report={report} sprintId={sprintId} />
        <Forecast told={told} isRunning={isRunning} />
        <Carried told={told} />
        <Failed told={told} />
      </div>
    );
  return <Waiting error={error} onRetry={refetch} height={180} />;
}

/** The sum that always holds: committed and what came is what was completed, carried and what went. */
function Scope({ report, sprintId }: { report: Report; sprintId: string }) {
  const { t } = useTranslation('sprint');
  const format = useFormat();
  const { projectKey = '' } = useParams({ strict: false });
  return (
    <>
      <dl className={classes.scope}>
        {PARTS.map((part) => (
          <div key={part} data-part={part}>
            <dt>{t(`retro.part.${part}`)}</dt>
            <dd>
              <strong>
                {MINUS.includes(part) && report[part].total > 0 ? '−' : ''}
                {format.number(report[part].total)}
              </strong>{' '}
              <span>{t('retro.tickets', { count: report[part].lines.length })}</span>
            </dd>
          </div>
        ))}
      </dl>
      <p className={classes.hint}>
        {t('retro.scope')}{' '}
        <Link to="/projects/$projectKey/reports/$report" params={{ projectKey, report: 'sprint' }} search={{ sprint: sprintId }}>
          {t('retro.toReport')}
        </Link>
      </p>
    </>
  );
}

function Forecast({ told: { forecast, came, cameOfIt }, isRunning }: { told: Told; isRunning: boolean }) {
  const { t } = useTranslation('sprint');
  const tickets = forecast.tickets;
  return (
    <p className={classes.sentence}>
      {tickets ? t('retro.forecast', { p50: tickets.p50, p85: tickets.p85 }) : t('retro.noForecast')}{' '}
      <strong>{t(isRunning ? 'retro.soFar' : 'retro.came', { count: came })}</strong> {t('retro.ofIt', { count: cameOfIt })}
    </p>
  );
}

function Carried({ told: { carried } }: { told: Told }) {
  const { t } = useTranslation('sprint');
  const hours = useHours();
  if (carried.length === 0) return <p className={classes.sentence}>{t('retro.noneCarried')}</p>;
  return (
    <div>
      <h3 className={classes.name}>{t('retro.carried', { count: carried.length })}</h3>
      <ul className={classes.lines}>
        {carried.map((one) => (
          <li key={one.ticketId}>
            <Link to="/tickets/$ticketKey" params={{ ticketKey: one.key }}>
              {one.key} {one.title}
            </Link>
            <span>{hours(one) ?? t('retro.noHours')}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Failed({ told: { failedRuns } }: { told: Told }) {
  const { t } = useTranslation('sprint');
  const hours = useHours();
  if (failedRuns.length === 0) return <p className={classes.sentence}>{t('retro.noneFailed')}</p>;
  const all = failedRuns.reduce((sum, one) => ({ deviceHours: sum.deviceHours + one.deviceHours, cpuHours: sum.cpuHours + one.cpuHours }), {
    deviceHours: 0,
    cpuHours: 0,
  });
  return (
    <div>
      <h3 className={classes.name}>
        {t('retro.failed', { count: failedRuns.length })} {hours(all) ?? ''}
      </h3>
      <ul className={classes.lines}>
        {failedRuns.map((run) => (
          <li key={run.runId}>
            <Link to="/runs/$runId" params={{ runId: run.runId }}>
              {t('retro.run', { key: run.ticketKey, number: run.number })}
            </Link>
            <span>{hours(run) ?? t('retro.noHours')}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Device-hours and CPU-hours apart: the two are never added up. Null: none of either. */
function useHours(): (spent: { deviceHours: number; cpuHours: number }) => string | null {
  const { t } = useTranslation('sprint');
  const format = useFormat();
  return ({ deviceHours, cpuHours }) => {
    const parts = [
      ...(deviceHours > 0 ? [t('retro.deviceHours', { hours: format.number(rounded(deviceHours)) })] : []),
      ...(cpuHours > 0 ? [t('retro.cpuHours', { hours: format.number(rounded(cpuHours)) })] : []),
    ];
    return parts.length === 0 ? null : parts.join(', ');
  };
}

/** Tenths, and what is less than one as it is. */
const rounded = (hours: number): number => (hours < 1 ? Number(hours.toPrecision(1)) : Math.round(hours * 10) / 10);

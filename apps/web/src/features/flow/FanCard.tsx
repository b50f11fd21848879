import { Fact, Facts } from '@trainyard/ui';
import { IconInfoCircle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { ChartCard } from './ChartCard.tsx';
import { fanOfCount, fanOfDays, type Fan } from './fan-chart.ts';
import type { ForecastQuery } from './flow.generated.ts';
import { useReport } from './report-context.ts';
import classes from './Reports.module.css';
import { useDayTicks } from './useDayTicks.ts';

interface FanCardProps {
  question: 'COUNT' | 'DAY';
  until: string | null;
  count: number | null;
  forecast: ForecastQuery['projectForecast'];
  /** What it would be with all people there and as many machines as it takes, where that is another question. */
  plain?: ForecastQuery['projectForecast'] | undefined;
}

const LEVELS = ['p50', 'p85', 'p95'] as const;

/** An answer with what it rests on, or why there is none. */
export function FanCard({ question, until, count, forecast, plain }: FanCardProps) {
  const { t } = useTranslation('flow');
  const format = useFormat();
  const ticks = useDayTicks();
  const { refusal, tickets, days, to } = forecast;
  const names = { fan: t('forecast.fan'), p85: t('percent.p85') };
  const fan: Fan | null =
    to === null
      ? null
      : question === 'COUNT' && tickets && until
        ? fanOfCount(to, until, tickets, names)
        : days && count !== null
          ? fanOfDays(to, count, days, names)
          : null;
  const sayOf = (of: ForecastQuery['projectForecast'], level: (typeof LEVELS)[number], i: number): string => {
    if (question === 'COUNT') return of.tickets ? t('forecast.tickets', { count: of.tickets[level] }) : '';
    const day = of.days?.[i];
    return day ? format.date(day) : t('forecast.later');
  };
  const shown = fan?.days ?? [];
  return (
    <ChartCard
      title={question === 'COUNT' ? t('forecast.howMany', { day: until === null ? '' : format.date(until) }) : t('forecast.when', { count: count ?? 0 })}
      definition={t(question === 'COUNT' ? 'define.howMany' : 'define.when')}
      empty={refusal !== null ? t(`refusal.${refusal}`, { days: forecast.workingDays, done: forecast.completed }) : null}
      slots={shown.map((day) => ({ key: day, name: format.date(day), tick: ticks(shown)(day) }))}
      layers={fan?.layers ?? []}
      unit={t('unit.COUNT')}
      formatY={(value) => format.number(Math.round(value * 10) / 10)}
      height={220}
      table={{
        columns: [
          { key: 'chance', name: t('forecast.chance'), type: 'TEXT' },
          { key: 'answer', name: t('forecast.answer'), type: question === 'COUNT' ? 'NUMBER' : 'TEXT' },
        ],
        rows: LEVELS.map((level, i) => ({
          key: level,
          cells: { chance: t(`percent.${level}`), answer: question === 'COUNT' ? (tickets?.[level] ?? null) : (days?.[i] ?? t('forecast.later')) },
        })),
      }}
    >
      {refusal === null && (
        <Facts layout="TILES">
          {LEVELS.map((level, i) => (
            <Fact key={level} name={t(`forecast.level.${level}`)}>
              <strong>{sayOf(forecast, level, i)}</strong>
              {plain && plain.refusal === null && sayOf(plain, level, i) !== sayOf(forecast, level, i) && (
                <span className={classes.instead}> {t('forecast.instead', { answer: sayOf(plain, level, i) })}</span>
              )}
            </Fact>
          ))}
        </Facts>
      )}
      <Basis forecast={forecast} />
    </ChartCard>
  );
}

/** What a forecast rests on: the days it draws from, and what it takes for granted. */
function Basis({ forecast }: { forecast: ForecastQuery['projectForecast'] }) {
  const { t } = useTranslation('flow');
  const format = useFormat();
  const { project, search } = useReport();
  const { from, to, workingDays, zeros, completed, trials, isFreeDayIdle, isThinnedByAbsence, isThinnedByRuns, people, runTickets, runHours } = forecast;
  return (
    <div className={classes.basis}>
      <IconInfoCircle size={14} aria-hidden="true" />
      <ul>
        {from !== null && to !== null && (
          <li>
            {t('basis.window', { from: format.date(from), to: format.date(to) })}{' '}
            <Link
              to="/projects/$projectKey/reports/$report"
              params={{ projectKey: project.key, report: 'throughput' }}
              search={search.asOf === undefined ? {} : { asOf: search.asOf }}
            >
              {t('basis.numbers', { count: completed, days: workingDays, zeros })}
            </Link>
          </li>
        )}
        <li>{t('basis.trials', { trials: format.number(trials) })}</li>
        {isFreeDayIdle && <li>{t('basis.idle')}</li>}
        {people > 0 && <li>{t(isThinnedByAbsence ? 'basis.absence' : 'basis.noAbsence', { count: people })}</li>}
        {isThinnedByRuns && <li>{t('basis.runs', { count: runTickets, hours: format.number(Math.round((runHours ?? 0) * 10) / 10) })}</li>}
        {search.asOf !== undefined && <li>{t('basis.asOf')}</li>}
        <li>{t('basis.assumes')}</li>
      </ul>
    </div>
  );
}

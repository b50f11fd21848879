import { useQuery } from '@apollo/client/react';
import { Skeleton } from '@mantine/core';
import { isAnnounced, workingCalendar, workingDays } from '@trainyard/domain';
import { Delayed } from '@trainyard/ui';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import classes from './Calendars.module.css';
import { CalendarYearDocument, type CalendarYearQuery } from './calendars.generated.ts';
import type { Calendar } from './CalendarsPage.tsx';
import type { DayKind } from './day-kind.ts';
import { DayDialog } from './DayDialog.tsx';
import { MonthGrid } from './MonthGrid.tsx';
import { useDayText } from './useDayText.ts';

export type ShownDay = NonNullable<CalendarYearQuery['calendar']>['days'][number];

const LEGEND: readonly DayKind[] = ['WORKED', 'FREE', 'OFF', 'MAKE_UP'];
const MONTHS = Array.from({ length: 12 }, (_, i) => i + 1);

/** A year of a calendar: its months, and the days that have a name. */
export function CalendarYear({ calendar, year, mayManage }: { calendar: Calendar; year: number; mayManage: boolean }) {
  const { t } = useTranslation('staffing');
  const dayText = useDayText();
  const { data, error, refetch } = useQuery(CalendarYearDocument, { variables: { id: calendar.id, year }, fetchPolicy: 'cache-and-network' });
  const [chosen, setChosen] = useState<string | null>(null);
  const [focused, setFocused] = useState(`${year}-01-01`);
  const days = data?.calendar?.days;
  const working = useMemo(() => workingCalendar({ ...calendar, days: days ?? [] }), [calendar, days]);
  if (!days) {
    if (error) return <ErrorNotice error={error} onRetry={refetch} />;
    return (
      <Delayed>
        <Skeleton height={400} />
      </Delayed>
    );
  }
  const [from, to] = [`${year}-01-01`, `${year}-12-31`];
  // The one day of the grid that Tab reaches.
  const tabStop = focused.startsWith(`${year}-`) ? focused : from;
  const isOpen = !isAnnounced(calendar, to);
  return (
    <>
      <ErrorNotice error={error} onRetry={refetch} />
      <p className={classes.summary}>
        {t('calendar.count', { count: workingDays(working, from, to).length })}
        {calendar.knownUntil !== null && ` ${t(isOpen ? 'calendar.notAnnounced' : 'calendar.announced', { day: dayText(calendar.knownUntil) })}`}
      </p>
      <ul className={classes.legend}>
        {LEGEND.map((kind) => (
          <li key={kind}>
            <span className={classes.sample} data-kind={kind} aria-hidden="true" />
            {t(`calendar.kind.${kind}`)}
          </li>
        ))}
        {isOpen && (
          <li>
            <span className={classes.sample} data-kind="WORKED" data-open aria-hidden="true" />
            {t('calendar.open')}
          </li>
        )}
      </ul>
      <div className={classes.months}>
        {MONTHS.map((month) => (
          <MonthGrid
            key={month}
            calendar={working}
            named={days}
            year={year}
            month={month}
            tabStop={tabStop}
            onFocus={setFocused}
            onChoose={mayManage ? setChosen : null}
          />
        ))}
      </div>
      <section className={classes.named} aria-label={t('calendar.named', { year })}>
        <h2 className={classes.namedTitle}>{t('calendar.named', { year })}</h2>
        {days.length === 0 ? (
          <p className={classes.summary}>{t('calendar.noneNamed')}</p>
        ) : (
          <ul>
            {days.map((one) => (
              <li key={one.day}>
                <span className={classes.namedDay}>{dayText(one.day)}</span>
                <span>{one.name}</span>
                <span className={classes.namedKind}>{t(`calendar.kind.${one.works ? 'MAKE_UP' : 'OFF'}`)}</span>
              </li>
            ))}
          </ul>
        )}
      </section>
      <DayDialog
        calendar={{ ...calendar, version: data.calendar?.version ?? calendar.version }}
        day={chosen}
        named={days.find(({ day }) => day === chosen)}
        onClose={() => setChosen(null)}
      />
    </>
  );
}

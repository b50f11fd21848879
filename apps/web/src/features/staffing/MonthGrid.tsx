import { daysBetween, isAnnounced, shiftedDay, weekdayOf, type WorkingCalendar } from '@trainyard/domain';
import { useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import classes from './Calendars.module.css';
import type { ShownDay } from './CalendarYear.tsx';
import { kindOf } from './day-kind.ts';
import { useDayText } from './useDayText.ts';
import { useWeekdays } from './useWeekdays.ts';

export interface MonthGridProps {
  calendar: WorkingCalendar;
  named: readonly ShownDay[];
  year: number;
  /** 1 to 12. */
  month: number;
  tabStop: string;
  onFocus: (day: string) => void;
  /** Null for those who may not change days. */
  onChoose: ((day: string) => void) | null;
}

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7, PageUp: -28, PageDown: 28 };

/** A month by weeks. Where days can be changed each is a button, and arrows lead from one to the next, through all months. */
export function MonthGrid({ calendar, named, year, month, tabStop, onFocus, onChoose }: MonthGridProps) {
  const { t } = useTranslation('staffing');
  const dayText = useDayText();
  const format = useFormat();
  const weekdays = useWeekdays();
  const grid = useRef<HTMLTableElement>(null);
  const first = `${year}-${String(month).padStart(2, '0')}-01`;
  const next = month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`;
  const days = Array.from({ length: daysBetween(first, next) }, (_, i) => shiftedDay(first, i));
  const cells: (string | null)[] = [...Array<null>(weekdayOf(first) - 1).fill(null), ...days];
  const weeks = Array.from({ length: Math.ceil(cells.length / 7) }, (_, i) => cells.slice(i * 7, i * 7 + 7));
  const move = (event: KeyboardEvent, day: string): void => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const to = shiftedDay(day, step);
    // The other months of the year stand beside this one.
    grid.current?.parentElement?.parentElement?.querySelector<HTMLElement>(`[data-day="${to}"]`)?.focus();
  };
  const wordsOf = (day: string): string => {
    const name = named.find((one) => one.day === day)?.name;
    return [dayText(day), t(`calendar.kind.${kindOf(calendar, day)}`), name, !isAnnounced(calendar, day) && t('calendar.open')].filter(Boolean).join(', ');
  };
  return (
    <div className={classes.month}>
      <table ref={grid}>
        <caption>{format.month(first)}</caption>
        <thead>
          <tr>
            {weekdays.map(({ day, short, long }) => (
              <th key={day} scope="col" abbr={long}>
                {short}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week.find((day) => day !== null)}>
              {week.map((day, i) =>
                day === null ? (
                  <td key={i} />
                ) : (
                  <td key={day} className={classes.day} data-kind={kindOf(calendar, day)} data-open={!isAnnounced(calendar, day) || undefined}>
                    {onChoose ? (
                      <button
                        type="button"
                        data-day={day}
                        aria-label={wordsOf(day)}
                        title={wordsOf(day)}
                        tabIndex={day === tabStop ? 0 : -1}
                        onFocus={() => onFocus(day)}
                        onKeyDown={(event) => move(event, day)}
                        onClick={() => onChoose(day)}
                      >
                        {Number(day.slice(8))}
                      </button>
                    ) : (
                      <span title={wordsOf(day)}>{Number(day.slice(8))}</span>
                    )}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

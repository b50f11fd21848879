import { LANGUAGES, languageOf } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';

/** Names of days for an axis: day and month, and the year where there are two of them. */
export function useDayTicks(): (days: readonly string[]) => (day: string) => string {
  const { i18n } = useTranslation();
  const { tag } = LANGUAGES[languageOf(i18n.language)];
  return (days) => {
    const years = new Set(days.map((day) => day.slice(0, 4)));
    const format = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', ...(years.size > 1 && { year: '2-digit' }), timeZone: 'UTC' });
    return (day) => format.format(Date.parse(`${day}T00:00:00Z`));
  };
}

import { LANGUAGES, languageOf } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';

/** Names of days for an axis: day and month, and the year where a day comes twice. */
export function useDayTicks(): (days: readonly string[]) => (day: string) => string {
  const { i18n } = useTranslation();
  const { tag } = LANGUAGES[languageOf(i18n.language)];
  return (days) => {
    const isTwice = new Set(days.map((day) => day.slice(5))).size < days.length;
    const format = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', ...(isTwice && { year: 'numeric' }), timeZone: 'UTC' });
    return (day) => format.format(Date.parse(`${day}T00:00:00Z`));
  };
}

import { LANGUAGES, languageOf } from '@trainyard/domain';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** A Monday. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

/** The days of a week, Monday first, as the reader's language names them. */
export function useWeekdays(): { day: number; short: string; medium: string; long: string }[] {
  const { i18n } = useTranslation();
  const { tag } = LANGUAGES[languageOf(i18n.language)];
  return useMemo(() => {
    const [short, medium, long] = (['narrow', 'short', 'long'] as const).map((weekday) => new Intl.DateTimeFormat(tag, { weekday, timeZone: 'UTC' }));
    return Array.from({ length: 7 }, (_, i) => ({
      day: i + 1,
      short: short!.format(MONDAY + i * DAY_MS),
      medium: medium!.format(MONDAY + i * DAY_MS),
      long: long!.format(MONDAY + i * DAY_MS),
    }));
  }, [tag]);
}

import { useFormat } from '../../i18n/useFormat.ts';

/** An ISO day as the reader's language writes it. A day of the calendar has no time zone: noon keeps it that day everywhere. */
export function useDayText(): (date: string) => string {
  const { day } = useFormat();
  return (date) => day(`${date}T12:00:00`);
}

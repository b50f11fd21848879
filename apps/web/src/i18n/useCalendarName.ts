import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

const KNOWN = ['WEEKDAYS', 'CHINA'] as const;

/** A calendar in the reader's language, where it is one that is there from the start; else as somebody named it. */
export function useCalendarName(): (calendar: { key: string | null; name: string }) => string {
  const { t } = useTranslation('shell');
  return useCallback(
    ({ key, name }) => {
      const known = KNOWN.find((one) => one === key);
      return known ? t(`calendarName.${known}`) : name;
    },
    [t],
  );
}

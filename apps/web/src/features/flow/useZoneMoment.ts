import { languageOf, LANGUAGES, isTimeZone } from '@trainyard/domain';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** An instant as clocks of a zone show it, with the name of the zone. */
export function useZoneMoment(timeZone: string): (at: string) => string {
  const { i18n } = useTranslation();
  const { tag } = LANGUAGES[languageOf(i18n.language)];
  return useCallback(
    (at) => {
      // a browser with an older table of zones shows UTC, and says so
      const zone = isTimeZone(timeZone) ? timeZone : 'UTC';
      const shown = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(new Date(at));
      return `${shown} (${zone})`;
    },
    [tag, timeZone],
  );
}

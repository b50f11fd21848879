import { LANGUAGES, languageOf } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';

export interface ZoneClock {
  /** Such as "Tuesday, 1 December". */
  day(now: number, timeZone: string): string;
  /** Day of the week, hour and minute. */
  time(now: number, timeZone: string): string;
  /** How far ahead of UTC, such as +8 or +5:30; empty where it is not. */
  offset(now: number, timeZone: string): string;
}

/** What clocks of another zone show, as the reader's language writes it. */
export function useZoneClock(): ZoneClock {
  const { i18n } = useTranslation();
  const { tag } = LANGUAGES[languageOf(i18n.language)];
  const shown = (now: number, options: Intl.DateTimeFormatOptions): string => new Intl.DateTimeFormat(tag, options).format(now);
  return {
    day: (now, timeZone) => shown(now, { timeZone, weekday: 'long', day: 'numeric', month: 'long' }),
    time: (now, timeZone) => shown(now, { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit' }),
    offset(now, timeZone) {
      const parts = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'shortOffset' }).formatToParts(now);
      return (parts.find(({ type }) => type === 'timeZoneName')?.value ?? '').replace(/^(?:GMT|UTC)(?:\+0$)?/, '');
    },
  };
}

export const FIRST_YEAR = 1970;
export const LAST_YEAR = 2100;

/** Which calendar is shown, and which year of it. */
export interface CalendarSearch {
  calendar?: string;
  year?: number;
}

/** An address typed by hand may say anything. */
export function calendarSearch({ calendar, year }: Record<string, unknown>): CalendarSearch {
  const shown = Number(year);
  return {
    ...(typeof calendar === 'string' && calendar !== '' && { calendar }),
    ...(Number.isInteger(shown) && shown >= FIRST_YEAR && shown <= LAST_YEAR && { year: shown }),
  };
}

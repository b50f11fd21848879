import { dayAt, isTimeZone } from '@trainyard/domain';

/** Where the rows that a query finds, in its order and all of them, are a file. Days are those of this browser. */
export function exportAddress(list: string, query: string, projectId: string | undefined): string {
  const asked = new URLSearchParams({ timeZone: timeZone() });
  if (query !== '') asked.set('query', query);
  if (projectId !== undefined) asked.set('projectId', projectId);
  return `/export/${list}.csv?${asked.toString()}`;
}

/** The zone that `today` is a day of: the browser's; UTC where it knows its offset alone. */
export function timeZone(): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return isTimeZone(zone) ? zone : 'UTC';
}

/** What `today` is in a query, as a day: that of this browser. */
export const today = (): string => dayAt(new Date(), timeZone());

/** A header of full seconds says no better than this when it is right. */
const EXACT_TO_MS = 2_000;

let aheadMs = 0;

/**
 * The server's time, in milliseconds. What the server dates (sessions, tokens, runs, memberships) is compared with this and
 * never with the browser's own clock, which may be wrong by hours.
 */
export function serverNow(): number {
  return Date.now() + aheadMs;
}

/**
 * The day of now as the server counts days: in UTC, as an ISO day. A membership holds, and gives rights, from and to a day; the
 * screen must not call another day today than the rights do.
 */
export function serverToday(): string {
  return new Date(serverNow()).toISOString().slice(0, 10);
}

/** Learns from the Date header of an answer that was asked for at `sentAt` and has come at `receivedAt` (milliseconds of this browser). */
export function learnServerTime(date: string | null, sentAt: number, receivedAt: number): void {
  const said = Date.parse(date ?? '');
  if (Number.isNaN(said)) return;
  // the header is cut to the second, and was written somewhere on the way
  const ahead = said + 500 - (sentAt + receivedAt) / 2;
  aheadMs = Math.abs(ahead) <= EXACT_TO_MS + (receivedAt - sentAt) / 2 ? 0 : ahead;
}

/** fetch that keeps the server's time. */
export const fetchWithClock: typeof fetch = async (input, init) => {
  const sentAt = Date.now();
  const response = await fetch(input, init);
  learnServerTime(response.headers.get('date'), sentAt, Date.now());
  return response;
};

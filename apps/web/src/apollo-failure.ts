import { ServerError } from '@apollo/client/errors';

/** How Chromium, Firefox and Safari say that a request did not arrive. A TypeError alone may also be a slip of ours. */
const NOT_ARRIVED = /failed to fetch|networkerror when attempting|load failed|network connection was lost/i;
/** And that a part of the page's code did not. */
const CODE_NOT_ARRIVED = /dynamically imported module|importing a module script failed|unable to preload css/i;

/** No answer of the api at all, or a proxy's in its place. */
export function isNetworkFailure(error: unknown): boolean {
  if (ServerError.is(error)) return error.statusCode >= 502 && error.statusCode <= 504;
  return isCodeMissing(error) || (error instanceof Error && NOT_ARRIVED.test(error.message));
}

/** What loads code remembers that it failed, for as long as the page is there. */
export function isCodeMissing(error: unknown): boolean {
  return error instanceof Error && CODE_NOT_ARRIVED.test(error.message);
}

/** For a reading that nobody waits for. Should it fail, its query's `error` says so where its data would be. */
export function toldByQuery(reading: Promise<unknown>): void {
  reading.catch(() => undefined);
}

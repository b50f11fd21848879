import { ServerError } from '@apollo/client/errors';

/** No answer of the api at all, or a proxy's in its place. */
export function isNetworkFailure(error: unknown): boolean {
  if (ServerError.is(error)) return error.statusCode >= 502 && error.statusCode <= 504;
  return error instanceof TypeError;
}

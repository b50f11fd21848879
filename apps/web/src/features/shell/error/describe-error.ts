import { CombinedGraphQLErrors, ServerError, ServerParseError } from '@apollo/client/errors';
import { ERRORS, type ErrorCode, type ErrorParams } from '@trainyard/domain';
import { isNetworkFailure } from '../../../apollo-failure.ts';

/** An error as a screen speaks of it: a code of the catalogue and the facts of its sentence. */
export interface DescribedError {
  code: ErrorCode;
  params: ErrorParams;
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERRORS, code);
}

function isParams(value: unknown): value is ErrorParams {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The catalogue's name for whatever was thrown. Also takes `{code, params}` as the rules and the HTTP routes give it. */
export function describeError(error: unknown): DescribedError {
  if (CombinedGraphQLErrors.is(error)) {
    const extensions = error.errors[0]?.extensions;
    const code = extensions?.code;
    return { code: isErrorCode(code) ? code : 'INTERNAL', params: isParams(extensions?.params) ? extensions.params : {} };
  }
  if (isNetworkFailure(error)) return { code: 'UNAVAILABLE', params: {} };
  if (ServerError.is(error) || ServerParseError.is(error))
    return describedIn(error.bodyText) ?? { code: error.statusCode === 429 ? 'RATE_LIMITED' : 'INTERNAL', params: {} };
  return described(error) ?? { code: 'INTERNAL', params: {} };
}

/** `{code, params}` as the catalogue knows it. */
function described(error: unknown): DescribedError | null {
  if (typeof error !== 'object' || error === null || !('code' in error) || !isErrorCode(error.code)) return null;
  return { code: error.code, params: 'params' in error && isParams(error.params) ? error.params : {} };
}

/** The body of a request that was refused before GraphQL saw it; null for a proxy's page. */
function describedIn(body: string): DescribedError | null {
  try {
    return described(JSON.parse(body));
  } catch {
    return null;
  }
}

/**
 * What every rule that can refuse returns: either the decision, or a stable `code` from the error
 * catalogue (`errors.ts`) with the facts its translated sentence needs.
 */
export type Result<T extends object = object> = ({ ok: true } & T) | { ok: false; code: ErrorCode; params?: ErrorParams };

import type { ErrorCode } from './errors.ts';

/** Facts a screen puts into the translated sentence of an error code. */
export type ErrorParams = Record<string, string | number | boolean | null>;

export function refuse(code: ErrorCode, params?: ErrorParams): { ok: false; code: ErrorCode; params?: ErrorParams } {
  return params ? { ok: false, code, params } : { ok: false, code };
}

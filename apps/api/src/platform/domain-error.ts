import { ERRORS, type ErrorCode, type ErrorParams, type Result } from '@trainyard/domain';

/** An error of the catalogue: its code and params reach the caller, who translates them; nothing else does. */
export class DomainError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly params: ErrorParams = {},
    message?: string,
  ) {
    super(message ?? `${code}${Object.keys(params).length > 0 ? ` ${JSON.stringify(params)}` : ''}`);
    this.name = 'DomainError';
  }

  get status(): number {
    return ERRORS[this.code];
  }

  /** What GraphQL sends beside the message where no error formatter runs: subscriptions that are refused or ended. */
  get extensions(): { code: ErrorCode; params: ErrorParams } {
    return { code: this.code, params: this.params };
  }
}

/** The decision of a domain rule, or its refusal thrown. */
export function decided<T extends object>(result: Result<T>): { ok: true } & T {
  if (!result.ok) throw new DomainError(result.code, result.params);
  return result;
}

/** Why a report is not read. A screen puts these into words; the message is for logs and for who sends by script. */
export type RefusedReason =
  /** Over a bound: `limit` names it, `most` is its value. */
  | 'LIMIT'
  /** The declaration is not what the bytes are, or they are not of the encoding. */
  | 'ENCODING'
  /** It ends in the middle: half a report would be a wrong one. */
  | 'CUT_OFF'
  | 'MALFORMED'
  | 'EMPTY'
  /** Well formed, and something else than what was asked for. */
  | 'OTHER_FORMAT';

export type Facts = Record<string, string | number | null>;

/** A report that is not read at all, and what is wrong with it where. */
export class ReportRefused extends Error {
  readonly reason: RefusedReason;
  readonly facts: Facts;

  constructor(reason: RefusedReason, facts: Facts, message: string) {
    super(message);
    this.name = 'ReportRefused';
    this.reason = reason;
    this.facts = facts;
  }
}

export function overLimit(limit: string, most: number, facts: Facts = {}): ReportRefused {
  return new ReportRefused('LIMIT', { limit, most, ...facts }, `more than ${most} ${limit}`);
}

export type WarningCode =
  | 'ILLEGAL_CHARACTER'
  | 'CHARACTER_REFERENCE'
  | 'ENTITY_NOT_EXPANDED'
  | 'ENTITY_DECLARED'
  | 'DECLARATION'
  | 'TEXT_OUTSIDE'
  | 'SEVERAL_ROOTS'
  | 'LOOSE_MARKUP'
  | 'DUPLICATE_ATTRIBUTE'
  | 'ENCODING_DOUBTED'
  | 'NO_CASES'
  | 'COUNT_DIFFERS'
  | 'BAD_DURATION'
  | 'NAMELESS'
  | 'NAME_CUT'
  | 'TEXT_CUT'
  | 'RETRIED'
  | 'SAME_CASE'
  | 'BAD_RECORD'
  | 'CLAMPED'
  | 'NO_END_OF_RECORD'
  | 'CONDITIONS_MISSING'
  | 'PATH_MISSING'
  | 'PATH_AMBIGUOUS';

/** Something that was read all the same: how often, and the first time where and what. */
export interface Warning {
  code: WarningCode;
  count: number;
  line: number | null;
  facts: Facts;
}

/** One entry a code, so that a report with a million faults has a short list of them. */
export class Warnings {
  private readonly of = new Map<WarningCode, Warning>();

  note(code: WarningCode, line: number | null, facts: Facts = {}): void {
    if (!this.again(code)) this.of.set(code, { code, count: 1, line, facts });
  }

  /** Counts what was noted before, for that which comes by the million. */
  again(code: WarningCode): boolean {
    const known = this.of.get(code);
    if (known) known.count++;
    return known !== undefined;
  }

  all(): Warning[] {
    return [...this.of.values()];
  }
}

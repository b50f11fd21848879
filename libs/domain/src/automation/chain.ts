/** What led to an entry of the log, where a rule did. */
export interface Chain {
  /** Rules, the first cause's first. */
  rules: readonly string[];
  /** The first cause: the position of an entry, or a time that was due. */
  root: string;
}

/** Rules that may follow each other: the last resort against a chain of rules that are all different. */
export const CHAIN_MAX = 10;

/** Whether a rule fires in a chain. It stops where it stood before: A, B, A ends at the second A. */
export function isLoop(ruleId: string, before: Chain | null): boolean {
  return before !== null && (before.rules.includes(ruleId) || before.rules.length >= CHAIN_MAX);
}

/** Why a rule stops: it stands in the chain already, the chain may go no further, or it has followed its first cause too often. */
export const LOOP_REASONS = ['AGAIN', 'LONG', 'OFTEN'] as const;
export type LoopReason = (typeof LOOP_REASONS)[number];

/** @param rules of its chain, itself last */
export function loopReason(rules: readonly string[]): LoopReason {
  if (new Set(rules).size < rules.length) return 'AGAIN';
  return rules.length > CHAIN_MAX ? 'LONG' : 'OFTEN';
}

/** The chain of what the rule does next. @param cause what happened, where no rule led to it */
export const chainedTo = (ruleId: string, before: Chain | null, cause: string): Chain =>
  before ? { rules: [...before.rules, ruleId], root: before.root } : { rules: [ruleId], root: cause };

/**
 * How often a rule follows other rules from one first cause: about one ticket, and in all. Rules that all lead to each other would else be done in
 * every order: ten of them ten million times.
 */
export const FOLLOWS_EACH_MAX = 10;
export const FOLLOWS_MAX = 2_000;

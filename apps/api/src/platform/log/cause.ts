import type { LogEntry } from './log-entry.ts';
import type { Tx } from '../sql/database.ts';

/** What led to all that a transaction writes into the log. */
export type Cause = Pick<LogEntry, 'causedBy' | 'depth' | 'firingId'>;

const causes = new WeakMap<Tx, Cause>();

/** Says so for everything that `tx` appends from here on: who writes knows nothing of it. */
export function setCause(tx: Tx, cause: Cause): void {
  causes.set(tx, cause);
}

/** Null where a person did it, or the server. */
export const causeOf = (tx: Tx): Cause | null => causes.get(tx) ?? null;

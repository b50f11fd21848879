import { Injectable } from '@nestjs/common';
import { afterFailure, secondsBlocked, type SignInLimit } from '@trainyard/domain';
import { databaseNow, rows, type Tx } from '../platform/sql/database.ts';
import { DomainError } from '../platform/domain-error.ts';

export type ThrottleKey = { key: string } & Omit<SignInLimit, 'by'>;
interface ThrottleRow {
  key: string;
  failures: number;
  lastFailureAt: Date;
  blockedUntil: Date | null;
}
/** What was counted, the rows as they were, and the moment of the count. */
export interface Counted {
  keys: readonly ThrottleKey[];
  before: readonly ThrottleRow[];
  at: Date;
}

const inKeyOrder = (keys: readonly ThrottleKey[]): ThrottleKey[] => keys.toSorted((a, b) => (a.key < b.key ? -1 : 1));

/** Wrong passwords, counted wherever one is asked for. */
@Injectable()
export class Throttle {
  /** Counts a failure by each of `keys`, in a transaction that ends before the password is looked at; throws SIGN_IN_THROTTLED {seconds}. */
  async countFailure(tx: Tx, keys: readonly ThrottleKey[]): Promise<Counted> {
    const now = await databaseNow(tx);
    // Made first so that there is a row to lock; in key order, so that two sign-ins never deadlock.
    const sorted = inKeyOrder(keys);
    await tx.query(`INSERT INTO sign_in_throttle (key, failures, last_failure_at) SELECT unnest($1::text[]), 0, $2 ON CONFLICT DO NOTHING`, [
      sorted.map(({ key }) => key),
      now,
    ]);
    const found = await rows<ThrottleRow>(
      tx,
      `SELECT key, failures, last_failure_at AS "lastFailureAt", blocked_until AS "blockedUntil" FROM sign_in_throttle WHERE key = ANY ($1) ORDER BY key FOR UPDATE`,
      [sorted.map(({ key }) => key)],
    );
    const seconds = Math.max(0, ...found.map((throttle) => secondsBlocked(throttle.blockedUntil, now)));
    if (seconds > 0) throw new DomainError('SIGN_IN_THROTTLED', { seconds });
    for (const { key, free } of sorted) {
      const after = afterFailure(found.find((throttle) => throttle.key === key) ?? null, now, free);
      await tx.query('UPDATE sign_in_throttle SET failures = $2, last_failure_at = $3, blocked_until = $4 WHERE key = $1', [
        key,
        after.failures,
        now,
        after.blockedUntil,
      ]);
    }
    return { keys: sorted, before: found, at: now };
  }

  /** It was no failure: what is the person's own starts anew, the others stand as before unless somebody failed since. */
  async uncount(tx: Tx, { keys, before, at }: Counted): Promise<void> {
    for (const { key, startsAnew } of keys) {
      if (startsAnew) {
        await tx.query('DELETE FROM sign_in_throttle WHERE key = $1', [key]);
        continue;
      }
      const was = before.find((throttle) => throttle.key === key);
      await tx.query(
        /* sql */ `
        UPDATE sign_in_throttle SET failures = greatest(failures - 1, 0),
          last_failure_at = CASE WHEN last_failure_at = $2 THEN $3 ELSE last_failure_at END,
          blocked_until = CASE WHEN last_failure_at = $2 THEN $4 ELSE blocked_until END
        WHERE key = $1`,
        [key, at, was?.lastFailureAt ?? at, was?.blockedUntil ?? null],
      );
    }
  }
}

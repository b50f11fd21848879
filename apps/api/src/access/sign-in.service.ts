import { Injectable } from '@nestjs/common';
import { afterFailure, FREE_FAILURES, secondsBlocked, type Actor } from '@trainyard/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import { Database, row, rows } from '../platform/database.ts';
import { DomainError } from '../platform/domain-error.ts';
import { AccessService } from './access.service.ts';
import { verifyPassword } from './password.ts';

/** Guesses are counted by account and address together, and more patiently by each alone: nobody locks another out cheaply. */
const throttleKeys = (email: string, address: string): ThrottleKey[] => [
  { key: `pair:${email}|${address}`, free: FREE_FAILURES },
  { key: `address:${address}`, free: 6 * FREE_FAILURES },
  { key: `account:${email}`, free: 10 * FREE_FAILURES },
];

const inKeyOrder = (keys: readonly ThrottleKey[]): ThrottleKey[] => keys.toSorted((a, b) => (a.key < b.key ? -1 : 1));

interface ThrottleKey {
  key: string;
  free: number;
}
interface ThrottleRow {
  key: string;
  failures: number;
  lastFailureAt: Date;
  blockedUntil: Date | null;
}

@Injectable()
export class SignInService {
  constructor(
    private readonly database: Database,
    private readonly access: AccessService,
  ) {}

  /** Opens a session, or throws INVALID_CREDENTIALS (the same for an unknown address) or SIGN_IN_THROTTLED {seconds}. */
  async signIn(email: string, password: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const keys = throttleKeys(email.trim().toLowerCase().slice(0, 254), request.ip);
    // Counted before the password is looked at: a thousand guesses at once are a thousand failures.
    const { before, at } = await this.countFailure(keys);
    const user = await row<{ id: string; passwordHash: string }>(
      this.database.read,
      `SELECT id, password_hash AS "passwordHash" FROM app_user WHERE lower(email) = lower($1) AND NOT disabled`,
      [email.trim()],
    );
    if (!(await verifyPassword(user?.passwordHash ?? null, password.slice(0, 1000))) || !user) throw new DomainError('INVALID_CREDENTIALS');
    await this.database.transaction(async (tx) => {
      await this.uncount(tx, keys, before, at);
      await this.access.openSession(tx, user.id, request, reply);
    });
  }

  async signOut(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (request.sessionId) await this.database.transaction(async (tx) => tx.query('DELETE FROM session WHERE id = $1', [request.sessionId]));
    this.access.clearCookie(reply);
  }

  async signOutEverywhere(actor: Actor, reply: FastifyReply): Promise<void> {
    await this.database.transaction(async (tx) => tx.query('DELETE FROM session WHERE user_id = $1', [actor.userId]));
    this.access.clearCookie(reply);
  }

  /** Answers the rows as they were, and the moment of this count. */
  private async countFailure(keys: ThrottleKey[]): Promise<{ before: ThrottleRow[]; at: Date }> {
    const now = new Date();
    const before = await this.database.transaction(async (tx) => {
      // Made first so that there is a row to lock; in key order, so that two sign-ins never deadlock.
      const sorted = inKeyOrder(keys);
      await tx.query(`INSERT INTO sign_in_throttle (key, failures, last_failure_at) SELECT unnest($1::text[]), 0, $2 ON CONFLICT DO NOTHING`, [sorted.map(({ key }) => key), now]);
      const found = await rows<ThrottleRow>(
        tx,
        `SELECT key, failures, last_failure_at AS "lastFailureAt", blocked_until AS "blockedUntil" FROM sign_in_throttle WHERE key = ANY ($1) ORDER BY key FOR UPDATE`,
        [sorted.map(({ key }) => key)],
      );
      const seconds = Math.max(0, ...found.map((throttle) => secondsBlocked(throttle.blockedUntil, now)));
      if (seconds > 0) throw new DomainError('SIGN_IN_THROTTLED', { seconds });
      for (const { key, free } of sorted) {
        const after = afterFailure(found.find((throttle) => throttle.key === key) ?? null, now, free);
        await tx.query('UPDATE sign_in_throttle SET failures = $2, last_failure_at = $3, blocked_until = $4 WHERE key = $1', [key, after.failures, now, after.blockedUntil]);
      }
      return found;
    });
    return { before, at: now };
  }

  /** It was no failure: the pair starts anew, the others stand as before unless somebody failed since. */
  private async uncount(tx: EntityManager, keys: ThrottleKey[], before: readonly ThrottleRow[], at: Date): Promise<void> {
    const [pair, ...others] = keys;
    // In key order, as they were counted.
    for (const { key } of inKeyOrder(others)) {
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
    await tx.query('DELETE FROM sign_in_throttle WHERE key = $1', [pair?.key]);
  }
}

import { Injectable } from '@nestjs/common';
import { afterKnownFailure, KNOWN_BROWSER_DAYS, KNOWN_BROWSERS_EACH, secretsIn, withSecret } from '@trainyard/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Database, row, rows, type Tx } from '../platform/sql/database.ts';
import { hashSecret, newSecret } from '../platform/secret.ts';
import { Cookies, type Cookie } from './cookies.ts';

const BROWSER_COOKIE: Cookie = { name: 'trainyard_browser', days: KNOWN_BROWSER_DAYS, sameSite: 'strict' };
/** Whether `known_browser b` is still known. */
export const STILL_KNOWN = `(b.last_used_at > now() - interval '${KNOWN_BROWSER_DAYS} days')`;

/** One account that a browser is known for. */
export interface KnownBrowser {
  userId: string;
  secretHash: Buffer;
}

/** Browsers that people signed in by before: each is counted by itself when it sends a wrong password (docs/decisions/0016). */
@Injectable()
export class KnownBrowsers {
  constructor(
    private readonly database: Database,
    private readonly cookies: Cookies,
  ) {}

  /** The accounts that the browser of this request is known for. Looks at nothing but its cookie, so the answer takes as long whoever is to be signed in. */
  async of(request: FastifyRequest): Promise<KnownBrowser[]> {
    const secrets = this.secretsOf(request);
    if (secrets.length === 0) return [];
    return rows(
      this.database.direct,
      `SELECT user_id AS "userId", secret_hash AS "secretHash" FROM known_browser b WHERE secret_hash = ANY ($1) AND ${STILL_KNOWN}`,
      [secrets.map(hashSecret)],
    );
  }

  /** Counts a wrong password against this browser, in `tx`. False when it is known no more, as after too many of them. */
  async countFailure(tx: Tx, { secretHash }: KnownBrowser): Promise<boolean> {
    const before = await row<{ failures: number }>(tx, 'SELECT failures FROM known_browser WHERE secret_hash = $1 FOR UPDATE', [secretHash]);
    if (!before) return false;
    const failures = afterKnownFailure(before.failures);
    if (failures === null) await tx.query('DELETE FROM known_browser WHERE secret_hash = $1', [secretHash]);
    else await tx.query('UPDATE known_browser SET failures = $2 WHERE secret_hash = $1', [secretHash, failures]);
    return true;
  }

  /**
   * The person has proved to be at this browser: it is known for the account from now on, and what it failed before is forgotten.
   * It keeps the secret that it is known by, so that two tabs that sign in at once know the same. Any other secret in its cookie
   * may have been put there by somebody else, who must not become known with it: the account gets one of its own.
   * `tx` holds the row of the account, so that there are never more browsers than KNOWN_BROWSERS_EACH.
   */
  async remember(tx: Tx, userId: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const secrets = this.secretsOf(request);
    const known = await row<{ secretHash: Buffer }>(
      tx,
      `UPDATE known_browser b SET failures = 0, last_used_at = clock_timestamp() WHERE user_id = $1 AND secret_hash = ANY ($2) AND ${STILL_KNOWN} RETURNING secret_hash AS "secretHash"`,
      [userId, secrets.map(hashSecret)],
    );
    const secret = secrets.find((each) => known?.secretHash.equals(hashSecret(each))) ?? newSecret();
    if (!known) {
      await tx.query('INSERT INTO known_browser (secret_hash, user_id, last_used_at) VALUES ($1, $2, clock_timestamp())', [hashSecret(secret), userId]);
      await tx.query(
        'DELETE FROM known_browser WHERE secret_hash IN (SELECT secret_hash FROM known_browser WHERE user_id = $1 ORDER BY last_used_at DESC OFFSET $2)',
        [userId, KNOWN_BROWSERS_EACH],
      );
    }
    this.cookies.set(reply, BROWSER_COOKIE, withSecret(secrets, secret));
  }

  /** No browser is known for the account any more. */
  async forget(tx: Tx, userId: string): Promise<void> {
    await tx.query('DELETE FROM known_browser WHERE user_id = $1', [userId]);
  }

  private secretsOf(request: FastifyRequest): string[] {
    return secretsIn(this.cookies.read(request, BROWSER_COOKIE));
  }
}

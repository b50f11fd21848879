import { Injectable } from '@nestjs/common';
import { FREE_FAILURES, normalForm, type Actor } from '@trainyard/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { activityTopic } from '../platform/activity-log.ts';
import { demand } from '../platform/authorize.ts';
import { afterCommit, Database, row } from '../platform/database.ts';
import { DomainError } from '../platform/domain-error.ts';
import { Wakeups } from '../platform/wakeups.ts';
import { AccessService } from './access.service.ts';
import { organisation } from './organisation.ts';
import { verifyPassword } from './password.ts';
import { Throttle, type ThrottleKey } from './throttle.service.ts';

/** Guesses are counted by account and address together, and more patiently by each alone: nobody locks another out cheaply. */
const throttleKeys = (email: string, address: string): ThrottleKey[] => [
  { key: `pair:${email}|${address}`, free: FREE_FAILURES },
  { key: `address:${address}`, free: 6 * FREE_FAILURES },
  { key: `account:${email}`, free: 10 * FREE_FAILURES },
];

@Injectable()
export class SignInService {
  constructor(
    private readonly database: Database,
    private readonly access: AccessService,
    private readonly throttle: Throttle,
    private readonly wakeups: Wakeups,
  ) {}

  /** Opens a session, or throws INVALID_CREDENTIALS (the same for an unknown address) or SIGN_IN_THROTTLED {seconds}. */
  async signIn(email: string, password: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const key = normalForm(email);
    const keys = throttleKeys(key.slice(0, 254), request.ip);
    // Counted before the password is looked at: a thousand guesses at once are a thousand failures.
    const counted = await this.throttle.countFailure(keys);
    const user = await row<{ id: string; passwordHash: string }>(
      this.database.direct,
      `SELECT id, password_hash AS "passwordHash" FROM app_user WHERE (email_key = $1 OR email = $2) AND NOT disabled ORDER BY email = $2 DESC LIMIT 1`,
      [key, email.trim()],
    );
    if (!(await verifyPassword(user?.passwordHash ?? null, password.slice(0, 1000))) || !user) throw new DomainError('INVALID_CREDENTIALS');
    await this.database.transaction(async (tx) => {
      await this.throttle.uncount(tx, keys, counted);
      await this.access.openSession(tx, user.id, request, reply);
    });
  }

  async signOut(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (request.sessionId) await this.endSessions('id', request.sessionId);
    this.access.clearCookie(reply);
  }

  async signOutEverywhere(actor: Actor, reply: FastifyReply): Promise<void> {
    demand(actor, 'credential.manage', { ownerId: actor.userId });
    await this.endSessions('user_id', actor.userId);
    this.access.clearCookie(reply);
  }

  /** Open subscriptions look at their rights when the organisation's topic is woken, so their sessions end with these. */
  private async endSessions(column: 'id' | 'user_id', value: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.query(`DELETE FROM session WHERE ${column} = $1`, [value]);
      const { id } = await organisation(tx);
      afterCommit(tx, () => this.wakeups.wake(activityTopic(id)));
    });
  }
}

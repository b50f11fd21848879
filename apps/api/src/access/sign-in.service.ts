import { Injectable } from '@nestjs/common';
import { FREE_FAILURES, normalForm, type Actor } from '@trainyard/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AuditTrail, originOf } from '../audit/audit-trail.service.ts';
import { createHash } from 'node:crypto';
import { activityTopic } from '../platform/activity-log.ts';
import { demand } from '../platform/authorize.ts';
import { afterCommit, Database, row, rows } from '../platform/database.ts';
import { DomainError } from '../platform/domain-error.ts';
import { EMAIL_MAX } from '../platform/input.ts';
import { countedAddress } from '../platform/limits.ts';
import { Wakeups } from '../platform/wakeups.ts';
import { AccessService } from './access.service.ts';
import { organisation } from './organisation.ts';
import { verifyPassword } from './password.ts';
import { Throttle, type ThrottleKey } from './throttle.service.ts';

/**
 * Guesses are counted by account and address together, and more patiently by each alone: nobody locks another out cheaply.
 * `account` is a hash: people type passwords where the address belongs.
 */
const throttleKeys = (account: string, address: string): ThrottleKey[] => [
  { key: `pair:${account}|${address}`, free: FREE_FAILURES },
  { key: `address:${address}`, free: 6 * FREE_FAILURES },
  { key: `account:${account}`, free: 10 * FREE_FAILURES },
];

@Injectable()
export class SignInService {
  constructor(
    private readonly database: Database,
    private readonly access: AccessService,
    private readonly throttle: Throttle,
    private readonly wakeups: Wakeups,
    private readonly audit: AuditTrail,
  ) {}

  /** Opens a session, or throws INVALID_CREDENTIALS (the same for an unknown address) or SIGN_IN_THROTTLED {seconds}. */
  async signIn(email: string, password: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    // Cut before it is folded, which takes time for each letter; what is longer is nobody's.
    const key = normalForm(email.slice(0, EMAIL_MAX + 1));
    const origin = originOf(request);
    const account = this.audit.strangerOf(key);
    const keys = throttleKeys(createHash('sha256').update(key).digest('base64url'), countedAddress(origin.address));
    // Counted before the password is looked at: a thousand guesses at once are a thousand failures.
    const counted = await this.throttle.countFailure(keys).catch((error: unknown) => {
      if (error instanceof DomainError) this.audit.note(origin, { kind: 'SIGN_IN', outcome: 'REFUSED', actorId: null, code: error.code, details: { account } });
      throw error;
    });
    const user = await row<{ id: string; passwordHash: string }>(
      this.database.direct,
      `SELECT id, password_hash AS "passwordHash" FROM app_user WHERE (email_key = $1 OR email = $2) AND NOT disabled ORDER BY email = $2 DESC LIMIT 1`,
      [key, email.trim()],
    );
    if (!(await verifyPassword(user?.passwordHash ?? null, password.slice(0, 1000))) || !user) {
      this.audit.note(origin, { kind: 'SIGN_IN', outcome: 'REFUSED', actorId: user?.id ?? null, code: 'INVALID_CREDENTIALS', details: { account } });
      throw new DomainError('INVALID_CREDENTIALS');
    }
    await this.database.transaction(async (tx) => {
      await this.throttle.uncount(tx, keys, counted);
      await this.access.openSession(tx, user.id, request, reply);
      await this.audit.write(tx, origin, { kind: 'SIGN_IN', outcome: 'DONE', actorId: user.id, subjectId: request.sessionId });
    });
  }

  async signOut(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { actor, sessionId } = request;
    if (actor && sessionId) await this.end(actor, 'SIGN_OUT', 'user_id = $1 AND id = $2', [actor.userId, sessionId]);
    this.access.clearCookie(reply);
  }

  async signOutEverywhere(actor: Actor, reply: FastifyReply): Promise<void> {
    demand(actor, 'credential.manage', { ownerId: actor.userId });
    await this.end(actor, 'SESSION_ENDED', 'user_id = $1', [actor.userId]);
    this.access.clearCookie(reply);
  }

  /** Ends one session of the actor, or NOT_FOUND; the one that asks is signed out of instead. */
  async endSession(actor: Actor, current: string | null, id: string): Promise<void> {
    demand(actor, 'credential.manage', { ownerId: actor.userId });
    if (id === current) throw new DomainError('BAD_INPUT', { field: 'id', reason: 'CURRENT' });
    const ended = await this.end(actor, 'SESSION_ENDED', 'user_id = $1 AND id = $2', [actor.userId, id]);
    if (ended === 0) throw new DomainError('NOT_FOUND');
  }

  /** Ends all sessions of the actor but the one that asks. */
  async endOtherSessions(actor: Actor, current: string | null): Promise<void> {
    demand(actor, 'credential.manage', { ownerId: actor.userId });
    await this.end(actor, 'SESSION_ENDED', 'user_id = $1 AND id IS DISTINCT FROM $2', [actor.userId, current]);
  }

  /** Open subscriptions look at their rights when the organisation's topic is woken, so those of these sessions end with them. */
  private async end(actor: Actor, kind: 'SIGN_OUT' | 'SESSION_ENDED', which: string, parameters: unknown[]): Promise<number> {
    return this.database.transaction(async (tx) => {
      const ended = await rows<{ id: string }>(tx, `DELETE FROM session WHERE ${which} RETURNING id`, parameters);
      for (const { id } of ended) await this.audit.by(tx, actor, { kind, subjectId: id });
      const { id } = await organisation(tx);
      afterCommit(tx, () => this.wakeups.wake(activityTopic(id)));
      return ended.length;
    });
  }
}

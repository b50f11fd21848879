import { Injectable } from '@nestjs/common';
import { normalForm, signInLimits, type Actor, type ErrorCode } from '@trainyard/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AuditTrail, originOf } from '../audit/audit-trail.service.ts';
import { createHash } from 'node:crypto';
import { activityTopic } from '../platform/log/activity-log.ts';
import { demand } from '../platform/authorize.ts';
import { afterCommit, Database, row, rows, type Tx } from '../platform/sql/database.ts';
import { DomainError } from '../platform/domain-error.ts';
import { EMAIL_MAX } from '../platform/input.ts';
import { countedAddress } from '../platform/http/limits.ts';
import { Wakeups } from '../platform/log/wakeups.ts';
import { AccessService } from './access.service.ts';
import { KnownBrowsers, type KnownBrowser } from './known-browsers.service.ts';
import { organisation } from './organisation.ts';
import { verifyPassword } from './password.ts';
import { Throttle, type Counted } from './throttle.service.ts';

interface Account {
  id: string;
  passwordHash: string;
}

@Injectable()
export class SignInService {
  constructor(
    private readonly database: Database,
    private readonly access: AccessService,
    private readonly browsers: KnownBrowsers,
    private readonly throttle: Throttle,
    private readonly wakeups: Wakeups,
    private readonly audit: AuditTrail,
  ) {}

  /** Opens a session, or throws INVALID_CREDENTIALS (the same for an unknown address) or SIGN_IN_THROTTLED {seconds}. */
  async signIn(email: string, password: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    // Cut before it is folded, which takes time for each letter; what is longer is nobody's.
    const key = normalForm(email.slice(0, EMAIL_MAX + 1));
    const origin = originOf(request);
    const stranger = this.audit.strangerOf(key);
    const refuse = (code: ErrorCode, actorId: string | null): void =>
      this.audit.note(origin, { kind: 'SIGN_IN', outcome: 'REFUSED', actorId, code, details: { account: stranger } });
    const wrong = (actorId: string | null): DomainError => {
      refuse('INVALID_CREDENTIALS', actorId);
      return new DomainError('INVALID_CREDENTIALS');
    };
    const browser = await this.browserFor(key, email, request);
    // Counted before the password is looked at: a thousand guesses at once are a thousand failures.
    const counted = await this.database
      .transaction((tx) => this.countFailure(tx, key, countedAddress(origin.address), browser))
      .catch((error: unknown) => {
        if (error instanceof DomainError) refuse(error.code, null);
        throw error;
      });
    const account = await this.accountOf(key, email);
    if (!(await verifyPassword(account?.passwordHash ?? null, password.slice(0, 1000))) || !account) throw wrong(account?.id ?? null);
    await this.database.transaction(async (tx) => {
      // Held to the end. Whoever set another password meanwhile ended the sessions of the old one: none may be opened after that.
      if (
        !(await row(tx, 'SELECT id FROM app_user WHERE id = $1 AND password_hash = $2 AND NOT disabled FOR NO KEY UPDATE', [account.id, account.passwordHash]))
      )
        throw wrong(account.id);
      await this.access.openSession(tx, account.id, request, reply);
      await this.browsers.remember(tx, account.id, request, reply);
      await this.throttle.uncount(tx, counted);
      await this.audit.write(tx, origin, { kind: 'SIGN_IN', outcome: 'DONE', actorId: account.id, subjectId: request.sessionId });
    });
  }

  /** By which account somebody means to sign in; `email` is as it was typed, for older homes have accounts whose normal form is another's. */
  private accountOf(key: string, email: string): Promise<Account | null> {
    return row<Account>(
      this.database.direct,
      `SELECT id, password_hash AS "passwordHash" FROM app_user WHERE (email_key = $1 OR email = $2) AND NOT disabled ORDER BY email = $2 DESC LIMIT 1`,
      [key, email.trim()],
    );
  }

  /** The browser of the request, where it is known for the account. Of strangers nothing is looked up before they are counted: how long a refusal takes must not tell which accounts exist. */
  private async browserFor(key: string, email: string, request: FastifyRequest): Promise<KnownBrowser | null> {
    const known = await this.browsers.of(request);
    if (known.length === 0) return null;
    const account = await this.accountOf(key, email);
    return known.find(({ userId }) => userId === account?.id) ?? null;
  }

  /** Counts the try by what it is measured by. The account is counted as a hash of what was typed: people type passwords where the address belongs. */
  private async countFailure(tx: Tx, key: string, address: string, browser: KnownBrowser | null): Promise<Counted> {
    const isKnown = browser !== null && (await this.browsers.countFailure(tx, browser));
    const account = createHash('sha256').update(key).digest('base64url');
    const keys = { PAIR: `pair:${account}|${address}`, ADDRESS: `address:${address}`, ACCOUNT: `account:${account}` };
    return this.throttle.countFailure(
      tx,
      signInLimits(isKnown).map(({ by, ...limit }) => ({ key: keys[by], ...limit })),
    );
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

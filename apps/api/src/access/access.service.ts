import { Inject, Injectable } from '@nestjs/common';
import { PROOF_MINUTES, type Actor, type Origin, type OrgRole, type TeamRole, type TokenScope } from '@trainyard/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AuditTrail, originOf } from '../audit/audit-trail.service.ts';
import { CONFIG, type Config } from '../config.ts';
import type { RequestContext } from '../platform/actor.ts';
import { allowance, apart } from '../platform/http/allowance.ts';
import { Database, row, rows, type Tx } from '../platform/sql/database.ts';
import { DomainError } from '../platform/domain-error.ts';
import { Hosts } from '../platform/http/hosts.ts';
import { bearerOf, hashSecret, newSecret } from '../platform/secret.ts';
import { TEAMS_OF } from './current-membership.ts';
import { Cookies, type Cookie } from './cookies.ts';
import DataLoader from 'dataloader';
import { randomUUID } from 'node:crypto';

/** A page of another origin cannot set it without our consent (no CORS), so its presence proves the request is ours. */
export const CSRF_HEADER = 'x-trainyard-csrf';
const SESSION_DAYS = 30;
const SESSION_COOKIE: Cookie = { name: 'trainyard_session', days: SESSION_DAYS, sameSite: 'lax' };
/** Whether `session s` goes on: until its end, and while it is used within the days of the parameter. */
export const ALIVE = (idleDays: string): string => `(s.expires_at > now() AND s.last_seen_at > now() - make_interval(days => ${idleDays}))`;
/** Whether the person of `session s` proved lately that it is them. The database tells the time: it wrote the moment, too. */
const PROVED = `(s.proved_at > now() - make_interval(mins => ${PROOF_MINUTES}))`;
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

interface ActorRow {
  userId: string;
  orgRole: OrgRole;
  teams: Record<string, TeamRole>;
  sessionId: string | null;
  scopes: TokenScope[] | null;
  proved: boolean;
  stale: boolean;
}

/** Who is looked up again: a session or a token may have ended by itself. */
interface Asked {
  actor: Actor;
  sessionId: string | null;
}

/** Who asks: by session cookie or by personal access token. */
@Injectable()
export class AccessService {
  private readonly asOfNow = new DataLoader<Asked, Actor | null>((asked) => apart(() => this.refreshAll(asked)), { cache: false, maxBatchSize: 500 });

  constructor(
    private readonly database: Database,
    private readonly hosts: Hosts,
    private readonly audit: AuditTrail,
    private readonly cookies: Cookies,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Fills `request.actor` before a route that looks at it. Refuses forged cross-site requests (CSRF_REJECTED) and a token that is not
   * valid (UNAUTHENTICATED); a missing or expired cookie only leaves the actor null.
   */
  async identify(request: FastifyRequest): Promise<void> {
    const origin = originOf(request);
    const bearer = bearerOf(request.headers);
    if (bearer) {
      const found = await this.byToken(bearer, origin);
      if (!found) throw new DomainError('UNAUTHENTICATED', {}, 'The access token is not valid: it was revoked, has expired, or never existed.');
      request.actor = found;
      return;
    }
    this.refuseForgery(request);
    const cookie = this.cookies.read(request, SESSION_COOKIE);
    if (!cookie) return;
    const found = await this.bySession(cookie, origin);
    if (!found) return;
    request.actor = found.actor;
    request.sessionId = found.sessionId;
  }

  /**
   * Makes a subscription's context one of now: with the actor as of now, and without what its loaders remember of an earlier moment.
   * Waits for its turn first, for what it finds holds until the event was read. Call it before every event; throws UNAUTHENTICATED
   * when the account, session or token has ended. Those who ask at one moment, as all who watch a board do, are looked up together.
   */
  async lookAgain(context: RequestContext): Promise<Actor> {
    await context.turn?.take();
    context.actor = context.actor && (await this.refresh(context.actor, context.req.sessionId));
    context.loaders.clear();
    allowance()?.renew();
    if (!context.actor) throw new DomainError('UNAUTHENTICATED');
    return context.actor;
  }

  /** Who sent a request whose body has come, as of now: it may have taken days. Throws UNAUTHENTICATED when the account, session or token has ended. */
  async senderNow({ actor, sessionId }: FastifyRequest): Promise<Actor> {
    const now = actor && (await this.refresh(actor, sessionId));
    if (!now) throw new DomainError('UNAUTHENTICATED');
    return now;
  }

  /** The actor as of now, or null when the account, session or token has ended meanwhile. */
  refresh(actor: Actor, sessionId: string | null): Promise<Actor | null> {
    return this.asOfNow.load({ actor, sessionId });
  }

  private async refreshAll(asked: readonly Asked[]): Promise<(Actor | null)[]> {
    const found = await rows<Pick<ActorRow, 'orgRole' | 'teams'> & { place: number }>(
      this.database.direct,
      /* sql */ `
      SELECT asked.place::int AS place, u.org_role AS "orgRole", ${TEAMS_OF('u.id')} AS teams
      FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) WITH ORDINALITY AS asked (user_id, session_id, token_id, place)
      JOIN app_user u ON u.id = asked.user_id AND NOT u.disabled
      WHERE (asked.session_id IS NULL OR EXISTS (SELECT FROM session s WHERE s.id = asked.session_id AND ${ALIVE('$4')}))
        AND (asked.token_id IS NULL OR EXISTS (SELECT FROM access_token t WHERE t.id = asked.token_id AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now())))`,
      [
        asked.map(({ actor }) => actor.userId),
        asked.map(({ sessionId }) => sessionId),
        asked.map(({ actor }) => actor.tokenId ?? null),
        this.config.sessionIdleDays,
      ],
    );
    const byPlace = new Map(found.map((one) => [one.place, one]));
    return asked.map(({ actor }, i) => {
      const now = byPlace.get(i + 1);
      // What outlives a request proves nothing: a request that demands it says so anew.
      return now ? { ...actor, orgRole: now.orgRole, teams: now.teams, proved: false } : null;
    });
  }

  /** Opens a session in `tx` and sets its cookie. The one this browser had until now ends: nobody would be left to end it. */
  async openSession(tx: Tx, userId: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (request.sessionId) await tx.query('DELETE FROM session WHERE id = $1', [request.sessionId]);
    const origin = originOf(request);
    const secret = newSecret();
    const id = randomUUID();
    await tx.query(
      `INSERT INTO session (id, user_id, token_hash, user_agent, address, expires_at) VALUES ($1, $2, $3, $4, $5, now() + make_interval(days => $6))`,
      [id, userId, hashSecret(secret), origin.userAgent, origin.address, SESSION_DAYS],
    );
    const found = await row<ActorRow>(tx, `SELECT u.id AS "userId", u.org_role AS "orgRole", ${TEAMS_OF('u.id')} AS teams FROM app_user u WHERE u.id = $1`, [
      userId,
    ]);
    if (!found) throw new DomainError('UNAUTHENTICATED');
    request.actor = { userId, orgRole: found.orgRole, teams: found.teams, scopes: null, proved: true, from: origin };
    request.sessionId = id;
    this.cookies.set(reply, SESSION_COOKIE, secret);
  }

  /** In `tx`: the person of this session gave the password just now. UNAUTHENTICATED when it has ended meanwhile, as by a new password. */
  async proveSession(tx: Tx, userId: string, sessionId: string | null): Promise<void> {
    const proved = await row(tx, 'UPDATE session SET proved_at = now() WHERE id = $1 AND user_id = $2 RETURNING id', [sessionId, userId]);
    if (!proved) throw new DomainError('UNAUTHENTICATED');
  }

  clearCookie(reply: FastifyReply): void {
    this.cookies.clear(reply, SESSION_COOKIE);
  }

  private refuseForgery(request: FastifyRequest): void {
    // A socket begins with a GET that becomes one; what only says so in a header is a request like any other.
    if (request.ws && request.method === 'GET') {
      const { origin, host } = request.headers;
      if (origin !== undefined && !this.hosts.isOurs(origin, host)) {
        throw new DomainError(
          'CSRF_REJECTED',
          { origin, host: host ?? '' },
          `The socket was opened by a page of ${origin}, which is not this Trainyard's address: say it in TRAINYARD_PUBLIC_URL if it is.`,
        );
      }
      return;
    }
    if (SAFE_METHODS.has(request.method)) return;
    if (!request.headers[CSRF_HEADER])
      throw new DomainError('CSRF_REJECTED', {}, `Send the header ${CSRF_HEADER}: 1 with requests that change something, or use an access token.`);
  }

  private async bySession(secret: string, origin: Origin): Promise<{ actor: Actor; sessionId: string | null } | null> {
    const found = await row<ActorRow>(
      this.database.direct,
      /* sql */ `
      SELECT s.id AS "sessionId", u.id AS "userId", u.org_role AS "orgRole", ${TEAMS_OF('u.id')} AS teams, ${PROVED} AS proved,
        (s.last_seen_at < now() - interval '5 minutes' OR s.address IS DISTINCT FROM $3) AS stale
      FROM session s JOIN app_user u ON u.id = s.user_id
      WHERE s.token_hash = $1 AND ${ALIVE('$2')} AND NOT u.disabled`,
      [hashSecret(secret), this.config.sessionIdleDays, origin.address],
    );
    if (!found) return null;
    if (found.stale) await this.database.direct.query('UPDATE session SET last_seen_at = now(), address = $2 WHERE id = $1', [found.sessionId, origin.address]);
    return {
      actor: { userId: found.userId, orgRole: found.orgRole, teams: found.teams, scopes: null, proved: found.proved, from: origin },
      sessionId: found.sessionId,
    };
  }

  private async byToken(secret: string, origin: Origin): Promise<Actor | null> {
    const found = await row<ActorRow & { tokenId: string; moved: boolean }>(
      this.database.direct,
      /* sql */ `
      SELECT t.id AS "tokenId", t.scopes, u.id AS "userId", u.org_role AS "orgRole", ${TEAMS_OF('u.id')} AS teams,
        t.last_used_at IS NULL OR t.last_used_at < now() - interval '5 minutes' AS stale, t.last_used_address IS DISTINCT FROM $2 AS moved
      FROM access_token t JOIN app_user u ON u.id = t.user_id
      WHERE t.token_hash = $1 AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now()) AND NOT u.disabled`,
      [hashSecret(secret), origin.address],
    );
    if (!found) return null;
    if (found.stale || found.moved)
      await this.database.direct.query('UPDATE access_token SET last_used_at = now(), last_used_address = $2 WHERE id = $1', [found.tokenId, origin.address]);
    if (found.moved) this.audit.note(origin, { kind: 'TOKEN_USED', outcome: 'DONE', actorId: found.userId, tokenId: found.tokenId, subjectId: found.tokenId });
    return { userId: found.userId, orgRole: found.orgRole, teams: found.teams, scopes: found.scopes, tokenId: found.tokenId, from: origin };
  }
}

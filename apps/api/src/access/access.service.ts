import { Inject, Injectable } from '@nestjs/common';
import type { Actor, OrgRole, TeamRole, TokenScope } from '@trainyard/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '../config.ts';
import { Database, row } from '../platform/database.ts';
import { DomainError } from '../platform/domain-error.ts';
import { bearerOf, hashSecret, newSecret } from '../platform/secret.ts';
import type { EntityManager } from 'typeorm';
import { randomUUID } from 'node:crypto';

export const SESSION_COOKIE = 'trainyard_session';
/** A page of another origin cannot set it without our consent (no CORS), so its presence proves the request is ours. */
export const CSRF_HEADER = 'x-trainyard-csrf';
const SESSION_DAYS = 30;
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

interface ActorRow {
  userId: string;
  orgRole: OrgRole;
  teams: Record<string, TeamRole>;
  sessionId: string | null;
  scopes: TokenScope[] | null;
  stale: boolean;
}

/** Teams a user is in today; of several roles in one team the strongest counts (the names happen to sort by strength). */
const TEAMS_OF = (user: string): string => /* sql */ `
  COALESCE((SELECT jsonb_object_agg(m.team_id, m.team_role) FROM (
    SELECT team_id, min(team_role) AS team_role FROM membership
    WHERE user_id = ${user}
      AND (from_date IS NULL OR from_date <= CURRENT_DATE) AND (to_date IS NULL OR to_date >= CURRENT_DATE)
    GROUP BY team_id) m), '{}')`;

/** Who asks: by session cookie or by personal access token. */
@Injectable()
export class AccessService {
  constructor(
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Fills `request.actor` before a route that looks at it. Refuses forged cross-site requests (CSRF_REJECTED) and a token that is not
   * valid (UNAUTHENTICATED); a missing or expired cookie only leaves the actor null.
   */
  async identify(request: FastifyRequest): Promise<void> {
    const bearer = bearerOf(request.headers);
    if (bearer) {
      const found = await this.byToken(bearer);
      if (!found) throw new DomainError('UNAUTHENTICATED', {}, 'The access token is not valid: it was revoked, has expired, or never existed.');
      request.actor = found;
      return;
    }
    this.refuseForgery(request);
    const cookie = request.cookies?.[SESSION_COOKIE];
    if (!cookie) return;
    const found = await this.bySession(cookie);
    if (!found) return;
    request.actor = found.actor;
    request.sessionId = found.sessionId;
  }

  /** The actor as of now, or null when the account, session or token has ended meanwhile: for long-lived subscriptions. */
  async refresh(actor: Actor, sessionId: string | null): Promise<Actor | null> {
    const found = await row<ActorRow>(
      this.database.direct,
      /* sql */ `
      SELECT u.id AS "userId", u.org_role AS "orgRole", ${TEAMS_OF('u.id')} AS teams
      FROM app_user u WHERE u.id = $1 AND NOT u.disabled
        AND ($2::uuid IS NULL OR EXISTS (SELECT FROM session s WHERE s.id = $2 AND s.expires_at > now()))
        AND ($3::uuid IS NULL OR EXISTS (SELECT FROM access_token t WHERE t.id = $3 AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now())))`,
      [actor.userId, sessionId, actor.tokenId ?? null],
    );
    return found ? { ...actor, orgRole: found.orgRole, teams: found.teams } : null;
  }

  /** Opens a session in `tx` and sets its cookie. */
  async openSession(tx: EntityManager, userId: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const secret = newSecret();
    const id = randomUUID();
    await tx.query(`INSERT INTO session (id, user_id, token_hash, user_agent, expires_at) VALUES ($1, $2, $3, $4, now() + make_interval(days => $5))`, [
      id,
      userId,
      hashSecret(secret),
      request.headers['user-agent']?.slice(0, 300) ?? null,
      SESSION_DAYS,
    ]);
    const found = await row<ActorRow>(tx, `SELECT u.id AS "userId", u.org_role AS "orgRole", ${TEAMS_OF('u.id')} AS teams FROM app_user u WHERE u.id = $1`, [userId]);
    if (!found) throw new DomainError('UNAUTHENTICATED');
    request.actor = { userId, orgRole: found.orgRole, teams: found.teams, scopes: null };
    request.sessionId = id;
    void reply.setCookie(SESSION_COOKIE, secret, {
      httpOnly: true,
      sameSite: 'lax',
      secure: this.config.publicUrl?.startsWith('https:') ?? false,
      path: '/',
      maxAge: SESSION_DAYS * 24 * 3600,
    });
  }

  clearCookie(reply: FastifyReply): void {
    void reply.clearCookie(SESSION_COOKIE, { path: '/' });
  }

  private refuseForgery(request: FastifyRequest): void {
    const upgrade = request.headers.upgrade?.toLowerCase() === 'websocket';
    if (upgrade) {
      const { origin, host } = request.headers;
      if (origin && (!URL.canParse(origin) || new URL(origin).host !== host)) throw new DomainError('CSRF_REJECTED', {}, 'The socket was opened by a page of another site.');
      return;
    }
    if (SAFE_METHODS.has(request.method)) return;
    if (!request.headers[CSRF_HEADER]) throw new DomainError('CSRF_REJECTED', {}, `Send the header ${CSRF_HEADER}: 1 with requests that change something, or use an access token.`);
  }

  private async bySession(secret: string): Promise<{ actor: Actor; sessionId: string | null } | null> {
    const found = await row<ActorRow>(
      this.database.direct,
      /* sql */ `
      SELECT s.id AS "sessionId", u.id AS "userId", u.org_role AS "orgRole", ${TEAMS_OF('u.id')} AS teams,
        s.last_seen_at < now() - interval '5 minutes' AS stale
      FROM session s JOIN app_user u ON u.id = s.user_id
      WHERE s.token_hash = $1 AND s.expires_at > now() AND NOT u.disabled`,
      [hashSecret(secret)],
    );
    if (!found) return null;
    if (found.stale) await this.database.direct.query('UPDATE session SET last_seen_at = now() WHERE id = $1', [found.sessionId]);
    return { actor: { userId: found.userId, orgRole: found.orgRole, teams: found.teams, scopes: null }, sessionId: found.sessionId };
  }

  private async byToken(secret: string): Promise<Actor | null> {
    const found = await row<ActorRow & { tokenId: string }>(
      this.database.direct,
      /* sql */ `
      SELECT t.id AS "tokenId", t.scopes, u.id AS "userId", u.org_role AS "orgRole", ${TEAMS_OF('u.id')} AS teams,
        t.last_used_at IS NULL OR t.last_used_at < now() - interval '5 minutes' AS stale
      FROM access_token t JOIN app_user u ON u.id = t.user_id
      WHERE t.token_hash = $1 AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now()) AND NOT u.disabled`,
      [hashSecret(secret)],
    );
    if (!found) return null;
    if (found.stale) await this.database.direct.query('UPDATE access_token SET last_used_at = now() WHERE id = $1', [found.tokenId]);
    return { userId: found.userId, orgRole: found.orgRole, teams: found.teams, scopes: found.scopes, tokenId: found.tokenId };
  }
}

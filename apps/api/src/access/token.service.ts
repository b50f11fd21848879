import { Inject, Injectable } from '@nestjs/common';
import { TOKEN_NAME_MAX, TOKEN_SCOPES, tokenDemands, type Actor, type TokenScope } from '@trainyard/domain';
import { AuditTrail } from '../audit/audit-trail.service.ts';
import { CONFIG, type Config } from '../config.ts';
import { ActivityLog } from '../platform/log/activity-log.ts';
import { demand } from '../platform/authorize.ts';
import { Creation } from '../platform/sql/create-once.ts';
import { Database, databaseNow, row, rows } from '../platform/sql/database.ts';
import { DomainError } from '../platform/domain-error.ts';
import { line } from '../platform/input.ts';
import type { AccessTokenType, CreatedAccessTokenType, SessionType } from './access.types.ts';
import { ALIVE } from './access.service.ts';
import { organisation } from './organisation.ts';
import { hashSecret, newSecret } from '../platform/secret.ts';
import { Secrets } from '../platform/secrets/secrets.ts';

const TOKEN = /* sql */ `id, name, scopes, created_at AS "createdAt", last_used_at AS "lastUsedAt", expires_at AS "expiresAt"`;
const TOKENS_EACH = 50;
/** Makes a leaked token easy to find and to recognise. */
const PREFIX = 'trainyard_';

export interface NewToken {
  name: string;
  scopes: readonly TokenScope[];
  /** Null: it does not expire. */
  expiresAt: Date | null;
}

/** One's own keys: personal access tokens and browser sessions. Only a browser session may look at or change them. */
@Injectable()
export class TokenService {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
    private readonly audit: AuditTrail,
    private readonly secrets: Secrets,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async sessions(actor: Actor, current: string | null): Promise<SessionType[]> {
    demand(actor, 'credential.manage', { ownerId: actor.userId });
    const found = await rows<Omit<SessionType, 'current'>>(
      this.database.direct,
      `SELECT id, user_agent AS "userAgent", address, created_at AS "createdAt", last_seen_at AS "lastSeenAt" FROM session s
       WHERE user_id = $1 AND ${ALIVE('$2')} ORDER BY id = $3 DESC NULLS LAST, last_seen_at DESC, id LIMIT 100`,
      [actor.userId, this.config.sessionIdleDays, current],
    );
    return found.map((session) => ({ ...session, current: session.id === current }));
  }

  async tokens(actor: Actor): Promise<AccessTokenType[]> {
    demand(actor, 'credential.manage', { ownerId: actor.userId });
    return rows(this.database.direct, `SELECT ${TOKEN} FROM access_token WHERE user_id = $1 AND revoked_at IS NULL ORDER BY created_at DESC, id`, [
      actor.userId,
    ]);
  }

  /** A token with its secret, which is never shown again. */
  async create(actor: Actor, sessionId: string | null, input: NewToken, sent?: string | null): Promise<CreatedAccessTokenType> {
    const { name, scopes, expiresAt } = input;
    const wanted = TOKEN_SCOPES.filter((scope) => scopes.includes(scope));
    const now = await databaseNow(this.database.direct);
    for (const permission of tokenDemands(wanted, expiresAt, now)) demand(actor, permission, { ownerId: actor.userId });
    if (wanted.length === 0) throw new DomainError('BAD_INPUT', { field: 'scopes', reason: 'EMPTY' });
    if (expiresAt && expiresAt <= now) throw new DomainError('BAD_INPUT', { field: 'expiresAt', reason: 'IN_THE_PAST' });
    const clean = line('name', name, TOKEN_NAME_MAX);
    return this.database.transaction(async (tx) => {
      const creation = new Creation(tx, actor, 'ACCESS_TOKEN', sent);
      await tx.query('SELECT 1 FROM app_user WHERE id = $1 FOR UPDATE', [actor.userId]);
      // Whoever set another password or disabled the account meanwhile revoked its tokens and ended its sessions: none is made after that.
      if (!(await row(tx, `SELECT 1 FROM session s WHERE s.id = $1 AND ${ALIVE('$2')}`, [sessionId, this.config.sessionIdleDays])))
        throw new DomainError('UNAUTHENTICATED');
      const { id, before, secret } = await creation.findSecret(this.secrets, PREFIX + newSecret(), { name: clean, scopes: wanted, expiresAt }, (one) =>
        row<AccessTokenType>(tx, `SELECT ${TOKEN} FROM access_token WHERE id = $1 AND user_id = $2 AND revoked_at IS NULL`, [one, actor.userId]),
      );
      if (before) return { token: before, secret };
      const held = await row<{ count: number }>(tx, 'SELECT count(*)::int AS count FROM access_token WHERE user_id = $1 AND revoked_at IS NULL', [
        actor.userId,
      ]);
      if ((held?.count ?? 0) >= TOKENS_EACH) throw new DomainError('BAD_INPUT', { field: 'name', reason: 'TOO_MANY', max: TOKENS_EACH });
      const token = await row<AccessTokenType>(
        tx,
        `INSERT INTO access_token (id, user_id, name, token_hash, scopes, expires_at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING ${TOKEN}`,
        [id, actor.userId, clean, hashSecret(secret), wanted, expiresAt],
      );
      if (!token) throw new Error('token was not inserted');
      await this.activity.append(tx, (await organisation(tx)).id, actor.userId, [
        { entity: 'ACCESS_TOKEN', entityId: token.id, action: 'CREATED', changes: { name: { from: null, to: clean }, scopes: { from: null, to: wanted } } },
      ]);
      await this.audit.by(tx, actor, { kind: 'TOKEN_CREATED', subjectId: token.id, details: { scopes: wanted, expiresAt: expiresAt?.toISOString() ?? null } });
      return { token, secret };
    });
  }

  async revoke(actor: Actor, id: string): Promise<void> {
    demand(actor, 'credential.manage', { ownerId: actor.userId });
    await this.database.transaction(async (tx) => {
      const revoked = await row<{ name: string }>(
        tx,
        'UPDATE access_token SET revoked_at = now() WHERE id = $1 AND user_id = $2 AND revoked_at IS NULL RETURNING name',
        [id, actor.userId],
      );
      if (!revoked) throw new DomainError('NOT_FOUND');
      await this.activity.append(tx, (await organisation(tx)).id, actor.userId, [
        { entity: 'ACCESS_TOKEN', entityId: id, action: 'DELETED', changes: { name: { from: revoked.name, to: null } } },
      ]);
      await this.audit.by(tx, actor, { kind: 'TOKEN_REVOKED', subjectId: id });
    });
  }
}

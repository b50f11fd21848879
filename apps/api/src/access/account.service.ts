import { Injectable } from '@nestjs/common';
import {
  accountChangeDemands,
  can,
  changesBetween,
  checkPassword,
  normalForm,
  ORGANISATION_NAME_MAX,
  PERSON_NAME_MAX,
  type Actor,
  type OrgRole,
  type Locale,
} from '@trainyard/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { AuditTrail, originOf } from '../audit/audit-trail.service.ts';
import { ActivityLog } from '../platform/log/activity-log.ts';
import { demand } from '../platform/authorize.ts';
import { Creation } from '../platform/sql/create-once.ts';
import { brokenConstraint, Database, row, rows, type Tx } from '../platform/sql/database.ts';
import { decided, DomainError } from '../platform/domain-error.ts';
import { email, EMAIL_MAX, line } from '../platform/input.ts';
import { likePart } from '../platform/lists/list.ts';
import { decodeCursor, page, pageSize } from '../platform/lists/page.types.ts';
import { pageOf, type Page, type PageRequest } from '../platform/lists/reading.ts';
import { PEOPLE_LIST } from './people.list.ts';
import { sameVersion } from '../platform/sql/version.ts';
import { AccessService } from './access.service.ts';
import type { CreateUserInput, SetUpInput, UpdateUserInput, UserType } from './access.types.ts';
import { Founding } from './founding.ts';
import { KnownBrowsers } from './known-browsers.service.ts';
import { organisation } from './organisation.ts';
import { derivedFrom, hashPassword } from './password.ts';
import { PasswordProof } from './password-proof.service.ts';

/** The columns of an account over `app_user`; show the rows through `visible`. */
export const USER = /* sql */ `id, name, email, org_role AS "orgRole", disabled, version, created_at AS "createdAt"`;

/** Accounts: the first owner, the people administrators add, and one's own password and language. */
@Injectable()
export class AccountService {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
    private readonly access: AccessService,
    private readonly browsers: KnownBrowsers,
    private readonly proof: PasswordProof,
    private readonly audit: AuditTrail,
    private readonly founding: Founding,
  ) {}

  async setupNeeded(): Promise<boolean> {
    return (await row(this.database.direct, 'SELECT 1 AS found FROM app_user LIMIT 1')) === null;
  }

  /** Makes organisation, role catalogue and first owner; SETUP_DONE when somebody was first, also at the same instant. */
  async setUp(input: SetUpInput, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    // Anybody may ask: once it is done, asking must not cost the hash of a password.
    if (!(await this.setupNeeded())) throw new DomainError('SETUP_DONE');
    const user = checkedUser({ ...input, orgRole: 'OWNER' });
    const passwordHash = await hashPassword(input.password);
    await this.database.transaction(async (tx) => {
      await tx.query('LOCK TABLE organisation IN EXCLUSIVE MODE');
      if (await row(tx, 'SELECT 1 AS found FROM app_user LIMIT 1')) throw new DomainError('SETUP_DONE');
      const scope = await this.makeOrganisation(tx, line('organisationName', input.organisationName, ORGANISATION_NAME_MAX));
      const id = randomUUID();
      await insertUser(tx, id, user, passwordHash, input.locale ?? null);
      await this.activity.append(tx, scope, id, [
        { entity: 'ORGANISATION', entityId: scope, action: 'CREATED', changes: {} },
        { entity: 'USER', entityId: id, action: 'CREATED', changes: changesBetween({}, user) },
      ]);
      await this.access.openSession(tx, id, request, reply);
      await this.browsers.remember(tx, id, request, reply);
      await this.audit.write(tx, originOf(request), {
        kind: 'ACCOUNT_CREATED',
        outcome: 'DONE',
        actorId: id,
        subjectId: id,
        details: { orgRole: user.orgRole },
      });
    });
  }

  /** The organisation with its open log and what rooms give to it; returns its id. */
  async makeOrganisation(tx: Tx, name: string): Promise<string> {
    const id = randomUUID();
    await tx.query('INSERT INTO organisation (id, name) VALUES ($1, $2)', [id, name]);
    await this.activity.open(tx, id);
    await this.founding.give(tx);
    return id;
  }

  async users(actor: Actor, { search, ...asked }: PageRequest & { search: string | null }): Promise<Page<UserType>> {
    demand(actor, 'organisation.read');
    if (asked.query !== null) {
      if (search !== null) throw new DomainError('BAD_INPUT', { field: 'search', reason: 'NOT_WITH_QUERY' }, 'Write the words into the query.');
      const { nodes, ...rest } = await pageOf<UserType>(this.database, PEOPLE_LIST, actor, asked, { columns: USER, sources: '' });
      return { nodes: nodes.map((user) => this.visible(actor, user)), ...rest };
    }
    const { first, after } = asked;
    const size = pageSize(first);
    const cursor = decodeCursor(after, 2);
    // Cut before it is folded, which takes time for each letter: no name or address has more.
    const searched = normalForm((search ?? '').slice(0, EMAIL_MAX));
    const pattern = searched === '' ? null : `%${likePart(searched)}%`;
    // Of everybody: one's own address is no way to search for others by theirs.
    const withEmail = can(actor, 'address.read', { ownerId: null });
    const matches = `($1::text IS NULL OR name_key LIKE $1 OR ($2 AND email_key LIKE $1))`;
    const found = await rows<UserType & { key: string }>(
      this.database.direct,
      `SELECT ${USER}, name_key AS key FROM app_user WHERE ${matches} AND ($3::text IS NULL OR (name_key, id) > ($3, $4::uuid)) ORDER BY name_key, id LIMIT $5`,
      [pattern, withEmail, cursor?.[0] ?? null, cursor?.[1] ?? null, size + 1],
    );
    const total = await row<{ count: number }>(this.database.direct, `SELECT count(*)::int AS count FROM app_user WHERE ${matches}`, [pattern, withEmail]);
    const { nodes, pageInfo } = page(found, size, (user) => [user.key, user.id]);
    return { nodes: nodes.map(({ key: _key, ...user }) => this.visible(actor, user)), pageInfo, totalCount: total?.count ?? 0, totalCountIsCapped: false };
  }

  async user(actor: Actor, id: string): Promise<UserType> {
    const found = await row<UserType>(this.database.direct, `SELECT ${USER} FROM app_user WHERE id = $1`, [id]);
    if (!found) throw new DomainError('NOT_FOUND');
    return this.visible(actor, found);
  }

  /** Several at once, in no particular order. */
  async usersByIds(actor: Actor, ids: readonly string[]): Promise<UserType[]> {
    const found = await rows<UserType>(this.database.direct, `SELECT ${USER} FROM app_user WHERE id = ANY ($1)`, [ids]);
    return found.map((user) => this.visible(actor, user));
  }

  async createUser(actor: Actor, input: CreateUserInput): Promise<UserType> {
    for (const permission of accountChangeDemands(null, input)) demand(actor, permission);
    const user = checkedUser(input);
    const passwordHash = await hashPassword(input.password);
    // As slow to guess as the hash of the account itself.
    const password = input.id == null ? null : await derivedFrom(input.password, `${actor.userId}/${input.id.toLowerCase()}`);
    return this.database.transaction(async (tx) => {
      const { id, before } = await new Creation(tx, actor, 'USER', input.id).find({ ...user, password }, (one) => readUser(tx, one));
      if (before) return before;
      await insertUser(tx, id, user, passwordHash, null);
      await this.audit.by(tx, actor, { kind: 'ACCOUNT_CREATED', subjectId: id, details: { orgRole: user.orgRole } });
      await this.activity.append(tx, (await organisation(tx)).id, actor.userId, [
        { entity: 'USER', entityId: id, action: 'CREATED', changes: changesBetween({}, user) },
      ]);
      return (await readUser(tx, id)) as UserType;
    });
  }

  /** Name, role, disabling, a new password. The last owner stays one, and only owners touch owners. */
  async updateUser(actor: Actor, id: string, version: number, input: UpdateUserInput): Promise<UserType> {
    // Before the hash, which costs; what the account itself demands is known once it is loaded.
    demand(actor, 'user.manage');
    if (input.password) demand(actor, 'user.empower');
    const passwordHash = input.password ? await hashPassword(input.password) : null;
    return this.database.transaction(async (tx) => {
      // All owners are locked, in one order, so that two cannot demote each other at the same instant.
      const owners = await rows<{ id: string }>(tx, `SELECT id FROM app_user WHERE org_role = 'OWNER' AND NOT disabled ORDER BY id FOR UPDATE`);
      const before = await row<UserType>(tx, `SELECT ${USER} FROM app_user WHERE id = $1 FOR UPDATE`, [id]);
      if (!before) throw new DomainError('NOT_FOUND');
      for (const permission of accountChangeDemands(before, input)) demand(actor, permission);
      sameVersion(before, version);
      const after = {
        name: input.name == null ? undefined : line('name', input.name, PERSON_NAME_MAX),
        orgRole: input.orgRole ?? undefined,
        disabled: input.disabled ?? undefined,
      };
      const leaves = before.orgRole === 'OWNER' && !before.disabled && ((after.orgRole && after.orgRole !== 'OWNER') || after.disabled);
      if (leaves && owners.length === 1) throw new DomainError('LAST_OWNER');
      if (input.password) decided(checkPassword(input.password, { email: before.email, name: after.name ?? before.name }));
      const changes = changesBetween(before, after);
      if (Object.keys(changes).length === 0 && !passwordHash) return before;
      const updated = await row<UserType>(
        tx,
        `UPDATE app_user SET name = COALESCE($2, name), name_key = COALESCE($6, name_key), org_role = COALESCE($3, org_role), disabled = COALESCE($4, disabled),
           password_hash = COALESCE($5, password_hash), demo_password = demo_password AND $5::text IS NULL, version = version + 1
         WHERE id = $1 RETURNING ${USER}`,
        [id, after.name, after.orgRole, after.disabled, passwordHash, after.name === undefined ? null : normalForm(after.name)],
      );
      const { orgRole, disabled } = changes;
      // A password is set by others when it was forgotten or stolen: what it was used to make must not go on. Nor must it when the
      // account is disabled, or wake up when it is enabled: whoever comes back begins anew.
      if (disabled || passwordHash) {
        await tx.query('DELETE FROM session WHERE user_id = $1', [id]);
        await tx.query('UPDATE access_token SET revoked_at = now() WHERE user_id = $1 AND revoked_at IS NULL', [id]);
        await this.browsers.forget(tx, id);
      }
      if (orgRole || disabled)
        await this.audit.by(tx, actor, { kind: 'ACCOUNT_CHANGED', subjectId: id, details: { ...(orgRole && { orgRole }), ...(disabled && { disabled }) } });
      if (passwordHash) await this.audit.by(tx, actor, { kind: 'PASSWORD_CHANGED', subjectId: id });
      await this.activity.append(tx, (await organisation(tx)).id, actor.userId, [
        { entity: 'USER', entityId: id, action: 'UPDATED', changes: passwordHash ? { ...changes, password: { from: null, to: 'changed' } } : changes },
      ]);
      return updated as UserType;
    });
  }

  /** One's own name; everything else of an account is an administrator's to change. */
  async changeName(actor: Actor, version: number, name: string): Promise<UserType> {
    demand(actor, 'profile.change', { ownerId: actor.userId });
    return this.database.transaction(async (tx) => {
      const before = await row<UserType>(tx, `SELECT ${USER} FROM app_user WHERE id = $1 FOR UPDATE`, [actor.userId]);
      if (!before) throw new DomainError('NOT_FOUND');
      sameVersion(before, version);
      const after = { name: line('name', name, PERSON_NAME_MAX) };
      const changes = changesBetween(before, after);
      if (!changes.name) return before;
      const updated = await row<UserType>(tx, `UPDATE app_user SET name = $2, name_key = $3, version = version + 1 WHERE id = $1 RETURNING ${USER}`, [
        actor.userId,
        after.name,
        normalForm(after.name),
      ]);
      await this.activity.append(tx, (await organisation(tx)).id, actor.userId, [{ entity: 'USER', entityId: actor.userId, action: 'UPDATED', changes }]);
      return updated as UserType;
    });
  }

  /** One's own password; every other session ends, this one is proved, and its browser is the only one still known. */
  async changePassword(actor: Actor, current: string, next: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { sessionId } = request;
    demand(actor, 'credential.manage', { ownerId: actor.userId });
    await this.proof.demand(actor, sessionId, current, 'PASSWORD_CHANGED');
    const user = await row<{ email: string; name: string }>(this.database.direct, 'SELECT email, name FROM app_user WHERE id = $1', [actor.userId]);
    if (!user) throw new DomainError('NOT_FOUND');
    decided(checkPassword(next, user));
    const passwordHash = await hashPassword(next);
    await this.database.transaction(async (tx) => {
      await tx.query('UPDATE app_user SET password_hash = $2, demo_password = false, version = version + 1 WHERE id = $1', [actor.userId, passwordHash]);
      await tx.query('DELETE FROM session WHERE user_id = $1 AND id IS DISTINCT FROM $2', [actor.userId, sessionId]);
      await this.access.proveSession(tx, actor.userId, sessionId);
      await this.browsers.forget(tx, actor.userId);
      await this.browsers.remember(tx, actor.userId, request, reply);
      await this.audit.by(tx, actor, { kind: 'PASSWORD_CHANGED', subjectId: actor.userId });
      await this.activity.append(tx, (await organisation(tx)).id, actor.userId, [
        { entity: 'USER', entityId: actor.userId, action: 'UPDATED', changes: { password: { from: null, to: 'changed' } } },
      ]);
    });
  }

  async setLocale(actor: Actor, locale: Locale): Promise<void> {
    demand(actor, 'profile.change', { ownerId: actor.userId });
    await this.database.transaction(async (tx) => tx.query('UPDATE app_user SET locale = $2 WHERE id = $1', [actor.userId, locale]));
  }

  /** The account as this actor may see it: addresses are not for everybody. */
  visible(actor: Actor, user: UserType): UserType {
    return can(actor, 'address.read', { ownerId: user.id }) ? user : { ...user, email: '' };
  }
}

function checkedUser(input: { name: string; email: string; password: string; orgRole: OrgRole }): { name: string; email: string; orgRole: OrgRole } {
  const user = { name: line('name', input.name, PERSON_NAME_MAX), email: email('email', input.email), orgRole: input.orgRole };
  decided(checkPassword(input.password, user));
  return user;
}

function readUser(tx: Tx, id: string): Promise<UserType | null> {
  return row(tx, `SELECT ${USER} FROM app_user WHERE id = $1`, [id]);
}

async function insertUser(
  tx: Tx,
  id: string,
  user: { name: string; email: string; orgRole: OrgRole },
  passwordHash: string,
  locale: Locale | null,
): Promise<void> {
  try {
    await tx.query('INSERT INTO app_user (id, name, name_key, email, email_key, org_role, password_hash, locale) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)', [
      id,
      user.name,
      normalForm(user.name),
      user.email,
      normalForm(user.email),
      user.orgRole,
      passwordHash,
      locale,
    ]);
  } catch (error) {
    if (brokenConstraint(error) === 'app_user_email') throw new DomainError('EMAIL_TAKEN', { email: user.email });
    throw error;
  }
}

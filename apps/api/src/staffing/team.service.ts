import { Injectable } from '@nestjs/common';
import { changesBetween, normalForm, PROFESSION_NAME_MAX, TEAM_DESCRIPTION_MAX, TEAM_NAME_MAX, type Actor, type ProfessionGroup } from '@trainyard/domain';
import { HOLDS_TODAY } from '../access/current-membership.ts';
import { organisation } from '../access/organisation.ts';
import { AuditTrail } from '../audit/audit-trail.service.ts';
import { ActivityLog } from '../platform/log/activity-log.ts';
import { demand, demandTeam } from '../platform/authorize.ts';
import { Creation } from '../platform/sql/create-once.ts';
import { brokenConstraint, Database, row, rows, type Tx } from '../platform/sql/database.ts';
import { DomainError } from '../platform/domain-error.ts';
import { line, text } from '../platform/input.ts';
import { sameVersion } from '../platform/sql/version.ts';
import { MembershipService } from './membership.service.ts';
import type { ProfessionType, TeamType } from './staffing.types.ts';

/** The columns of a team over `team t`. */
export const TEAM = /* sql */ `t.id, t.name, t.description, t.version, t.deleted_at AS "deletedAt",
  (SELECT count(DISTINCT m.user_id)::int FROM membership m WHERE m.team_id = t.id AND ${HOLDS_TODAY}) AS "memberCount"`;
const PROFESSION = /* sql */ `id, key, role_group AS "group", name_en AS "nameEn", name_zh AS "nameZh"`;

/** Teams and professions. Everybody signed in sees them. */
@Injectable()
export class TeamService {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
    private readonly audit: AuditTrail,
    private readonly memberships: MembershipService,
  ) {}

  async teams(actor: Actor): Promise<TeamType[]> {
    demand(actor, 'organisation.read');
    return rows(this.database.direct, `SELECT ${TEAM} FROM team t WHERE t.deleted_at IS NULL ORDER BY t.name_key, t.id`);
  }

  /** A deleted one, too: who was in it stays on record. */
  async team(actor: Actor, id: string): Promise<TeamType | null> {
    demand(actor, 'organisation.read');
    return this.load(this.database.direct, id);
  }

  async teamsByIds(ids: readonly string[]): Promise<TeamType[]> {
    return rows(this.database.direct, `SELECT ${TEAM} FROM team t WHERE t.id = ANY ($1)`, [ids]);
  }

  async createTeam(actor: Actor, name: string, description: string, sent?: string | null): Promise<TeamType> {
    demand(actor, 'team.create');
    const team = { name: line('name', name, TEAM_NAME_MAX), description: text('description', description, TEAM_DESCRIPTION_MAX, { empty: true }) };
    return this.database.transaction(async (tx) => {
      const { id, before } = await new Creation(tx, actor, 'TEAM', sent).find(team, (one) => this.loadUsed(tx, one));
      if (before) return before;
      await uniquely('team_name', 'name', () =>
        tx.query('INSERT INTO team (id, name, name_key, description) VALUES ($1, $2, $3, $4)', [id, team.name, normalForm(team.name), team.description]),
      );
      await this.activity.append(tx, (await organisation(tx)).id, actor.userId, [
        { entity: 'TEAM', entityId: id, action: 'CREATED', changes: changesBetween({}, team) },
      ]);
      await this.audit.by(tx, actor, { kind: 'TEAM_CHANGED', subjectId: id, details: { action: 'CREATED', name: { from: null, to: team.name } } });
      return this.mustLoad(tx, id);
    });
  }

  async updateTeam(actor: Actor, id: string, version: number, input: { name?: string | null; description?: string | null }): Promise<TeamType> {
    return this.database.transaction(async (tx) => {
      const before = await this.lock(tx, id);
      demandTeam(actor, 'team.manage', { teamId: id });
      sameVersion(before, version);
      const after = {
        name: input.name == null ? undefined : line('name', input.name, TEAM_NAME_MAX),
        description: input.description == null ? undefined : text('description', input.description, TEAM_DESCRIPTION_MAX, { empty: true }),
      };
      const changes = changesBetween(before, after);
      if (Object.keys(changes).length === 0) return this.mustLoad(tx, id);
      await uniquely('team_name', 'name', () =>
        tx.query(
          'UPDATE team SET name = COALESCE($2, name), name_key = COALESCE($4, name_key), description = COALESCE($3, description), version = version + 1 WHERE id = $1',
          [id, after.name, after.description, after.name === undefined ? null : normalForm(after.name)],
        ),
      );
      await this.activity.append(tx, (await organisation(tx)).id, actor.userId, [{ entity: 'TEAM', entityId: id, action: 'UPDATED', changes }]);
      if (changes['name']) await this.audit.by(tx, actor, { kind: 'TEAM_CHANGED', subjectId: id, details: { action: 'UPDATED', name: changes['name'] } });
      return this.mustLoad(tx, id);
    });
  }

  /** Refused with TEAM_IN_USE while it owns projects: they would belong to nobody. Who is in it leaves, and the team stays as what they were in. */
  async deleteTeam(actor: Actor, id: string, version: number): Promise<void> {
    await this.database.transaction(async (tx) => {
      const before = await this.lock(tx, id);
      demand(actor, 'team.create');
      sameVersion(before, version);
      const owned = await row<{ count: number }>(tx, 'SELECT count(*)::int AS count FROM project WHERE team_id = $1', [id]);
      if (owned && owned.count > 0) throw new DomainError('TEAM_IN_USE', { projects: owned.count });
      await this.memberships.endAll(tx, actor, id);
      await tx.query('UPDATE team SET deleted_at = now(), version = version + 1 WHERE id = $1', [id]);
      await this.audit.by(tx, actor, { kind: 'TEAM_CHANGED', subjectId: id, details: { action: 'DELETED', name: { from: before.name, to: null } } });
      await this.activity.append(tx, (await organisation(tx)).id, actor.userId, [
        { entity: 'TEAM', entityId: id, action: 'DELETED', changes: { name: { from: before.name, to: null } } },
      ]);
    });
  }

  async professions(actor: Actor): Promise<ProfessionType[]> {
    demand(actor, 'organisation.read');
    return rows(
      this.database.direct,
      `SELECT ${PROFESSION} FROM role ORDER BY array_position(ARRAY['CORE_RND', 'TECHNICAL_SUPPORT', 'PROJECT_MANAGEMENT'], role_group), name_en, id`,
    );
  }

  async professionsByIds(ids: readonly string[]): Promise<ProfessionType[]> {
    return rows(this.database.direct, `SELECT ${PROFESSION} FROM role WHERE id = ANY ($1)`, [ids]);
  }

  async createProfession(actor: Actor, group: ProfessionGroup, nameEn: string, nameZh: string, sent?: string | null): Promise<ProfessionType> {
    demand(actor, 'profession.manage');
    const names = { nameEn: line('nameEn', nameEn, PROFESSION_NAME_MAX), nameZh: line('nameZh', nameZh, PROFESSION_NAME_MAX) };
    return this.database.transaction(async (tx) => {
      const { id, before } = await new Creation(tx, actor, 'ROLE', sent).find({ group, ...names }, (one) =>
        row<ProfessionType>(tx, `SELECT ${PROFESSION} FROM role WHERE id = $1`, [one]),
      );
      if (before) return before;
      const key = `CUSTOM_${id.slice(0, 8).toUpperCase()}`;
      await tx.query('INSERT INTO role (id, key, role_group, name_en, name_zh) VALUES ($1, $2, $3, $4, $5)', [id, key, group, names.nameEn, names.nameZh]);
      await this.activity.append(tx, (await organisation(tx)).id, actor.userId, [
        { entity: 'ROLE', entityId: id, action: 'CREATED', changes: changesBetween({}, { group, ...names }) },
      ]);
      return { id, key, group, ...names };
    });
  }

  private load(tx: Tx, id: string): Promise<TeamType | null> {
    return row(tx, `SELECT ${TEAM} FROM team t WHERE t.id = $1`, [id]);
  }

  private async loadUsed(tx: Tx, id: string): Promise<TeamType | null> {
    const team = await this.load(tx, id);
    return team?.deletedAt == null ? team : null;
  }

  private async mustLoad(tx: Tx, id: string): Promise<TeamType> {
    const team = await this.load(tx, id);
    if (!team) throw new DomainError('NOT_FOUND');
    return team;
  }

  private async lock(tx: Tx, id: string): Promise<{ name: string; description: string; version: number }> {
    const team = await row<{ name: string; description: string; version: number }>(
      tx,
      'SELECT name, description, version FROM team WHERE id = $1 AND deleted_at IS NULL FOR UPDATE',
      [id],
    );
    if (!team) throw new DomainError('NOT_FOUND');
    return team;
  }
}

async function uniquely<T>(constraint: string, field: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (brokenConstraint(error) === constraint) throw new DomainError('CONFLICT', { field, reason: 'TAKEN' });
    throw error;
  }
}

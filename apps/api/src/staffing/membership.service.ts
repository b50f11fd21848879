import { Injectable } from '@nestjs/common';
import { changesBetween, membershipChangeDemands, type Actor, type TeamRole } from '@trainyard/domain';
import { randomUUID } from 'node:crypto';
import { organisation } from '../access/organisation.ts';
import { AuditTrail } from '../audit/audit-trail.service.ts';
import { ActivityLog } from '../platform/log/activity-log.ts';
import { demandTeam } from '../platform/authorize.ts';
import { brokenConstraint, Database, row, rows, sqlState, type Tx } from '../platform/sql/database.ts';
import { DomainError } from '../platform/domain-error.ts';
import { day } from '../platform/input.ts';
import { sameVersion } from '../platform/sql/version.ts';
import type { AddMembershipInput, MembershipType } from './staffing.types.ts';

const MEMBERSHIP = /* sql */ `id, team_id AS "teamId", user_id AS "userId", role_id AS "roleId", team_role AS "teamRole", allocation,
  from_date::text AS "fromDate", to_date::text AS "toDate", version`;

export interface MembershipChange {
  roleId?: string | null;
  teamRole?: TeamRole | null;
  allocation?: number | null;
  /** Undefined leaves it, null clears it. */
  fromDate?: string | null;
  toDate?: string | null;
}

/** Who is in which team: matrix management means several teams at once, each with its share of the person's time. */
@Injectable()
export class MembershipService {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
    private readonly audit: AuditTrail,
  ) {}

  ofTeams(teamIds: readonly string[]): Promise<MembershipType[]> {
    return rows(
      this.database.direct,
      `SELECT ${MEMBERSHIP} FROM membership WHERE team_id = ANY ($1) ORDER BY team_role, (SELECT name_key FROM app_user u WHERE u.id = user_id), id`,
      [teamIds],
    );
  }

  ofUsers(userIds: readonly string[]): Promise<MembershipType[]> {
    return rows(this.database.direct, `SELECT ${MEMBERSHIP} FROM membership WHERE user_id = ANY ($1) ORDER BY allocation DESC, id`, [userIds]);
  }

  async add(actor: Actor, input: AddMembershipInput): Promise<MembershipType> {
    const fields = { roleId: input.roleId, teamRole: input.teamRole, allocation: allocation(input.allocation), ...days(input) };
    return this.database.transaction(async (tx) => {
      const team = await row(tx, 'SELECT id FROM team WHERE id = $1 FOR SHARE', [input.teamId]);
      if (!team) throw new DomainError('NOT_FOUND');
      for (const permission of membershipChangeDemands(null, fields)) demandTeam(actor, permission, { teamId: input.teamId });
      const added = await named(() =>
        row<MembershipType>(
          tx,
          `INSERT INTO membership (id, team_id, user_id, role_id, team_role, allocation, from_date, to_date) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING ${MEMBERSHIP}`,
          [randomUUID(), input.teamId, input.userId, fields.roleId, fields.teamRole, fields.allocation, fields.fromDate, fields.toDate],
        ),
      );
      if (!added) throw new Error('membership was not inserted');
      await this.append(tx, actor, added, 'CREATED', changesBetween({}, { teamId: input.teamId, userId: input.userId, ...fields }));
      return added;
    });
  }

  async update(actor: Actor, id: string, version: number, change: MembershipChange): Promise<MembershipType> {
    return this.database.transaction(async (tx) => {
      const before = await this.lock(tx, id);
      demandTeam(actor, 'team.manage', { teamId: before.teamId });
      const after = {
        roleId: change.roleId ?? before.roleId,
        teamRole: change.teamRole ?? before.teamRole,
        allocation: change.allocation == null ? before.allocation : allocation(change.allocation),
        ...days({
          fromDate: change.fromDate === undefined ? before.fromDate : change.fromDate,
          toDate: change.toDate === undefined ? before.toDate : change.toDate,
        }),
      };
      for (const permission of membershipChangeDemands(before, after)) demandTeam(actor, permission, { teamId: before.teamId });
      sameVersion(before, version);
      const changes = changesBetween(before, after);
      if (Object.keys(changes).length === 0) return before;
      const updated = await named(() =>
        row<MembershipType>(
          tx,
          `UPDATE membership SET role_id = $2, team_role = $3, allocation = $4, from_date = $5, to_date = $6, version = version + 1 WHERE id = $1 RETURNING ${MEMBERSHIP}`,
          [id, after.roleId, after.teamRole, after.allocation, after.fromDate, after.toDate],
        ),
      );
      if (!updated) throw new DomainError('NOT_FOUND');
      await this.append(tx, actor, before, 'UPDATED', changes);
      return updated;
    });
  }

  async remove(actor: Actor, id: string, version: number): Promise<void> {
    await this.database.transaction(async (tx) => {
      const before = await this.lock(tx, id);
      demandTeam(actor, 'team.manage', { teamId: before.teamId });
      sameVersion(before, version);
      await tx.query('DELETE FROM membership WHERE id = $1', [id]);
      await this.append(tx, actor, before, 'DELETED', { teamId: { from: before.teamId, to: null }, userId: { from: before.userId, to: null } });
    });
  }

  private async lock(tx: Tx, id: string): Promise<MembershipType> {
    const membership = await row<MembershipType>(tx, `SELECT ${MEMBERSHIP} FROM membership WHERE id = $1 FOR UPDATE`, [id]);
    if (!membership) throw new DomainError('NOT_FOUND');
    return membership;
  }

  private async append(
    tx: Tx,
    actor: Actor,
    { id, teamId, userId }: MembershipType,
    action: 'CREATED' | 'UPDATED' | 'DELETED',
    changes: ReturnType<typeof changesBetween>,
  ): Promise<void> {
    await this.activity.append(tx, (await organisation(tx)).id, actor.userId, [{ entity: 'MEMBERSHIP', entityId: id, action, changes }]);
    await this.audit.by(tx, actor, { kind: 'MEMBERSHIP_CHANGED', subjectId: id, details: { teamId, userId, action, changes } });
  }
}

function allocation(percent: number): number {
  if (percent < 0 || percent > 100) throw new DomainError('ALLOCATION_OUT_OF_RANGE', { allocation: percent, min: 0, max: 100 });
  return percent;
}

function days(input: { fromDate?: string | null; toDate?: string | null }): { fromDate: string | null; toDate: string | null } {
  const fromDate = input.fromDate ? day('fromDate', input.fromDate) : null;
  const toDate = input.toDate ? day('toDate', input.toDate) : null;
  if (fromDate && toDate && fromDate > toDate) throw new DomainError('BAD_INPUT', { field: 'toDate', reason: 'BEFORE_START' });
  return { fromDate, toDate };
}

async function named<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (sqlState(error) === '23505') throw new DomainError('MEMBERSHIP_EXISTS');
    const missing = brokenConstraint(error);
    if (sqlState(error) === '23503') throw new DomainError('BAD_INPUT', { field: missing?.includes('role') ? 'roleId' : 'userId', reason: 'UNKNOWN' });
    throw error;
  }
}

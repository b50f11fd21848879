import { Injectable } from '@nestjs/common';
import { changesBetween, endedBefore, goesOn, holdsOn, membershipChangeDemands, type Actor, type Changes, type TeamRole } from '@trainyard/domain';
import { organisation } from '../access/organisation.ts';
import { AuditTrail } from '../audit/audit-trail.service.ts';
import { ActivityLog } from '../platform/log/activity-log.ts';
import { demandTeam } from '../platform/authorize.ts';
import { Creation } from '../platform/sql/create-once.ts';
import { brokenConstraint, Database, row, sqlState, type Tx } from '../platform/sql/database.ts';
import { DomainError } from '../platform/domain-error.ts';
import { day } from '../platform/input.ts';
import { sameVersion } from '../platform/sql/version.ts';
import { MEMBERSHIPS } from './membership.reader.ts';
import type { AddMembershipInput, MembershipType } from './staffing.types.ts';

export interface MembershipChange {
  roleId?: string | null;
  teamRole?: TeamRole | null;
  allocation?: number | null;
  /** Undefined leaves it, null clears it. */
  fromDate?: string | null;
  toDate?: string | null;
}

type Fields = Omit<MembershipType, 'id' | 'version'>;
interface Entry {
  membership: MembershipType;
  action: 'CREATED' | 'UPDATED' | 'DELETED';
  changes: Changes;
}

/** Who is in which team: matrix management means several teams at once, each with its share of the person's time. */
@Injectable()
export class MembershipService {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
    private readonly audit: AuditTrail,
  ) {}

  async add(actor: Actor, input: AddMembershipInput): Promise<MembershipType> {
    const given = { roleId: input.roleId, teamRole: input.teamRole, allocation: allocation(input.allocation), ...days(input) };
    return this.database.transaction(async (tx) => {
      const creation = new Creation(tx, actor, 'MEMBERSHIP', input.id);
      const found = await row<{ teamId: string; userId: string | null }>(
        tx,
        'SELECT t.id AS "teamId", u.id AS "userId" FROM team t LEFT JOIN app_user u ON u.id = $2 WHERE t.id = $1 AND t.deleted_at IS NULL FOR SHARE OF t',
        [input.teamId, input.userId],
      );
      if (!found) throw new DomainError('NOT_FOUND');
      const { teamId, userId } = found;
      for (const permission of membershipChangeDemands(null, given)) demandTeam(actor, permission, { teamId });
      if (userId === null) throw new DomainError('BAD_INPUT', { field: 'userId', reason: 'UNKNOWN' });
      const fields = { teamId, userId, ...given };
      const { id, before } = await creation.find(fields, async (one) => (await MEMBERSHIPS.known(tx, 'r.id = $1', [one]))[0] ?? null);
      if (before) return before;
      await MEMBERSHIPS.hold(tx, teamId, userId);
      await refuseOverlap(tx, fields, []);
      const added = await ofKnownRole(() => MEMBERSHIPS.insert(tx, fields, id));
      await this.append(tx, actor, [{ membership: added, action: 'CREATED', changes: changesBetween({}, fields) }]);
      return added;
    });
  }

  /** With `since`, what was before that day stays as it was, and the answer is the stretch that begins on it; else it was always so. */
  async update(actor: Actor, id: string, version: number, change: MembershipChange, since: string | null): Promise<MembershipType> {
    if (since !== null) day('since', since);
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
      if (since !== null) refuseSince(before, after, since);
      await MEMBERSHIPS.hold(tx, before.teamId, before.userId);
      await refuseOverlap(tx, { ...before, ...after }, [id]);
      if (since === null || since === before.fromDate) {
        const corrected = await ofKnownRole(() => MEMBERSHIPS.correct(tx, before, after));
        await this.append(tx, actor, [{ membership: before, action: 'UPDATED', changes }]);
        return corrected;
      }
      const { kept, changed } = await ofKnownRole(() => MEMBERSHIPS.change(tx, before, since, { ...after, fromDate: since }));
      const { id: _, version: __, ...fields } = changed;
      await this.append(tx, actor, [
        { membership: before, action: 'UPDATED', changes: changesBetween(before, { toDate: kept?.toDate }) },
        { membership: changed, action: 'CREATED', changes: changesBetween({}, fields) },
      ]);
      return changed;
    });
  }

  /**
   * The person leaves: the last day is yesterday, and what was to follow without a gap does not. `neverWas`: it is taken back, days that
   * passed included; who has not been in the team yet is taken out by the same. What was known before stays known as of then.
   */
  async remove(actor: Actor, id: string, version: number, neverWas: boolean): Promise<void> {
    await this.database.transaction(async (tx) => {
      const before = await this.lock(tx, id);
      demandTeam(actor, 'team.manage', { teamId: before.teamId });
      sameVersion(before, version);
      const today = await MEMBERSHIPS.hold(tx, before.teamId, before.userId);
      if (!neverWas && endedBefore(before, today) === 'ENDED') throw new DomainError('MEMBERSHIP_ENDED', { toDate: before.toDate });
      const entries = neverWas ? await takeBack(tx, [before]) : await leave(tx, [before, ...(await following(tx, before))], today);
      await this.append(tx, actor, entries);
    });
  }

  /** In `tx`, which holds a team that goes: all who are in it leave, and nobody comes. */
  async endAll(tx: Tx, actor: Actor, teamId: string): Promise<void> {
    const held = await MEMBERSHIPS.known(tx, 'r.team_id = $1 ORDER BY r.id FOR UPDATE', [teamId]);
    const entries: Entry[] = [];
    for (const [userId, theirs] of Map.groupBy(held, (one) => one.userId))
      entries.push(...(await leave(tx, theirs, await MEMBERSHIPS.hold(tx, teamId, userId))));
    if (entries.length > 0) await this.append(tx, actor, entries);
  }

  private async lock(tx: Tx, id: string): Promise<MembershipType> {
    // The team first, as whoever deletes it: until `tx` ends it stays.
    const team = await row(
      tx,
      'SELECT FROM team t WHERE t.id = (SELECT m.team_id FROM membership m WHERE m.id = $1) AND t.deleted_at IS NULL FOR KEY SHARE OF t',
      [id],
    );
    if (!team) throw new DomainError('NOT_FOUND');
    const [membership] = await MEMBERSHIPS.known(tx, 'r.id = $1 FOR UPDATE', [id]);
    if (!membership) throw new DomainError('NOT_FOUND');
    return membership;
  }

  private async append(tx: Tx, actor: Actor, entries: readonly Entry[]): Promise<void> {
    await this.activity.append(
      tx,
      (await organisation(tx)).id,
      actor.userId,
      entries.map(({ membership, action, changes }) => ({ entity: 'MEMBERSHIP', entityId: membership.id, action, changes })),
    );
    for (const { membership, action, changes } of entries) {
      const { id, teamId, userId } = membership;
      await this.audit.by(tx, actor, { kind: 'MEMBERSHIP_CHANGED', subjectId: id, details: { teamId, userId, action, changes } });
    }
  }
}

const whose = ({ teamId, userId }: MembershipType): Changes => ({ teamId: { from: teamId, to: null }, userId: { from: userId, to: null } });

/** Ends memberships so that none holds today or later; what has not begun before is taken back. Answers what the log is to say. */
async function leave(tx: Tx, memberships: readonly MembershipType[], today: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  const gone: MembershipType[] = [];
  for (const one of memberships) {
    const end = endedBefore(one, today);
    if (end === 'GONE') gone.push(one);
    else if (end !== 'ENDED') {
      await MEMBERSHIPS.correct(tx, one, { toDate: end.toDate });
      entries.push({ membership: one, action: 'DELETED', changes: { ...whose(one), ...changesBetween(one, { toDate: end.toDate }) } });
    }
  }
  return [...entries, ...(await takeBack(tx, gone))];
}

async function takeBack(tx: Tx, gone: readonly MembershipType[]): Promise<Entry[]> {
  await MEMBERSHIPS.remove(
    tx,
    gone.map(({ id }) => id),
  );
  return gone.map((one) => ({ membership: one, action: 'DELETED', changes: whose(one) }));
}

/** The stretches that go on from this one, as a change from a later day makes them. */
async function following(tx: Tx, before: MembershipType): Promise<MembershipType[]> {
  const later = await MEMBERSHIPS.known(tx, 'r.team_id = $1 AND r.user_id = $2 AND r.from_date > $3 ORDER BY r.from_date', [
    before.teamId,
    before.userId,
    before.fromDate ?? '-infinity',
  ]);
  const found: MembershipType[] = [];
  let last = before;
  for (const one of later) {
    if (!goesOn(last, one)) continue;
    found.push(one);
    last = one;
  }
  return found;
}

/** Two stretches of one person in one team and role never share a day: the constraint holds it, and this names the other one. */
async function refuseOverlap(tx: Tx, { teamId, userId, roleId, fromDate, toDate }: Fields, but: readonly string[]): Promise<void> {
  const [other] = await MEMBERSHIPS.known(
    tx,
    /* sql */ `r.team_id = $1 AND r.user_id = $2 AND r.role_id = $3 AND r.id <> ALL ($4) AND daterange(r.from_date, r.to_date, '[]') && daterange($5::date, $6::date, '[]')
      ORDER BY r.from_date NULLS FIRST LIMIT 1`,
    [teamId, userId, roleId, but, fromDate, toDate],
  );
  if (other) throw new DomainError('MEMBERSHIP_EXISTS', { membershipId: other.id, fromDate: other.fromDate, toDate: other.toDate, reason: periodOf(other) });
}

/** Which of the two days there are, for the words. */
function periodOf({ fromDate, toDate }: MembershipType): string | null {
  if (fromDate !== null) return toDate === null ? 'SINCE' : 'BETWEEN';
  return toDate === null ? null : 'UNTIL';
}

function refuseSince(before: MembershipType, after: { fromDate: string | null; toDate: string | null }, since: string): void {
  if (after.fromDate !== before.fromDate) throw new DomainError('BAD_INPUT', { field: 'fromDate', reason: 'NOT_WITH_SINCE' });
  if (!holdsOn(before, since)) throw new DomainError('BAD_INPUT', { field: 'since', reason: 'NOT_IN_MEMBERSHIP' });
  if (after.toDate !== null && after.toDate < since) throw new DomainError('BAD_INPUT', { field: 'toDate', reason: 'BEFORE_START' });
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

async function ofKnownRole<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (sqlState(error) === '23503' && brokenConstraint(error) === 'membership_role_id_fkey')
      throw new DomainError('BAD_INPUT', { field: 'roleId', reason: 'UNKNOWN' });
    throw error;
  }
}

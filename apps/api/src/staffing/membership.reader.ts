import { Injectable } from '@nestjs/common';
import { EffectiveRows, TODAY } from '../platform/sql/effective-rows.ts';
import { Database } from '../platform/sql/database.ts';
import type { MembershipType } from './staffing.types.ts';

export const MEMBERSHIPS = new EffectiveRows<MembershipType>('membership', {
  teamId: 'team_id',
  userId: 'user_id',
  roleId: 'role_id',
  teamRole: 'team_role',
  allocation: 'allocation',
});

/** Which memberships: those of today and to come, those that ended, or those of a day by what was known at a moment (null: now). */
export type MembershipTime = 'CURRENT' | 'ENDED' | { on: string; knownAt: Date | null };

const OF = { TEAM: 'r.team_id = ANY ($1)', USER: 'r.user_id = ANY ($1)' } as const;
const ORDER = {
  TEAM: 'r.team_role, (SELECT name_key FROM app_user u WHERE u.id = r.user_id), r.from_date NULLS FIRST, r.id',
  USER: 'r.allocation DESC, r.from_date NULLS FIRST, r.id',
} as const;

export type MembershipOwner = keyof typeof OF;

/** Who is, was and will be in which team, also in one that was deleted. */
@Injectable()
export class MembershipReader {
  constructor(private readonly database: Database) {}

  of(kind: MembershipOwner, ids: readonly string[], time: MembershipTime): Promise<MembershipType[]> {
    if (time === 'ENDED') return MEMBERSHIPS.known(this.database.direct, `r.to_date < ${TODAY} AND ${OF[kind]} ORDER BY r.to_date DESC, ${ORDER[kind]}`, [ids]);
    const ordered = `${OF[kind]} ORDER BY ${ORDER[kind]}`;
    if (time === 'CURRENT') return MEMBERSHIPS.known(this.database.direct, `(r.to_date IS NULL OR r.to_date >= ${TODAY}) AND ${ordered}`, [ids]);
    return MEMBERSHIPS.asOf(this.database.direct, time.on, time.knownAt, ordered, [ids]);
  }
}

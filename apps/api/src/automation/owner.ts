import { can, type Actor, type ProjectScope, type RuleOffReason } from '@trainyard/domain';
import { TEAMS_OF } from '../access/current-membership.ts';

/** Whoever a rule acts for, with the rights they have now. */
export interface OwnerRow extends Pick<Actor, 'orgRole' | 'teams'> {
  ownerId: string | null;
  disabled: boolean;
}

/** Columns of an owner over `rule r` and `app_user owner`. */
export const OWNER_COLUMNS = `r.owner_id AS "ownerId", COALESCE(owner.disabled, true) AS disabled, owner.org_role AS "orgRole", ${TEAMS_OF('owner.id')} AS teams`;

export const actorFor = ({ ownerId, orgRole, teams }: OwnerRow): Actor => ({ userId: ownerId!, orgRole, teams, scopes: null });

/** Why nobody stands behind a rule any more; null: its owner does. */
export function lostOwner(owner: OwnerRow, project: ProjectScope): RuleOffReason | null {
  if (owner.ownerId === null || owner.disabled) return 'OWNER_GONE';
  return can(actorFor(owner), 'rule.manage', project) ? null : 'RIGHT_LOST';
}

import { ORG_ROLES, type OrgRole, type TeamRole } from './roles.ts';

/** What of an account decides who may change it. */
export interface AccountRights {
  orgRole: OrgRole;
  disabled: boolean;
}
export interface AccountChange {
  orgRole?: OrgRole | null;
  disabled?: boolean | null;
  password?: string | null;
}
export type AccountDemand = 'user.manage' | 'user.empower' | 'owner.manage';

/**
 * The permissions that making an account (`before` null) or changing one demands, all of them. Whatever gives a person more
 * than they had is `user.empower`, which no access token has: a stolen one could otherwise become a sign-in.
 */
export function accountChangeDemands(before: AccountRights | null, change: AccountChange): AccountDemand[] {
  const demands: AccountDemand[] = ['user.manage'];
  // Before what asks for the password: nobody gives it only to be told that they may not.
  if (before?.orgRole === 'OWNER' || change.orgRole === 'OWNER') demands.push('owner.manage');
  const raised = before !== null && change.orgRole != null && ORG_ROLES.indexOf(change.orgRole) < ORG_ROLES.indexOf(before.orgRole);
  const letIn = before?.disabled === true && change.disabled === false;
  if (before === null || raised || letIn || change.password) demands.push('user.empower');
  return demands;
}

export interface MembershipRights {
  teamRole: TeamRole;
  fromDate: string | null;
  toDate: string | null;
}

/** The same for a membership. Who becomes a lead, or a lead for other days, may hand on rights: no access token makes one. */
export function membershipChangeDemands(before: MembershipRights | null, after: MembershipRights): ('team.manage' | 'team.empower')[] {
  const asBefore = before?.teamRole === 'LEAD' && before.fromDate === after.fromDate && before.toDate === after.toDate;
  return after.teamRole === 'LEAD' && !asBefore ? ['team.manage', 'team.empower'] : ['team.manage'];
}

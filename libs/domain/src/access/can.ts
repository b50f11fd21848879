import type { OrgRole, ProjectVisibility, TeamRole, TokenScope } from './roles.ts';

/** Who asks, as loaded once per request. */
export interface Actor {
  userId: string;
  orgRole: OrgRole;
  /** Team id -> role there, current memberships only. */
  teams: Readonly<Record<string, TeamRole>>;
  /** Null for a browser session (all scopes); else the token's scopes. */
  scopes: readonly TokenScope[] | null;
  /** Which token that is: connections that outlive a request end with it. */
  tokenId?: string;
}

/** The part of a thing that decides who may touch it. A thing without a project belongs to the organisation. */
export interface ProjectScope {
  visibility: ProjectVisibility;
  /** The team that owns the project; its members may write. */
  teamId: string;
}
export interface TeamScope {
  teamId: string;
}

type Grant = { org: readonly OrgRole[]; team: readonly TeamRole[]; scope: TokenScope };

const ADMINS = ['OWNER', 'ADMIN'] as const;
const WRITERS = ['OWNER', 'ADMIN', 'MEMBER'] as const;
const EVERYONE = ['OWNER', 'ADMIN', 'MEMBER', 'VIEWER'] as const;

/** Rights in the organisation as a whole: the role alone decides. */
const ORGANISATION = {
  'organisation.read': { org: EVERYONE, team: [], scope: 'READ' },
  'organisation.manage': { org: ADMINS, team: [], scope: 'ADMIN' },
  'user.manage': { org: ADMINS, team: [], scope: 'ADMIN' },
  'owner.manage': { org: ['OWNER'], team: [], scope: 'ADMIN' },
  'team.create': { org: ADMINS, team: [], scope: 'ADMIN' },
  'project.create': { org: WRITERS, team: [], scope: 'WRITE' },
  'role.manage': { org: ADMINS, team: [], scope: 'ADMIN' },
  'dataset.create': { org: WRITERS, team: [], scope: 'WRITE' },
  'dataset.path': { org: ADMINS, team: [], scope: 'WRITE' },
  'dataset.manage': { org: ADMINS, team: [], scope: 'WRITE' },
  'runner.read': { org: EVERYONE, team: [], scope: 'READ' },
} as const satisfies Record<string, Grant>;

/** Rights in one team: administrators, or the role in that team. */
const TEAM = {
  'team.manage': { org: ADMINS, team: ['LEAD'], scope: 'WRITE' },
} as const satisfies Record<string, Grant>;

/**
 * Rights in one project. `org` alone is enough; otherwise the role in the owning team.
 * `open` names the organisation roles that have the right in an OPEN project without being in its team.
 * An organisation VIEWER writes nowhere, whatever the team says.
 */
const PROJECT = {
  'project.read': { org: ADMINS, open: EVERYONE, team: ['LEAD', 'MEMBER', 'VIEWER'], scope: 'READ' },
  'project.manage': { org: ADMINS, open: [], team: ['LEAD'], scope: 'WRITE' },
  'board.manage': { org: ADMINS, open: [], team: ['LEAD'], scope: 'WRITE' },
  'ticket.write': { org: ADMINS, open: ['MEMBER'], team: ['LEAD', 'MEMBER'], scope: 'WRITE' },
  'ticket.delete': { org: ADMINS, open: [], team: ['LEAD', 'MEMBER'], scope: 'WRITE' },
  'comment.write': { org: ADMINS, open: ['MEMBER'], team: ['LEAD', 'MEMBER'], scope: 'WRITE' },
  'comment.moderate': { org: ADMINS, open: [], team: ['LEAD'], scope: 'WRITE' },
  'run.queue': { org: ADMINS, open: ['MEMBER'], team: ['LEAD', 'MEMBER'], scope: 'WRITE' },
  'run.cancel': { org: ADMINS, open: [], team: ['LEAD', 'MEMBER'], scope: 'WRITE' },
} as const satisfies Record<string, Grant & { open: readonly OrgRole[] }>;

export type OrganisationPermission = keyof typeof ORGANISATION;
export type TeamPermission = keyof typeof TEAM;
export type ProjectPermission = keyof typeof PROJECT;
export type Permission = OrganisationPermission | TeamPermission | ProjectPermission;

const has = <T>(list: readonly T[], item: T | undefined): boolean => item !== undefined && list.includes(item);

function scopeAllows(actor: Actor, needed: TokenScope): boolean {
  if (actor.scopes === null) return true;
  return actor.scopes.includes(needed) || (needed === 'READ' && actor.scopes.length > 0) || (needed === 'WRITE' && actor.scopes.includes('ADMIN'));
}

export function can(actor: Actor, permission: OrganisationPermission): boolean;
export function can(actor: Actor, permission: TeamPermission, team: TeamScope): boolean;
export function can(actor: Actor, permission: ProjectPermission, project: ProjectScope): boolean;
/** Whether `actor` has `permission` (on that team or project). Everything not granted here is denied. */
export function can(actor: Actor, permission: Permission, on?: TeamScope | ProjectScope): boolean {
  if (Object.hasOwn(ORGANISATION, permission)) {
    const grant: Grant = ORGANISATION[permission as OrganisationPermission];
    return scopeAllows(actor, grant.scope) && has(grant.org, actor.orgRole);
  }
  if (on === undefined) return false;
  const teamRole = Object.hasOwn(actor.teams, on.teamId) ? actor.teams[on.teamId] : undefined;
  if (Object.hasOwn(TEAM, permission)) {
    const grant: Grant = TEAM[permission as TeamPermission];
    if (!scopeAllows(actor, grant.scope)) return false;
    return has(grant.org, actor.orgRole) || (actor.orgRole !== 'VIEWER' && has(grant.team, teamRole));
  }
  if (!Object.hasOwn(PROJECT, permission)) return false;
  const grant: Grant & { open: readonly OrgRole[] } = PROJECT[permission as ProjectPermission];
  if (!('visibility' in on) || !scopeAllows(actor, grant.scope)) return false;
  if (has(grant.org, actor.orgRole)) return true;
  if (on.visibility === 'OPEN' && has(grant.open, actor.orgRole)) return true;
  if (actor.orgRole === 'VIEWER' && grant.scope !== 'READ') return false;
  return has(grant.team, teamRole);
}

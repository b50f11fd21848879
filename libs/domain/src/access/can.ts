import type { Origin } from '../audit/audit.ts';
import type { OrgRole, ProjectState, ProjectVisibility, TeamRole, TokenScope } from './roles.ts';

/** The caller, loaded once per request. */
export interface Actor {
  userId: string;
  orgRole: OrgRole;
  /** Team id -> role there, current memberships only. */
  teams: Readonly<Record<string, TeamRole>>;
  /** Null for a browser session (all scopes); else the token's scopes. */
  scopes: readonly TokenScope[] | null;
  /** Which token that is: connections that outlive a request end with it. */
  tokenId?: string;
  /** Of a browser session: its person gave the password within the last PROOF_MINUTES, by the clock of the database. Never of a token. */
  proved?: boolean;
  /** Where the request came from, for the audit trail; absent for what the server does by itself. */
  from?: Origin;
}

/** A thing that somebody made or is. `ownerId` is null when that person's account is gone. */
export interface Owned {
  ownerId: string | null;
}
/** The part of a thing that decides who may touch it. A thing without a project belongs to the organisation. */
export interface ProjectScope {
  visibility: ProjectVisibility;
  /** The team that owns the project; its members may write. */
  teamId: string;
  /** What the project allows at all: a right holds in the states that the table names. */
  projectState: ProjectState;
}
export interface TeamScope {
  teamId: string;
}

/**
 * `scope` is what an access token needs. BROWSER: no token has it, whatever its scopes. It stands on every right that makes
 * credentials or gives somebody more than they had, so that a stolen token can turn into nothing that outlives it.
 *
 * `own` names another right of the same table: whoever owns the thing has this right too, as long as they have that one on
 * it. Ownership alone gives nothing, so a person who may only read keeps no right to change what they once made.
 *
 * `proof`: who has the right is also asked for the password, unless they gave it lately. It stands on what outlives a session
 * or reaches further, so that a stolen or forgotten one cannot make itself permanent. `can` does not look at it, for a screen
 * offers what the person may do; `demand` of the api does.
 */
interface Grant {
  org: readonly OrgRole[];
  team: readonly TeamRole[];
  scope: TokenScope | 'BROWSER';
  own?: string;
  proof?: true;
}
/** `in`: the states of a project in which the right holds; ACTIVE alone where nothing is said. */
type ProjectGrant = Grant & { open: readonly OrgRole[]; in?: readonly ProjectState[] };

const OWNERS = ['OWNER'] as const;
const ADMINS = ['OWNER', 'ADMIN'] as const;
const WRITERS = ['OWNER', 'ADMIN', 'MEMBER'] as const;
const EVERYONE = ['OWNER', 'ADMIN', 'MEMBER', 'VIEWER'] as const;

/** Rights in the organisation as a whole: the organisation role, or a role in any team at all. */
const ORGANISATION = {
  'organisation.read': { org: EVERYONE, team: [], scope: 'READ' },
  'organisation.manage': { org: ADMINS, team: [], scope: 'ADMIN' },
  /** Accounts: their names, lesser roles, disabling. */
  'user.manage': { org: ADMINS, team: [], scope: 'ADMIN' },
  /** Gives somebody more than they had: an account, a password, a stronger role, a disabled account back. */
  'user.empower': { org: ADMINS, team: [], scope: 'BROWSER', proof: true },
  /** Any change of an owner's account, and making one. */
  'owner.manage': { org: OWNERS, team: [], scope: 'BROWSER', proof: true },
  /** E-mail addresses of others: leads need them to add people to their team. */
  'address.read': { org: ADMINS, team: ['LEAD'], scope: 'READ', own: 'organisation.read' },
  /** One's own name and language, and what one has read. */
  'profile.change': { org: [], team: [], scope: 'WRITE', own: 'organisation.read' },
  /** One's own password, sessions and access tokens. */
  'credential.manage': { org: [], team: [], scope: 'BROWSER', own: 'organisation.read' },
  /** Makes a token of one's own that can do more than a session, or lives longer. */
  'token.empower': { org: [], team: [], scope: 'BROWSER', own: 'organisation.read', proof: true },
  'audit.read': { org: ADMINS, team: [], scope: 'ADMIN' },
  'team.create': { org: ADMINS, team: [], scope: 'ADMIN' },
  'project.create': { org: WRITERS, team: [], scope: 'WRITE' },
  'profession.manage': { org: ADMINS, team: [], scope: 'ADMIN' },
  'dataset.create': { org: WRITERS, team: [], scope: 'WRITE' },
  'dataset.path': { org: ADMINS, team: [], scope: 'WRITE' },
  /** Checks again or removes a dataset of the organisation. */
  'dataset.manage': { org: ADMINS, team: [], scope: 'WRITE', own: 'dataset.create' },
  /** Makes the token of a runner, which reads datasets and goes on when whoever made it is gone. */
  'runner.empower': { org: ADMINS, team: [], scope: 'BROWSER', proof: true },
  'runner.manage': { org: ADMINS, team: [], scope: 'ADMIN' },
  /** Views of lists over all projects: one's own, those for all, and another's that is for all. */
  'organisationView.keep': { org: [], team: [], scope: 'WRITE', own: 'organisation.read' },
  'organisationView.share': { org: WRITERS, team: [], scope: 'WRITE' },
  'organisationView.manage': { org: ADMINS, team: [], scope: 'WRITE', own: 'organisationView.share' },
  'runner.read': { org: EVERYONE, team: [], scope: 'READ' },
} as const satisfies Record<string, Grant>;

/** Rights in one team: administrators, or the role in that team. */
const TEAM = {
  'team.manage': { org: ADMINS, team: ['LEAD'], scope: 'WRITE' },
  /** Makes somebody a lead, who may then hand on rights. */
  'team.empower': { org: ADMINS, team: ['LEAD'], scope: 'BROWSER', proof: true },
} as const satisfies Record<string, Grant>;

/**
 * Rights in one project. `org` alone is enough; otherwise the role in the owning team.
 * `open` names the organisation roles that have the right in an OPEN project without being in its team.
 * An organisation VIEWER writes nothing that others see, whatever the team says. A DELETED project is there for `org` alone.
 */
const PROJECT = {
  'project.read': { org: ADMINS, open: EVERYONE, team: ['LEAD', 'MEMBER', 'VIEWER'], scope: 'READ', in: ['ACTIVE', 'ARCHIVED', 'DELETED'] },
  'project.manage': { org: ADMINS, open: [], team: ['LEAD'], scope: 'WRITE' },
  /** Makes the project read-only, and takes that back. */
  'project.archive': { org: ADMINS, open: [], team: ['LEAD'], scope: 'WRITE', in: ['ACTIVE', 'ARCHIVED'] },
  /** Has the project erased after a waiting time. */
  'project.delete': { org: ADMINS, open: [], team: [], scope: 'BROWSER', proof: true, in: ['ACTIVE', 'ARCHIVED'] },
  /** Takes that back within the waiting time. */
  'project.undelete': { org: ADMINS, open: [], team: [], scope: 'ADMIN', in: ['DELETED'] },
  'board.manage': { org: ADMINS, open: [], team: ['LEAD'], scope: 'WRITE' },
  'ticket.write': { org: ADMINS, open: ['MEMBER'], team: ['LEAD', 'MEMBER'], scope: 'WRITE' },
  'ticket.delete': { org: ADMINS, open: [], team: ['LEAD', 'MEMBER'], scope: 'WRITE' },
  'comment.write': { org: ADMINS, open: ['MEMBER'], team: ['LEAD', 'MEMBER'], scope: 'WRITE' },
  /** Nobody puts words into another's mouth. */
  'comment.edit': { org: [], open: [], team: [], scope: 'WRITE', own: 'comment.write' },
  'comment.delete': { org: ADMINS, open: [], team: ['LEAD'], scope: 'WRITE', own: 'comment.write' },
  'attachment.write': { org: ADMINS, open: ['MEMBER'], team: ['LEAD', 'MEMBER'], scope: 'WRITE' },
  /** Deletes an attached file, and brings it back. */
  'attachment.delete': { org: ADMINS, open: [], team: ['LEAD'], scope: 'WRITE', own: 'attachment.write' },
  'run.queue': { org: ADMINS, open: ['MEMBER'], team: ['LEAD', 'MEMBER'], scope: 'WRITE' },
  'run.cancel': { org: ADMINS, open: [], team: ['LEAD', 'MEMBER'], scope: 'WRITE', own: 'run.queue', in: ['ACTIVE', 'ARCHIVED'] },
  /** Checks again or removes a dataset of the project. */
  'data.manage': { org: ADMINS, open: [], team: [], scope: 'WRITE', own: 'run.queue' },
  /** Keeps a view that nobody else sees: whoever reads the project may. */
  'view.keep': { org: [], open: [], team: [], scope: 'WRITE', own: 'project.read' },
  'view.share': { org: ADMINS, open: ['MEMBER'], team: ['LEAD', 'MEMBER'], scope: 'WRITE' },
  /** Changes and deletes a shared view. */
  'view.manage': { org: ADMINS, open: [], team: ['LEAD'], scope: 'WRITE', own: 'view.share' },
  /** Sees webhooks and what was sent. */
  'webhook.read': { org: ADMINS, open: [], team: ['LEAD'], scope: 'WRITE', in: ['ACTIVE', 'ARCHIVED', 'DELETED'] },
  /** Changes and removes webhooks, and sends again. */
  'webhook.manage': { org: ADMINS, open: [], team: ['LEAD'], scope: 'WRITE' },
  /** Has what happens told to a new address: that outlives the session it was done in. */
  'webhook.empower': { org: ADMINS, open: [], team: ['LEAD'], scope: 'BROWSER', proof: true },
} as const satisfies Record<string, ProjectGrant>;

/** The rights of a table that ask who owns the thing. */
type OwnIn<Table> = { [K in keyof Table]: Table[K] extends { own: string } ? K : never }[keyof Table];

export type OwnOrganisationPermission = OwnIn<typeof ORGANISATION>;
export type OrganisationPermission = Exclude<keyof typeof ORGANISATION, OwnOrganisationPermission>;
export type TeamPermission = keyof typeof TEAM;
export type OwnProjectPermission = OwnIn<typeof PROJECT>;
export type ProjectPermission = Exclude<keyof typeof PROJECT, OwnProjectPermission>;
export type Permission = keyof typeof ORGANISATION | keyof typeof TEAM | keyof typeof PROJECT;

/** The table itself, for whoever prints it or counts over it. Decisions are taken by `can` alone. */
export const PERMISSIONS = { ORGANISATION, TEAM, PROJECT } as const;

/** Signing in proves that it is the person; so does giving the password again. For this long, nothing asks for it once more. */
export const PROOF_MINUTES = 10;
const GRANTS: Readonly<Record<Permission, Grant>> = { ...ORGANISATION, ...TEAM, ...PROJECT };
/** Whether who has this right must also have given the password lately: `actor.proved`. */
export const needsProof = (permission: Permission): boolean => GRANTS[permission].proof === true;

const has = <T>(list: readonly (T | undefined)[], item: T | undefined): boolean => list.includes(item);

/** The scopes that give what a right needs: a stronger one gives the weaker too, and none gives what is for a browser. */
const GIVEN_BY: Record<Grant['scope'], readonly TokenScope[]> = { READ: ['READ', 'WRITE', 'ADMIN'], WRITE: ['WRITE', 'ADMIN'], ADMIN: ['ADMIN'], BROWSER: [] };

const scopeAllows = ({ scopes }: Actor, needed: Grant['scope']): boolean => scopes === null || scopes.some((scope) => GIVEN_BY[needed].includes(scope));

/** What a right may be asked on; which of these it needs, the overloads of `can` say. */
export type PermissionScope = Partial<Owned & TeamScope & ProjectScope>;

export function can(actor: Actor, permission: OrganisationPermission): boolean;
export function can(actor: Actor, permission: OwnOrganisationPermission, thing: Owned): boolean;
export function can(actor: Actor, permission: TeamPermission, team: TeamScope): boolean;
export function can(actor: Actor, permission: ProjectPermission, project: ProjectScope): boolean;
export function can(actor: Actor, permission: OwnProjectPermission, thing: ProjectScope & Owned): boolean;
/** Whether `actor` has `permission` (on that team, project or thing). Everything not granted here is denied. */
export function can(actor: Actor, permission: Permission, on?: PermissionScope): boolean {
  return allowed(actor, permission, on ?? {});
}

function allowed(actor: Actor, permission: string, on: PermissionScope): boolean {
  if (Object.hasOwn(ORGANISATION, permission)) {
    const grant: Grant = ORGANISATION[permission as keyof typeof ORGANISATION];
    if (!scopeAllows(actor, grant.scope)) return false;
    return has(grant.org, actor.orgRole) || Object.values(actor.teams).some((role) => has(grant.team, role)) || allowedAsOwner(actor, grant, on);
  }
  if (on.teamId === undefined) return false;
  const teamRole = Object.hasOwn(actor.teams, on.teamId) ? actor.teams[on.teamId] : undefined;
  if (Object.hasOwn(TEAM, permission)) {
    const grant: Grant = TEAM[permission as TeamPermission];
    if (!scopeAllows(actor, grant.scope)) return false;
    return has(grant.org, actor.orgRole) || (actor.orgRole !== 'VIEWER' && has(grant.team, teamRole));
  }
  if (!Object.hasOwn(PROJECT, permission)) return false;
  const grant: ProjectGrant = PROJECT[permission as keyof typeof PROJECT];
  if (on.visibility === undefined || !has(grant.in ?? ['ACTIVE'], on.projectState) || !scopeAllows(actor, grant.scope)) return false;
  if (has(grant.org, actor.orgRole)) return true;
  if (on.projectState === 'DELETED') return false;
  if (on.visibility === 'OPEN' && has(grant.open, actor.orgRole)) return true;
  const byTeam = has(grant.team, teamRole) && (actor.orgRole !== 'VIEWER' || grant.scope === 'READ');
  return byTeam || allowedAsOwner(actor, grant, on);
}

function allowedAsOwner(actor: Actor, grant: Grant, on: PermissionScope): boolean {
  // Whether the right holds in this state, its own line has said.
  return grant.own !== undefined && on.ownerId === actor.userId && allowed(actor, grant.own, { ...on, projectState: 'ACTIVE' });
}

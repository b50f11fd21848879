import type { Origin } from '../audit/audit.ts';
import * as account from './rights/account.ts';
import * as attachment from './rights/attachment.ts';
import * as board from './rights/board.ts';
import * as calendar from './rights/calendar.ts';
import * as comment from './rights/comment.ts';
import * as dataset from './rights/dataset.ts';
import type { Grant, ProjectGrant } from './rights/grant.ts';
import * as organisation from './rights/organisation.ts';
import * as project from './rights/project.ts';
import * as run from './rights/run.ts';
import * as rule from './rights/rule.ts';
import * as runner from './rights/runner.ts';
import * as sprint from './rights/sprint.ts';
import * as team from './rights/team.ts';
import * as ticket from './rights/ticket.ts';
import * as view from './rights/view.ts';
import * as webhook from './rights/webhook.ts';
import * as workTime from './rights/work-time.ts';
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

const ORGANISATION = {
  ...organisation.ORGANISATION,
  ...account.ORGANISATION,
  ...team.ORGANISATION,
  ...calendar.ORGANISATION,
  ...project.ORGANISATION,
  ...dataset.ORGANISATION,
  ...runner.ORGANISATION,
  ...view.ORGANISATION,
};
const TEAM = { ...team.TEAM, ...workTime.TEAM };
const PROJECT = {
  ...project.PROJECT,
  ...board.PROJECT,
  ...ticket.PROJECT,
  ...sprint.PROJECT,
  ...comment.PROJECT,
  ...attachment.PROJECT,
  ...run.PROJECT,
  ...dataset.PROJECT,
  ...view.PROJECT,
  ...webhook.PROJECT,
  ...rule.PROJECT,
};

/** The rights of a table that ask who owns the thing. */
type OwnIn<Table> = { [K in keyof Table]: Table[K] extends { own: string } ? K : never }[keyof Table];

export type OwnOrganisationPermission = OwnIn<typeof ORGANISATION>;
export type OrganisationPermission = Exclude<keyof typeof ORGANISATION, OwnOrganisationPermission>;
export type OwnTeamPermission = OwnIn<typeof TEAM>;
export type TeamPermission = Exclude<keyof typeof TEAM, OwnTeamPermission>;
export type OwnProjectPermission = OwnIn<typeof PROJECT>;
export type ProjectPermission = Exclude<keyof typeof PROJECT, OwnProjectPermission>;
export type Permission = keyof typeof ORGANISATION | keyof typeof TEAM | keyof typeof PROJECT;

/** The tables of all nouns as one, for whoever prints it or counts over it. Decisions are taken by `can` alone. */
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
export function can(actor: Actor, permission: OwnTeamPermission, thing: TeamScope & Owned): boolean;
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
    const grant: Grant = TEAM[permission as keyof typeof TEAM];
    if (!scopeAllows(actor, grant.scope)) return false;
    return has(grant.org, actor.orgRole) || (actor.orgRole !== 'VIEWER' && has(grant.team, teamRole)) || allowedAsOwner(actor, grant, on);
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

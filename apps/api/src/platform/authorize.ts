import {
  can,
  needsProof,
  PROOF_MINUTES,
  type Actor,
  type OrganisationPermission,
  type OwnOrganisationPermission,
  type OwnProjectPermission,
  type OwnTeamPermission,
  type Owned,
  type Permission,
  type PermissionScope,
  type ProjectPermission,
  type ProjectScope,
  type TeamPermission,
  type TeamScope,
} from '@trainyard/domain';
import { DomainError } from './domain-error.ts';

/** `can`, for a permission and a scope that an overload of the functions below has matched. */
const allowed = can as (actor: Actor, permission: Permission, on?: PermissionScope) => boolean;

/** PROJECT_READ_ONLY where they may in an active project; FORBIDDEN, or TOKEN_SCOPE where the same person may do it at a browser: then it is the token that lacks the right. */
function refusal(actor: Actor, permission: Permission, on?: PermissionScope): DomainError {
  if (on?.projectState !== undefined && on.projectState !== 'ACTIVE' && allowed(actor, permission, { ...on, projectState: 'ACTIVE' }))
    return new DomainError('PROJECT_READ_ONLY', { state: on.projectState });
  const byToken = actor.scopes !== null && allowed({ ...actor, scopes: null }, permission, on);
  if (!byToken) return new DomainError('FORBIDDEN', { permission });
  return new DomainError(
    'TOKEN_SCOPE',
    { permission },
    'This access token may not do that. Use one with the scope it needs; passwords, sign-ins, tokens and raises of rights are left to the browser.',
  );
}

/** Whether the actor has the right, and then whether they proved lately that it is them, where the table asks for it. The one place: no mutation can forget it. */
function demandAllowed(actor: Actor, permission: Permission, on?: PermissionScope): void {
  if (!allowed(actor, permission, on)) throw refusal(actor, permission, on);
  if (needsProof(permission) && actor.proved !== true) throw new DomainError('PASSWORD_REQUIRED', { minutes: PROOF_MINUTES });
}

/** Throws FORBIDDEN (or TOKEN_SCOPE) unless the actor has this right in the organisation; PASSWORD_REQUIRED where it asks for a proof. */
export function demand(actor: Actor, permission: OrganisationPermission): void;
export function demand(actor: Actor, permission: OwnOrganisationPermission, thing: Owned): void;
export function demand(actor: Actor, permission: OrganisationPermission | OwnOrganisationPermission, thing?: Owned): void {
  demandAllowed(actor, permission, thing);
}

export function demandTeam(actor: Actor, permission: TeamPermission, team: TeamScope): void;
export function demandTeam(actor: Actor, permission: OwnTeamPermission, thing: TeamScope & Owned): void;
export function demandTeam(actor: Actor, permission: TeamPermission | OwnTeamPermission, team: TeamScope & Partial<Owned>): void {
  demandAllowed(actor, permission, team);
}

/**
 * The project's thing, or NOT_FOUND when there is none *or the actor may not know of it*, or FORBIDDEN (or TOKEN_SCOPE) when
 * it may be read but not this. Call it right after loading, before anything of the project is looked at.
 */
export function demandProject<P extends ProjectScope>(actor: Actor, permission: ProjectPermission, project: P | null): P;
export function demandProject<P extends ProjectScope & Owned>(actor: Actor, permission: OwnProjectPermission, project: P | null): P;
export function demandProject<P extends ProjectScope>(actor: Actor, permission: ProjectPermission | OwnProjectPermission, project: P | null): P {
  if (!project || !can(actor, 'project.read', project)) throw new DomainError('NOT_FOUND');
  demandAllowed(actor, permission, project);
  return project;
}

/** What `can` is asked on, over `project` aliased `p`. */
export const PROJECT_SCOPE = /* sql */ `p.visibility, p.team_id AS "teamId", p.state AS "projectState"`;

/**
 * The rule of `project.read` as SQL over `project` aliased `p`, for lists and counts: pass `readableBy(actor)` as its
 * two parameters. One place, so that no list forgets it.
 */
export const READABLE_PROJECT = (first: number): string =>
  `(p.state <> 'ERASING' AND ($${first}::boolean OR p.state <> 'DELETED' AND (p.visibility = 'OPEN' OR p.team_id = ANY ($${first + 1}::uuid[]))))`;
export function readableBy(actor: Actor): [all: boolean, teams: string[]] {
  return [actor.orgRole === 'OWNER' || actor.orgRole === 'ADMIN', Object.keys(actor.teams)];
}

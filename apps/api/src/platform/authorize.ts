import { can, type Actor, type OrganisationPermission, type ProjectPermission, type ProjectScope, type TeamPermission, type TeamScope } from '@trainyard/domain';
import { DomainError } from './domain-error.ts';

/** Throws FORBIDDEN unless the actor has this right in the organisation. */
export function demand(actor: Actor, permission: OrganisationPermission): void {
  if (!can(actor, permission)) throw new DomainError('FORBIDDEN', { permission });
}

export function demandTeam(actor: Actor, permission: TeamPermission, team: TeamScope): void {
  if (!can(actor, permission, team)) throw new DomainError('FORBIDDEN', { permission });
}

/** Throws TOKEN_SCOPE unless the actor sits at a browser: a stolen token must turn neither into a sign-in nor into a longer life. */
export function demandBrowser(actor: Actor): void {
  if (actor.scopes !== null) throw new DomainError('TOKEN_SCOPE', {}, 'Passwords, tokens and sessions are managed from a browser session, not with a token.');
}

/**
 * The project, or NOT_FOUND when there is none *or the actor may not know of it*, or FORBIDDEN when it may be read but not
 * this. Call it right after loading, before anything of the project is looked at.
 */
export function demandProject<P extends ProjectScope>(actor: Actor, permission: ProjectPermission, project: P | null): P {
  if (!project || !can(actor, 'project.read', project)) throw new DomainError('NOT_FOUND');
  if (!can(actor, permission, project)) throw new DomainError('FORBIDDEN', { permission });
  return project;
}

/**
 * The rule of `project.read` as SQL over `project` aliased `p`, for lists and counts: pass `readableBy(actor)` as its
 * two parameters. One place, so that no list forgets it.
 */
export const READABLE_PROJECT = (first: number): string =>
  `($${first}::boolean OR p.visibility = 'OPEN' OR p.team_id = ANY ($${first + 1}::uuid[]))`;
export function readableBy(actor: Actor): [all: boolean, teams: string[]] {
  return [actor.orgRole === 'OWNER' || actor.orgRole === 'ADMIN', Object.keys(actor.teams)];
}

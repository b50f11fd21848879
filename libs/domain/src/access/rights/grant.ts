import type { OrgRole, ProjectState, TeamRole, TokenScope } from '../roles.ts';

/**
 * `scope` is what an access token needs. BROWSER: no token has it, whatever its scopes. It stands on every right that makes
 * credentials or gives somebody more than they had, so that a stolen token can turn into nothing that outlives it.
 *
 * `own` names another right of the same table, or one in the organisation: whoever owns the thing has this right too, as long as they have that one on
 * it. Ownership alone gives nothing, so a person who may only read keeps no right to change what they once made.
 *
 * `proof`: who has the right is also asked for the password, unless they gave it lately. It stands on what outlives a session
 * or reaches further, so that a stolen or forgotten one cannot make itself permanent. `can` does not look at it, for a screen
 * offers what the person may do; `demand` of the api does.
 */
export interface Grant {
  org: readonly OrgRole[];
  team: readonly TeamRole[];
  scope: TokenScope | 'BROWSER';
  own?: string;
  proof?: true;
}

/** Rights in the organisation as a whole: the organisation role, or a role in any team at all. */
export type OrganisationGrants = Record<string, Grant>;
/** Rights in one team: administrators, or the role in that team. */
export type TeamGrants = Record<string, Grant>;
/**
 * A right in one project. `org` alone is enough; otherwise the role in the owning team.
 * `open` names the organisation roles that have the right in an OPEN project without being in its team.
 * `in`: the states of a project in which the right holds; ACTIVE alone where nothing is said.
 * An organisation VIEWER writes nothing that others see, whatever the team says. A DELETED project is there for `org` alone.
 */
export type ProjectGrant = Grant & { open: readonly OrgRole[]; in?: readonly ProjectState[] };
export type ProjectGrants = Record<string, ProjectGrant>;

export const OWNERS = ['OWNER'] as const;
export const ADMINS = ['OWNER', 'ADMIN'] as const;
export const WRITERS = ['OWNER', 'ADMIN', 'MEMBER'] as const;
export const EVERYONE = ['OWNER', 'ADMIN', 'MEMBER', 'VIEWER'] as const;

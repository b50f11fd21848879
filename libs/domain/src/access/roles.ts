/** Organisation roles, strongest first. */
export const ORG_ROLES = ['OWNER', 'ADMIN', 'MEMBER', 'VIEWER'] as const;
export type OrgRole = (typeof ORG_ROLES)[number];

export const PERSON_NAME_MAX = 100;
export const ORGANISATION_NAME_MAX = 120;
export const TEAM_NAME_MAX = 120;
export const TEAM_DESCRIPTION_MAX = 2000;

/** What a person is within a team as regards rights (their profession is the role catalogue's matter). */
export const TEAM_ROLES = ['LEAD', 'MEMBER', 'VIEWER'] as const;
export type TeamRole = (typeof TEAM_ROLES)[number];

/** OPEN: every signed-in person reads it. PRIVATE: only its team, its owners and administrators know that it exists. */
export const PROJECT_VISIBILITIES = ['OPEN', 'PRIVATE'] as const;
export type ProjectVisibility = (typeof PROJECT_VISIBILITIES)[number];

/** What a personal access token may do; a session may do everything its user may. */
export const TOKEN_SCOPES = ['READ', 'WRITE', 'ADMIN'] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

export const TOKEN_NAME_MAX = 100;

/**
 * ARCHIVED: read-only, outside of lists. DELETED: the same, for administrators alone, until its waiting time is over. ERASING: its rows are
 * being deleted, and nobody sees it.
 */
export const PROJECT_STATES = ['ACTIVE', 'ARCHIVED', 'DELETED', 'ERASING'] as const;
export type ProjectState = (typeof PROJECT_STATES)[number];

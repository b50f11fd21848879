import type { OrgRole, TeamRole } from '../access/roles.ts';

/** Whose page home is. */
export const HOME_ROLES = ['ENGINEER', 'PROJECT_MANAGER', 'DIRECTOR'] as const;
export type HomeRole = (typeof HOME_ROLES)[number];

export const HOME_BLOCKS = [
  'MY_RUNS',
  'NEXT',
  'WAITING',
  'RESULTS',
  'DEVICES',
  'SPRINTS',
  'ATTENTION',
  'PEOPLE',
  'CHANGES',
  'WEEK',
  'PROJECTS',
  'ALLOCATION',
  'COMPUTE',
] as const;
export type HomeBlock = (typeof HOME_BLOCKS)[number];

/** What each begins with; the other blocks follow, folded. */
const OWN: Readonly<Record<HomeRole, readonly HomeBlock[]>> = {
  ENGINEER: ['MY_RUNS', 'NEXT', 'WAITING', 'RESULTS', 'DEVICES'],
  PROJECT_MANAGER: ['SPRINTS', 'ATTENTION', 'PEOPLE', 'CHANGES'],
  DIRECTOR: ['WEEK', 'PROJECTS', 'ALLOCATION', 'COMPUTE'],
};

export interface Placement {
  orgRole: OrgRole;
  /** Their rights in the teams of today. */
  teamRoles: readonly TeamRole[];
  /** Keys of their professions of today. */
  professions: readonly string[];
}

const MANAGING: readonly string[] = ['PROJECT_MANAGER', 'PRODUCT_MANAGER'];

/** What somebody does says their profession; who has none and runs the organisation looks at the whole; who leads a team, at its people. */
export function guessedRole({ orgRole, teamRoles, professions }: Placement): HomeRole {
  if (professions.some((key) => MANAGING.includes(key))) return 'PROJECT_MANAGER';
  if (professions.length > 0) return 'ENGINEER';
  if (orgRole === 'OWNER' || orgRole === 'ADMIN') return 'DIRECTOR';
  return teamRoles.includes('LEAD') ? 'PROJECT_MANAGER' : 'ENGINEER';
}

/** What somebody keeps of home. */
export interface KeptHome {
  role: HomeRole | null;
  /** Blocks that are otherwise than their role has them. Words that are no block any more are passed over. */
  folded: readonly string[];
  unfolded: readonly string[];
  /** An order of one's own; what is not in it follows. */
  order: readonly string[];
}

export interface BlockPlace {
  block: HomeBlock;
  folded: boolean;
}

/** All blocks in the order in which they stand. */
export function blocksOf(role: HomeRole, kept: Omit<KeptHome, 'role'>): BlockPlace[] {
  const own = OWN[role];
  const usual = [...own, ...HOME_BLOCKS.filter((block) => !own.includes(block))];
  const first = [...new Set(kept.order)].filter((word): word is HomeBlock => (HOME_BLOCKS as readonly string[]).includes(word));
  return [...first, ...usual.filter((block) => !first.includes(block))].map((block) => ({
    block,
    folded: kept.folded.includes(block) || (!own.includes(block) && !kept.unfolded.includes(block)),
  }));
}

/** What a new organisation does first, in this order. */
export const FIRST_STEPS = ['CONNECT_RUNNER', 'ADD_DATA', 'MAKE_TICKET', 'QUEUE_RUN', 'INVITE'] as const;
export type FirstStep = (typeof FIRST_STEPS)[number];

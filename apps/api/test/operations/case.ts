import type { Action, EntityKind, ErrorCode, ProjectState, ProjectVisibility } from '@trainyard/domain';
import type { GraphqlClient } from '../client.ts';
import type { BuiltProject } from '../factories/board.ts';
import type { TestTrainyard } from '../trainyard.ts';
import type { Asker, Person } from './actors.ts';
import type { Variables } from './ask.ts';
import type { Demand, Refusal, Scope } from './expected.ts';

/** Where an operation is tried: a project, and who made the things in it. */
export interface Place {
  trainyard: TestTrainyard;
  project: BuiltProject;
  visibility: ProjectVisibility;
  /** What became of the project since; ACTIVE where nothing is said. */
  state?: ProjectState;
  organisationId: string;
  /** Who made what is asked about. */
  maker: Person;
  /** Somebody of the team, who makes what only GraphQL can make. */
  hand: GraphqlClient;
  handId: string;
}

export interface ExpectedRow {
  /** Whose log: a project's, or the organisation's. */
  scope: string;
  entity: EntityKind;
  action: Action;
  entityId?: string;
  ticketId?: string;
  changes: unknown;
}

/** How an operation is tried, and what must come of it. */
export interface Case {
  demands: readonly Demand[];
  /** What it is asked on: the project of the place (also a thing in it), its team, the organisation, or whoever asks themselves. */
  on: 'PROJECT' | 'TEAM' | 'ORGANISATION' | 'SELF';
  /** Arguments of one try; makes what the try uses up. */
  try: (at: Place, asker?: Asker) => Variables | Promise<Variables>;
  /** A read that answers null, and not NOT_FOUND, for what may not be known. */
  nullable?: boolean;
  /** What the table alone does not say: a refusal that comes after those of the table. */
  also?: (asker: Asker, at: Place) => Refusal | null;
  /** What the allowed may be told when somebody before them used the thing up; their right is proved by it. */
  usedUp?: readonly ErrorCode[];
  /** Whoever asked is signed in no more: tried after all others. */
  endsSessions?: boolean;
}

/** A mutation says, beside that, what it leaves behind: assertMutation looks whether it does. */
export type MutationCase = Case & {
  /** Rows it appends, in their order; or why there are none. */
  logs: ((asked: Variables, at: Place, by: Person) => ExpectedRow[]) | { unlogged: string };
  /** Topics woken beside the logs'; where there are no logs, all of them. */
  wakes?: (asked: Variables, at: Place) => string[];
  /** Why a mutation without the argument `version` needs none. */
  unversioned?: string;
};

export const scopeOf = (on: Case['on'], at: Place, { actor }: Asker): Scope => {
  if (on === 'SELF') return { ownerId: actor?.userId ?? null };
  if (on === 'ORGANISATION') return { ownerId: at.maker.userId };
  return { teamId: at.project.teamId, ownerId: at.maker.userId, ...(on === 'PROJECT' && { visibility: at.visibility, projectState: at.state ?? 'ACTIVE' }) };
};

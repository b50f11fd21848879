import type { ApolloCache, DocumentNode, TypePolicies } from '@apollo/client';
import type { Icon } from '@tabler/icons-react';
import type { LinkProps, NavigateOptions } from '@tanstack/react-router';
import type { Actor, BoardKind, ProjectScope } from '@trainyard/domain';
import type { ParseKeys } from 'i18next';
import { createContext, use, type ComponentType, type ReactNode } from 'react';
import type { KnownThing } from '../../schema.generated.ts';
import type { PalettePart } from './palette-part.ts';

/** The frame stands before the texts of a room are there: what it shows of a room is said by the shell. */
type ShellText = ParseKeys<'shell'>;

/** Where places stand in the sidebar; those of MAIN come before the projects, the others after them, under a heading each. */
export const PLACE_GROUPS = ['MAIN', 'LAB', 'ORGANISATION'] as const;
export type PlaceGroup = (typeof PLACE_GROUPS)[number];

/** A page that the palette leads to, and the sidebar where it is one of the main ones. */
export interface Place {
  to: NonNullable<LinkProps['to']>;
  /** What its address says besides: a list that opens with a query. */
  search?: { query: string };
  label: ShellText;
  icon: Icon;
  /** None: the palette alone leads to it. */
  group?: PlaceGroup;
  /** Marked at this very address alone: what lies below it has an entry of its own. */
  exact?: boolean;
  /** Beside its name in the sidebar, such as a number. */
  Badge?: ComponentType;
}

/** The tabs of a project, in their order. */
export const PROJECT_TABS = ['OVERVIEW', 'BOARD', 'BACKLOG', 'TIMELINE', 'SPRINTS', 'REPORTS', 'TICKETS', 'RUNS', 'RULES', 'SETTINGS'] as const;

/** A project as its tabs know it. */
export interface TabProject {
  key: string;
  scope: ProjectScope;
  boards: readonly { id: string; kind: BoardKind }[];
}

/** A page of a project that stands in its row of tabs. */
export interface ProjectTab {
  tab: (typeof PROJECT_TABS)[number];
  label: ShellText;
  /** The first part of its address behind that of the project; empty for the project itself. */
  path: string;
  /** Where it leads; null where this project has none, or the actor nothing to do there. */
  link: (project: TabProject, actor: Actor) => { to: NonNullable<LinkProps['to']>; params: Record<string, string> } | null;
}

/** A letter that leads somewhere after G. */
export interface GoKey {
  letter: string;
  text: ShellText;
  to: () => NavigateOptions;
}

export interface ShortcutGroup {
  heading: ShellText;
  /** Each line: the keys to press, in turn where there are several, and what they do. */
  lines: readonly { keys: readonly string[]; text: ShellText }[];
}

/** What a room keeps of the news of a project: what is sent of them for it, as a fragment on ProjectEvents, and how that gets into the cache. */
export interface NewsPart<Sent = never> {
  fragment: DocumentNode;
  write: (cache: ApolloCache, sent: readonly Sent[]) => void;
}

export interface ProjectMarksProps {
  ids: readonly string[];
  children: (markOf: (projectId: string) => ReactNode) => ReactNode;
}

export interface BoardHeadProps {
  boardId: string;
}

export interface SprintPartProps {
  projectKey: string;
  sprintId: string;
}

/** What a room hands to the frame and to Apollo's cache. Its routes are exports of their own: their types are the router's. */
export interface Room {
  places?: readonly Place[];
  tabs?: readonly ProjectTab[];
  /** Stands in the sidebar below the places of MAIN. */
  Navigation?: ComponentType;
  /** What stands beside the names of projects in the sidebar, asked for all that are shown. */
  ProjectMarks?: ComponentType<ProjectMarksProps>;
  /** Stands above the columns of a board. */
  BoardHead?: ComponentType<BoardHeadProps>;
  /** Stands on the page of a sprint, below its facts. */
  SprintPart?: ComponentType<SprintPartProps>;
  /** Makes the thing that is made most, beside the search of the sidebar. */
  NewButton?: ComponentType;
  /** Lies over any page when it is wanted, such as a dialog that a key opens. */
  Overlay?: ComponentType;
  goKeys?: readonly GoKey[];
  shortcuts?: readonly ShortcutGroup[];
  /** What it gives to the palette. Its code comes with the palette. */
  palette?: () => Promise<PalettePart>;
  /** The thing that is shown at an address, of those that the palette finds. */
  thingAt?: (path: readonly string[], search: Record<string, unknown>) => KnownThing | null;
  typePolicies?: TypePolicies;
  news?: NewsPart;
}

export const RoomsContext = createContext<readonly Room[]>([]);

/** All rooms, in the order in which the frame shows them. */
export const useRooms = (): readonly Room[] => use(RoomsContext);

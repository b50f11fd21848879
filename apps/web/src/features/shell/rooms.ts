import type { ApolloCache, DocumentNode, TypePolicies } from '@apollo/client';
import type { Icon } from '@tabler/icons-react';
import type { LinkProps, NavigateOptions } from '@tanstack/react-router';
import type { ParseKeys } from 'i18next';
import { createContext, use, type ComponentType } from 'react';
import type { PaletteSource } from './entry.ts';

/** The frame stands before the texts of a room are there: what it shows of a room is said by the shell. */
type ShellText = ParseKeys<'shell'>;

/** A page that the palette leads to, and the sidebar where it is one of the main ones. */
export interface Place {
  to: NonNullable<LinkProps['to']>;
  /** What its address says besides: a list that opens with a query. */
  search?: { query: string };
  label: ShellText;
  icon: Icon;
  inSidebar: boolean;
  /** Marked at this very address alone: what lies below it has an entry of its own. */
  exact?: boolean;
  /** Beside its name in the sidebar, such as a number. */
  Badge?: ComponentType;
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

/** What a room hands to the frame and to Apollo's cache. Its routes are exports of their own: their types are the router's. */
export interface Room {
  places?: readonly Place[];
  /** Stands in the sidebar below the places. */
  Navigation?: ComponentType;
  /** Lies over any page when it is wanted, such as a dialog that a key opens. */
  Overlay?: ComponentType;
  goKeys?: readonly GoKey[];
  shortcuts?: readonly ShortcutGroup[];
  /** Answers what is typed into the palette. Its code comes with the palette. */
  palette?: () => Promise<PaletteSource>;
  typePolicies?: TypePolicies;
  news?: NewsPart;
}

export const RoomsContext = createContext<readonly Room[]>([]);

/** All rooms, in the order in which the frame shows them. */
export const useRooms = (): readonly Room[] => use(RoomsContext);

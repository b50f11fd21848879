import { Kind, type DefinitionNode, type DirectiveNode, type DocumentNode, type FragmentDefinitionNode, type FragmentSpreadNode } from 'graphql';
import type { ApolloCache } from '@apollo/client';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { createContext, use } from 'react';
import type { NewsPart } from '../shell/rooms.ts';
import { CatchUpDocument, ProjectEventsDocument, type ActivityNewsFragment } from './activity.generated.ts';

/** What the server sends of a project's log: what happened and, in lists, what rooms ask for besides. */
export type News = Pick<ActivityNewsFragment, 'seq' | 'reset' | 'activities'>;
export type LoggedActivity = News['activities'][number];

type NewsDocument = TypedDocumentNode<{ projectEvents: News }, { projectId: string; since: number }>;

/** How the news of a project are asked for and kept. */
export interface NewsSource {
  subscription: NewsDocument;
  catchUp: NewsDocument;
  /** Writes what each room keeps. */
  write(cache: ApolloCache, sent: readonly News[]): void;
}

/** For the `news` of a room. `write` gets what one frame brought, in order; of a thing that came more than once the last is as it is now. */
export function newsPart<Sent>(fragment: TypedDocumentNode<Sent, unknown>, write: Part<Sent>['write']): Part<Sent> {
  return { fragment, write };
}

/** As it is sent, whichever fragment asked for it. */
type Part<Sent> = NewsPart<Omit<Sent, ' $fragmentName'>>;

/** The news as all these parts ask for them and keep them. */
export function newsOf(parts: readonly NewsPart[]): NewsSource {
  return {
    subscription: withParts(ProjectEventsDocument, parts),
    catchUp: withParts(CatchUpDocument, parts),
    write: (cache, sent) => parts.forEach((part) => part.write(cache, sent as readonly never[])),
  };
}

/** What was sent, as one of the parts that asked for it reads it. */
export function sentFor<Sent>(_part: NewsPart<Sent>, sent: readonly News[]): readonly Sent[] {
  return sent as readonly unknown[] as readonly Sent[];
}

/** The operation, with what all parts ask for beside its own. Each is a fragment on the same type, and unmasked: the feed hands on all of it. */
function withParts(document: NewsDocument, parts: readonly NewsPart[]): NewsDocument {
  const spreads = parts.map(({ fragment }): FragmentSpreadNode => ({ kind: Kind.FRAGMENT_SPREAD, name: fragmentOf(fragment).name, directives: [UNMASK] }));
  const own = fragmentOf(document);
  const whole = { ...own, selectionSet: { ...own.selectionSet, selections: [...own.selectionSet.selections, ...spreads] } };
  // Two parts may share a fragment.
  const others = new Map(parts.flatMap(({ fragment }) => fragment.definitions.filter(isFragment).map((one) => [one.name.value, one])));
  return { ...document, definitions: [...document.definitions.filter((one) => one !== own), whole, ...others.values()] };
}

const UNMASK: DirectiveNode = { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: 'unmask' } };
const isFragment = (one: DefinitionNode): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION;

/** The fragment that the document is about: it has those that this one spreads behind it. */
function fragmentOf({ definitions }: DocumentNode): FragmentDefinitionNode {
  const own = definitions.find(isFragment);
  if (!own) throw new Error('Without a fragment nothing is asked for');
  return own;
}

export const NewsContext = createContext<NewsSource | null>(null);

export function useNewsSource(): NewsSource {
  const source = use(NewsContext);
  if (!source) throw new Error('useNewsSource needs a NewsContext above it');
  return source;
}

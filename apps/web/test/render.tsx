import { ApolloLink, type ApolloClient } from '@apollo/client';
import { ApolloProvider } from '@apollo/client/react';
import { MockLink } from '@apollo/client/testing';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { RouterProvider, createMemoryHistory, createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { render, type RenderResult } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { createClient } from '../src/apollo-cache.ts';
import { NewsContext } from '../src/features/activity/news.ts';
import { RoomsContext } from '../src/features/shell/rooms.ts';
import { news } from '../src/news.ts';
import { ROOMS, TYPE_POLICIES } from '../src/rooms.ts';
import { proofLink } from '../src/apollo-proof.ts';
import { drafts } from '../src/features/shell/drafts/drafts.ts';
import { ViewerProvider } from '../src/features/access/ViewerProvider.tsx';
import type { Viewer } from '../src/features/access/useActor.ts';
import { cssVariablesResolver, theme } from '../src/theme.ts';

export interface RenderOptions {
  /** Answers of the server, in the order they are used up. */
  mocks?: readonly MockLink.MockedResponse[];
  /** In their place: who answers, such as news that come one after the other. */
  link?: ApolloLink;
  viewer?: Partial<Viewer['user']> & { teams?: Viewer['teams'] };
  /** Where the app is: a path with its search. */
  at?: string;
}

export interface Rendered extends RenderResult {
  user: UserEvent;
  client: ApolloClient;
  /** Path and search the app is at now. */
  address(): string;
}

/** The person most tests are signed in as. */
export function buildViewer({ teams = [], ...user }: RenderOptions['viewer'] = {}): Viewer {
  return {
    __typename: 'Viewer',
    user: { __typename: 'User', id: 'user-1', name: 'Wei Chen', email: 'wei@example.com', orgRole: 'ADMIN', version: 1, ...user },
    organisation: { __typename: 'Organisation', id: 'org-1', name: 'Acme' },
    locale: 'EN',
    teams,
  };
}

/** Renders a part of the app with everything around it real but the server: theme, texts, cache, router, keyboard. */
export async function renderApp(ui: ReactNode, { mocks = [], link, viewer, at = '/' }: RenderOptions = {}): Promise<Rendered> {
  drafts.open(buildViewer(viewer).user.id);
  const client = createClient(ApolloLink.from([proofLink(), link ?? new MockLink(mocks, { defaultOptions: { delay: 0 } })]), TYPE_POLICIES);
  const rootRoute = createRootRoute();
  const everywhere = createRoute({ getParentRoute: () => rootRoute, path: '$', component: () => ui });
  const router = createRouter({ routeTree: rootRoute.addChildren([everywhere]), history: createMemoryHistory({ initialEntries: [at] }) });
  await router.load();
  const result = render(
    <ApolloProvider client={client}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} env="test">
        <ViewerProvider viewer={buildViewer(viewer)}>
          <RoomsContext value={ROOMS}>
            <NewsContext value={news}>
              <RouterProvider router={router as never} />
            </NewsContext>
          </RoomsContext>
        </ViewerProvider>
        <Notifications />
      </MantineProvider>
    </ApolloProvider>,
  );
  return { ...result, user: userEvent.setup({ delay: null }), client, address: () => router.latestLocation.href };
}

import type { ApolloClient } from '@apollo/client';
import { IconSettings } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import type { Room } from '../shell/rooms.ts';
import { rootRoute } from '../shell/root-route.ts';
import { appRoute } from './app-route.ts';
import { SetupDocument } from './setup.generated.ts';
import { signInSearch } from './sign-in-search.ts';
import type { Texts } from '../../i18n/languages.ts';

const signIn = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  staticData: { texts: ['access'] },
  validateSearch: signInSearch,
  beforeLoad: async ({ context }) => {
    if ((await readSetup(context.client)).needed) throw redirect({ to: '/setup', replace: true });
  },
  component: lazyRouteComponent(() => import('./SignInPage.tsx'), 'SignInPage'),
});

const setup = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  staticData: { texts: ['access'] },
  beforeLoad: async ({ context }) => {
    if (!(await readSetup(context.client)).needed) throw redirect({ to: '/sign-in', replace: true });
  },
  component: lazyRouteComponent(() => import('./SetupPage.tsx'), 'SetupPage'),
});

async function readSetup(client: ApolloClient) {
  const { data } = await client.query({ query: SetupDocument, fetchPolicy: 'network-only' });
  if (!data) throw new Error('The server did not say whether it has been set up');
  return data.setup;
}

const settings = createRoute({
  getParentRoute: () => appRoute,
  path: '/settings',
  staticData: { texts: ['access', 'staffing'] },
  component: lazyRouteComponent(() => import('./SettingsPage.tsx'), 'SettingsPage'),
});

/** Without an account. */
export const entryRoutes = [signIn, setup] as const;
export const accessRoutes = [settings] as const;

export const accessTexts: Texts<typeof import('./i18n/en.json')> = (language) => import(`./i18n/${language}.json`);

export const access: Room = {
  places: [{ to: '/settings', label: 'account.settings', icon: IconSettings }],
  typePolicies: { Viewer: { keyFields: [] }, Setup: { keyFields: [] } },
};

import type { ApolloClient } from '@apollo/client';
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, redirect, type RouterHistory } from '@tanstack/react-router';
import type { ApiConnection } from './apollo.ts';
import { describeError } from './features/shell/error/describe-error.ts';
import { SetupDocument } from './features/access/setup.generated.ts';
import { signInSearch } from './features/access/sign-in-search.ts';
import { ViewerDocument } from './features/access/viewer.generated.ts';
import { lastBoard } from './features/project/last-board.ts';
import { BoardPage } from './features/board/BoardPage.tsx';
import { boardSearch } from './features/board/board-search.ts';
import { CrashPage, StandaloneCrashPage } from './features/shell/CrashPage.tsx';
import { NotFoundPage } from './features/shell/NotFoundPage.tsx';
import { drafts } from './features/shell/drafts/drafts.ts';
import { onlyIds } from './features/shell/only-ids.ts';
import { Root } from './features/shell/Root.tsx';
import { Shell } from './features/frame/Shell.tsx';
import { followAccount } from './features/access/useLanguage.ts';

/** What routes may use: the connection to the api. */
export type RouterContext = ApiConnection;

const root = createRootRouteWithContext<RouterContext>()({ component: Root, errorComponent: StandaloneCrashPage });

// ---------- without an account ----------

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: signInSearch,
  beforeLoad: async ({ context }) => {
    if ((await readSetup(context.client)).needed) throw redirect({ to: '/setup', replace: true });
  },
  component: lazyRouteComponent(() => import('./features/access/SignInPage.tsx'), 'SignInPage'),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  beforeLoad: async ({ context }) => {
    if (!(await readSetup(context.client)).needed) throw redirect({ to: '/sign-in', replace: true });
  },
  component: lazyRouteComponent(() => import('./features/access/SetupPage.tsx'), 'SetupPage'),
});

async function readSetup(client: ApolloClient) {
  const { data } = await client.query({ query: SetupDocument, fetchPolicy: 'network-only' });
  if (!data) throw new Error('The server did not say whether it has been set up');
  return data.setup;
}

// ---------- signed in: everything inside the shell ----------

const app = createRoute({
  getParentRoute: () => root,
  id: '_app',
  beforeLoad: async ({ context, location, cause }) => {
    try {
      const { data } = await context.client.query({ query: ViewerDocument });
      if (data) drafts.open(data.viewer.user.id);
      // the language of the account is there before anything is shown in another
      if (cause === 'enter') await followAccount(data?.viewer.locale);
    } catch (error) {
      if (describeError(error).code !== 'UNAUTHENTICATED') throw error;
      throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { to: location.href }, replace: true });
    }
  },
  component: Shell,
  errorComponent: StandaloneCrashPage,
});

/** The address of the app itself leads back to the board this browser showed last. */
const home = createRoute({
  getParentRoute: () => app,
  path: '/',
  beforeLoad: () => {
    const board = lastBoard();
    throw board ? redirect({ to: '/projects/$projectKey/board/$boardId', params: board, replace: true }) : redirect({ to: '/projects', replace: true });
  },
});

const projects = createRoute({
  getParentRoute: () => app,
  path: '/projects',
  component: lazyRouteComponent(() => import('./features/project/ProjectsPage.tsx'), 'ProjectsPage'),
});

/** A dialog over the list. */
const newProject = createRoute({
  getParentRoute: () => projects,
  path: '/new',
  component: lazyRouteComponent(() => import('./features/project/NewProjectDialog.tsx'), 'NewProjectDialog'),
});

/** What the app is opened for: its code comes with the first files. */
const board = createRoute({
  getParentRoute: () => app,
  path: '/projects/$projectKey/board/$boardId',
  validateSearch: boardSearch,
  loader: ({ params }) => onlyIds(params),
  component: BoardPage,
});

const projectSettings = createRoute({
  getParentRoute: () => app,
  path: '/projects/$projectKey/settings',
  component: lazyRouteComponent(() => import('./features/project/ProjectSettingsPage.tsx'), 'ProjectSettingsPage'),
});

const ticket = createRoute({
  getParentRoute: () => app,
  path: '/tickets/$ticketKey',
  component: lazyRouteComponent(() => import('./features/ticket/TicketPage.tsx'), 'TicketPage'),
});

const run = createRoute({
  getParentRoute: () => app,
  path: '/runs/$runId',
  loader: ({ params }) => onlyIds(params),
  component: lazyRouteComponent(() => import('./features/training/RunPage.tsx'), 'RunPage'),
});

const datasets = createRoute({
  getParentRoute: () => app,
  path: '/datasets',
  component: lazyRouteComponent(() => import('./features/dataset/DatasetsPage.tsx'), 'DatasetsPage'),
});

const dataset = createRoute({
  getParentRoute: () => app,
  path: '/datasets/$datasetId',
  loader: ({ params }) => onlyIds(params),
  component: lazyRouteComponent(() => import('./features/dataset/DatasetPage.tsx'), 'DatasetPage'),
});

const runners = createRoute({
  getParentRoute: () => app,
  path: '/runners',
  component: lazyRouteComponent(() => import('./features/runner/RunnersPage.tsx'), 'RunnersPage'),
});

const teams = createRoute({
  getParentRoute: () => app,
  path: '/teams',
  component: lazyRouteComponent(() => import('./features/staffing/TeamsPage.tsx'), 'TeamsPage'),
});

const team = createRoute({
  getParentRoute: () => app,
  path: '/teams/$teamId',
  loader: ({ params }) => onlyIds(params),
  component: lazyRouteComponent(() => import('./features/staffing/TeamPage.tsx'), 'TeamPage'),
});

const people = createRoute({
  getParentRoute: () => app,
  path: '/people',
  component: lazyRouteComponent(() => import('./features/staffing/PeoplePage.tsx'), 'PeoplePage'),
});

const settings = createRoute({
  getParentRoute: () => app,
  path: '/settings',
  component: lazyRouteComponent(() => import('./features/access/SettingsPage.tsx'), 'SettingsPage'),
});

const nowhere = createRoute({ getParentRoute: () => app, path: '$', component: NotFoundPage });

const routeTree = root.addChildren([
  signIn,
  setup,
  app.addChildren([
    home,
    projects.addChildren([newProject]),
    board,
    projectSettings,
    ticket,
    run,
    datasets,
    dataset,
    runners,
    teams,
    team,
    people,
    settings,
    nowhere,
  ]),
]);

export function createAppRouter(context: RouterContext, history?: RouterHistory) {
  return createRouter({
    routeTree,
    context,
    history,
    defaultPreload: 'intent',
    defaultPreloadDelay: 80,
    // what is shown stays until the next page is there; its own skeletons come after 150 ms
    defaultPendingMs: 1000,
    defaultErrorComponent: CrashPage,
    defaultNotFoundComponent: NotFoundPage,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}

import { createRoute, createRouter, type RouterHistory } from '@tanstack/react-router';
import type { ApiConnection } from './apollo.ts';
import { appRoute } from './features/access/app-route.ts';
import { accessRoutes, entryRoutes } from './features/access/room.ts';
import { boardRoutes } from './features/board/room.ts';
import { datasetRoutes } from './features/dataset/room.ts';
import { Shell } from './features/frame/Shell.tsx';
import { notifyRoutes } from './features/notify/room.ts';
import { projectRoutes } from './features/project/room.ts';
import { runnerRoutes } from './features/runner/room.ts';
import { CrashPage } from './features/shell/CrashPage.tsx';
import { NotFoundPage } from './features/shell/NotFoundPage.tsx';
import { rootRoute } from './features/shell/root-route.ts';
import { staffingRoutes } from './features/staffing/room.ts';
import { ticketRoutes } from './features/ticket/room.ts';
import { trainingRoutes } from './features/training/room.ts';
import { webhookRoutes } from './features/webhook/room.ts';

const nowhere = createRoute({ getParentRoute: () => appRoute, path: '$', component: NotFoundPage });

const routeTree = rootRoute.addChildren([
  ...entryRoutes,
  appRoute
    .update({ component: Shell })
    .addChildren([
      ...boardRoutes,
      ...projectRoutes(() => import('./features/webhook/WebhookSection.tsx').then(({ WebhookSection }) => WebhookSection)),
      ...webhookRoutes,
      ...notifyRoutes,
      ...ticketRoutes,
      ...trainingRoutes,
      ...datasetRoutes(() => import('./features/training/DatasetRuns.tsx').then(({ DatasetRuns }) => DatasetRuns)),
      ...runnerRoutes,
      ...staffingRoutes,
      ...accessRoutes,
      nowhere,
    ]),
]);

export function createAppRouter(context: ApiConnection, history?: RouterHistory) {
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

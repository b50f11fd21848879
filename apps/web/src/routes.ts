import { createRoute, createRouter, type RouterHistory } from '@tanstack/react-router';
import type { ApiConnection } from './apollo.ts';
import { appRoute } from './features/access/app-route.ts';
import { accessRoutes, entryRoutes } from './features/access/room.ts';
import { automationProjectRoutes } from './features/automation/room.ts';
import { boardProjectRoutes } from './features/board/room.ts';
import { datasetRoutes } from './features/dataset/room.ts';
import { flowProjectRoutes } from './features/flow/room.ts';
import { Shell } from './features/frame/Shell.tsx';
import { homeProjectRoutes, homeRoutes } from './features/home/room.ts';
import { notifyRoutes } from './features/notify/room.ts';
import { projectRoute } from './features/project/project-route.ts';
import { projectRoutes, settingsRoutes } from './features/project/room.ts';
import { runnerRoutes } from './features/runner/room.ts';
import { CrashPage } from './features/shell/CrashPage.tsx';
import { NotFoundPage } from './features/shell/NotFoundPage.tsx';
import { rootRoute } from './features/shell/root-route.ts';
import { sprintProjectRoutes } from './features/sprint/room.ts';
import { staffingRoutes } from './features/staffing/room.ts';
import { ticketProjectRoutes, ticketRoutes } from './features/ticket/room.ts';
import { trainingProjectRoutes, trainingRoutes } from './features/training/room.ts';
import { webhookProjectRoutes } from './features/webhook/room.ts';

const nowhere = createRoute({ getParentRoute: () => appRoute, path: '$', component: NotFoundPage });

const routeTree = rootRoute.addChildren([
  ...entryRoutes,
  appRoute
    .update({ component: Shell })
    .addChildren([
      ...homeRoutes,
      ...projectRoutes,
      projectRoute.addChildren([
        ...homeProjectRoutes,
        ...boardProjectRoutes,
        ...sprintProjectRoutes,
        ...flowProjectRoutes,
        ...ticketProjectRoutes,
        ...trainingProjectRoutes,
        ...settingsRoutes(() => import('./features/webhook/WebhookSection.tsx').then(({ WebhookSection }) => WebhookSection)),
        ...webhookProjectRoutes,
        ...automationProjectRoutes,
      ]),
      ...notifyRoutes,
      ...ticketRoutes,
      ...trainingRoutes,
      ...datasetRoutes(() => import('./features/training/dataset-parts.ts').then(({ DATASET_PARTS }) => DATASET_PARTS)),
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

import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { pagesOf } from '../../apollo-pages.ts';
import { projectRoute } from '../project/project-route.ts';
import { onlyIds } from '../shell/only-ids.ts';
import type { Room } from '../shell/rooms.ts';
import type { Texts } from '../../i18n/languages.ts';

const deliveries = createRoute({
  getParentRoute: () => projectRoute,
  path: '/settings/webhooks/$webhookId',
  staticData: { texts: ['webhook'] },
  loader: ({ params }) => onlyIds(params),
  component: lazyRouteComponent(() => import('./DeliveriesPage.tsx'), 'DeliveriesPage'),
});

export const webhookProjectRoutes = [deliveries] as const;

export const webhookTexts: Texts<typeof import('./i18n/en.json')> = (language) => import(`./i18n/${language}.json`);

export const webhook: Room = {
  typePolicies: { Query: { fields: { webhooks: { merge: false }, webhookDeliveries: pagesOf('webhookId') } } },
};

import { IconInbox } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { pagesOf } from '../../apollo-pages.ts';
import { appRoute } from '../access/app-route.ts';
import type { Room } from '../shell/rooms.ts';
import { UnreadBadge } from './UnreadBadge.tsx';

const inbox = createRoute({
  getParentRoute: () => appRoute,
  path: '/inbox',
  staticData: { texts: ['notify'] },
  component: lazyRouteComponent(() => import('./InboxPage.tsx'), 'InboxPage'),
});

export const notifyRoutes = [inbox] as const;

export const notifyTexts = { en: () => import('./i18n/en.json'), zh: () => import('./i18n/zh.json') };

export const notify: Room = {
  places: [{ to: '/inbox', label: 'nav.inbox', icon: IconInbox, inSidebar: true, Badge: UnreadBadge }],
  goKeys: [{ letter: 'i', text: 'shortcuts.goInbox', to: () => ({ to: '/inbox' }) }],
  typePolicies: { Query: { fields: { inbox: pagesOf() } } },
};

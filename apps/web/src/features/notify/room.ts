import { IconInbox } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { pagesOf } from '../../apollo-pages.ts';
import { appRoute } from '../access/app-route.ts';
import type { Room } from '../shell/rooms.ts';
import { inboxSearch } from './inbox-search.ts';
import { UnreadBadge } from './UnreadBadge.tsx';
import type { Texts } from '../../i18n/languages.ts';

const inbox = createRoute({
  getParentRoute: () => appRoute,
  path: '/inbox',
  staticData: { texts: ['notify'] },
  validateSearch: inboxSearch,
  component: lazyRouteComponent(() => import('./InboxPage.tsx'), 'InboxPage'),
});

export const notifyRoutes = [inbox] as const;

export const notifyTexts: Texts<typeof import('./i18n/en.json')> = (language) => import(`./i18n/${language}.json`);

export const notify: Room = {
  places: [{ to: '/inbox', label: 'nav.inbox', icon: IconInbox, group: 'MAIN', Badge: UnreadBadge }],
  goKeys: [{ letter: 'i', text: 'shortcuts.goInbox', to: () => ({ to: '/inbox' }) }],
  typePolicies: { Query: { fields: { inbox: pagesOf('read'), inboxSettings: { merge: false } } } },
};

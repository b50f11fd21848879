import { IconCpu } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../access/app-route.ts';
import type { Room } from '../shell/rooms.ts';

const runners = createRoute({
  getParentRoute: () => appRoute,
  path: '/runners',
  staticData: { texts: ['runner', 'training', 'access'] },
  component: lazyRouteComponent(() => import('./RunnersPage.tsx'), 'RunnersPage'),
});

export const runnerRoutes = [runners] as const;

export const runnerTexts = { en: () => import('./i18n/en.json'), zh: () => import('./i18n/zh.json') };

export const runner: Room = {
  places: [{ to: '/runners', label: 'nav.runners', icon: IconCpu, inSidebar: true }],
  goKeys: [{ letter: 'r', text: 'shortcuts.goRunners', to: () => ({ to: '/runners' }) }],
};

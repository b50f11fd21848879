import { IconCpu } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../access/app-route.ts';
import type { Room } from '../shell/rooms.ts';
import type { Texts } from '../../i18n/languages.ts';

const runners = createRoute({
  getParentRoute: () => appRoute,
  path: '/runners',
  staticData: { texts: ['runner', 'training', 'access'] },
  component: lazyRouteComponent(() => import('./RunnersPage.tsx'), 'RunnersPage'),
});

export const runnerRoutes = [runners] as const;

export const runnerTexts: Texts<typeof import('./i18n/en.json')> = (language) => import(`./i18n/${language}.json`);

export const runner: Room = {
  places: [{ to: '/runners', label: 'nav.compute', icon: IconCpu, group: 'LAB' }],
  goKeys: [{ letter: 'c', text: 'shortcuts.goCompute', to: () => ({ to: '/runners' }) }],
  palette: () => import('./palette-part.tsx').then(({ palettePart }) => palettePart),
};

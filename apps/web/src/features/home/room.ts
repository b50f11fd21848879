import { IconHome, IconListCheck } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Texts } from '../../i18n/languages.ts';
import { appRoute } from '../access/app-route.ts';
import { projectRoute } from '../project/project-route.ts';
import { onlyIds } from '../shell/only-ids.ts';
import type { Room } from '../shell/rooms.ts';
import { ProjectMarks } from './ProjectMarks.tsx';

const homePage = createRoute({
  getParentRoute: () => appRoute,
  path: '/',
  staticData: { texts: ['activity', 'home', 'notify', 'staffing', 'ticket', 'training'] },
  component: lazyRouteComponent(() => import('./HomePage.tsx'), 'HomePage'),
});

const myWork = createRoute({
  getParentRoute: () => appRoute,
  path: '/my-work',
  staticData: { texts: ['home', 'ticket', 'training'] },
  component: lazyRouteComponent(() => import('./MyWorkPage.tsx'), 'MyWorkPage'),
});

const standUp = createRoute({
  getParentRoute: () => appRoute,
  path: '/stand-up/$teamId',
  staticData: { texts: ['home', 'ticket', 'training'] },
  loader: ({ params }) => onlyIds(params),
  component: lazyRouteComponent(() => import('./StandUpPage.tsx'), 'StandUpPage'),
});

const overview = createRoute({
  getParentRoute: () => projectRoute,
  path: '/',
  staticData: { texts: ['activity', 'home', 'ticket', 'training'] },
  component: lazyRouteComponent(() => import('./OverviewPage.tsx'), 'OverviewPage'),
});

export const homeRoutes = [homePage, myWork, standUp] as const;
export const homeProjectRoutes = [overview] as const;

export const homeTexts: Texts<typeof import('./i18n/en.json')> = (language) => import(`./i18n/${language}.json`);

export const home: Room = {
  places: [
    { to: '/', label: 'nav.home', icon: IconHome, group: 'MAIN', exact: true },
    { to: '/my-work', label: 'nav.myWork', icon: IconListCheck, group: 'MAIN' },
  ],
  tabs: [{ tab: 'OVERVIEW', label: 'tabs.overview', path: '', link: ({ key }) => ({ to: '/projects/$projectKey', params: { projectKey: key } }) }],
  ProjectMarks,
  goKeys: [
    { letter: 'h', text: 'shortcuts.goHome', to: () => ({ to: '/' }) },
    { letter: 'm', text: 'shortcuts.goMyWork', to: () => ({ to: '/my-work' }) },
  ],
  // it is one's own: there is one
  typePolicies: { Home: { keyFields: [], fields: { blocks: { merge: false }, firstDay: { merge: false } } } },
};

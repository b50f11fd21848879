import { IconCalendar, IconUsers, IconUsersGroup } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { pagesOf } from '../../apollo-pages.ts';
import { appRoute } from '../access/app-route.ts';
import { listSearch } from '../lists/list-search.ts';
import { calendarSearch } from './calendar-search.ts';
import { onlyIds } from '../shell/only-ids.ts';
import type { Room } from '../shell/rooms.ts';
import type { Texts } from '../../i18n/languages.ts';

const teams = createRoute({
  getParentRoute: () => appRoute,
  path: '/teams',
  staticData: { texts: ['staffing'] },
  component: lazyRouteComponent(() => import('./TeamsPage.tsx'), 'TeamsPage'),
});

const team = createRoute({
  getParentRoute: () => appRoute,
  path: '/teams/$teamId',
  staticData: { texts: ['staffing'] },
  loader: ({ params }) => onlyIds(params),
  component: lazyRouteComponent(() => import('./TeamPage.tsx'), 'TeamPage'),
});

const people = createRoute({
  getParentRoute: () => appRoute,
  path: '/people',
  staticData: { texts: ['access', 'lists', 'staffing'] },
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('./PeoplePage.tsx'), 'PeoplePage'),
});

const calendars = createRoute({
  getParentRoute: () => appRoute,
  path: '/calendars',
  staticData: { texts: ['staffing'] },
  validateSearch: calendarSearch,
  component: lazyRouteComponent(() => import('./CalendarsPage.tsx'), 'CalendarsPage'),
});

export const staffingRoutes = [teams, team, people, calendars] as const;

export const staffingTexts: Texts<typeof import('./i18n/en.json')> = (language) => import(`./i18n/${language}.json`);

export const staffing: Room = {
  places: [
    { to: '/teams', label: 'nav.teams', icon: IconUsersGroup, group: 'ORGANISATION' },
    { to: '/people', label: 'nav.people', icon: IconUsers, group: 'ORGANISATION' },
    { to: '/calendars', label: 'nav.calendars', icon: IconCalendar, group: 'ORGANISATION' },
  ],
  goKeys: [{ letter: 't', text: 'shortcuts.goTeams', to: () => ({ to: '/teams' }) }],
  palette: () => import('./palette-part.tsx').then(({ palettePart }) => palettePart),
  typePolicies: {
    Query: { fields: { users: pagesOf('search', 'query', 'timeZone'), calendars: { merge: false } } },
    User: { fields: { workingPatterns: { merge: false }, timeOff: { merge: false } } },
    Calendar: { fields: { days: { merge: false }, weekdays: { merge: false } } },
  },
};

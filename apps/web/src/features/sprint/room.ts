import { lazy } from 'react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Texts } from '../../i18n/languages.ts';
import { projectRoute } from '../project/project-route.ts';
import { onlyIds } from '../shell/only-ids.ts';
import type { Room } from '../shell/rooms.ts';
import { withTexts } from '../../i18n/index.ts';
import { backlogSearch } from './backlog/backlog-sections.ts';
import { timelineSearch } from './timeline/timeline-search.ts';
import { sprintNews } from './sprint-news.ts';

const backlog = createRoute({
  getParentRoute: () => projectRoute,
  path: '/backlog',
  staticData: { texts: ['lists', 'sprint', 'ticket'] },
  validateSearch: backlogSearch,
  component: lazyRouteComponent(() => import('./backlog/BacklogPage.tsx'), 'BacklogPage'),
});

const timeline = createRoute({
  getParentRoute: () => projectRoute,
  path: '/timeline',
  staticData: { texts: ['sprint', 'ticket'] },
  validateSearch: timelineSearch,
  component: lazyRouteComponent(() => import('./timeline/TimelinePage.tsx'), 'TimelinePage'),
});

const sprints = createRoute({
  getParentRoute: () => projectRoute,
  path: '/sprints',
  staticData: { texts: ['sprint'] },
  component: lazyRouteComponent(() => import('./SprintsPage.tsx'), 'SprintsPage'),
});

const sprintPage = createRoute({
  getParentRoute: () => projectRoute,
  path: '/sprints/$sprintId',
  staticData: { texts: ['sprint'] },
  loader: ({ params }) => onlyIds({ sprintId: params.sprintId }),
  component: lazyRouteComponent(() => import('./SprintPage.tsx'), 'SprintPage'),
});

const daily = createRoute({
  getParentRoute: () => projectRoute,
  path: '/sprints/$sprintId/daily',
  staticData: { texts: ['sprint', 'ticket'] },
  loader: ({ params }) => onlyIds({ sprintId: params.sprintId }),
  component: lazyRouteComponent(() => import('./daily/DailyPage.tsx'), 'DailyPage'),
});

const retro = createRoute({
  getParentRoute: () => projectRoute,
  path: '/sprints/$sprintId/retrospective',
  staticData: { texts: ['sprint', 'ticket'] },
  loader: ({ params }) => onlyIds({ sprintId: params.sprintId }),
  component: lazyRouteComponent(() => import('./retro/RetroPage.tsx'), 'RetroPage'),
});

export const sprintProjectRoutes = [backlog, timeline, sprints, sprintPage, daily, retro] as const;

export const sprintTexts: Texts<typeof import('./i18n/en.json')> = (language) => import(`./i18n/${language}.json`);

/** Its code comes with the first board. */
const BoardHead = lazy(withTexts(() => import('./BoardSprint.tsx').then((module) => ({ default: module.BoardSprint }))));

export const sprint: Room = {
  tabs: [
    { tab: 'BACKLOG', label: 'tabs.backlog', path: 'backlog', link: ({ key }) => ({ to: '/projects/$projectKey/backlog', params: { projectKey: key } }) },
    { tab: 'TIMELINE', label: 'tabs.timeline', path: 'timeline', link: ({ key }) => ({ to: '/projects/$projectKey/timeline', params: { projectKey: key } }) },
    {
      tab: 'SPRINTS',
      label: 'tabs.sprints',
      path: 'sprints',
      link: ({ key, boards }) => (boards.some(({ kind }) => kind === 'SCRUM') ? { to: '/projects/$projectKey/sprints', params: { projectKey: key } } : null),
    },
  ],
  BoardHead,
  palette: () => import('./palette-part.tsx').then(({ palettePart }) => palettePart),
  thingAt: ([area, , part, id]) => (area === 'projects' && part === 'sprints' && id ? { kind: 'SPRINT', id } : null),
  // they come whole: the newest list is true
  typePolicies: {
    Project: { fields: { sprints: { merge: false }, releases: { merge: false }, backlogGroups: { merge: false } } },
    Board: { fields: { runningSprints: { merge: false } } },
    Sprint: { fields: { totals: { merge: false }, capacity: { merge: false } } },
    Retro: { keyFields: ['sprintId'], fields: { notes: { merge: false }, actions: { merge: false } } },
    RetroAction: { keyFields: ['ticketId'] },
    RetroBefore: { keyFields: false },
  },
  news: sprintNews,
};

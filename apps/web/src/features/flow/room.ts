import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { lazy } from 'react';
import { withTexts } from '../../i18n/index.ts';
import type { Texts } from '../../i18n/languages.ts';
import { projectRoute } from '../project/project-route.ts';
import type { Room } from '../shell/rooms.ts';
import { reportSearch } from './report-search.ts';

const overview = createRoute({
  getParentRoute: () => projectRoute,
  path: '/reports',
  staticData: { texts: ['flow'] },
  validateSearch: reportSearch,
  component: lazyRouteComponent(() => import('./ReportsPage.tsx'), 'ReportsPage'),
});

const report = createRoute({
  getParentRoute: () => projectRoute,
  path: '/reports/$report',
  staticData: { texts: ['flow', 'ticket'] },
  validateSearch: reportSearch,
  component: lazyRouteComponent(() => import('./ReportPage.tsx'), 'ReportPage'),
});

export const flowProjectRoutes = [overview, report] as const;

export const flowTexts: Texts<typeof import('./i18n/en.json')> = (language) => import(`./i18n/${language}.json`);

/** Its code comes with the first page of a sprint. */
const SprintPart = lazy(withTexts(() => import('./SprintFigures.tsx').then((module) => ({ default: module.SprintFigures }))));

export const flow: Room = {
  tabs: [{ tab: 'REPORTS', label: 'tabs.reports', path: 'reports', link: ({ key }) => ({ to: '/projects/$projectKey/reports', params: { projectKey: key } }) }],
  palette: () => import('./palette-part.tsx').then(({ palettePart }) => palettePart),
  SprintPart,
  typePolicies: {
    // two questions about a project have different parts of one picture
    ProjectFlow: { merge: true },
    // a sprint has other numbers in points than in tickets
    VelocitySprint: { keyFields: false },
  },
};

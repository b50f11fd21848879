import { IconPlayerPlay } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { pagesOf } from '../../apollo-pages.ts';
import { appRoute } from '../access/app-route.ts';
import { projectRoute } from '../project/project-route.ts';
import { listSearch } from '../lists/list-search.ts';
import { onlyIds } from '../shell/only-ids.ts';
import type { Room } from '../shell/rooms.ts';
import type { Texts } from '../../i18n/languages.ts';
import { compareSearch } from './compare/compare-search.ts';
import { runNews } from './run-cards.ts';

const run = createRoute({
  getParentRoute: () => appRoute,
  path: '/runs/$runId',
  staticData: { texts: ['training', 'dataset'] },
  loader: ({ params }) => onlyIds(params),
  component: lazyRouteComponent(() => import('./RunPage.tsx'), 'RunPage'),
});

const runs = createRoute({
  getParentRoute: () => appRoute,
  path: '/runs',
  staticData: { texts: ['lists', 'training'] },
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('./RunsPage.tsx'), 'AllRunsPage'),
});

const runsOfProject = createRoute({
  getParentRoute: () => projectRoute,
  path: '/runs',
  staticData: { texts: ['lists', 'training'] },
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('./RunsPage.tsx'), 'RunsPage'),
});

const compare = createRoute({
  getParentRoute: () => appRoute,
  path: '/compare',
  staticData: { texts: ['training'] },
  validateSearch: compareSearch,
  component: lazyRouteComponent(() => import('./compare/ComparePage.tsx'), 'ComparePage'),
});

export const trainingRoutes = [run, runs, compare] as const;
export const trainingProjectRoutes = [runsOfProject] as const;

export const trainingTexts: Texts<typeof import('./i18n/en.json')> = (language) => import(`./i18n/${language}.json`);

export const training: Room = {
  places: [{ to: '/runs', label: 'nav.runs', icon: IconPlayerPlay, group: 'LAB' }],
  tabs: [{ tab: 'RUNS', label: 'tabs.runs', path: 'runs', link: ({ key }) => ({ to: '/projects/$projectKey/runs', params: { projectKey: key } }) }],
  goKeys: [{ letter: 'r', text: 'shortcuts.goRuns', to: () => ({ to: '/runs' }) }],
  palette: () => import('./palette-part.tsx').then(({ palettePart }) => palettePart),
  thingAt: ([area, id]) => (area === 'runs' && id ? { kind: 'RUN', id } : null),
  typePolicies: {
    Query: { fields: { runs: pagesOf('projectId', 'query', 'timeZone') } },
    Dataset: { fields: { runs: pagesOf() } },
    // parts without an id belong to their run: two queries that ask for different fields of them add up
    Run: { fields: { parameters: { merge: true }, result: { merge: true } } },
    // another answer tells more of the lines, or fewer: neither is the whole
    Attempt: { fields: { log: { merge: false } } },
    RunCard: { fields: { headline: { merge: true } } },
  },
  news: runNews,
};

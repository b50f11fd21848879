import { IconDatabase } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { createElement } from 'react';
import { pagesOf } from '../../apollo-pages.ts';
import { appRoute } from '../access/app-route.ts';
import { listSearch } from '../lists/list-search.ts';
import { onlyIds } from '../shell/only-ids.ts';
import type { Room } from '../shell/rooms.ts';
import type { DatasetPageProps } from './DatasetPage.tsx';
import type { Texts } from '../../i18n/languages.ts';

const datasets = createRoute({
  getParentRoute: () => appRoute,
  path: '/datasets',
  staticData: { texts: ['lists', 'dataset'] },
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('./DatasetsPage.tsx'), 'DatasetsPage'),
});

/** `loadTraining`: runs of a dataset, and what begins one, are of a room above. */
export const datasetRoutes = (loadTraining: () => Promise<DatasetPageProps>) => {
  const dataset = createRoute({
    getParentRoute: () => appRoute,
    path: '/datasets/$datasetId',
    staticData: { texts: ['dataset', 'training'] },
    loader: ({ params }) => onlyIds(params),
    component: lazyRouteComponent(async () => {
      const [{ DatasetPage }, training] = await Promise.all([import('./DatasetPage.tsx'), loadTraining()]);
      return { default: () => createElement(DatasetPage, training) };
    }),
  });
  return [datasets, dataset] as const;
};

export const datasetTexts: Texts<typeof import('./i18n/en.json')> = (language) => import(`./i18n/${language}.json`);

export const dataset: Room = {
  places: [{ to: '/datasets', label: 'nav.datasets', icon: IconDatabase, group: 'LAB' }],
  goKeys: [{ letter: 'd', text: 'shortcuts.goDatasets', to: () => ({ to: '/datasets' }) }],
  palette: () => import('./palette-part.tsx').then(({ palettePart }) => palettePart),
  thingAt: ([area, id]) => (area === 'datasets' && id ? { kind: 'DATASET', id } : null),
  typePolicies: { Query: { fields: { datasets: pagesOf('projectId', 'query', 'timeZone') } } },
};

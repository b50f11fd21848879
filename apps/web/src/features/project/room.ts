import { IconStack2 } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../access/app-route.ts';
import { createElement } from 'react';
import type { Room } from '../shell/rooms.ts';
import { BoardList } from './BoardList.tsx';
import type { ProjectSettingsPageProps } from './ProjectSettingsPage.tsx';
import type { Texts } from '../../i18n/languages.ts';
import { labelNews } from './label-news.ts';

const projects = createRoute({
  getParentRoute: () => appRoute,
  path: '/projects',
  staticData: { texts: ['project'] },
  component: lazyRouteComponent(() => import('./ProjectsPage.tsx'), 'ProjectsPage'),
});

/** A dialog over the list. */
const newProject = createRoute({
  getParentRoute: () => projects,
  path: '/new',
  staticData: { texts: ['project', 'staffing'] },
  component: lazyRouteComponent(() => import('./NewProjectDialog.tsx'), 'NewProjectDialog'),
});

/** `loadWebhooks`: the webhooks of a project are of a room above. */
export const projectRoutes = (loadWebhooks: () => Promise<ProjectSettingsPageProps['Webhooks']>) => {
  const settings = createRoute({
    getParentRoute: () => appRoute,
    path: '/projects/$projectKey/settings',
    staticData: { texts: ['access', 'project', 'webhook'] },
    component: lazyRouteComponent(async () => {
      const [{ ProjectSettingsPage }, Webhooks] = await Promise.all([import('./ProjectSettingsPage.tsx'), loadWebhooks()]);
      return { default: () => createElement(ProjectSettingsPage, { Webhooks }) };
    }),
  });
  return [projects.addChildren([newProject]), settings] as const;
};

export const projectTexts: Texts<typeof import('./i18n/en.json')> = (language) => import(`./i18n/${language}.json`);

export const project: Room = {
  places: [{ to: '/projects', label: 'nav.projects', icon: IconStack2, inSidebar: true, exact: true }],
  Navigation: BoardList,
  goKeys: [{ letter: 'h', text: 'shortcuts.goHome', to: () => ({ to: '/projects' }) }],
  palette: () => import('./useBoardEntries.tsx').then(({ useBoardEntries }) => useBoardEntries),
  // short lists come whole, never in parts: the newest one is true
  typePolicies: { Project: { fields: { labels: { merge: false }, people: { merge: false }, boards: { merge: false } } } },
  news: labelNews,
};
